// The handlers of impl/active_process.hpp, shadow_process.hpp and checkpoint.hpp as relations, in their order. Their
// guards are those of impl/guards.hpp.
// Where a window does not show what decides, it leaves open what happens; it never forbids what impl does.
#include "model/proof/handlers.hpp"

#include "model/proof/fields.hpp"
#include "model/proof/guard_logic.hpp"

namespace mdcd::model::proof {

using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;
namespace guards = impl::guards;

namespace {

template <class Part> Truth equal(const Part& one, const Part& other, Truth start) {
    visit_both(one, other, [&](const auto& first, const auto& second) { start = start && first == second; });
    return start;
}

Checkpoint choose_checkpoint(Truth condition, Checkpoint then, const Checkpoint& otherwise) {
    visit_both(then, otherwise, [&](auto& first, const auto& second) { first = choose(condition, first, second); });
    return then;
}

Truth constant(const Process& process, bool truth) {
    return process.dirty.owner().constant(truth);
}

// The state of `process` as the checkpoint that `message` causes.
Checkpoint checkpoint_of(const Process& process, const Message& message, const impl::Rules& rules) {
    const Truth yes = constant(process, true);
    return {.present = yes,
            .oldest = !process.focus.present,
            .newest = yes,
            .index = guards::checkpoint_index<OneEntry>(message.low_sn, process.low_sn, rules),
            .low_sn = process.low_sn,
            .absorbed = process.low_sn,
            .depends = process.depends,
            .sent = process.sent,
            .shadow_sn = choose(process.shadow, process.shadow_sn, process.dirty.owner().number(0)),
            .received = process.received,
            .duplicated = process.duplicated,
            .logged_before = process.logged};
}

// checkpoint_before: whether a checkpoint is taken.
Truth takes_checkpoint(const Process& process, const Message& message, const impl::Rules& rules) {
    const Truth news = guards::is_news<OneEntry>(process.low_sn, process.valid_sn, message.low_sn, rules);
    return guards::contaminates<OneEntry>(message.dirty, process.dirty, news, rules) &&
           (process.shadow || guards::is_worth_keeping<OneEntry>(process.dirty, process.propagating, rules));
}

// The checkpoints shown, when `taken` may have been taken and the process's number has become `low_sn`.
Truth checkpoints_after_reception(const Process& before, const Process& after, Truth takes, Checkpoint taken,
                                  Number low_sn) {
    const Truth no = constant(before, false);
    Checkpoint absent = taken;
    absent.present = no;
    const Number until_taken = taken.low_sn;
    const auto grown = [&](Checkpoint checkpoint) { // one that was there
        checkpoint.absorbed = choose(checkpoint.newest, choose(takes, until_taken, low_sn), checkpoint.absorbed);
        checkpoint.newest = checkpoint.newest && !takes;
        return checkpoint;
    };
    taken.absorbed = low_sn;
    const Truth stays =
        before.focus.present && same(after.focus, grown(before.focus)) && same(after.before, before.before) &&
        same(after.older, before.older) &&
        same(after.after,
             choose_checkpoint(before.focus.newest, choose_checkpoint(takes, taken, absent), grown(before.after)));
    const Truth is_new =
        takes && implies(before.focus.present, before.focus.newest) && same(after.focus, taken) &&
        same(after.before, choose_checkpoint(before.focus.present, grown(before.focus), absent)) &&
        !after.after.present &&
        (!after.older.present || same(after.older, before.older) || same(after.older, grown(before.focus)));
    const Truth none = !before.focus.present && !takes && !after.focus.present;
    return stays || is_new || none;
}

// impl::reclaim(Guarded). `low_sn`: the process's number after the step.
Truth reclaimed(const Process& before, const Process& after, Number validated, Number low_sn,
                const impl::Rules& rules) {
    const auto kept = [&](const Checkpoint& each) {
        return each.present && !guards::is_reclaimable<OneEntry>(validated, each.index, each.absorbed, rules);
    };
    const auto remains = [&](Checkpoint was, const Checkpoint& is) { // its place in the array may be another
        was.oldest = is.oldest;
        was.newest = is.newest;
        was.absorbed = is.absorbed;
        was.logged_before = choose(before.logged_twice, is.logged_before, was.logged_before && after.logged);
        return same(was, is);
    };
    const Checkpoint& focus = before.focus;
    const Truth next_to =
        choose(kept(before.after), remains(before.after, after.after) && after.focus.absorbed == focus.absorbed,
               constant(before, true)) &&
        choose(kept(before.before), remains(before.before, after.before), constant(before, true));
    const Truth place = implies(focus.oldest, after.focus.oldest) && implies(focus.newest, after.focus.newest) &&
                        implies(after.focus.oldest, !kept(before.before) && !kept(before.older)) &&
                        implies(after.focus.newest, !kept(before.after) && after.focus.absorbed == low_sn);
    const Truth older = implies(after.older.present, kept(before.older) && remains(before.older, after.older) &&
                                                         implies(before.older.oldest, after.older.oldest));
    // The log loses what the oldest checkpoint kept contains. Of a message that is in it twice not all is shown.
    const Truth by_older = after.older.present && after.older.oldest;
    const Truth known = after.focus.oldest || by_older;
    const Truth in_oldest = choose(after.focus.oldest, focus.logged_before, before.older.logged_before);
    const auto log = [&](Truth decided, Truth contained) {
        const Truth keeps = guards::keeps_input<OneEntry>(before.log_index <= validated, contained, rules);
        return implies(after.logged, before.logged) && implies(after.logged_twice, before.logged_twice) &&
               implies(!before.logged_twice, implies(decided, after.logged == (before.logged && keeps)) &&
                                                 implies(after.logged, after.log_index == before.log_index));
    };
    const Truth yes = constant(before, true);
    const Truth decides = guards::purges_by_position(rules) ? known : yes;
    const Truth stays =
        kept(focus) && remains(focus, after.focus) && next_to && place && older && log(decides, in_oldest);
    const Truth emptied = !after.focus.present && implies(focus.present, focus.newest) && !kept(focus) &&
                          !kept(before.before) && !kept(before.older) && log(yes, yes);
    return (stays || emptied) && after.dirty == guards::is_dirty<OneEntry>(after.focus.present);
}

// All of a process but its checkpoints, its log and its dirty bit.
Truth same_but_for_reclamation(Process expected, const Process& after) {
    expected.dirty = after.dirty;
    expected.logged = after.logged;
    expected.logged_twice = after.logged_twice;
    expected.log_index = after.log_index;
    expected.focus = after.focus;
    expected.before = after.before;
    expected.after = after.after;
    expected.older = after.older;
    return same(expected, after);
}

} // namespace

Number cover(const Checkpoint& checkpoint, const impl::Rules& rules) {
    return guards::cover<OneEntry>(checkpoint.index, checkpoint.absorbed, rules);
}

Truth same(const Checkpoint& one, const Checkpoint& other) {
    return one.present == other.present && (!one.present || equal(one, other, one.present.owner().constant(true)));
}
Truth same(const Message& one, const Message& other) {
    return one.from_cluster == other.from_cluster && one.number == other.number && one.exists == other.exists &&
           (!one.exists || equal(one, other, one.exists.owner().constant(true)));
}
Truth same(const Process& one, const Process& other) {
    Process rest = one; // what may mean nothing is compared by itself
    rest.focus = other.focus;
    rest.before = other.before;
    rest.after = other.after;
    rest.older = other.older;
    rest.log_index = choose(one.logged, one.log_index, other.log_index);
    rest.output_index = choose(one.output_logged, one.output_index, other.output_index);
    rest.output_number = choose(one.output_logged, one.output_number, other.output_number);
    rest.output_depends = choose(one.output_logged, one.output_depends, other.output_depends);
    return same(one.focus, other.focus) && same(one.before, other.before) && same(one.after, other.after) &&
           same(one.older, other.older) && equal(rest, other, one.dirty.owner().constant(true));
}

Truth well_formed(const Process& process, const Message& message) {
    const Checkpoint& focus = process.focus;
    Truth result =
        !(process.sends && process.receives) && implies(process.sends, !process.shadow) &&
        !(process.sends && message.from_cluster) && !(process.receives && message.from_cluster && process.shadow) &&
        implies(process.received || process.duplicated || process.logged, process.receives) &&
        implies(process.logged_twice, process.logged) &&
        implies(process.output_logged, process.shadow && message.from_cluster) &&
        implies(process.output_twice, process.output_logged) && message.number.owner().number(1) <= message.number;
    for (const Checkpoint* each : {&focus, &process.before, &process.after, &process.older})
        result =
            result && implies(each->present, focus.present && implies(each->newest, each->absorbed == process.low_sn) &&
                                                 implies(each->logged_before, process.logged) &&
                                                 implies(each->received || each->duplicated, process.receives));
    return result &&
           implies(focus.present, focus.oldest == !process.before.present && focus.newest == !process.after.present) &&
           implies(process.before.present, !process.before.newest && process.before.absorbed == focus.low_sn) &&
           implies(process.after.present, !process.after.oldest && focus.absorbed == process.after.low_sn) &&
           implies(process.older.present, !focus.oldest && !process.older.newest);
}

Process generates(Process process, const Message& message, const impl::Rules& rules) {
    process.sent = process.sent + 1;
    process.shadow_sn = process.shadow_sn + 1;
    const Truth is_shown = message.from_cluster && message.number == process.sent;
    const Number index = guards::shadow_output_index<OneEntry>(process.low_sn, process.shadow_sn, rules);
    process.output_twice = process.output_twice || (is_shown && process.output_logged);
    process.output_logged = process.output_logged || is_shown;
    process.output_index = choose(is_shown, index, process.output_index);
    process.output_number = choose(is_shown, process.shadow_sn, process.output_number);
    process.output_depends = choose(is_shown, process.depends, process.output_depends);
    return process;
}

Process sends(Process process, bool to_cluster, const impl::Rules& rules) {
    process.sent = process.sent + 1;
    if (guards::marks_propagation(!to_cluster, rules))
        process.propagating = process.dirty;
    return process;
}

Truth tested(const Process& before, const Process& after, const impl::Rules& rules) {
    Process expected = before;
    expected.valid_sn = larger(before.valid_sn, before.low_sn);
    return same_but_for_reclamation(expected, after) &&
           reclaimed(before, after, guards::reclaimed_by<OneEntry>(before.valid_sn, before.low_sn, rules),
                     before.low_sn, rules);
}

Truth notified(const Process& before, const Process& after, Number number, bool shadow, const impl::Rules& rules) {
    const Number validated = guards::reclaimed_by<OneEntry>(before.valid_sn, number, rules);
    Process expected = before;
    expected.valid_sn = larger(before.valid_sn, number);
    if (!shadow)
        expected.low_sn = guards::low_sn_after_notification<OneEntry>(before.low_sn, number, rules);
    if (shadow) { // of what is logged more than once not all is shown
        const Truth kept = before.output_logged && guards::keeps_output<OneEntry>(validated, before.output_index);
        const Truth twice = before.output_twice;
        expected.output_logged = choose(twice, after.output_logged, kept);
        expected.output_twice = twice && after.output_twice;
        expected.output_index = choose(twice, after.output_index, before.output_index);
        expected.output_number = choose(twice, after.output_number, before.output_number);
        expected.output_depends = choose(twice, after.output_depends, before.output_depends);
    }
    return same_but_for_reclamation(expected, after) && reclaimed(before, after, validated, expected.low_sn, rules);
}

Truth received(const Process& before, const Process& after, const Happening<Symbolic>& happening,
               const impl::Rules& rules) {
    const Message& message = happening.received;
    const Truth takes = takes_checkpoint(before, message, rules);
    const Truth withheld = guards::is_withheld<OneEntry>(takes, rules) && !before.shadow;
    const Truth logs = guards::is_logged<OneEntry>(before.dirty || takes, takes, message.dirty, rules);
    const Number index = choose(
        before.shadow, guards::shadow_input_index<OneEntry>(before.low_sn, before.shadow_sn, rules), before.low_sn);

    Process expected = before;
    expected.dirty = before.dirty || takes;
    expected.propagating =
        choose(takes && !before.shadow, !message.from_cluster, before.propagating); // "propagating in"
    expected.logged_twice = before.logged_twice || (happening.same && logs && before.logged);
    expected.logged = before.logged || (happening.same && logs);
    expected.log_index = choose(happening.same && logs && !before.logged, index, before.log_index);
    expected.duplicated = before.duplicated || (happening.same && !withheld && before.received);
    expected.received = before.received || (happening.same && !withheld);
    expected.depends = choose(withheld, before.depends, larger(before.depends, message.depends));
    expected.low_sn = larger(before.low_sn, message.low_sn);
    expected.focus = after.focus;
    expected.before = after.before;
    expected.after = after.after;
    expected.older = after.older;
    return same(expected, after) &&
           checkpoints_after_reception(before, after, takes, checkpoint_of(before, message, rules), expected.low_sn);
}

} // namespace mdcd::model::proof
