// What is claimed of whole runs: looks for a fair run in which what must come never does. Not for headers that users
// compile.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/actors/compiled_system.hpp"
#include "checker/lasso.hpp"

namespace mdcd::checker::actors {

struct WholeRunVerdict {
    Verdict verdict = Verdict::inconclusive;
    std::string reason;
    std::string warning;                   // as in ClaimVerdict
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

// Whether this is a fair run in which what that claim of whole runs waits for never comes: stem, then the loop for
// ever; without a loop the stem's last state is a dead end. `whole_run`: a number of CompiledSystem::whole_run().
[[nodiscard]] bool is_against(const CompiledSystem& model, unsigned whole_run, const Lasso& run);

} // namespace mdcd::checker::actors
