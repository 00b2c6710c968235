// What receptions, reclamation and rollback do to a process of high confidence, in the one entry that is shown, by the
// guards of impl/guards.hpp under the readings of the presets for several components. Where a
// window does not show what decides, it leaves open what happens; it never forbids what impl does.
#include "model/proof/boundary_action_parts.hpp"
#include "model/proof/fields.hpp"

namespace mdcd::model::proof::boundary {

using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Content = ContentWindow<Symbolic>;

namespace {

template <class Part> Truth all_fields(const Part& one, const Part& other, Truth start) {
    visit_both(one, other, [&](const auto& first, const auto& second) { start = start && first == second; });
    return start;
}

Checkpoint one_of(Truth condition, Checkpoint then, const Checkpoint& otherwise) {
    visit_both(then, otherwise, [&](auto& first, const auto& second) { first = choose(condition, first, second); });
    return then;
}

// The checkpoints shown, when `taken` may have been taken and the process's number has become `low_sn`.
Truth checkpoints_after(const Process& before, const Process& after, Truth takes, Checkpoint taken, Number low_sn) {
    Checkpoint absent = taken;
    absent.present = takes.owner().constant(false);
    const Number until_taken = taken.low_sn;
    const auto grown = [&](Checkpoint checkpoint) { // one that was there
        checkpoint.absorbed = choose(checkpoint.newest, choose(takes, until_taken, low_sn), checkpoint.absorbed);
        checkpoint.newest = checkpoint.newest && !takes;
        return checkpoint;
    };
    taken.absorbed = low_sn;
    const Truth stays =
        before.focus.present && same(after.focus, grown(before.focus)) && same(after.before, before.before) &&
        same(after.after, one_of(before.focus.newest, one_of(takes, taken, absent), grown(before.after)));
    const Truth is_new = takes && implies(before.focus.present, before.focus.newest) && same(after.focus, taken) &&
                         same(after.before, one_of(before.focus.present, grown(before.focus), absent)) &&
                         !after.after.present;
    const Truth none = !before.focus.present && !takes && !after.focus.present;
    return stays || is_new || none;
}

} // namespace

Truth same(const Checkpoint& one, const Checkpoint& other) {
    return one.present == other.present && (!one.present || all_fields(one, other, one.present.owner().constant(true)));
}
Truth same(const Content& one, const Content& other) {
    return one.exists == other.exists && (!one.exists || all_fields(one, other, one.exists.owner().constant(true)));
}
Truth same(const Process& one, const Process& other) {
    return same(one.logged, other.logged) && one.suppressed == other.suppressed &&
           implies(one.suppressed, one.suppressed_number == other.suppressed_number &&
                                       one.suppressed_depends == other.suppressed_depends) &&
           same_but_logs(one, other);
}

Truth same_but_logs(Process expected, const Process& after) {
    const Truth logs =
        implies(after.logged.exists, same(after.logged, expected.logged)) &&
        implies(after.suppressed, expected.suppressed && after.suppressed_number == expected.suppressed_number &&
                                      after.suppressed_depends == expected.suppressed_depends);
    const Truth checkpoints =
        same(expected.focus, after.focus) && same(expected.before, after.before) && same(expected.after, after.after);
    expected.logged = after.logged;
    expected.suppressed = after.suppressed;
    expected.suppressed_number = after.suppressed_number;
    expected.suppressed_depends = after.suppressed_depends;
    expected.focus = after.focus;
    expected.before = after.before;
    expected.after = after.after;
    return logs && checkpoints && all_fields(expected, after, expected.dirty.owner().constant(true));
}

// impl::receive_application.
Truth received(const Process& before, const Process& after, const Content& message, Truth takes) {
    const Truth yes = takes.owner().constant(true);
    const Number low_sn = checker::smt::larger(before.low_sn, message.low_sn);
    const Checkpoint taken{.present = yes,
                           .oldest = !before.focus.present,
                           .newest = yes,
                           .index = guards::checkpoint_index<OneEntry>(message.low_sn, before.low_sn, readings()),
                           .low_sn = before.low_sn,
                           .absorbed = low_sn,
                           .depends = before.depends,
                           .shadow_sn = before.shadow_sn};
    Process expected = before;
    expected.dirty = before.dirty || takes;
    expected.low_sn = low_sn;
    expected.depends = checker::smt::larger(before.depends, message.depends);
    expected.focus = after.focus;
    expected.before = after.before;
    expected.after = after.after;
    // The log may show the new entry.
    const Truth is_logged =
        guards::is_logged<OneEntry>(expected.dirty, takes, message.dirty, readings()) && same(after.logged, message);
    Process shown = expected;
    shown.logged = message;
    return (same(expected, after) || (is_logged && same(shown, after))) &&
           checkpoints_after(before, after, takes, taken, low_sn);
}

// impl::reclaim, of one checkpoint: everything that its index says is validated.
Truth checkpoint_forgotten(const Process& before, const Process& after, const Happening<Symbolic>& happening) {
    const Checkpoint& dropped = happening.dropped;
    const Checkpoint& focus = before.focus;
    const auto remains = [](Checkpoint was, const Checkpoint& is) { // its place in the array may be another
        was.oldest = is.oldest;
        was.newest = is.newest;
        was.absorbed = is.absorbed;
        return same(was, is);
    };
    Checkpoint left = focus;
    left.oldest = focus.oldest || (happening.dropped_before && dropped.oldest);
    left.newest = focus.newest || (happening.dropped_after && dropped.newest);
    left.absorbed = choose(happening.dropped_after, dropped.absorbed, focus.absorbed);
    const Truth which = implies(happening.dropped_before, same(dropped, before.before)) &&
                        implies(happening.dropped_after, same(dropped, before.after));
    const Truth stays = focus.present && same(left, after.focus) &&
                        (happening.dropped_before || remains(before.before, after.before)) &&
                        (happening.dropped_after || remains(before.after, after.after));
    const Truth emptied = same(dropped, focus) && focus.oldest && focus.newest && !after.focus.present;
    Process expected = before;
    expected.dirty = guards::is_dirty<OneEntry>(after.focus.present);
    expected.focus = after.focus;
    expected.before = after.before;
    expected.after = after.after;
    const Truth can_go = guards::is_reclaimable<OneEntry>(before.valid_sn, dropped.index, dropped.absorbed, readings());
    return dropped.present && can_go && which && (stays || emptied) && same(expected, after);
}

// impl::roll_back, to the oldest checkpoint; what is logged is replayed after it.
Truth rolled_back(const Process& before, const Process& after, const Checkpoint& oldest) {
    const Truth no = before.dirty.owner().constant(false);
    Process expected = before;
    expected.dirty = no;
    expected.low_sn = oldest.low_sn;
    expected.depends = oldest.depends;
    expected.shadow_sn = choose(before.shadow, oldest.shadow_sn, before.shadow_sn);
    for (Checkpoint* const each : {&expected.focus, &expected.before, &expected.after})
        each->present = no;
    return before.recovered && before.dirty && before.focus.present && oldest.present && oldest.oldest &&
           same_but_logs(expected, after) &&
           implies(after.suppressed, guards::is_in_checkpoint<OneEntry>(after.suppressed_number, oldest.shadow_sn));
}

} // namespace mdcd::model::proof::boundary
