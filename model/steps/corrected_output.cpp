// An external message that fails its acceptance test and is corrected. Part of Workload.
// Knows no property.
#include "impl/output.hpp"
#include "model/state/encoding.hpp"
#include "model/steps/workload.hpp"

namespace mdcd::model {

using checker::Outcome;
using impl::ProcessId;

// An output that fails its test and is corrected leaves, and nothing else changes (figures 2 and 3): that is no step.
// If the process changes all the same, or tells of a test that nothing has passed, that is one.
template <class Local> void Workload::corrected_output(Local local, SlotRole role, const Budget& budget) {
    const Local before = local;
    TestOutcome output{.passes = false, .correctable = true};
    impl::Notes notes;
    const auto result = impl::try_output(process_of(local), output, rules_, notes);
    if (local == before && !result.notification)
        return;
    const ProcessId self = process_of(local).id;
    Outcome& outcome = add(notes);
    outcome.writes.push_back({layout_.slot_of(self), encode(local)});
    outcome.writes.push_back({layout_.shared(role), encode(budget)});
    if (result.notification)
        broadcast(outcome, self, encode(*result.notification));
}

template void Workload::corrected_output(LowProcess, SlotRole, const Budget&);
template void Workload::corrected_output(ActiveLocal, SlotRole, const Budget&);

} // namespace mdcd::model
