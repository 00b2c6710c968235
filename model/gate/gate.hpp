// Runs the checks of a gate and holds what was found against what was expected. What `mdcd gate` does, as a library
// call. Prints nothing.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/report.hpp"
#include "model/gate/gate_file.hpp"
#include "model/gate/guard_use.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

class GateCache;

struct FoundProperty {
    std::string property;
    checker::Verdict verdict = checker::Verdict::inconclusive;
    std::optional<std::uint64_t> steps; // of the shortest run that shows it
    std::string reason;                 // of `inconclusive` and `error`
    std::optional<traces::Trace> trace; // of `violated` and `error`
};

// What a check came to; with the same build, scope and rules the same again, but for the time.
struct Found {
    std::vector<FoundProperty> properties; // in the order of GateCheck::expected
    std::vector<GuardUse> guards;          // of the implementation
    std::uint64_t distinct_states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth = 0;
    bool exhaustive = false;
    std::string limit; // as in checker::Report
    double seconds = 0;
    std::string failure; // what was thrown: the check could not be carried out
};

enum class CheckStatus : std::uint8_t { as_expected, not_as_expected, inconclusive, error, not_run };

// One thing that is not as expected.
struct Deviation {
    std::string subject; // a property, "distinct_states", "budget" or "internal_error"
    std::string text;    // "expected holds, found violated in 7 steps"
    CheckStatus status = CheckStatus::not_as_expected;
    std::string path; // in the gate's file, of what it deviates from
};

struct GateResult {
    Found found;
    std::vector<Deviation> deviations; // in the order of GateCheck::expected, then the others
    CheckStatus status = CheckStatus::not_run;
    bool cached = false; // found by an earlier run of the same build
};

struct GateOptions {
    unsigned workers = 0;       // threads in all; 0: as many as there are cores. Changes no result
    bool stop_at_first = false; // end a check once a property is violated that must hold; what is open is inconclusive
    std::string tool_version;
    const std::atomic<bool>* interrupt = nullptr;
    const GateCache* cache = nullptr;
    std::string z3_cache{};              // a file of Z3's answers that outlive the run (CheckOptions); "": none
    std::vector<std::string> z3_asker{}; // as in CheckOptions
    std::function<void(std::size_t done, std::size_t total)> progress{}; // called by one thread at a time
};

struct GateRun {
    std::vector<GateResult> results; // one for each check, in order
    std::vector<std::string> warnings;
    bool strict = false; // a guard that no check passes, though scopes and rules leave room for it, is a failure
};

[[nodiscard]] GateRun run_gate(const Gate& gate, const GateOptions& options);

// Of all checks together.
[[nodiscard]] std::vector<GuardUse> guards_of(const GateRun& run);

// Verdict and, where it is pinned, length are as expected.
[[nodiscard]] bool is_as_expected(const Expectation& expected, const Found& found);

// What is not as `check` expects; sets the status. Properties that a search which did not finish leaves open are told
// together, as one deviation of the budget.
void judge(const GateCheck& check, GateResult& result);

// Whether everything was settled, so that another run of the same build would find the same.
[[nodiscard]] bool is_settled(const Found& found);

// The gate with what was found in place of what was expected; what has not been settled is left as it is.
[[nodiscard]] traces::Value pinned(const Gate& gate, const GateRun& run);

// "as_expected", ..
[[nodiscard]] std::string name_of(CheckStatus status);

} // namespace mdcd::model
