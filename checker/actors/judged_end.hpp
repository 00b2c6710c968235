// What a run says of a claim, as far as it goes.
// Not for headers that users compile.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "checker/actors/followed_run.hpp"
#include "checker/report.hpp"

namespace mdcd::checker::actors {

struct JudgedEnd {
    Verdict verdict = Verdict::error; // violated, holds, reached, not_reached; error: nobody can say
    std::string reason;               // of an error
    // Of a claim of whole runs that is violated: each way in which the run can go on for ever. After so many steps what
    // follows happens again and again; none: nothing can happen any more.
    std::vector<std::optional<std::size_t>> loops;
};

// Of its last state; of a claim of whole runs, whether what has happened is already a run against it.
[[nodiscard]] JudgedEnd judged_end(const FollowedRun& run, const Claim& claim);

// The same of a run that need not have ended there: the states that `model` comes to by `path`.
[[nodiscard]] std::vector<std::optional<std::size_t>> loops_against(const CompiledSystem& model, const Claim& claim,
                                                                    const std::vector<GlobalState>& states,
                                                                    const Path& path);

} // namespace mdcd::checker::actors
