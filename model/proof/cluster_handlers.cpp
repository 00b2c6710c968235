// What the handlers of impl do to a process of high confidence, with numbers that are vectors, under the rules that
// cluster_rules.hpp knows. Their guards are those of impl/guards.hpp. Where a window does not show what decides, it
// leaves open what happens; it never forbids what impl does.
#include "model/proof/cluster_actions.hpp"
#include "model/proof/cluster_logic.hpp"
#include "model/proof/fields.hpp"

namespace mdcd::model::proof::cluster {

using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;
using Content = ContentWindow<Symbolic>;
using Outputs = OutputsWindow<Symbolic>;
namespace guards = impl::guards;

namespace {

template <class Part> Truth equal_fields(const Part& one, const Part& other, Truth start) {
    visit_both(one, other, [&](const auto& first, const auto& second) { start = start && first == second; });
    return start;
}

Checkpoint choose_shown(Truth condition, Checkpoint then, const Checkpoint& otherwise) {
    visit_both(then, otherwise, [&](auto& first, const auto& second) { first = choose(condition, first, second); });
    return then;
}

Entries<Number> choose_entries(Truth condition, const Entries<Number>& then, const Entries<Number>& otherwise) {
    return {{choose(condition, then[any_entry], otherwise[any_entry]),
             choose(condition, then[own_entry], otherwise[own_entry])}};
}

Truth truth(const Process& process, bool value) {
    return process.dirty.owner().constant(value);
}

// The state of `process` as the checkpoint that a message causes.
Checkpoint checkpoint_of(const Process& process, const Content& message) {
    const Truth yes = truth(process, true);
    return {.present = yes,
            .oldest = !process.focus.present,
            .newest = yes,
            .index = guards::checkpoint_index<ShownEntries>(message.low_sn, process.low_sn, readings()),
            .low_sn = process.low_sn,
            .absorbed = process.low_sn,
            .depends = process.depends,
            .sent = process.sent,
            .sent_inside = process.sent_inside,
            .shadow_sn = choose(process.shadow, process.shadow_sn, process.dirty.owner().number(0)),
            .externals = process.externals,
            .external_sn = process.external_sn,
            .received = process.received,
            .duplicated = process.duplicated,
            .logged_before = process.logged,
            .wanted = yes}; // the message was news
}

// prgt_bit is not shown: under these rules it decides on nothing.
Truth takes_checkpoint(const Process& process, const Content& message, Truth news) {
    const Truth no_mark = truth(process, false);
    return guards::contaminates<OneEntry>(message.dirty, process.dirty, news, readings()) &&
           (process.shadow || guards::is_worth_keeping<OneEntry>(process.dirty, no_mark, readings()));
}

// The checkpoints shown, when `taken` may have been taken and the process's number has become `low_sn`.
Truth checkpoints_after_reception(const Process& before, const Process& after, Truth takes, Checkpoint taken,
                                  const Entries<Number>& low_sn) {
    Checkpoint absent = taken;
    absent.present = truth(before, false);
    const Entries<Number> until_taken = taken.low_sn;
    const auto grown = [&](Checkpoint checkpoint) { // one that was there
        checkpoint.absorbed =
            choose_entries(checkpoint.newest, choose_entries(takes, until_taken, low_sn), checkpoint.absorbed);
        checkpoint.newest = checkpoint.newest && !takes;
        return checkpoint;
    };
    taken.absorbed = low_sn;
    const Truth stays =
        before.focus.present && same(after.focus, grown(before.focus)) && same(after.before, before.before) &&
        same(after.older, before.older) &&
        same(after.after, choose_shown(before.focus.newest, choose_shown(takes, taken, absent), grown(before.after)));
    const Truth is_new =
        takes && implies(before.focus.present, before.focus.newest) && same(after.focus, taken) &&
        same(after.before, choose_shown(before.focus.present, grown(before.focus), absent)) && !after.after.present &&
        (!after.older.present || same(after.older, before.older) || same(after.older, grown(before.focus)));
    const Truth none = !before.focus.present && !takes && !after.focus.present;
    return stays || is_new || none;
}

} // namespace

Entries<Number> larger(const Entries<Number>& one, const Entries<Number>& other) {
    return {{checker::smt::larger(one[any_entry], other[any_entry]),
             checker::smt::larger(one[own_entry], other[own_entry])}};
}
Truth equal(const Entries<Number>& one, const Entries<Number>& other) {
    return for_each_entry([&](std::size_t entry) { return one[entry] == other[entry]; });
}
Truth at_most(const Entries<Number>& one, const Entries<Number>& other) {
    return for_each_entry([&](std::size_t entry) { return one[entry] <= other[entry]; });
}

Truth same(const Checkpoint& one, const Checkpoint& other) {
    return one.present == other.present &&
           (!one.present || equal_fields(one, other, one.present.owner().constant(true)));
}
Truth same(const Content& one, const Content& other) {
    return one.exists == other.exists && (!one.exists || equal_fields(one, other, one.exists.owner().constant(true)));
}
Truth same(const Message& one, const Message& other) {
    return one.from_cluster == other.from_cluster && one.number == other.number && same(one.content, other.content) &&
           (!one.content.exists || (one.pending == other.pending && one.pending_twice == other.pending_twice));
}
Truth same(const NotificationWindow<Symbolic>& one, const NotificationWindow<Symbolic>& other) {
    return equal_fields(one, other, one.outputs.owner().constant(true));
}

namespace {

// Field by field, but for what means nothing.
Truth same_outputs(const Outputs& one, const Outputs& other) {
    return one.logged == other.logged && one.other == other.other &&
           implies(one.logged, one.twice == other.twice && one.index == other.index && one.number == other.number &&
                                   equal(one.depends, other.depends)) &&
           implies(one.other, one.other_number == other.other_number) &&
           implies(one.other && one.logged, one.other_in_front == other.other_in_front);
}

// One more entry, which is the message shown if `is_shown`; the other one shown may be the new one.
Outputs with_entry(Outputs log, const Outputs& after, Truth is_shown, Number index, Number number,
                   const Entries<Number>& depends) {
    const Truth no = is_shown.owner().constant(false);
    const Truth is_new = !log.other && after.other && !is_shown;
    log.twice = log.twice || (is_shown && log.logged);
    log.logged = log.logged || is_shown;
    log.index = choose(is_shown, index, log.index);
    log.number = choose(is_shown, number, log.number);
    log.depends = choose_entries(is_shown, depends, log.depends);
    log.other_in_front = choose(is_new, no, is_shown || log.other_in_front);
    log.other_number = choose(is_new, number, log.other_number);
    log.other = log.other || is_new;
    return log;
}

// Without what is purged: the entry of the message if not `kept`, of other entries any. Of what is logged more than
// once not all is shown.
Outputs purged(const Outputs& log, const Outputs& after, Truth kept) {
    Outputs left = log;
    left.logged = choose(log.twice, after.logged, log.logged && kept);
    left.twice = log.twice && after.twice;
    left.index = choose(log.twice, after.index, log.index);
    left.number = choose(log.twice, after.number, log.number);
    left.depends = choose_entries(log.twice, after.depends, log.depends);
    left.other = after.other;
    left.other_in_front = choose(log.twice, after.other_in_front, log.other_in_front);
    return left;
}

} // namespace

Truth same(const Process& one, const Process& other) {
    Process rest = one; // what may mean nothing is compared by itself
    rest.focus = other.focus;
    rest.before = other.before;
    rest.after = other.after;
    rest.older = other.older;
    rest.output = other.output;
    rest.external = other.external;
    return same(one.focus, other.focus) && same(one.before, other.before) && same(one.after, other.after) &&
           same(one.older, other.older) && same_outputs(one.output, other.output) &&
           same_outputs(one.external, other.external) && equal_fields(rest, other, one.dirty.owner().constant(true));
}

// impl::suppress: a message to a process is numbered and logged.
Process generates(Process process, const Process& after, const Message& message) {
    process.sent = process.sent + 1;
    process.shadow_sn = process.shadow_sn + 1;
    const Truth is_shown = process.generates && message.number == process.sent;
    const Number index =
        guards::shadow_output_index<OneEntry>(process.low_sn[own_entry], process.shadow_sn, readings());
    process.output = with_entry(process.output, after.output, is_shown, index, process.shadow_sn, process.depends);
    return process;
}

// impl::suppress_external: a message to a device is counted and logged. Only of one shadow this is shown.
Process generates_output(Process process, const Process& after, Number external_number) {
    const Truth own = process.own[own_entry];
    process.externals = choose(own, process.externals + 1, process.externals);
    process.external_sn = choose(own, process.external_sn + 1, process.external_sn);
    process.external = with_entry(process.external, after.external, own && external_number == process.externals,
                                  process.shadow_sn, process.external_sn, process.depends);
    return process;
}

// impl::receive_application.
Truth received(const Process& before, const Process& after, const Happening<Symbolic>& happening) {
    const Content& message = happening.received;
    const Truth news = guards::is_news<OneEntry>(happening.witness_low_sn, happening.witness_valid_sn,
                                                 happening.witness_sn, readings());
    const Truth is_no_news = !guards::is_news<ShownEntries>(before.low_sn, before.valid_sn, message.low_sn, readings());
    const Truth takes = takes_checkpoint(before, message, news);
    const Truth dirty = before.dirty || takes;
    const Truth logs = guards::is_logged<OneEntry>(dirty, takes, message.dirty, readings());

    Process expected = before;
    expected.dirty = dirty;
    expected.logged_twice = before.logged_twice || (happening.same && logs && before.logged);
    expected.logged = before.logged || (happening.same && logs);
    expected.duplicated = before.duplicated || (happening.same && before.received);
    expected.received = before.received || happening.same;
    expected.depends = larger(before.depends, message.depends);
    expected.low_sn = larger(before.low_sn, message.low_sn);
    expected.focus = after.focus;
    expected.before = after.before;
    expected.after = after.after;
    expected.older = after.older;
    return implies(message.dirty && !news, is_no_news) && same(expected, after) &&
           checkpoints_after_reception(before, after, takes, checkpoint_of(before, message), expected.low_sn);
}

// What a process is told to be validated, before it reclaims.
Truth learned(const Process& before, const Process& after, const Entries<Number>& number, Number outputs,
              bool advances) {
    Process expected = before;
    expected.valid_external =
        choose(before.own[own_entry], checker::smt::larger(before.valid_external, outputs), before.valid_external);
    expected.settled = truth(before, false);
    expected.valid_sn = larger(before.valid_sn, number);
    if (advances) {
        expected.low_sn = guards::low_sn_after_notification<ShownEntries>(before.low_sn, number, readings());
        for (Checkpoint* each : {&expected.focus, &expected.before, &expected.after, &expected.older})
            each->absorbed = choose_entries(each->newest, expected.low_sn, each->absorbed);
    }
    Truth less_is_wanted = truth(before, true);
    const std::array<std::pair<Checkpoint*, const Checkpoint*>, 4> shown{{{&expected.focus, &after.focus},
                                                                          {&expected.before, &after.before},
                                                                          {&expected.after, &after.after},
                                                                          {&expected.older, &after.older}}};
    for (const auto& [was, is] : shown) {
        less_is_wanted = less_is_wanted && implies(is->present && is->wanted, was->wanted);
        was->wanted = is->wanted;
    }
    return less_is_wanted && same(expected, after);
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
    left.absorbed = choose_entries(happening.dropped_after, dropped.absorbed, focus.absorbed);
    const Truth which = implies(happening.dropped_before, same(dropped, before.before)) &&
                        implies(happening.dropped_after, same(dropped, before.after));
    const Truth stays = focus.present && same(left, after.focus) &&
                        (happening.dropped_before || remains(before.before, after.before)) &&
                        (happening.dropped_after || remains(before.after, after.after)) &&
                        implies(after.older.present, remains(before.older, after.older));
    const Truth emptied =
        same(dropped, focus) && focus.oldest && focus.newest && !after.focus.present && !after.older.present;
    Process expected = before;
    expected.dirty = guards::is_dirty<OneEntry>(after.focus.present);
    expected.focus = after.focus;
    expected.before = after.before;
    expected.after = after.after;
    expected.older = after.older;
    const Truth can_go =
        guards::is_reclaimable<ShownEntries>(before.valid_sn, dropped.index, dropped.absorbed, readings());
    return dropped.present && !dropped.wanted && can_go && which && (stays || emptied) && same(expected, after);
}

// impl::reclaim, of the receiver log: it loses what the oldest checkpoint kept contains, and all if there is none. Of a
// message that is in it twice not all is shown.
Truth inputs_forgotten(const Process& before, const Process& after) {
    const Checkpoint& focus = before.focus;
    const Truth none = !focus.present;
    const Truth by_older = before.older.present && before.older.oldest;
    const Truth known = none || focus.oldest || by_older;
    const Truth in_oldest = none || choose(focus.oldest, focus.logged_before, before.older.logged_before);
    // Indices of logged inputs are not shown: under these rules nothing is purged by them.
    const Truth keeps = guards::keeps_input<OneEntry>(truth(before, false), in_oldest, readings());
    Process expected = before;
    expected.dirty = guards::is_dirty<OneEntry>(after.focus.present); // set anew, whatever it was
    expected.logged = after.logged;
    expected.logged_twice = after.logged_twice;
    const std::array<std::pair<Checkpoint*, const Checkpoint*>, 4> shown{{{&expected.focus, &after.focus},
                                                                          {&expected.before, &after.before},
                                                                          {&expected.after, &after.after},
                                                                          {&expected.older, &after.older}}};
    for (const auto& [was, is] : shown)
        was->logged_before = choose(before.logged_twice, is->logged_before, was->logged_before && after.logged);
    return same(expected, after) && implies(after.logged, before.logged) &&
           implies(after.logged_twice, before.logged_twice) && implies(none, !after.logged) &&
           implies(known && !before.logged_twice, after.logged == (before.logged && keeps));
}

Truth keeps_output(const Process& process) {
    return guards::keeps_output<OneEntry>(process.valid_sn[own_entry], process.output.index);
}
Truth keeps_external(const Process& process) {
    return guards::keeps_counted_output<OneEntry>(process.valid_external, process.external.number);
}

// impl::reclaim, of what a shadow has suppressed: to processes what is validated, to devices what was output.
Truth outputs_forgotten(const Process& before, const Process& after) {
    Process expected = before;
    expected.output = purged(before.output, after.output, keeps_output(before));
    expected.external = purged(before.external, after.external, keeps_external(before));
    return before.shadow && implies(after.output.other, before.output.other) &&
           implies(after.external.other, before.external.other) && same(expected, after);
}

// The end of a reclamation: nothing is left that could go.
Truth settled(const Process& before, const Process& after) {
    Process expected = before;
    expected.settled = truth(before, true);
    const Checkpoint& focus = before.focus;
    return same(expected, after) && implies(focus.present, focus.wanted) &&
           implies(focus.present && focus.oldest, !focus.logged_before) && implies(!focus.present, !before.logged) &&
           implies(before.generates && before.output.logged, keeps_output(before)) &&
           implies(before.external.logged, keeps_external(before)) &&
           before.dirty == guards::is_dirty<OneEntry>(focus.present);
}

} // namespace mdcd::model::proof::cluster
