// Reads gates. Whatever a gate leaves open is refused here, with a message that says what to write.
// Knows no search.
#include "model/gate/gate_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <limits>
#include <set>
#include <sstream>

#include "model/check/check.hpp"
#include "model/claims/properties.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using checker::PropertyKind;
using checker::Verdict;
using traces::Reader;
using traces::Value;

namespace {

constexpr std::int64_t gate_number_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t mebibytes_max = std::int64_t{1} << 40;

// The verdicts that a property of that kind can be expected to have.
std::vector<std::string> verdict_names(PropertyKind kind) {
    if (kind != PropertyKind::reachable)
        return {name_of(Verdict::holds), name_of(Verdict::violated)};
    return {name_of(Verdict::reached), name_of(Verdict::not_reached)};
}

Verdict verdict_named(const std::string& name) {
    for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::reached})
        if (name == name_of(verdict))
            return verdict;
    return Verdict::not_reached;
}

constexpr std::uint64_t steps_max = 1'000'000'000;

// "in 7 steps"
std::optional<std::uint64_t> steps_in(const std::string& text) {
    std::istringstream words(text);
    std::string in, unit, rest;
    std::uint64_t steps = 0;
    std::string number;
    if (!(words >> in >> number >> unit) || (number.size() > 1 && number.front() == '0') ||
        std::from_chars(number.data(), number.data() + number.size(), steps) !=
            std::from_chars_result{number.data() + number.size(), std::errc()})
        return std::nullopt;
    if (in != "in" || unit != (steps == 1 ? "step" : "steps") || words >> rest)
        return std::nullopt;
    return steps <= steps_max ? std::optional(steps) : std::nullopt;
}

// A verdict, and for one that a run shows perhaps the length of the shortest: "violated in 7 steps".
Expectation expectation_from(const checker::Property& property, const Reader& reader) {
    const std::string text = reader.text();
    const std::size_t blank = text.find(' ');
    const Value word(text.substr(0, blank));
    const std::vector<std::string> known = verdict_names(property.kind);
    Expectation expectation{.property = property.name,
                            .verdict = verdict_named(Reader(word, reader.file(), reader.path()).one_of(known)),
                            .steps = {}};
    if (blank == std::string::npos)
        return expectation;
    const bool has_run = expectation.verdict == Verdict::violated || expectation.verdict == Verdict::reached;
    expectation.steps = steps_in(text.substr(blank));
    if (!has_run)
        reader.fail("expected " + *word.text() + " alone: no run shows it that would have steps");
    if (!expectation.steps)
        reader.fail("expected " + *word.text() + ", or " + *word.text() + " in N steps, found " +
                    traces::to_text(reader.value()));
    return expectation;
}

// What the check reports.
std::vector<checker::Property> properties_of(const GateCheck& check) {
    if (check.family)
        return family_of(check.family->scope).properties(*check.family);
    const std::vector<std::string> names = properties_of(check.scope, check.rules.rules);
    std::vector<checker::Property> properties;
    for (const checker::Property& property : all_properties())
        if (std::ranges::find(names, property.name) != names.end())
            properties.push_back(property);
    return properties;
}

std::vector<Expectation> expectations_from(const Reader& reader, const GateCheck& check) {
    const std::vector<checker::Property> wanted = properties_of(check);
    std::vector<std::string> names;
    for (const checker::Property& each : wanted)
        names.push_back(each.name);
    if (reader.fields().empty())
        reader.fail("expected a verdict for each property: an empty list would check nothing");
    reader.only_fields(names);
    std::vector<Expectation> expected;
    for (const checker::Property& property : wanted) {
        if (!reader.has(property.name))
            reader.fail("nothing is expected of \"" + property.name + "\" (" + verdict_names(property.kind)[0] +
                        " or " + verdict_names(property.kind)[1] + "): every property of the scope must be named");
        expected.push_back(expectation_from(property, reader.field(property.name)));
    }
    return expected;
}

checker::Limits budget_from(const Reader& reader) {
    const std::array<std::string, 3> known{"max_states", "max_seconds", "max_memory_mib"};
    reader.only_fields(known);
    checker::Limits limits;
    if (reader.has("max_states"))
        limits.states_max = static_cast<std::uint64_t>(reader.field("max_states").integer(1, gate_number_max));
    if (reader.has("max_seconds"))
        limits.seconds_max = static_cast<double>(reader.field("max_seconds").integer(1, gate_number_max));
    if (reader.has("max_memory_mib"))
        limits.memory_bytes_max = static_cast<std::uint64_t>(reader.field("max_memory_mib").integer(1, mebibytes_max))
                                  << 20;
    return limits;
}

// A name, a path relative to the gate's folder, or the thing itself.
class Source {
public:
    Source(std::string file, std::string folder) : file_(std::move(file)), folder_(std::move(folder)) {}

    [[nodiscard]] Scope scope(const Reader& reader) const {
        if (reader.value().record() != nullptr)
            return scope_from(reader.value(), file_, reader.path());
        const std::string name = reader.text();
        if (is_path(name))
            return load_scope(path_beside(folder_, name));
        const std::vector<std::string> known = scope_names();
        return load_scope(reader.one_of(known));
    }

