// Executes the path once more and gives each message an identity, which it keeps from its sending to its delivery.
// Knows no renderer.
#include "checker/actors/trace.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include "checker/actors/ending.hpp"
#include "checker/actors/narration.hpp"
#include "checker/actors/written_run.hpp"
#include "checker/channel.hpp"
#include "checker/path.hpp"
#include "checker/random_walk.hpp"
#include "checker/version.hpp"

namespace mdcd::checker::actors {
namespace {

using traces::Value;

Value value_of(const Picture& picture) {
    switch (picture.kind) {
    case Picture::Kind::nothing:
        return {};
    case Picture::Kind::truth:
        return picture.text == "true";
    case Picture::Kind::number: {
        std::int64_t number = 0;
        const char* const end = picture.text.data() + picture.text.size();
        const bool fits = std::from_chars(picture.text.data(), end, number).ec == std::errc{};
        return fits ? Value(number) : Value(picture.text);
    }
    case Picture::Kind::list:
    case Picture::Kind::set: {
        Value::List items;
        for (const auto& [name, part] : picture.parts)
            items.push_back(value_of(part));
        return Value(std::move(items));
    }
    case Picture::Kind::map:
    case Picture::Kind::record: {
        if (picture.kind == Picture::Kind::record && picture.parts.empty())
            return picture.text;
        Value::Record fields;
        if (picture.is_alternative)
            fields.emplace_back("is", picture.text);
        for (const auto& [name, part] : picture.parts)
            fields.emplace_back(name, value_of(part));
        return Value(std::move(fields));
    }
    default:
        return picture.text;
    }
}

const char* word(EventKind kind) {
    switch (kind) {
    case EventKind::delivery:
    case EventKind::repeated_delivery:
        return "deliver";
    case EventKind::timeout:
        return "timeout";
    case EventKind::crash:
        return "crash";
    case EventKind::restart:
        return "restart";
    case EventKind::loss:
        return "lose";
    case EventKind::cut:
        return "cut";
    case EventKind::heal:
        break;
    }
    return "heal";
}

std::string digest_of(const GlobalState& state) {
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash_of(state)));
    return digits;
}

class TraceWriter {
public:
    explicit TraceWriter(const CompiledSystem& model) : model_(model), under_way_(model.slots().size()) {}

    void write(const std::vector<GlobalState>& states, const Path& path, traces::Trace& trace) {
        trace.processes = model_.parts().names;
        trace.initial_digest = digest_of(states.front());
        Value before = whole(states.front());
        trace.initial_state = before;
        for (std::size_t slot = 0; slot < states.front().size(); ++slot)
            if (model_.is_channel(slot))
                for (const std::string_view message : messages_of(states.front()[slot]))
                    under_way_[slot].push_back({std::string(message), fresh_name()});
        for (std::size_t step = 0; step < path.firings.size(); ++step) {
            Value after = whole(states[step + 1]);
            steps_ = &trace.steps;
            trace.steps.push_back({.action = action(states[step], path.firings[step], step),
                                   .digest = digest_of(states[step + 1]),
                                   .changes = traces::differences(before, after),
                                   .state = {}});
            before = std::move(after);
        }
    }

private:
    struct Message {
        std::string bytes;
        std::string name;
        std::optional<std::size_t> sent_in = {}; // a step; none: at the start
        bool was_taken = false;
    };

    std::string fresh_name() { return "m" + std::to_string(++messages_); }

    [[nodiscard]] Value whole(const GlobalState& state) const {
        Value::Record fields;
        for (std::size_t actor = 0; actor < model_.parts().actors.size(); ++actor)
            fields.emplace_back(model_.name(actor), value_of(picture_of_slot(model_, actor, state[actor])));
        for (std::size_t slot = model_.parts().actors.size(); slot < state.size(); ++slot) {
            const Slot& shape = model_.slots()[slot];
            Value::List messages;
            if (model_.is_channel(slot))
                for (const std::string_view message : messages_of(state[slot]))
                    messages.emplace_back(text_of(message));
            if (!messages.empty())
                fields.emplace_back(shape.name, Value(std::move(messages)));
        }
        return Value(std::move(fields));
    }

    [[nodiscard]] std::string text_of(std::string_view message) const {
        return to_text(model_.parts().actors.front()->picture_of_message(message, model_.parts().names));
    }

