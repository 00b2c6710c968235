// Gates at work: what is as expected passes, everything else does not, the cache changes nothing but the time, and a
// damaged entry is as good as none.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <stdlib.h> // mkdtemp

#include "model/gate/gate.hpp"
#include "model/gate/gate_cache.hpp"
#include "tests/support/gate_text.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests {

using namespace model;
using checker::Verdict;

namespace {

class Folder {
public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "mdcd_XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string path;
};

Gate gate_with(const std::string& old, const std::string& replacement) {
    std::string text = gate_text();
    REQUIRE(text.find(old) != std::string::npos);
    return gate_from(text.replace(text.find(old), old.size(), replacement), "my.json", "");
}

Gate plain_gate() {
    return gate_from(gate_text(), "my.json", "");
}

// Everything that a run says but the time.
std::string told(const GateRun& run) {
    std::string text;
    for (const GateResult& result : run.results) {
        text += name_of(result.status) + " " + std::to_string(result.found.distinct_states) + " " +
                std::to_string(result.found.transitions) + " " + std::to_string(result.found.depth) + "\n";
        for (const FoundProperty& each : result.found.properties)
            text += each.property + " " + std::to_string(static_cast<int>(each.verdict)) + " " +
                    std::to_string(each.steps.value_or(0)) + (each.trace ? traces::write_trace(*each.trace) : "") +
                    "\n";
        for (const Deviation& each : result.deviations)
            text += each.subject + ": " + each.text + " at " + each.path + "\n";
    }
    return text;
}

// The one deviation of a gate with one thing changed, as "subject: text".
std::string deviation_with(const std::string& old, const std::string& replacement, CheckStatus status) {
    const Gate gate = gate_with(old, replacement);
    const GateRun run = run_gate(gate, {.workers = 1, .tool_version = "test"});
    std::string text;
    for (const GateResult& result : run.results)
        for (const Deviation& each : result.deviations) {
            CHECK(each.status == status);
            CHECK(gate.place(each.path).line > 1);
            text += (text.empty() ? "" : "\n") + each.subject + ": " + each.text;
        }
    CHECK(std::ranges::count(run.results, status, &GateResult::status) == 1);
    return text;
}

GateRun run_cached(const Gate& gate, const GateCache& cache) {
    return run_gate(gate, {.workers = 1, .tool_version = "test", .cache = &cache});
}

} // namespace

TEST_CASE("a gate whose expectations are right passes, an expected violation with its run") {
    const GateRun run = run_gate(plain_gate(), {.workers = 1, .tool_version = "test"});
    for (const GateResult& result : run.results) {
        CHECK(result.status == CheckStatus::as_expected);
        CHECK(result.deviations.empty());
        CHECK(!result.cached);
    }
    REQUIRE(run.results[1].found.properties[0].trace.has_value());
    CHECK(run.results[1].found.properties[0].trace->steps.size() == 7);
    CHECK(!run.results[1].found.properties[1].trace.has_value()); // reached as it should be
    CHECK(run.warnings.empty());
}

TEST_CASE("the number of workers changes nothing") {
    const std::string one = told(run_gate(plain_gate(), {.workers = 1, .tool_version = "test"}));
    CHECK(told(run_gate(plain_gate(), {.workers = 2, .tool_version = "test"})) == one);
    CHECK(told(run_gate(plain_gate(), {.workers = 5, .tool_version = "test"})) == one);
}

