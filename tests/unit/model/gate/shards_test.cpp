// A gate in parts: every check in one part, the same parts each time, and results that put together say what one run
// says, or why they cannot.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model/gate/shards.hpp"
#include "model/inputs/library.hpp"
#include "tests/support/gate_text.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

Gate whole_gate() {
    return gate_from(gate_text(), "my.json", "");
}

std::string refusal(const auto& action) {
    try {
        action();
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "";
}

// Runs a part and writes what it found.
std::string results_of(const ScratchFolder& folder, const Gate& gate, const Shard& shard,
                       const std::string& build = "b1") {
    const Gate part = part_of(gate, checks_of(gate, shard));
    const std::string name = build + "-" + std::to_string(shard.index) + "-" + std::to_string(shard.count) + ".json";
    (void)folder.write(name, traces::to_json(results_to_value(part, run_gate(part, {}), build)));
    return folder.path(name);
}

std::string told_by(const GateRun& run) {
    std::string text;
    for (const GateResult& result : run.results) {
        text += name_of(result.status) + " " + std::to_string(result.found.distinct_states) + "\n";
        for (const FoundProperty& each : result.found.properties)
            text += each.property + " " + name_of(each.verdict) + " " + std::to_string(each.steps.value_or(0)) +
                    (each.trace ? " with its run" : "") + "\n";
        for (const Deviation& each : result.deviations)
            text += each.subject + ": " + each.text + " at " + each.path + "\n";
    }
    return text;
}

} // namespace

TEST_CASE("parts are I/N and nothing else") {
    CHECK(shard_from("2/3").index == 2);
    CHECK(shard_from("2/3").count == 3);
    for (const std::string text :
         {"", "1", "1/", "/1", "0/2", "3/2", "1/1001", "1/2x", "x1/2", "-1/2", "1/2/3", "1/99999999999999999999"})
        CHECK(refusal([&] { (void)shard_from(text); }).find("expected I/N") != std::string::npos);
}

TEST_CASE("every check is in one part; the largest are apart") {
    const Gate gate = load_gate("presets");
    std::uint64_t whole = 0;
    std::uint64_t largest = 0;
    for (const GateCheck& check : gate.checks) {
        whole += check.distinct_states.value_or(0);
        largest = std::max(largest, check.distinct_states.value_or(0));
    }
    for (const unsigned count : {1U, 2U, 3U, 7U}) {
        std::vector<std::size_t> all;
        for (unsigned index = 1; index <= count; ++index) {
            const auto own = checks_of(gate, {index, count});
            CHECK(std::ranges::is_sorted(own));
            std::uint64_t load = 0;
            for (const std::size_t check : own)
                load += gate.checks[check].distinct_states.value_or(0);
            CHECK(load <= whole / count + largest); // what the largest first can promise
            all.insert(all.end(), own.begin(), own.end());
        }
        std::ranges::sort(all);
        REQUIRE(all.size() == gate.checks.size());
        for (std::size_t check = 0; check < all.size(); ++check)
            CHECK(all[check] == check);
    }
    CHECK(refusal([&] {
              (void)part_of(gate, checks_of(gate, {1000, 1000}));
          }).find("has no check") != std::string::npos);
}

TEST_CASE("parts put together say what one run says, in whatever order they come") {
    const ScratchFolder folder;
    const Gate gate = whole_gate();
    const std::string one = results_of(folder, gate, {1, 2});
    const std::string two = results_of(folder, gate, {2, 2});
    const std::string whole = told_by(run_gate(gate, {}));
    CHECK(whole.find("with its run") != std::string::npos);
    CHECK(told_by(merged(gate, {one, two}, "b1")) == whole);
    CHECK(told_by(merged(gate, {two, one}, "b1")) == whole);
    CHECK(told_by(merged(gate, {results_of(folder, gate, {1, 1})}, "b1")) == whole);
}

TEST_CASE("a search that a limit ended says so after it is put together, too") {
    const ScratchFolder folder;
    std::string text = gate_text();
    text.replace(text.find("\"max_states\": 10000"), 19, "\"max_states\": 100");
    const Gate gate = gate_from(text, "my.json", "");
    const std::string whole = told_by(run_gate(gate, {}));
    CHECK(whole.find("bounded by states") != std::string::npos);
    CHECK(told_by(merged(gate, {results_of(folder, gate, {1, 1})}, "b1")) == whole);
}

TEST_CASE("a part that is missing leaves its checks open, never passed") {
    const ScratchFolder folder;
    const Gate gate = whole_gate();
    const GateRun run = merged(gate, {results_of(folder, gate, {1, 2})}, "b1");
    CHECK(std::ranges::count(run.results, CheckStatus::inconclusive, &GateResult::status) == 1);
    CHECK(told_by(run).find("not_run: no file of results has this check") != std::string::npos);
}

TEST_CASE("what does not belong together is refused, with the file") {
    const ScratchFolder folder;
    const Gate gate = whole_gate();
    const std::string one = results_of(folder, gate, {1, 2});
    const auto put_together = [&](const Gate& whole, const std::vector<std::string>& files) {
        return refusal([&] { (void)merged(whole, files, "b1"); });
    };
    CHECK(put_together(gate, {one, one}).find("is in " + one + " as well") != std::string::npos);
    CHECK(put_together(gate, {one, results_of(folder, gate, {2, 2}, "b2")}).find("another build") != std::string::npos);
    Gate other = gate;
    other.name = "yours";
    CHECK(put_together(other, {one}).find("not of yours") != std::string::npos);
    Gate changed = gate;
    for (GateCheck& check : changed.checks)
        set_rule(check.rules.rules, "recovery_line=local");
    CHECK(put_together(changed, {one}).find("other rules") != std::string::npos);
    Gate fewer = gate;
    fewer.checks.clear();
    CHECK(put_together(fewer, {one}).find("has no such check") != std::string::npos);
    // One build for all parts, but not this program's.
    CHECK(put_together(gate, {results_of(folder, gate, {1, 1}, "b2")}).find("another build") != std::string::npos);
    std::string lie = traces::read_text_file(one);
    const std::string said = R"("verdict": "holds")";
    REQUIRE(lie.find(said) != std::string::npos);
    lie.replace(lie.find(said), said.size(), R"("verdict": "reached")");
    CHECK(put_together(gate, {folder.write("lie.json", lie)}).find("was changed") != std::string::npos);
    (void)folder.write("none.json", "{}");
    CHECK(put_together(gate, {folder.path("none.json")}).find("none.json") != std::string::npos);
}

TEST_CASE("results name what the gate has, in numbers that a search can have") {
    const ScratchFolder folder;
    const Gate gate = whole_gate();
    const GateRun run = run_gate(gate, {});
    const auto refused = [&](const auto& change) {
        GateRun changed = run;
        change(changed.results.front().found);
        const std::string file = folder.write("changed.json", traces::to_json(results_to_value(gate, changed, "b1")));
        return refusal([&] { (void)merged(gate, {file}, "b1"); });
    };
    CHECK(refused([](Found&) {}).empty());
    const std::string misspelt = refused([](Found& found) { found.properties.front().property = "contaimnent"; });
    CHECK_MESSAGE(misspelt.find("has no property 'contaimnent' (did you mean 'containment'?)") != std::string::npos,
                  misspelt);
    const std::string odd = refused([](Found& found) { found.properties.front().property = "a\033b"; });
    CHECK_MESSAGE(odd.find("expected the name of a property") != std::string::npos, odd);
    CHECK(refused([](Found& found) { found.seconds = 1e11; }).find("milliseconds") != std::string::npos);
}

} // namespace mdcd::tests
