// The few facts that no lemma states.
// Knows no action.
#include "model/proof/cluster_premises.hpp"

#include "model/proof/fields.hpp"

namespace mdcd::model::proof::cluster {

using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;

namespace {

Truth well_formed_checkpoints(const Process& process) {
    const Checkpoint& focus = process.focus;
    Truth result =
        implies(focus.present, focus.oldest == !process.before.present && focus.newest == !process.after.present) &&
        implies(process.before.present, !process.before.newest && equal(process.before.absorbed, focus.low_sn)) &&
        implies(process.after.present, !process.after.oldest && equal(focus.absorbed, process.after.low_sn)) &&
        implies(process.older.present, !focus.oldest && !process.older.newest);
    for (const Checkpoint* each : {&focus, &process.before, &process.after, &process.older})
        result = result &&
                 implies(each->present, focus.present && implies(each->newest, equal(each->absorbed, process.low_sn)) &&
                                            implies(each->logged_before, process.logged) &&
                                            implies(!each->wanted, at_most(each->index, process.valid_sn)) &&
                                            implies(each->received || each->duplicated, process.receives));
    return result;
}

// Every window looks like this.
Truth well_formed(const Process& process, const Message& message) {
    return for_each_entry([&](auto entry) { return implies(process.own[entry], process.shadow); }) &&
           process.generates == (message.from_cluster && process.own[own_entry]) &&
           !(process.sends && (process.receives || message.from_cluster)) &&
           !(process.receives && message.from_cluster && process.shadow) &&
           implies(process.received || process.duplicated || process.logged, process.receives) &&
           implies(process.logged_twice, process.logged) && implies(process.output.logged, process.generates) &&
           implies(process.output.twice, process.output.logged) && implies(process.output.other, process.generates) &&
           implies(process.external.logged || process.external.other, process.own[own_entry]) &&
           implies(process.external.twice, process.external.logged) &&
           message.number.owner().number(1) <= message.number && well_formed_checkpoints(process);
}

Truth distinct(const Step& step) {
    const Process& one = step.before.process;
    const Process& other = step.happening.other;
    return !(one.sends && other.sends) && !(one.receives && other.receives) &&
           for_each_entry([&](auto entry) { return !(one.own[entry] && other.own[entry]); });
}

Truth distinct_new_versions(const Step& step) {
    return step.happening.low_here ||
           for_each_entry([&](auto entry) { return !(step.before.low.own[entry] && step.happening.low.own[entry]); });
}

Truth is_zero(const Entries<Number>& numbers) {
    const Number zero = numbers[any_entry].owner().number(0);
    return for_each_entry([&](auto entry) { return numbers[entry] == zero; });
}

} // namespace

std::vector<Premise> structure_before(const Step& step) {
    const Message& message = step.before.message;
    return {{"the window before is well formed", well_formed(step.before.process, message)},
            {"the other process is well formed", well_formed(step.happening.other, message)},
            {"the two processes are different ones", distinct(step)},
            {"the two new versions are different ones", distinct_new_versions(step)},
            {"what survives is covered in the entries shown",
             implies(step.happening.survives, at_most(message.content.low_sn, step.before.agreed))}};
}

std::vector<Premise> structure_after(const Step& step) {
    return {{"the window after is well formed", well_formed(step.after.process, step.after.message)}};
}

Truth initial(const Window<Symbolic>& window) {
    const Number zero = window.message.number.owner().number(0);
    const Process& process = window.process;
    Truth nothing = !window.notified && !window.message.content.exists && !window.carried.exists && !process.dirty &&
                    process.settled && process.sent == zero && process.sent_inside == zero &&
                    process.shadow_sn == zero && !process.received && !process.duplicated && !process.logged &&
                    !process.output.logged && !process.output.other && !process.external.logged &&
                    !process.external.other && !process.focus.present;
    for (const Number each :
         {window.outputs_resolved, window.outputs_made, process.externals, process.external_sn, process.valid_external})
        nothing = nothing && each == zero;
    for (const Entries<Number>* each :
         {&window.validated, &window.agreed, &window.resolved, &window.low_sent, &window.low.low_sn,
          &window.low.valid_sn, &window.low.depends, &process.low_sn, &process.valid_sn, &process.depends})
        nothing = nothing && is_zero(*each);
    return nothing;
}

} // namespace mdcd::model::proof::cluster
