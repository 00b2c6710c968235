// Takes what impl did to one process apart. States in between are made from those before and after, and the last of
// them must be what impl left. Judges nothing.
#include "model/proof/boundary_steps.hpp"

#include <algorithm>

namespace mdcd::model::proof::boundary {

using impl::Group;
using impl::MessageKind;
using impl::NoteKind;
using impl::ProcessId;

namespace {

bool has(const impl::Notes& notes, NoteKind kind) {
    return std::ranges::any_of(notes, [&](const impl::Note& each) { return each.kind == kind; });
}

class Apart {
public:
    Apart(const State& before, ProcessId actor) : now_(before), actor_(actor) {}

    State& add(SmallStep step, State after) {
        step.actor = actor_;
        step.before = now_;
        step.after = std::move(after);
        now_ = step.after;
        result_.steps.push_back(std::move(step));
        return now_;
    }
    // With the process as `change` leaves it.
    template <class Change> void add_change(SmallStep step, Change change) {
        State after = now_;
        change(after.process(actor_));
        add(std::move(step), std::move(after));
    }
    void add_sent(ActionId action, const Outgoing& sent, std::optional<impl::OutputEntry<Watched>> again = {},
                  const Process* left = nullptr) {
        State after = now_;
        if (left != nullptr)
            after.process(actor_) = *left;
        after.under_way.emplace_back(sent.receiver, sent.message);
        SmallStep step;
        step.action = action;
        step.again = again;
        add(std::move(step), std::move(after));
    }
    void fail(const std::string& why) {
        if (result_.failure.empty())
            result_.failure = why;
    }

