// In words: what was taken, what the application wanted and what came of it, by which guards, what changed.
// Knows no window and no renderer.
#include "checker/cli/node/run_event.hpp"

#include <algorithm>
#include <array>

#include "impl/runtime/log_line.hpp"
#include "model/runs/note_text.hpp"
#include "model/state/value_writer.hpp"
#include "traces/characters.hpp"

namespace mdcd::checker::cli::node {
namespace {

using impl::NoteKind;
using impl::runtime::change_kind_name;
using impl::runtime::Input;
using impl::runtime::intent_name;
using impl::runtime::message_kind_name;
using impl::runtime::NamedNote;
using impl::runtime::outcome_name;
using impl::runtime::Sent;
using impl::runtime::StateSummary;
using impl::runtime::StepPart;
using impl::runtime::StepRecord;
using impl::runtime::StoredChange;
using traces::Action;
using traces::Difference;
using traces::MessageEvent;
using traces::Value;

constexpr std::size_t content_shown_max = 22; // of a message, on its arrow

std::string spaced(std::string_view name) {
    std::string text(name);
    std::ranges::replace(text, '_', ' ');
    return text;
}

class StepEvents {
public:
    StepEvents(const MergedStep& merged, const StateSummary& before, std::string entered)
        : merged_(merged), record_(merged.record), system_(merged.log.system().description),
          entries_(std::max<std::size_t>(system_.members.components, 1)), before_(before),
          entered_(std::move(entered)) {}

    std::vector<RunEvent> all() {
        StepPart from;
        for (std::size_t part = 0; part < record_.parts.size(); ++part) {
            add(part, from, record_.parts[part]);
            from = record_.parts[part];
        }
        if (events_.size() > 1 && says_nothing(events_.front().step.action))
            events_.erase(events_.begin());
        finish();
        return std::move(events_);
    }

private:
    [[nodiscard]] const std::string& self() const { return merged_.log.name(); }

    // A tick of the application that is nothing but the reason of what follows.
    [[nodiscard]] bool says_nothing(const Action& action) const {
        const Input::Kind kind = record_.input.kind;
        return (kind == Input::Kind::tick || kind == Input::Kind::go_on || kind == Input::Kind::start) &&
               action.sent.empty() && action.fired.empty();
    }

    void add(std::size_t part, const StepPart& from, const StepPart& to) {
        RunEvent& event = events_.emplace_back();
        Action& action = event.step.action;
        action.process = self();
        for (std::size_t each = from.sent; each < to.sent; ++each)
            action.sent.push_back(sent_event(record_.sent[each]));
        for (std::size_t each = from.outputs; each < to.outputs; ++each)
            action.sent.push_back(output_event(record_.outputs[each]));
        for (std::size_t each = from.notes; each < to.notes; ++each)
            add_note(event, record_.notes[each]);
        if (part == 0)
            describe_input(action);
        else
            describe_wish(event);
        event.names.push_back(action.kind);
    }

    void add_note(RunEvent& event, const NamedNote& note) const {
        Action& action = event.step.action;
        event.names.emplace_back(note.name);
        if (!note.note) {
            action.fired.push_back("upgrade: " + spaced(note.name));
            return;
        }
        if (std::string text = model::note_text(*note.note, system_.rules, entries_); !text.empty())
            action.fired.push_back(std::move(text));
        const NoteKind kind = note.note->kind;
        const Value index = model::to_value(note.note->number, entries_);
        if (kind == NoteKind::checkpoint_dropped)
            action.checkpoints_dropped.push_back(index);
        if (kind == NoteKind::checkpoint_first || kind == NoteKind::checkpoint_propagated ||
            kind == NoteKind::checkpoint_new_sn)
            action.checkpoint_taken = index;
    }

    // Messages of one pair are numbered from 1 for good, so this is unique within the run.
    static std::string identity(const std::string& from, const std::string& to, std::uint64_t number) {
        return from + "." + to + "." + std::to_string(number);
    }

    MessageEvent sent_event(const Sent& sent) const {
        const std::string to = name_in(system_, sent.to);
        return {identity(self(), to, sent.number), to, label(sent.change), sent.change.message.dirty};
    }

    MessageEvent output_event(const impl::runtime::DeviceOutput& output) const {
        return {self() + ".output." + std::to_string(output.number), "device", brief(output.content), false};
    }

    static std::string brief(std::string_view content) {
        return traces::cut(traces::printable(content), content_shown_max);
    }

    std::string label(const StoredChange& change) const {
        const impl::runtime::StoredMessage& message = change.message;
        const std::string incarnation = std::to_string(message.incarnation);
        const std::string numbers = "(" + model::to_text(message.low_sn, entries_) + ")";
        switch (change.kind) {
        case impl::ChangeKind::ordinary:
            break;
        case impl::ChangeKind::announcement:
            return std::string(intent_name(change.intent)) + "? " + incarnation;
        case impl::ChangeKind::reply:
            return change.objects ? "objection " + incarnation : "reply " + incarnation;
        case impl::ChangeKind::decision:
            return std::string(outcome_name(change.outcome)) + " " + incarnation;
        case impl::ChangeKind::marker:
        case impl::ChangeKind::start:
            return std::string(change_kind_name(change.kind)) + " " + incarnation;
        }
        switch (message.kind) {
        case impl::MessageKind::application:
            return brief(*merged_.log.core().contents().at(message.payload));
        case impl::MessageKind::passed_at:
            return "passed_AT" + numbers;
        case impl::MessageKind::recovery_announcement:
            return "announcement " + incarnation;
        case impl::MessageKind::recovery_reply:
            return "reply" + numbers;
        case impl::MessageKind::recovery_decision:
            return "decision" + numbers;
        case impl::MessageKind::low_number:
            break;
        }
        return std::string(message_kind_name(message.kind)) + numbers;
    }