TEST_CASE("each thing that is not as expected is told") {
    CHECK(deviation_with(R"("recoverability": "holds")", R"("recoverability": "violated")",
                         CheckStatus::not_as_expected) == "recoverability: expected violated, found holds");
    CHECK(deviation_with("violated in 7 steps", "violated in 6 steps", CheckStatus::not_as_expected) ==
          "recoverability: expected violated in 6 steps, found violated in 7 steps");
    CHECK(deviation_with("violated in 7 steps", "holds", CheckStatus::not_as_expected) ==
          "recoverability: expected holds, found violated in 7 steps");
    CHECK(deviation_with(R"("several_resent": "reached")", R"("several_resent": "not_reached")",
                         CheckStatus::not_as_expected) ==
          "several_resent: expected not_reached, found reached in 2 steps");
    CHECK(deviation_with("3507", "3506", CheckStatus::not_as_expected) ==
          "distinct_states: expected exactly 3506 distinct states, found 3507");
    CHECK(deviation_with("\"max_states\": 10000", "\"max_states\": 3506", CheckStatus::inconclusive)
              .starts_with("budget: the search did not finish, bounded by states; it left open: containment, "));
}

TEST_CASE("a violation within the budget counts although the search did not finish") {
    const Gate gate = gate_with("\"symmetry\": true", R"("symmetry": true, "budget": {"max_states": 1500})");
    const GateRun run = run_gate(gate, {.workers = 1, .tool_version = "test"});
    CHECK(run.results[1].status == CheckStatus::inconclusive); // never a pass
    REQUIRE(run.results[1].deviations.size() == 1);
    CHECK(run.results[1].deviations[0].subject == "budget");
}

TEST_CASE("too long a check is over its budget, although everything was found") {
    const Gate gate = plain_gate();
    GateResult result;
    result.found = run_gate(gate, {.workers = 1, .tool_version = "test"}).results[0].found;
    result.found.seconds = 61;
    judge(gate.checks[0], result);
    CHECK(result.status == CheckStatus::inconclusive);
    REQUIRE(result.deviations.size() == 1);
    CHECK(result.deviations[0].text == "took longer than the 60 seconds it may take");
}

TEST_CASE("what a check throws is its result, and stands above all else") {
    const Gate gate = plain_gate();
    GateResult result;
    result.found.failure = "Z3 and the native evaluation differ";
    judge(gate.checks[0], result);
    CHECK(result.status == CheckStatus::error);
    REQUIRE(result.deviations.size() == 1);
    CHECK(result.deviations[0].subject == "internal_error");
    CHECK(!is_settled(result.found));
}

TEST_CASE("an interrupted gate leaves checks that were not run") {
    const std::atomic<bool> interrupt{true};
    const GateRun run = run_gate(plain_gate(), {.workers = 2, .tool_version = "test", .interrupt = &interrupt});
    for (const GateResult& result : run.results)
        CHECK(result.status == CheckStatus::not_run);
}

TEST_CASE("a cached result is the same result") {
    const Folder folder;
    const GateCache cache(folder.path + "/made/when/needed", "build 1");
    const Gate gate = plain_gate();
    const GateRun first = run_cached(gate, cache);
    const GateRun second = run_cached(gate, cache);
    CHECK(first.warnings.empty());
    CHECK(second.warnings.empty());
    CHECK(told(first) == told(second));
    CHECK(std::ranges::count(first.results, true, &GateResult::cached) == 0);
    CHECK(std::ranges::count(second.results, true, &GateResult::cached) == 2);
}

TEST_CASE("whatever a result depends on makes it another check: nothing stale is used") {
    const Folder folder;
    const GateCache cache(folder.path, "build 1");
    static_cast<void>(run_cached(plain_gate(), cache));
    const auto cached = [&](const Gate& gate, const GateCache& with) {
        return std::ranges::count(run_cached(gate, with).results, true, &GateResult::cached);
    };
    CHECK(cached(plain_gate(), GateCache(folder.path, "build 2")) == 0);
    CHECK(cached(gate_with("\"active_messages\": 1", "\"active_messages\": 0"), cache) == 1);
    CHECK(cached(gate_with("\"while_dirty\"", "\"while_dirty\", \"stop_low\": \"detector_only\""), cache) == 1);
    CHECK(cached(gate_with("\"recoverability\": \"holds\"", "\"recoverability\": \"violated\""), cache) == 1);
    CHECK(cached(gate_with("3507", "3508"), cache) == 1);
    CHECK(cached(gate_with("10000", "10001"), cache) == 1);
    CHECK(cached(gate_with("\"max_seconds\": 60", "\"max_seconds\": 61"), cache) == 1);
    CHECK(cached(gate_with("512", "513"), cache) == 1);
    CHECK(cached(gate_with("\"symmetry\": true", "\"symmetry\": false"), cache) == 1);
    CHECK(cached(gate_with("\"name\": \"two\"", "\"name\": \"renamed\""), cache) == 2); // a name changes no result
}

