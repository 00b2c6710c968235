// Writes and reads what a check found; a counterexample is kept as its own document.
// Knows no file.
#include "model/gate/found_value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "traces/characters.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::model {

using checker::Verdict;
using traces::Reader;
using traces::Value;

namespace {

constexpr std::int64_t found_number_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t milliseconds_max = 1'000'000'000'000; // what --max-seconds takes
constexpr std::size_t name_bytes_max = 200;

Value number_value(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

void add_text(Value::Record& record, const char* name, const std::string& text) {
    if (!text.empty())
        record.emplace_back(name, text);
}

std::string text_in(const Reader& reader, const char* name) {
    return reader.has(name) ? traces::printable(reader.field(name).text()) : std::string();
}

FoundProperty property_from(const Reader& reader, const std::string& file) {
    static constexpr std::array verdicts{Verdict::holds,       Verdict::violated,     Verdict::reached,
                                         Verdict::not_reached, Verdict::inconclusive, Verdict::error};
    std::vector<std::string> names;
    for (const Verdict verdict : verdicts)
        names.push_back(name_of(verdict));
    FoundProperty property;
    property.property = reader.field("property").text();
    if (traces::printable(property.property) != property.property || property.property.size() > name_bytes_max)
        reader.field("property")
            .fail("expected the name of a property, at most " + std::to_string(name_bytes_max) + " printable bytes");
    const std::string verdict = reader.field("verdict").one_of(names);
    property.verdict = verdicts[static_cast<std::size_t>(std::ranges::find(names, verdict) - names.begin())];
    if (reader.has("steps"))
        property.steps = static_cast<std::uint64_t>(reader.field("steps").integer(0, found_number_max));
    property.reason = text_in(reader, "reason");
    if (reader.has("trace"))
        property.trace = traces::read_trace(reader.field("trace").text(), file);
    return property;
}

GuardUse guard_from(const Reader& reader) {
    static constexpr std::array uses{Use::passed, Use::missed, Use::excluded};
    std::vector<std::string> names;
    for (const Use use : uses)
        names.push_back(name_of(use));
    const std::string use = reader.field("use").one_of(names);
    return {.guard = traces::printable(reader.field("guard").text()),
            .use = uses[static_cast<std::size_t>(std::ranges::find(names, use) - names.begin())]};
}

} // namespace

Value to_value(const Found& found) {
    Value::List properties;
    for (const FoundProperty& each : found.properties) {
        Value::Record record{{"property", each.property}, {"verdict", name_of(each.verdict)}};
        if (each.steps)
            record.emplace_back("steps", number_value(*each.steps));
        add_text(record, "reason", each.reason);
        if (each.trace)
            record.emplace_back("trace", traces::write_trace(*each.trace));
        properties.emplace_back(std::move(record));
    }
    Value::Record record{{"distinct_states", number_value(found.distinct_states)},
                         {"transitions", number_value(found.transitions)},
                         {"depth", number_value(found.depth)},
                         {"exhaustive", found.exhaustive},
                         {"milliseconds", static_cast<std::int64_t>(std::llround(found.seconds * 1000))},
                         {"properties", std::move(properties)}};
    Value::List guards;
    for (const GuardUse& each : found.guards)
        guards.emplace_back(Value::Record{{"guard", each.guard}, {"use", name_of(each.use)}});
    record.emplace_back("guards", std::move(guards));
    add_text(record, "limit", found.limit);
    add_text(record, "failure", found.failure);
    return record;
}

Found found_from(const Reader& reader, const std::string& file) {
    const auto count = [&](const char* name) {
        return static_cast<std::uint64_t>(reader.field(name).integer(0, found_number_max));
    };
    Found found;
    found.distinct_states = count("distinct_states");
    found.transitions = count("transitions");
    found.depth = count("depth");
    found.exhaustive = reader.field("exhaustive").boolean();
    found.seconds = static_cast<double>(reader.field("milliseconds").integer(0, milliseconds_max)) / 1000;
    found.limit = text_in(reader, "limit");
    found.failure = text_in(reader, "failure");
    for (const Reader& item : reader.field("properties").items()) {
        FoundProperty property = property_from(item, file);
        if (std::ranges::find(found.properties, property.property, &FoundProperty::property) != found.properties.end())
            item.field("property").fail("is there twice: " + property.property);
        found.properties.push_back(std::move(property));
    }
    for (const Reader& item : reader.field("guards").items())
        found.guards.push_back(guard_from(item));
    return found;
}

} // namespace mdcd::model