    void describe_input(Action& action) const {
        const Input& input = record_.input;
        action.kind = impl::runtime::input_kind_name(input.kind);
        switch (input.kind) {
        case Input::Kind::start:
            action.text = self() + " starts";
            break;
        case Input::Kind::restart:
            action.text = self() + " comes back after a crash or a stop, as it was";
            break;
        case Input::Kind::receive: {
            const std::string from = name_in(system_, input.from);
            action.kind = "deliver";
            action.taken = MessageEvent{identity(from, self(), input.number), from, label(record_.received),
                                        record_.received.message.dirty};
            action.text = self() + " receives " + action.taken->label + " from " + from;
            break;
        }
        case Input::Kind::tick:
            action.text = self() + " does what its application does by itself";
            break;
        case Input::Kind::go_on:
            action.text = self() + " has room to send again";
            break;
        case Input::Kind::command:
            action.kind = intent_name(input.command.intent);
            action.text = self() + " is told by the operator: " + action.kind + components() + " (" +
                          spaced(record_.result) + ")";
            break;
        }
    }

    std::string components() const {
        std::string text;
        for (std::uint8_t each = 0; each < system_.members.components; ++each)
            if (record_.input.command.components.contains(each))
                text += " C" + std::to_string(each + 1);
        return text;
    }

    static std::string receivers(const std::vector<MessageEvent>& sent) {
        std::string text;
        for (const MessageEvent& each : sent)
            if (each.peer != "device")
                text += (text.empty() ? "" : ", ") + each.peer;
        return text;
    }

    static bool has(const RunEvent& event, std::string_view name) {
        return std::ranges::find(event.names, name) != event.names.end();
    }

    // What the application wanted, by what came of it.
    void describe_wish(RunEvent& event) const {
        Action& action = event.step.action;
        const auto output = std::ranges::find(action.sent, "device", &MessageEvent::peer);
        const std::string to = receivers(action.sent);
        const std::string told = to.empty() ? "" : ", and tells " + to;
        if (output != action.sent.end()) {
            const bool tested = has(event, "at_passed");
            action.kind = tested ? "acceptance_test" : "output";
            action.text = self() + (tested ? " passes an acceptance test and outputs " : " outputs ") + output->label +
                          (tested ? "" : " without a test") + told;
        } else if (has(event, "recovery_started") || has(event, "announced") || has(event, "objected")) {
            action.kind = "failed_test";
            action.text = self() + " fails an acceptance test" + told;
        } else if (to.empty()) {
            action.kind = "generate";
            action.text = self() + " generates a message and suppresses it";
        } else {
            action.kind = "send";
            action.text = self() + " sends " + action.sent.front().label + " to " + to;
        }
    }

    // What changed in the whole step stands with the event that made it: the one that asked for a change, or the input.
    void finish() {
        RunEvent* where = &events_.front();
        for (RunEvent& each : events_)
            if (each.step.action.kind == "failed_test")
                where = &each;
        where->carries_changes = true;
        where->step.changes = traces::differences(state_record(self(), before_, entries_),
                                                  state_record(self(), merged_.log.core().summary(), entries_));
        if (!entered_.empty()) {
            where->step.action.fired.push_back(entered_);
            where->names.emplace_back("enters");
        }
        const std::string digest = hex(impl::runtime::digest_of(merged_.log.core().bytes()));
        for (RunEvent& each : events_) {
            each.step.digest = digest;
            each.step.action.fired.push_back("step " + std::to_string(record_.step) + " of " + self());
        }
    }

    const MergedStep& merged_;
    const StepRecord& record_;
    const impl::runtime::SystemDescription& system_;
    std::size_t entries_;
    const StateSummary& before_;
    std::string entered_;
    std::vector<RunEvent> events_;
};

} // namespace

traces::Value::Record state_record(const std::string& process, const StateSummary& state, std::size_t entries) {
    const auto count = [](std::size_t number) { return Value(static_cast<std::int64_t>(number)); };
    Value::Record fields;
    if (!state.tenant.empty()) {
        fields.emplace_back("tenant", std::string(state.tenant));
        fields.emplace_back("version", count(state.version));
    }
    fields.emplace_back("dirty", state.dirty);
    fields.emplace_back("low_sn", model::to_value(state.low_sn, entries));
    fields.emplace_back("valid_sn", model::to_value(state.valid_sn, entries));
    fields.emplace_back("checkpoints", count(state.checkpoints));
    fields.emplace_back("inputs_logged", count(state.inputs_logged));
    fields.emplace_back("outputs_logged", count(state.outputs_logged));
    fields.emplace_back("held", count(state.held));
    const bool is_empty = state.tenant == "nobody" && state.phase == "running";
    Value::Record phase{{"phase", is_empty ? "stopped" : std::string(state.phase)}};
    return {{process, std::move(fields)}, {"recovery of " + process, std::move(phase)}};
}

std::vector<RunEvent> events_of(const MergedStep& merged, const StateSummary& before, const std::string& entered) {
    return StepEvents(merged, before, entered).all();
}

} // namespace mdcd::checker::cli::node
