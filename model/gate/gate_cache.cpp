// Reads and writes kept results.
// Knows no search.
#include "model/gate/gate_cache.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>

#include "checker/content_hash.hpp"
#include "checker/whole_file.hpp"
#include "model/check/check.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::model {

using checker::Verdict;
using traces::Reader;
using traces::Value;

namespace {

constexpr std::int64_t number_max = std::numeric_limits<std::int64_t>::max();

Value number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Value to_value(const Found& found) {
    Value::List properties;
    for (const FoundProperty& each : found.properties) {
        Value::Record record{{"property", each.property}, {"verdict", name_of(each.verdict)}};
        if (each.steps)
            record.emplace_back("steps", number(*each.steps));
        if (each.trace)
            record.emplace_back("trace", traces::write_trace(*each.trace));
        properties.emplace_back(std::move(record));
    }
    return Value::Record{{"distinct_states", number(found.distinct_states)},
                         {"transitions", number(found.transitions)},
                         {"depth", number(found.depth)},
                         {"milliseconds", static_cast<std::int64_t>(std::llround(found.seconds * 1000))},
                         {"properties", std::move(properties)}};
}

FoundProperty property_from(const Reader& reader, const std::string& file) {
    static constexpr std::array settled{Verdict::holds, Verdict::violated, Verdict::reached, Verdict::not_reached};
    std::vector<std::string> names;
    for (const Verdict verdict : settled)
        names.push_back(name_of(verdict));
    FoundProperty property;
    property.property = reader.field("property").text();
    const std::string verdict = reader.field("verdict").one_of(names);
    property.verdict = settled[static_cast<std::size_t>(std::ranges::find(names, verdict) - names.begin())];
    if (reader.has("steps"))
        property.steps = static_cast<std::uint64_t>(reader.field("steps").integer(0, number_max));
    if (reader.has("trace"))
        property.trace = traces::read_trace(reader.field("trace").text(), file);
    return property;
}

// Only what is settled is kept.
Found found_from(const Reader& reader, const std::string& file) {
    const auto count = [&](const char* name) {
        return static_cast<std::uint64_t>(reader.field(name).integer(0, number_max));
    };
    Found found;
    found.exhaustive = true;
    found.distinct_states = count("distinct_states");
    found.transitions = count("transitions");
    found.depth = count("depth");
    found.seconds = static_cast<double>(count("milliseconds")) / 1000;
    for (const Reader& item : reader.field("properties").items())
        found.properties.push_back(property_from(item, file));
    return found;
}

} // namespace

std::string GateCache::identity_of(const GateCheck& check) const {
    Value::Record expected;
    for (const Expectation& each : check.expected)
        expected.emplace_back(each.property, text_of(each));
    if (check.distinct_states)
        expected.emplace_back("distinct_states", number(*check.distinct_states));
    return traces::to_text(Value::Record{
        {"build", build_},
        {"scope", model::to_value(check.scope)},
        {"rules_name", check.rules.name},
        {"rules", model::to_value(check.rules.rules)},
        {"symmetry", check.symmetry},
        {"expect", std::move(expected)},
        {"budget", Value::Record{{"states", number(check.budget.states_max)},
                                 {"bytes", number(check.budget.memory_bytes_max)},
                                 {"seconds", static_cast<std::int64_t>(std::llround(check.budget.seconds_max))}}},
    });
}

std::string GateCache::file_of(const GateCheck& check) const {
    return (std::filesystem::path(folder_) / (checker::content_hash(identity_of(check)) + ".json")).string();
}

std::optional<Found> GateCache::find(const GateCheck& check, std::vector<std::string>& warnings) const {
    const std::string file = file_of(check);
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return std::nullopt;
    try {
        const Value value = traces::parse_json(traces::read_text_file(file), file);
        const Reader reader(value, file);
        if (reader.field("check").text() != identity_of(check))
            reader.fail("belongs to another check");
        const Reader found = reader.field("found");
        if (reader.field("checksum").text() != checker::content_hash(traces::to_json(found.value())))
            reader.fail("the checksum does not fit");
        return found_from(found, file);
    } catch (const traces::FileError& damage) {
        warnings.push_back("cache entry ignored: " + std::string(damage.what()));
        return std::nullopt;
    }
}

void GateCache::keep(const GateCheck& check, const Found& found, std::vector<std::string>& warnings) const {
    const Value value = to_value(found);
    const std::string file = file_of(check);
    const Value entry = Value::Record{
        {"check", identity_of(check)}, {"checksum", checker::content_hash(traces::to_json(value))}, {"found", value}};
    try {
        checker::make_folder(folder_);
        checker::write_whole_file(file, traces::to_json(entry));
    } catch (const checker::WriteError& error) {
        warnings.push_back("cache entry not kept: " + std::string(error.what()));
    }
}

} // namespace mdcd::model
