// Reads and writes kept results.
// Knows no search.
#include "model/gate/gate_cache.hpp"

#include <cmath>
#include <filesystem>

#include "checker/content_hash.hpp"
#include "checker/whole_file.hpp"
#include "model/gate/found_value.hpp"
#include "model/inputs/families.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using traces::Reader;
using traces::Value;

namespace {

Value number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

} // namespace

std::string identity_of(const GateCheck& check, const std::string& build) {
    Value::Record expected;
    for (const Expectation& each : check.expected)
        expected.emplace_back(each.property, text_of(each));
    if (check.distinct_states)
        expected.emplace_back("distinct_states", number(*check.distinct_states));
    return traces::to_text(Value::Record{
        {"build", build},
        {"scope", check.family ? model::to_value(*check.family) : model::to_value(check.scope)},
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
    return (std::filesystem::path(folder_) / (checker::content_hash(identity_of(check, build_)) + ".json")).string();
}

std::optional<Found> GateCache::find(const GateCheck& check, std::vector<std::string>& warnings) const {
    const std::string file = file_of(check);
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return std::nullopt;
    try {
        const Value value = traces::parse_json(traces::read_text_file(file), file);
        const Reader reader(value, file);
        if (reader.field("check").text() != identity_of(check, build_))
            reader.fail("belongs to another check");
        const Reader found = reader.field("found");
        if (reader.field("checksum").text() != checker::content_hash(traces::to_json(found.value())))
            reader.fail("the checksum does not fit");
        Found kept = found_from(found, file);
        if (!is_settled(kept))
            reader.fail("keeps what was not settled");
        return kept;
    } catch (const traces::FileError& damage) {
        warnings.push_back("cache entry ignored: " + std::string(damage.what()));
        return std::nullopt;
    }
}

void GateCache::keep(const GateCheck& check, const Found& found, std::vector<std::string>& warnings) const {
    const Value value = to_value(found);
    const std::string file = file_of(check);
    const Value entry = Value::Record{{"check", identity_of(check, build_)},
                                      {"checksum", checker::content_hash(traces::to_json(value))},
                                      {"found", value}};
    try {
        checker::make_folder(folder_);
        checker::write_whole_file(file, traces::to_json(entry));
    } catch (const checker::WriteError& error) {
        warnings.push_back("cache entry not kept: " + std::string(error.what()));
    }
}

} // namespace mdcd::model