    [[nodiscard]] NamedRules rules(const Reader& reader) const {
        if (reader.value().record() != nullptr)
            return rules_from(named(reader), file_, reader.path());
        return rules_named_at(reader, folder_);
    }

private:
    // Rules written into a gate need no name: they get "published+receiver_log=while_dirty".
    static Value named(const Reader& reader) {
        if (reader.has("name"))
            return reader.value();
        std::string name = reader.has("from") ? reader.field("from").text() : "rules";
        for (const auto& [rule, value] : reader.field("rules").fields())
            name += "+" + rule + "=" + value.text();
        Value::Record record{{"name", name}};
        for (const auto& field : *reader.value().record())
            record.push_back(field);
        return record;
    }

    std::string file_;
    std::string folder_;
};

// A scope of a family, under the rules of the family: "upgrade+begin_drain=none".
void read_family(const Reader& reader, GateCheck& check) {
    const auto at = [](const Reader& place, const auto& make) -> decltype(auto) {
        try {
            return make();
        } catch (const traces::FileError& error) {
            place.fail(error.what());
        }
    };
    const Reader scope = reader.field("scope");
    const Reader rules = reader.field("rules");
    const Family& family = at(scope, [&]() -> const Family& { return family_of(scope.text()); });
    check.family = at(rules, [&] {
        FamilyCase what = family_case(scope.text(), rules.text());
        static_cast<void>(family.rules_in_force(what));
        return what;
    });
    check.scope.name = check.family->scope;
    check.rules.name = rules_name(*check.family);
}

GateCheck check_from(const Reader& reader, const Source& source, Pins pins) {
    const std::array<std::string, 8> known{"name",   "description",     "scope",  "rules",
                                           "expect", "distinct_states", "budget", "symmetry"};
    reader.only_fields(known);
    GateCheck check;
    check.path = reader.path();
    check.name = reader.field("name").name();
    if (reader.has("description"))
        static_cast<void>(reader.field("description").text());
    const std::string* const scope = reader.field("scope").value().text();
    if (scope != nullptr && is_family_scope(*scope)) {
        read_family(reader, check);
    } else {
        check.scope = source.scope(reader.field("scope"));
        check.rules = source.rules(reader.field("rules"));
    }
    if (reader.has("symmetry"))
        check.symmetry = reader.field("symmetry").boolean();
    if (check.symmetry && check.family)
        reader.field("symmetry").fail("no two actors of a family are interchangeable");
    if (pins == Pins::required && !reader.has("expect"))
        reader.fail("missing field \"expect\": nothing would be checked; `mdcd gate FILE --pin` writes what is found");
    if (reader.has("expect"))
        check.expected = expectations_from(reader.field("expect"), check);
    if (reader.has("distinct_states"))
        check.distinct_states = static_cast<std::uint64_t>(reader.field("distinct_states").integer(1, gate_number_max));
    if (reader.has("budget"))
        check.budget = budget_from(reader.field("budget"));
    return check;
}

} // namespace

traces::TextPlace Gate::place(std::string path) const {
    while (true) {
        if (const auto found = traces::place_in_json(text, path))
            return *found;
        const std::size_t end = path.find_last_of(".[");
        if (end == std::string::npos)
            return {};
        path.resize(end);
    }
}

Gate gate_from(const std::string& text, const std::string& file, const std::string& folder, Pins pins) {
    Gate gate;
    gate.file = file;
    gate.text = text;
    gate.value = traces::parse_json(text, file);
    const Reader reader(gate.value, file);
    const std::array<std::string, 3> known{"name", "description", "checks"};
    reader.only_fields(known);
    gate.name = reader.field("name").name();
    if (reader.has("description"))
        gate.description = reader.field("description").text();
    const Source source(file, folder);
    std::set<std::string> names;
    for (const Reader& item : reader.field("checks").items()) {
        GateCheck check = check_from(item, source, pins);
        if (!names.insert(check.name).second)
            item.field("name").fail("there is a check '" + check.name + "' already");
        gate.checks.push_back(std::move(check));
    }
    if (gate.checks.empty())
        reader.field("checks").fail("an empty list would check nothing");
    return gate;
}

Gate load_gate(const std::string& name_or_path, Pins pins) {
    if (is_path(name_or_path))
        return gate_from(traces::read_text_file(name_or_path), name_or_path,
                         std::filesystem::path(name_or_path).parent_path().string(), pins);
    const LibraryFile& file = gate_file(name_or_path);
    return gate_from(std::string(file.text), std::string(file.file), "", pins);
}

std::vector<std::string> properties_of(const Scope& scope, const impl::Rules& rules) {
    std::vector<std::string> names;
    const auto properties = all_properties();
    for (std::size_t property = 0; property < properties.size(); ++property) {
        const std::string& name = properties[property].name;
        if (scope.properties.empty() ? applies(property_at(property), scope, rules)
                                     : std::ranges::find(scope.properties, name) != scope.properties.end())
            names.push_back(name);
    }
    return names;
}

std::string text_of(const Expectation& expectation) {
    const std::string verdict = name_of(expectation.verdict);
    if (!expectation.steps)
        return verdict;
    return verdict + " in " + std::to_string(*expectation.steps) + (*expectation.steps == 1 ? " step" : " steps");
}

} // namespace mdcd::model
