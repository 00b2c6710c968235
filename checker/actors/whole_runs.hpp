// What is claimed of whole runs: looks for a fair run in which what must come never does. Not for headers that users
// compile.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/actors/compiled_system.hpp"

namespace mdcd::checker::actors {

struct WholeRunVerdict {
    Verdict verdict = Verdict::inconclusive;
    std::string reason;
    std::optional<Path> path;              // as in ClaimVerdict
    std::optional<std::size_t> loop_begin; // firings before the loop
};

struct WholeRuns {
    std::vector<WholeRunVerdict> verdicts; // in the order of CompiledSystem::whole_run()
    LivenessCounts counts;
};

// `seconds_before`: spent of the limit on time. What it finds has been run on the model once more.
[[nodiscard]] WholeRuns look_at_whole_runs(const CompiledSystem& model, const SearchOptions& options,
                                           double seconds_before);

} // namespace mdcd::checker::actors