    [[nodiscard]] const State& now() const { return now_; }
    [[nodiscard]] const Process& process() const { return now_.process(actor_); }
    [[nodiscard]] const impl::Rules& rules() const { return now_.constants.rules; }
    void start_from(State state) { now_ = std::move(state); }
    [[nodiscard]] TakenApart result() { return std::move(result_); }

private:
    State now_;
    ProcessId actor_;
    TakenApart result_;
};

SmallStep step_of(ActionId action) {
    SmallStep step;
    step.action = action;
    return step;
}

// impl::reclaim by what the process knows: the checkpoints that go, one after the other, then the logs.
void reclaim(Apart& apart, const impl::SequenceVector& validated) {
    Process reclaimed = apart.process();
    impl::Notes notes;
    std::visit(
        [&](auto& part) {
            if constexpr (std::is_same_v<std::remove_reference_t<decltype(part)>, Shadow>)
                impl::reclaim(part, validated, apart.rules(), notes);
            else
                impl::reclaim(part.guarded, validated, apart.rules(), notes);
        },
        reclaimed.parts);
    std::size_t position = 0;
    std::size_t kept = 0;
    const Guarded after = reclaimed.guarded();
    const auto is_kept = [&](const impl::Checkpoint<Watched>& each) {
        return kept < after.checkpoints.size() && each.index == after.checkpoints[kept].index &&
               each.low_sn == after.checkpoints[kept].low_sn && each.application == after.checkpoints[kept].application;
    };
    while (position < apart.process().guarded().checkpoints.size()) {
        if (is_kept(apart.process().guarded().checkpoints[position])) {
            ++kept;
            ++position;
            continue;
        }
        SmallStep step = step_of(ActionId::forgets_checkpoint);
        step.dropped = position;
        apart.add_change(step, [&](Process& process) {
            auto& checkpoints = process.guarded().checkpoints;
            checkpoints.keep_if([&](const auto&, std::size_t each) { return each != position; });
            process.guarded().dirty = !checkpoints.empty();
        });
    }
    apart.add_change(step_of(ActionId::forgets_logs), [&](Process& process) { process.parts = reclaimed.parts; });
}

void learn(Apart& apart, ActionId action, const impl::SequenceVector& told, bool advances,
           std::optional<Message> claimed = {}) {
    SmallStep step = step_of(action);
    step.told = told;
    step.claimed = std::move(claimed);
    apart.add_change(step, [&](Process& process) {
        Guarded& guarded = process.guarded();
        guarded.valid_sn = join(guarded.valid_sn, told);
        if (advances)
            guarded.low_sn = join(guarded.low_sn, told);
        if (action == ActionId::learns_decision)
            process.recovery.known = {};
    });
}

// impl::roll_back and replay.
void roll_back(Apart& apart, const impl::SequenceVector& validated) {
    if (!apart.process().guarded().dirty)
        return;
    const impl::Checkpoint<Watched> target = apart.process().guarded().checkpoints[0];
    SmallStep back = step_of(ActionId::rolls_back);
    back.dropped = 0;
    apart.add_change(back, [&](Process& process) {
        Guarded& guarded = process.guarded();
        guarded.application = target.application;
        guarded.low_sn = target.low_sn;
        guarded.propagating = target.propagating;
        guarded.checkpoints.clear();
        guarded.dirty = false;
        if (auto* const shadow = std::get_if<Shadow>(&process.parts)) {
            shadow->shadow_sn = target.shadow_sn;
            shadow->external_sn = target.external_sn;
            shadow->output_log.keep_if([&](const auto& each, std::size_t) { return each.number <= target.shadow_sn; });
        }
    });
    const auto log = apart.process().guarded().input_log;
    for (const auto& entry : log) {
        if (entry.message.dirty && !impl::covers(validated, entry.message.low_sn))
            continue;
        SmallStep step = step_of(ActionId::replays);
        step.received = entry.message;
        apart.add_change(step, [&](Process& process) {
            Watched::deliver(process.guarded().application, entry.message.payload);
            process.guarded().low_sn = join(process.guarded().low_sn, entry.message.low_sn);
        });
    }
    apart.add_change(step_of(ActionId::forgets_logs), [](Process& process) { process.guarded().input_log.clear(); });
}

// What a recovery does to one process, until it goes through what it has held. `left`: what impl leaves then.
void recover(Apart& apart, const Message& message, const Process& left, const std::vector<Outgoing>& sent) {
    const impl::SequenceVector decided = left.recovery.decided[left.recovery.decided.size() - 1];
    if (message.kind == MessageKind::recovery_reply) {
        SmallStep step = step_of(ActionId::hears_reply);
        step.told = message.low_sn;
        apart.add_change(
            step, [&](Process& process) { process.recovery.known = join(process.recovery.known, message.low_sn); });
    }
    learn(apart, ActionId::learns_decision, decided, false);
    for (const Outgoing& each : sent)
        if (each.message.kind != MessageKind::application)
            apart.add_sent(ActionId::tells, each);
    reclaim(apart, decided);
    roll_back(apart, decided);
    impl::OutputLog<Watched> log;
    if (const Shadow* const shadow = apart.process().shadow())
        log = shadow->output_log;
    std::size_t next = 0;
    for (const Outgoing& each : sent) {
        if (each.message.kind != MessageKind::application)
            continue;
        if (next == log.size())
            return apart.fail("a recovery sends what was not logged");
        apart.add_sent(ActionId::sends_again, each, log[next++]);
    }
    if (!(apart.process().guarded() == left.guarded()))
        apart.fail("a recovery leaves a process otherwise than its steps do");
    apart.add_change(step_of(ActionId::forgets_logs), [&](Process& process) { process = left; });
}

void take_arrival_apart(Apart& apart, const Message& message, const Happened& happened);

// What was held comes one after the other: it is the same.
void take_recovery_apart(Apart& apart, const Event& event, const Happened& happened) {
    State state = apart.now();
    Process& process = state.process(event.process);
    const auto held = process.recovery.held;
    process.recovery.held.clear();
    Event alone = event;
    alone.position = state.under_way.size();
    state.under_way.emplace_back(event.process, event.message);
    Happened first = apply(state, alone);
    recover(apart, event.message, first.after.process(event.process), first.sent);
    // What is still held is in nobody's way.
    State now = apart.now();
    std::vector<Message> left(held.begin(), held.end());
    for (const Message& each : left) {
        now = apart.now();
        Event next = event;
        next.message = each;
        next.position = now.under_way.size();
        State offered = now;
        offered.under_way.emplace_back(event.process, each);
        const Happened then = apply(offered, next);
        take_arrival_apart(apart, each, then);
        State after = apart.now();
        after.process(event.process) = then.after.process(event.process);
        apart.start_from(std::move(after));
    }
    if (!(apart.process() == happened.after.process(event.process)))
        apart.fail("what was held is received otherwise than one after the other");
}

// A message of another process of high confidence; no recovery comes to its end with it.
void take_arrival_apart(Apart& apart, const Message& message, const Happened& happened) {
    const bool shadow = apart.process().shadow() != nullptr;
    const ProcessId self = apart.process().id();
    const Process& left = happened.after.process(self);
    if (has(happened.notes, NoteKind::delivered)) {
        SmallStep step = step_of(ActionId::receives);
        step.received = message;
        apart.add_change(step, [&](Process& process) { process = left; });
    } else if (has(happened.notes, NoteKind::validated)) {
        learn(apart, ActionId::is_notified, message.low_sn, !shadow);
        reclaim(apart, apart.process().guarded().valid_sn);
    } else if (has(happened.notes, NoteKind::halted)) {
        apart.add_change(step_of(ActionId::halts), [&](Process& process) { process = left; });
    } else if (message.kind == MessageKind::recovery_reply && !(left == apart.process())) {
        SmallStep step = step_of(ActionId::hears_reply);
        step.told = message.low_sn;
        apart.add_change(step, [&](Process& process) { process = left; });
    }
    for (const Outgoing& each : happened.sent)
        apart.add_sent(ActionId::tells, each);
}

void take_word_apart(Apart& apart, const Event& event, const Happened& happened) {
    const bool shadow = event.process.group == Group::shadow;
    const bool is_overruled =
        std::ranges::find(happened.events, impl::BoundaryEvent::sender_overruled) != happened.events.end();
    const bool as_other = event.message.sender.group != Group::low && !is_overruled;
    const Process& left = happened.after.process(event.process);
    if (happened.delivered) {
        SmallStep step = step_of(as_other                                        ? ActionId::in_anothers_name
                                 : event.message.kind == MessageKind::low_number ? ActionId::cluster_counter
                                 : shadow                                        ? ActionId::cluster_message_to_shadow
                                                                                 : ActionId::cluster_message);
        step.claimed = event.message;
        step.channel = Channel{event.component, event.process};
        State after = apart.now();
        after.process(event.process) = left;
        after.delivered = happened.after.delivered;
        apart.add(step, std::move(after));
    } else if (has(happened.notes, NoteKind::validated)) {
        learn(apart, as_other ? ActionId::told_in_anothers_name : ActionId::cluster_test, event.message.low_sn, !shadow,
              event.message);
        reclaim(apart, apart.process().guarded().valid_sn);
    } else if (has(happened.notes, NoteKind::halted) || has(happened.notes, NoteKind::recovery_started)) {
        const bool started = has(happened.notes, NoteKind::recovery_started) || as_other;
        apart.add_change(step_of(started ? ActionId::halts : ActionId::cluster_announces),
                         [&](Process& process) { process = left; });
    }
    for (const Outgoing& each : happened.sent)
        apart.add_sent(ActionId::tells, each);
}

void take_output_apart(Apart& apart, const Event& event, const Happened& happened) {
    if (has(happened.notes, NoteKind::output_without_at)) {
        apart.add_change(step_of(ActionId::outputs), [](Process&) {});
    } else if (happened.proves) {
        State after = apart.now();
        Guarded& guarded = after.process(event.process).guarded();
        const impl::SequenceVector number = guarded.low_sn;
        guarded.valid_sn = join(guarded.valid_sn, number);
        after.validated = happened.after.validated;
        for (const Outgoing& each : happened.sent)
            after.under_way.emplace_back(each.receiver, each.message);
        apart.add(step_of(ActionId::passes_test), std::move(after));
        reclaim(apart, apart.process().guarded().valid_sn);
    } else {
        apart.add_change(step_of(ActionId::halts),
                         [&](Process& process) { process = happened.after.process(event.process); });
        for (const Outgoing& each : happened.sent)
            apart.add_sent(ActionId::tells, each);
    }
}

} // namespace

TakenApart taken_apart(const State& before, const Event& event, const Happened& happened) {
    Apart apart(before, event.process);
    const Process& left = happened.after.process(event.process);
    switch (event.kind) {
    case EventKind::cluster:
        take_word_apart(apart, event, happened);
        break;
    case EventKind::arrives: {
        State taken = before;
        taken.under_way.erase(taken.under_way.begin() + static_cast<std::ptrdiff_t>(event.position));
        apart.start_from(std::move(taken));
        if (left.recovery.decided.size() > before.process(event.process).recovery.decided.size())
            take_recovery_apart(apart, event, happened);
        else
            take_arrival_apart(apart, event.message, happened);
        break;
    }
    case EventKind::sends:
    case EventKind::generates:
        if (event.kind == EventKind::generates)
            apart.add_change(step_of(ActionId::suppresses), [&](Process& process) { process = left; });
        for (const Outgoing& each : happened.sent)
            apart.add_sent(ActionId::sends, each, {}, &left); // prgt_bit changes with it
        break;
    case EventKind::outputs:
        take_output_apart(apart, event, happened);
        break;
    }
    // What a process keeps beside what the proof looks at may change with no step: what it holds, what was overruled.
    Process shown = apart.process();
    shown.recovery = left.recovery;
    shown.boundary = left.boundary;
    if (!(shown == left))
        apart.fail("a process is left otherwise than its steps leave it");
    return apart.result();
}

} // namespace mdcd::model::proof::boundary
