// Looks at one slot only: the script of the cluster's messages.
// Knows no property.
#include "model/check/number_watch.hpp"

namespace mdcd::model {

using checker::Verdict;

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