    traces::Action action(const GlobalState& before, const Firing& firing, std::size_t position) {
        const Step& shape = model_.steps()[firing.step];
        const Event& event = model_.event(firing.step);
        const Enabled found = find_enabled(model_, before, firing, position);
        traces::Action action;
        action.process = model_.name(event.actor);
        action.kind = word(event.kind);
        std::string_view message;
        if (shape.takes) {
            message = messages_to_take(model_.slots(), shape, before)[firing.taken];
            // Of a loss too: the message ends there, in an action that is none of the receiver.
            action.taken = {.message = take(*shape.takes, message, shape.keeps),
                            .peer = model_.name(event.peer),
                            .label = text_of(message)};
        }
        action.text = text_of_firing(model_, before, firing);
        for (const Outcome::Change& sent : found.outcome.sends)
            if (!model_.is_channel(sent.slot))
                continue;
            else if (const std::optional<std::string> name = send(sent, position))
                action.sent.push_back({.message = *name, .peer = receiver(sent.slot), .label = text_of(sent.bytes)});
        for (std::size_t point = 0; point < model_.coverage_points().size(); ++point)
            if ((found.outcome.fired >> point & 1) != 0)
                action.fired.push_back(model_.coverage_points()[point]);
        return action;
    }

    // One that stays is taken under another name each further time: a copy, which was sent when it was.
    std::string take(SlotIndex slot, std::string_view bytes, bool keeps) {
        std::vector<Message>& messages = under_way_[slot];
        const auto found = std::ranges::find(messages, bytes, &Message::bytes);
        if (found->was_taken) {
            found->name = fresh_name();
            if (found->sent_in)
                (*steps_)[*found->sent_in].action.sent.push_back(
                    {.message = found->name, .peer = receiver(slot), .label = text_of(bytes)});
        }
        found->was_taken = true;
        const std::string name = found->name;
        if (!keeps)
            messages.erase(found);
        return name;
    }

    // None if the message is there already and stays.
    std::optional<std::string> send(const Outcome::Change& sent, std::size_t step) {
        std::vector<Message>& messages = under_way_[sent.slot];
        if (model_.slots()[sent.slot].kind == SlotKind::set &&
            std::ranges::find(messages, sent.bytes, &Message::bytes) != messages.end())
            return std::nullopt;
        messages.push_back({sent.bytes, fresh_name(), step});
        return messages.back().name;
    }

    [[nodiscard]] std::string receiver(SlotIndex channel) const {
        const std::size_t actors = model_.parts().actors.size();
        for (std::size_t from = 0; from < actors; ++from)
            for (std::size_t to = 0; to < actors; ++to)
                if (model_.channel(from, to) == channel)
                    return model_.name(to);
        return {};
    }

    const CompiledSystem& model_;
    std::vector<std::vector<Message>> under_way_; // by slot; of a fifo the oldest first
    std::size_t messages_ = 0;
    std::vector<traces::Step>* steps_ = nullptr; // those that are written
};

} // namespace

void write_run(const FollowedRun& run, traces::Trace& trace) {
    TraceWriter(run.model()).write(run.states(), run.path(), trace);
}

std::vector<traces::Finding> findings_of(const Claim& claim, Verdict verdict, std::optional<std::size_t> loop_begin,
                                         const std::string& reason) {
    std::vector<traces::Finding> findings;
    if (verdict == Verdict::violated || verdict == Verdict::error) {
        ClaimVerdict told;
        told.claim = claim.name;
        told.kind = claim.kind;
        told.rationale = claim.rationale;
        told.verdict = verdict;
        told.reason = reason;
        told.run.emplace().loop_begin = loop_begin;
        findings.push_back({.kind = name_of(verdict), .process = {}, .message = {}, .text = ending_of(told)});
    }
    if (loop_begin)
        findings.push_back({.kind = "loop",
                            .process = {},
                            .message = {},
                            .text = (*loop_begin == 0 ? std::string("from the start on")
                                                      : "after step " + std::to_string(*loop_begin)) +
                                    " what follows happens again and again, for ever"});
    return findings;
}

traces::Trace empty_trace(const Claim& claim, const std::string& system_name) {
    traces::Trace trace;
    trace.tool_version = version;
    trace.scope_name = system_name;
    trace.rules_name = "none";
    trace.scope = Value(Value::Record{});
    trace.rules = Value(Value::Record{});
    trace.property = claim.name;
    trace.claim = claim.rationale.empty() ? claim.name : claim.rationale;
    return trace;
}

traces::Trace trace_of(const SystemReport& report, const std::string& claim, const std::string& system_name) {
    const ClaimVerdict& verdict = report[claim];
    if (!verdict.run)
        refuse("the claim '" + claim + "' has no run that could be drawn");
    const Claim told{
        .name = claim, .kind = verdict.kind, .rationale = verdict.rationale, .predicate = {}, .whenever = {}};
    traces::Trace trace = empty_trace(told, system_name);
    trace.verdict = name_of(verdict.verdict);
    FollowedRun run(report.model->parts, verdict.path->initial);
    run.take_all(*report.model->model, *verdict.path);
    write_run(run, trace);
    trace.findings = findings_of(told, verdict.verdict, verdict.run->loop_begin, verdict.reason);
    return trace;
}

} // namespace mdcd::checker::actors
