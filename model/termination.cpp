// Asks checker/liveness.hpp.
// Knows no file.
#include "model/termination.hpp"

#include <algorithm>
#include <array>

namespace mdcd::model {

namespace {

// Bit 0: recovery_terminates is pending.
struct PendingRecovery {
    const System& system;
    checker::PropertyBits operator()(std::span<const SlotSummary* const> summaries) const {
        return system.is_recovering(summaries) ? 1 : 0;
    }
};

} // namespace

checker::LivenessReport check_termination(const System& system, const checker::Limits& limits,
                                          const std::atomic<bool>* interrupt) {
    const checker::Property& property = all_properties()[static_cast<std::size_t>(PropertyId::recovery_terminates)];
    const std::array claims{checker::ProgressClaim{property.name, property.rationale}};
    return checker::check_progress(system, claims, PendingRecovery{system},
                                   {.limits = limits, .unfair_steps = system.unfair_steps(), .interrupt = interrupt});
}

bool waits_for_ever(const System& system, const checker::GlobalState& state) {
    if (!checker::ask(system, state, [&](auto summaries) { return system.is_recovering(summaries); }))
        return false;
    const auto unfair = system.unfair_steps();
    return std::ranges::all_of(checker::enabled(system, state), [&](const checker::Enabled& each) {
        return std::ranges::find(unfair, each.firing.step) != unfair.end();
    });
}

} // namespace mdcd::model
