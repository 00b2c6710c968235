// Keeps checks as values, with a checksum over each file.
// Knows no report and no search of its own.
#include "model/gate/comparison_parts.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "checker/content_hash.hpp"
#include "model/gate/found_value.hpp"
#include "model/inputs/property_table.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using traces::Reader;
using traces::Value;

namespace {

constexpr const char* kind_of_file = "mdcd compare results";
constexpr std::int64_t parts_version = 1;

// All that a check depends on but the number of workers. Limits on time and memory are not of it: they are of the
// machine, and what one has ended is not known.
std::string identity_of(const Scope& scope, const NamedRules& rules, const CheckOptions& options) {
    const CostSizes sizes = options.cost.value_or(CostSizes{});
    Value::List properties;
    for (const std::string& each : wanted_properties(scope, rules.rules, options))
        properties.emplace_back(each);
    const auto number = [](std::uint64_t value) { return Value(static_cast<std::int64_t>(value)); };
    return traces::to_text(Value::Record{
        {"scope", to_value(scope)},
        {"rules_name", rules.name},
        {"rules", to_value(rules.rules)},
        {"properties", std::move(properties)},
        {"symmetry", static_cast<int>(options.symmetry)},
        {"renumbering", options.renumbering ? (*options.renumbering ? "on" : "off") : "auto"},
        {"z3", static_cast<int>(options.z3)},
        {"z3_timeout_ms", number(options.z3_timeout_ms)},
        {"z3_effort", number(options.z3_effort_max)},
        {"states_max", number(options.search.limits.states_max)},
        {"check_determinism", options.search.check_determinism},
        {"runs_max", number(options.search.paths_max)},
        {"whole_states", options.whole_states},
        {"cost", Value::List{number(sizes.state_bytes), number(sizes.payload_bytes)}},
    });
}

std::string key_of(const Scope& scope, const NamedRules& rules, const CheckOptions& options) {
    return checker::content_hash(identity_of(scope, rules, options));
}

Found found_in(const Check& check) {
    Found found{.properties = {},
                .guards = {},
                .distinct_states = check.report.distinct_states,
                .transitions = check.report.transitions,
                .depth = check.report.depth,
                .exhaustive = check.report.exhaustive,
                .limit = check.report.limit,
                .seconds = check.report.seconds,
                .failure = {}};
    for (const CheckedProperty& each : check.properties)
        found.properties.push_back({.property = each.property.name,
                                    .verdict = each.verdict,
                                    .steps = {},
                                    .reason = each.reason,
                                    .trace = each.trace});
    return found;
}

checker::Property property_named(const std::string& name) {
    const auto all = all_properties();
    const auto known = std::ranges::find(all, name, &checker::Property::name);
    return known != all.end() ? *known
                              : checker::Property{.name = name, .kind = checker::PropertyKind::always, .rationale = {}};
}

Check check_from(const Reader& reader, const std::string& file) {
    static const std::array<std::string, 8> fields{"check", "scope",      "rules",       "found",
                                                   "cost",  "reductions", "renumbering", "process_renamings"};
    reader.only_fields(fields);
    const Found found = found_from(reader.field("found"), file);
    Check check;
    check.report.distinct_states = found.distinct_states;
    check.report.transitions = found.transitions;
    check.report.depth = found.depth;
    check.report.exhaustive = found.exhaustive;
    check.report.limit = found.limit;
    check.report.seconds = found.seconds;
    for (const FoundProperty& each : found.properties) {
        CheckedProperty& property = check.properties.emplace_back();
        property.property = property_named(each.property);
        property.verdict = each.verdict;
        property.reason = each.reason;
        property.trace = each.trace;
    }
    static const std::vector<std::string> renamed{"none", "actives", "components", "actives and components"};
    const std::string reductions = reader.field("reductions").one_of(renamed);
    check.reductions = {.actives = reductions.starts_with("actives"),
                        .components = reductions.ends_with("components"),
                        .renumbering = reader.field("renumbering").boolean()};
    check.process_renamings = static_cast<std::size_t>(
        reader.field("process_renamings").integer(1, std::numeric_limits<std::int64_t>::max()));
    check.cost = cost_from(reader.field("cost").value(), file, "$.cost");
    return check;
}

Value to_value(const Check& check, const std::string& key) {
    const char* const renamed = check.reductions.actives
                                    ? (check.reductions.components ? "actives and components" : "actives")
                                    : (check.reductions.components ? "components" : "none");
    return Value::Record{{"check", key},
                         {"scope", check.scope.name},
                         {"rules", check.rules.name},
                         {"found", to_value(found_in(check))},
                         {"cost", to_value(check.cost.value())},
                         {"reductions", renamed},
                         {"renumbering", check.reductions.renumbering},
                         {"process_renamings", static_cast<std::int64_t>(check.process_renamings)}};
}

} // namespace