TEST_CASE("what is not settled is not kept") {
    const Folder folder;
    const GateCache cache(folder.path, "build");
    const Gate gate = gate_with("\"max_states\": 10000", "\"max_states\": 1000");
    static_cast<void>(run_cached(gate, cache));
    CHECK(std::ranges::count(run_cached(gate, cache).results, true, &GateResult::cached) == 1);
}

TEST_CASE("a damaged entry is ignored with a warning, and replaced") {
    const Folder folder;
    const GateCache cache(folder.path, "build");
    const Gate gate = plain_gate();
    const std::string expected = told(run_cached(gate, cache));
    const std::string file = cache.file_of(gate.checks[1]);
    const std::string whole = traces::read_text_file(file);
    std::vector<std::string> damaged = {"", "{}", whole.substr(0, whole.size() / 2), "[1]", whole + "x"};
    for (const std::string word : {"holds", "violated", "3507", "distinct_states", "checksum", "\"tiny\"", "2"}) {
        std::string changed = whole;
        for (std::size_t at = changed.rfind(word); at != std::string::npos && changed == whole;)
            changed.replace(at, 1, changed[at] == '1' ? "3" : "1");
        if (changed != whole)
            damaged.push_back(changed);
    }
    REQUIRE(damaged.size() >= 9);
    for (const std::string& content : damaged) {
        CAPTURE(content.size());
        std::ofstream(file, std::ios::binary) << content;
        const GateRun run = run_cached(gate, cache);
        CHECK(run.results[0].cached);
        CHECK(!run.results[1].cached);
        REQUIRE(run.warnings.size() == 1);
        CHECK(run.warnings[0].starts_with("cache entry ignored: " + file + ": "));
        CHECK(told(run) == expected);
        CHECK(run_cached(gate, cache).results[1].cached); // it was replaced
    }
}

TEST_CASE("a cache that cannot be written is a warning") {
    const GateCache cache("/dev/null/nowhere", "build");
    const GateRun run = run_cached(plain_gate(), cache);
    CHECK(run.warnings.size() == 2);
    CHECK(std::ranges::count(run.results, CheckStatus::as_expected, &GateResult::status) == 2);
}

TEST_CASE("pinning writes what was found, and a pinned gate passes") {
    std::string text = gate_text();
    text.replace(text.find("3507"), 4, "99");
    text.replace(text.find("violated in 7 steps"), 19, "holds");
    const Gate gate = gate_from(text, "my.json", "", Pins::optional);
    const GateRun run = run_gate(gate, {.workers = 2, .tool_version = "test"});
    const std::string after = traces::to_json(pinned(gate, run));
    const Gate again = gate_from(after, "my.json", "");
    CHECK(again.checks[0].distinct_states == 3507);
    CHECK(again.checks[1].expected[0].steps == 7);
    CHECK(again.checks[1].symmetry);
    for (const GateResult& result : run_gate(again, {.workers = 2, .tool_version = "test"}).results)
        CHECK(result.status == CheckStatus::as_expected);
    const Gate bounded = gate_with("\"max_states\": 10000", "\"max_states\": 10");
    const GateRun open = run_gate(bounded, {.workers = 1, .tool_version = "test"});
    CHECK(*pinned(bounded, open).find("checks")->list()->begin() == bounded.value.find("checks")->list()->front());
}

} // namespace mdcd::tests
