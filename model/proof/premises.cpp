// The few facts that no lemma states.
// Knows no action.
#include "model/proof/premises.hpp"

namespace mdcd::model::proof {

namespace {

// The two processes are different ones.
Truth distinct(const Transition<Symbolic>& step) {
    const ProcessWindow<Symbolic>& one = step.before.process;
    const ProcessWindow<Symbolic>& other = step.happening.other;
    return !(one.shadow && other.shadow) && !(one.sends && other.sends) && !(one.receives && other.receives);
}

} // namespace

std::vector<Premise> structure_before(const Transition<Symbolic>& step) {
    return {{"the window before is well formed", well_formed(step.before.process, step.before.message)},
            {"the other process is well formed", well_formed(step.happening.other, step.before.message)},
            {"the two processes are different ones", distinct(step)}};
}

std::vector<Premise> structure_after(const Transition<Symbolic>& step) {
    return {{"the window after is well formed", well_formed(step.after.process, step.after.message)}};
}

Truth initial(const Window<Symbolic>& window) {
    const Number zero = window.validated.owner().number(0);
    const ProcessWindow<Symbolic>& process = window.process;
    return window.validated == zero && window.agreed == zero && window.resolved == zero && window.low_sent == zero &&
           window.low_sn == zero && window.low_valid == zero && window.low_depends == zero && !window.notified &&
           !window.message.exists && !process.dirty && !process.propagating && process.low_sn == zero &&
           process.valid_sn == zero && process.depends == zero && process.sent == zero && process.shadow_sn == zero &&
           !process.received && !process.duplicated && !process.logged && !process.output_logged &&
           !process.focus.present;
}

} // namespace mdcd::model::proof
