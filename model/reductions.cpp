// The one place that says no.
// Knows no state.
#include "model/reductions.hpp"

#include <string>

#include "traces/file_error.hpp"

namespace mdcd::model {

using checker::Verdict;

Reductions reductions_for(const Scope& scope, bool symmetry, std::optional<bool> renumbering) {
    if (symmetry && scope.budgets.detections > 1 && scope.active_processes > 1)
        throw traces::FileError("--symmetry", scope.name,
                                "of two processes that coordinate one recovery the one with the lower id wins: active "
                                "processes are not alike");
    if (symmetry && !scope.invariants.empty())
        throw traces::FileError(scope.invariants.front().origin, "",
                                "an invariant may name a process, so that states which differ in names are not the "
                                "same (--symmetry)");
    const bool needed = is_unbounded(scope);
    if (needed && renumbering == false)
        throw traces::FileError("--renaming off", scope.name,
                                "has budgets without a bound: without renaming of numbers the search has no end");
    if (renumbering == true || needed)
        if (const char* const reason = why_not_renumbered(scope))
            throw traces::FileError(needed ? "no bound on budgets" : "--renaming on", scope.name, reason);
    return {.symmetry = symmetry, .renumbering = renumbering.value_or(needed)};
}

NumberWatch::NumberWatch(const System& system)
    : watches_(is_unbounded(system.scope())), script_(system.layout().script(0)) {}

void note_numbers_ran_out(checker::Report& report) {
    report.exhaustive = false;
    report.limit = "numbers";
    for (checker::PropertyVerdict& each : report.verdicts)
        if (each.verdict == Verdict::holds || each.verdict == Verdict::not_reached) {
            each.verdict = Verdict::inconclusive;
            each.reason = "numbers";
        }
}

} // namespace mdcd::model