std::vector<ComparedCell> cells_of(const std::vector<Scope>& scopes, std::size_t rules, const Gate& recorded,
                                   const Shard& shard) {
    std::map<std::string, std::uint64_t> states; // the most that any check has recorded
    for (const GateCheck& check : recorded.checks)
        states[check.scope.name] = std::max(states[check.scope.name], check.distinct_states.value_or(0));
    std::uint64_t sum = 0;
    std::uint64_t known = 0;
    for (const Scope& scope : scopes)
        if (const auto found = states.find(scope.name); found != states.end()) {
            sum += found->second;
            ++known;
        }
    const std::uint64_t average = known == 0 ? 1 : std::max<std::uint64_t>(sum / known, 1);
    std::vector<std::uint64_t> costs;
    for (const Scope& scope : scopes) {
        const auto found = states.find(scope.name);
        costs.insert(costs.end(), rules, found == states.end() ? average : found->second);
    }
    std::vector<ComparedCell> own;
    for (const std::size_t position : part_by_cost(costs, shard))
        own.push_back({.scope = position / rules, .rules = position % rules});
    return own;
}

void KnownChecks::read(const std::string& file) {
    const Value value = traces::parse_json(traces::read_text_file(file), file);
    const Reader root(value, file);
    static const std::array<std::string, 5> fields{"file", "version", "build", "checks", "checksum"};
    root.only_fields(fields);
    if (root.field("file").text() != kind_of_file)
        root.field("file").fail("expected " + traces::to_text(Value(kind_of_file)));
    static_cast<void>(root.field("version").integer(parts_version, parts_version));
    if (root.field("build").text() != build_)
        root.field("build").fail("is of another build than this program");
    if (root.field("checksum").text() != checker::content_hash(traces::to_json(root.field("checks").value())))
        root.field("checksum").fail("does not fit: the file was changed after it was written");
    for (const Reader& item : root.field("checks").items()) {
        static_cast<void>(check_from(item, file));
        const std::string key = item.field("check").text();
        checks_.insert_or_assign(key, item.value());
        files_.insert_or_assign(key, file);
    }
}

void KnownChecks::add(const Check& check, const CheckOptions& options) {
    if (!check.report.exhaustive && check.report.limit != "states")
        return;
    const std::string key = key_of(check.scope, check.rules, options);
    checks_.insert_or_assign(key, to_value(check, key));
}

std::string KnownChecks::to_file() const {
    Value::List checks;
    for (const auto& [key, check] : checks_)
        checks.push_back(check);
    std::string checksum = checker::content_hash(traces::to_json(checks));
    return traces::to_json(Value::Record{{"file", kind_of_file},
                                         {"version", parts_version},
                                         {"build", build_},
                                         {"checks", std::move(checks)},
                                         {"checksum", std::move(checksum)}});
}

Check KnownChecks::check(const Scope& scope, const NamedRules& rules, const CheckOptions& options) {
    const auto known = checks_.find(key_of(scope, rules, options));
    if (known == checks_.end())
        return model::check(scope, rules, options);
    ++taken_;
    const std::string& file = files_[known->first];
    Check check = check_from(Reader(known->second, file), file);
    check.scope = scope;
    check.rules = rules;
    return check;
}

} // namespace mdcd::model
