// Parts a gate by recorded cost, the largest check first to the part with the least, and puts results together.
// Knows no search.
#include "model/gate/shards.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "checker/content_hash.hpp"
#include "model/gate/found_value.hpp"
#include "model/gate/gate_cache.hpp"
#include "model/inputs/request_error.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using traces::Reader;
using traces::Value;

namespace {

constexpr std::int64_t results_version = 1;

std::vector<std::uint64_t> costs_of(const Gate& gate) {
    std::uint64_t sum = 0;
    std::uint64_t known = 0;
    for (const GateCheck& check : gate.checks) {
        sum += check.distinct_states.value_or(0);
        known += check.distinct_states ? 1U : 0U;
    }
    const std::uint64_t average = known == 0 ? 1 : std::max<std::uint64_t>(sum / known, 1);
    std::vector<std::uint64_t> costs;
    for (const GateCheck& check : gate.checks)
        costs.push_back(check.distinct_states.value_or(average));
    return costs;
}

// A result of a check by its name, with what it was found for.
struct Kept {
    std::string file;
    std::string check; // identity_of
    Found found;
};

std::string checksum_of(const Value& checks) {
    return checker::content_hash(traces::to_json(checks));
}

void read_results(const std::string& file, const Gate& gate, const std::string& build,
                  std::map<std::string, Kept>& kept, std::set<std::string>& told, std::vector<std::string>& warnings) {
    const Value value = traces::parse_json(traces::read_text_file(file), file);
    const Reader root(value, file);
    static const std::vector<std::string> root_fields{"gate_results", "gate",     "build",
                                                      "checks",       "checksum", "warnings"};
    static const std::vector<std::string> check_fields{"name", "check", "found"};
    root.only_fields(root_fields);
    static_cast<void>(root.field("gate_results").integer(results_version, results_version));
    if (root.field("gate").text() != gate.name)
        root.field("gate").fail("is of gate " + traces::to_text(root.field("gate").value()) + ", not of " + gate.name);
    if (root.field("build").text() != build)
        root.field("build").fail("is of another build than this program");
    if (root.field("checksum").text() != checksum_of(root.field("checks").value()))
        root.field("checksum").fail("does not fit: the file was changed after it was written");
    for (const Reader& warning : root.field("warnings").items())
        if (std::string text = traces::printable(warning.text()); told.insert(text).second)
            warnings.push_back(std::move(text));
    for (const Reader& item : root.field("checks").items()) {
        item.only_fields(check_fields);
        const std::string name = item.field("name").text();
        const auto [place, is_new] =
            kept.try_emplace(name, Kept{file, item.field("check").text(), found_from(item.field("found"), file)});
        if (!is_new)
            item.field("name").fail("check " + name + " is in " + place->second.file + " as well");
    }
}

void expect_known_properties(const GateCheck& check, const Kept& kept) {
    std::vector<std::string> known;
    for (const Expectation& each : check.expected)
        known.push_back(each.property);
    for (const FoundProperty& each : kept.found.properties)
        if (std::ranges::find(known, each.property) == known.end())
            throw traces::FileError(kept.file, "check " + check.name,
                                    "this check has no property '" + each.property + "'" +
                                        traces::did_you_mean(each.property, known));
}

} // namespace

std::vector<std::size_t> checks_of(const Gate& gate, const Shard& shard) {
    return part_by_cost(costs_of(gate), shard);
}

Gate part_of(const Gate& gate, const std::vector<std::size_t>& checks) {
    Gate part = gate;
    part.checks.clear();
    if (checks.empty())
        throw RequestError("gate " + gate.name, "this part has no check: there are only " +
                                                    std::to_string(gate.checks.size()) + " to share");
    for (const std::size_t check : checks)
        part.checks.push_back(gate.checks[check]);
    return part;
}

Value results_to_value(const Gate& gate, const GateRun& run, const std::string& build) {
    Value::List checks;
    for (std::size_t index = 0; index < gate.checks.size(); ++index)
        if (run.results[index].status != CheckStatus::not_run)
            checks.emplace_back(Value::Record{{"name", gate.checks[index].name},
                                              {"check", identity_of(gate.checks[index], build)},
                                              {"found", to_value(run.results[index].found)}});
    Value::List warnings;
    for (const std::string& warning : run.warnings)
        warnings.emplace_back(warning);
    std::string checksum = checksum_of(checks);
    return Value::Record{{"gate_results", results_version},
                         {"gate", gate.name},
                         {"build", build},
                         {"checks", std::move(checks)},
                         {"checksum", std::move(checksum)},
                         {"warnings", std::move(warnings)}};
}

GateRun merged(const Gate& gate, const std::vector<std::string>& files, const std::string& build) {
    GateRun run;
    run.results.resize(gate.checks.size());
    std::map<std::string, Kept> kept;
    std::set<std::string> told;
    for (const std::string& file : files)
        read_results(file, gate, build, kept, told, run.warnings);
    for (std::size_t index = 0; index < gate.checks.size(); ++index) {
        const GateCheck& check = gate.checks[index];
        GateResult& result = run.results[index];
        const auto found = kept.find(check.name);
        if (found == kept.end()) {
            result.status = CheckStatus::inconclusive;
            result.deviations.push_back({"not_run",
                                         "no file of results has this check: its part is missing, or ended early",
                                         CheckStatus::inconclusive, check.path});
            continue;
        }
        if (found->second.check != identity_of(check, build))
            throw traces::FileError(found->second.file, "check " + check.name,
                                    "was found for other rules, another scope or other expectations than the gate's");
        expect_known_properties(check, found->second);
        result.found = std::move(found->second.found);
        kept.erase(found);
        judge(check, result);
    }
    if (!kept.empty())
        throw traces::FileError(kept.begin()->second.file, "check " + kept.begin()->first,
                                "gate " + gate.name + " has no such check, or it is left out here");
    return run;
}

} // namespace mdcd::model
