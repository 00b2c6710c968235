// Describes firings and follows message identities through the channels.
// Knows no property.
#include "model/runs/run_writer.hpp"

#include <algorithm>
#include <array>

#include "checker/channel.hpp"
#include "checker/invariant.hpp"
#include "model/runs/note_text.hpp"
#include "model/state/encoding.hpp"
#include "model/state/state_value.hpp"
#include "model/state/value_writer.hpp"

namespace mdcd::model {

using checker::GlobalState;
using checker::SlotIndex;
using impl::Group;
using impl::ProcessId;
using traces::Action;
using traces::MessageEvent;

namespace {

MessageEvent event_of(std::string_view bytes, ProcessId peer, std::size_t entries) {
    const auto message = decode<Message>(bytes);
    MessageEvent event;
    event.peer = name_of(peer);
    event.label = describe_message(bytes, entries);
    event.dirty = message.dirty;
    if (message.kind == impl::MessageKind::application) {
        event.message = name_of(message.payload.id);
        event.label = message.payload.id.source == 0 ? std::to_string(message.payload.id.number) : event.message;
        if (message.incarnation > 0) // another message of the same name may have been sent before
            event.message += "@" + std::to_string(message.incarnation);
    }
    constexpr std::array recovery_names{"announcement", "reply", "decision"};
    if (message.kind >= impl::MessageKind::recovery_announcement &&
        message.kind <= impl::MessageKind::recovery_decision) {
        const auto name =
            static_cast<std::size_t>(message.kind) - static_cast<std::size_t>(impl::MessageKind::recovery_announcement);
        const std::string incarnation = std::to_string(message.incarnation);
        event.message = name_of(message.sender) + "." + recovery_names[name] + incarnation;
        event.label =
            std::string(recovery_names[name]) + // as in passed_AT(1): with the number it carries
            (message.kind == impl::MessageKind::recovery_announcement ? " " + incarnation
                                                                      : "(" + to_text(message.low_sn, entries) + ")");
        if (message.kind == impl::MessageKind::recovery_reply) // one for each coordinator
            event.message += "." + event.peer;
    }
    return event;
}

const Guarded* guarded_of(const Layout& layout, const GlobalState& state, ProcessId process, ActiveLocal& active,
                          ShadowLocal& shadow) {
    const std::string& bytes = state[layout.slot_of(process)];
    if (process.group == Group::active) {
        active = decode<ActiveLocal>(bytes);
        return &active.process.guarded;
    }
    if (process.group == Group::shadow) {
        shadow = decode<ShadowLocal>(bytes);
        return &shadow.process.guarded;
    }
    return nullptr;
}

// Whether one array's checkpoint is another's, though its log may have been purged in between.
bool same_checkpoint(const Checkpoint& one, const Checkpoint& other) {
    return one.index == other.index && one.low_sn == other.low_sn && one.application == other.application;
}

std::string list(const std::vector<MessageEvent>& sent) {
    std::string text;
    for (const MessageEvent& event : sent)
        text += (text.empty() ? "" : ", ") + event.peer;
    return text;
}

std::string sentence(const StepPlace& place, const std::string& self, const std::vector<MessageEvent>& sent,
                     std::string_view taken, const checker::Outcome& outcome, std::size_t entries) {
    const std::string what = sent.empty() ? "" : describe_message(outcome.sends.front().bytes, entries);
    switch (place.kind) {
    case StepKind::low_send: {
        const std::vector<MessageEvent> told(sent.begin() + 1, sent.end());
        return self + " sends " + what + " to " + sent.front().peer +
               (told.empty() ? "" : " and tells " + list(told) + " the counter");
    }
    case StepKind::low_test:
        return self + " passes an acceptance test, outputs, and broadcasts " + what;
    case StepKind::low_send_inside:
        return self + " sends " + what + " to " + name_of(place.peer);
    case StepKind::shadow_send:
        return sent.empty() ? self + " logs a message for " + name_of(place.peer) + " and sends nothing"
                            : self + " sends " + what + " to " + name_of(place.peer);
    case StepKind::shadow_generate: {
        const auto local = decode<ShadowLocal>(outcome.writes.front().bytes);
        const auto* const entry = last_generated(local.process);
        if (!sent.empty())
            return self + " sends " + what + " to " + list(sent);
        if (entry == nullptr)
            return self + " generates its message " + std::to_string(local.process.guarded.application.sent) +
                   " and suppresses it";
        const MessageId id = entry->payload.id;
        return self + " generates " + (entry->receiver == impl::device ? "external " : "") +
               (id.source == 0 ? "cluster message " + std::to_string(id.number) : name_of(id)) + " for " +
               (entry->receiver == impl::device ? "the device" : name_of(entry->receiver));
    }
    case StepKind::active_send:
    case StepKind::active_send_low:
        return self + " sends " + what + " to " + list(sent);
    case StepKind::active_external:
        return sent.empty() ? self + " outputs without a test"
                            : self + " passes an acceptance test, outputs, and broadcasts " + what;
    case StepKind::detect:
        return self + " fails an acceptance test and broadcasts " + what;
    case StepKind::deliver:
        return self + " receives " + describe_message(taken, entries) + " from " + name_of(place.peer);
    }
    return self;
}

const char* kind_name(const StepPlace& place, bool sends) {
    switch (place.kind) {
    case StepKind::low_send:
    case StepKind::active_send:
    case StepKind::active_send_low:
    case StepKind::low_send_inside:
    case StepKind::shadow_send:
        return "send";
    case StepKind::low_test:
        return "acceptance_test";
    case StepKind::shadow_generate:
        return sends ? "send" : "generate";
    case StepKind::detect:
        return "failed_test";
    case StepKind::active_external:
        return sends ? "acceptance_test" : "output";
    case StepKind::deliver:
        return "deliver";
    }
    return "";
}

} // namespace

RunWriter::RunWriter(const System& system, bool whole_states)
    : system_(system), whole_states_(whole_states), state_(system.initial_states().front()) {}

Action RunWriter::describe(const StepPlace& place, const checker::Outcome& outcome, std::string_view taken,
                           const impl::Notes& notes) const {
    const std::size_t entries = system_.number_entries();
    Action action;
    action.process = name_of(place.process);
    for (const auto& change : outcome.sends)
        action.sent.push_back(event_of(change.bytes, system_.layout().places()[change.slot].process, entries));
    action.kind = kind_name(place, !action.sent.empty());
    action.text = sentence(place, action.process, action.sent, taken, outcome, entries);
    if (place.kind == StepKind::deliver)
        action.taken = event_of(taken, place.peer, entries);
    for (const impl::Note& note : notes) {
        const std::string text = note_text(note, system_.rules(), entries);
        if (!text.empty())
            action.fired.push_back(text);
        const traces::Value index = to_value(note.number, entries);
        if (note.kind == impl::NoteKind::checkpoint_dropped)
            action.checkpoints_dropped.push_back(index);
        if (note.kind == impl::NoteKind::checkpoint_first || note.kind == impl::NoteKind::checkpoint_propagated ||
            note.kind == impl::NoteKind::checkpoint_new_sn)
            action.checkpoint_taken = index;
    }
    return action;
}

std::vector<Move> RunWriter::moves() const {
    const Layout& layout = system_.layout();
    std::vector<Move> all;
    for (std::size_t index = 0; index < layout.steps().size(); ++index) {
        const checker::Step& step = layout.steps()[index];
        if (!checker::has_room(layout.slots(), step, state_))
            continue;
        const auto values = checker::values_read(layout.slots(), step, state_);
        std::vector<std::string_view> messages = {std::string_view{}};
        if (step.takes)
            messages = checker::messages_to_take(layout.slots(), step, state_);
        for (std::size_t taken = 0; taken < messages.size(); ++taken) {
            checker::Outcomes outcomes;
            std::vector<impl::Notes> notes;
            system_.fire(static_cast<checker::StepIndex>(index), {.values = values, .message = messages[taken]},
                         outcomes, notes);
            for (std::size_t outcome = 0; outcome < outcomes.size(); ++outcome) {
                const checker::Firing firing{static_cast<checker::StepIndex>(index), static_cast<std::uint16_t>(taken),
                                             static_cast<std::uint16_t>(outcome)};
                Move& move = all.emplace_back();
                move.firing = firing;
                move.after = checker::apply(system_, state_, firing, outcomes[outcome]);
                move.action = describe(layout.step_places()[index], outcomes[outcome], messages[taken], notes[outcome]);
            }
        }
    }
    return all;
}

// Gives every message of the action its identity, and moves identities along with the messages.
void RunWriter::name_messages(Action& action, const checker::Firing& firing, const checker::Outcome& outcome) {
    const checker::Step& step = system_.layout().steps()[firing.step];
    if (step.takes) {
        auto& channel = channels_[*step.takes];
        const auto messages = checker::messages_to_take(system_.layout().slots(), step, state_);
        const auto found = std::ranges::find(channel, messages[firing.taken], &Travelling::bytes);
        invariant(found != channel.end(), "a message is taken that nobody sent");
        action.taken->message = found->name;
        channel.erase(found);
    }
    std::string notification;
    for (std::size_t position = 0; position < outcome.sends.size(); ++position) {
        MessageEvent& event = action.sent[position];
        if (event.message.empty()) {
            if (notification.empty())
                notification = action.process + ".at" + std::to_string(++notifications_[action.process]);
            event.message = notification;
        }
        channels_[outcome.sends[position].slot].push_back({outcome.sends[position].bytes, event.message});
    }
}

void RunWriter::note_checkpoints(ProcessId process, const GlobalState& after) {
    ActiveLocal active_before, active_after;
    ShadowLocal shadow_before, shadow_after;
    const Guarded* before = guarded_of(system_.layout(), state_, process, active_before, shadow_before);
    const Guarded* now = guarded_of(system_.layout(), after, process, active_after, shadow_after);
    if (before == nullptr)
        return;
    const std::vector<int> old_steps = checkpoint_steps_[process];
    std::vector<int> steps;
    std::size_t position = 0; // what is left of the old array stands first, in its order
    for (const Checkpoint& checkpoint : now->checkpoints) {
        while (position < before->checkpoints.size() && !same_checkpoint(before->checkpoints[position], checkpoint))
            ++position;
        steps.push_back(position < before->checkpoints.size() ? old_steps[position++]
                                                              : static_cast<int>(steps_.size()));
    }
    checkpoint_steps_[process] = steps;
}

void RunWriter::advance(const Move& move) {
    const checker::Enabled enabled = checker::find_enabled(system_, state_, move.firing);
    traces::Step step;
    step.action = move.action;
    name_messages(step.action, move.firing, enabled.outcome);
    for (const ProcessId process : system_.layout().processes())
        note_checkpoints(process, move.after);
    step.digest = digest_of(move.after);
    const traces::Value before = state_value(system_.layout(), system_.number_entries(), state_);
    traces::Value after = state_value(system_.layout(), system_.number_entries(), move.after);
    step.changes = traces::differences(before, after);
    if (whole_states_)
        step.state = std::move(after);
    steps_.push_back(std::move(step));
    state_ = move.after;
}

const std::vector<int>& RunWriter::checkpoint_steps(ProcessId process) const {
    static const std::vector<int> none;
    const auto found = checkpoint_steps_.find(process);
    return found == checkpoint_steps_.end() ? none : found->second;
}

} // namespace mdcd::model
