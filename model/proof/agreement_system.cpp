// Runs impl's handlers on any number of processes, with what is under way between them.
// States no rule: what a message does, impl decides.
#include "model/proof/agreement_system.hpp"

#include <algorithm>
#include <tuple>

namespace mdcd::model::proof::agreement {

using impl::Group;
using impl::MessageKind;
using impl::ProcessId;

namespace {

constexpr std::size_t held_max = 6; // ends a run before impl would

const char* words_for(MessageKind kind) {
    switch (kind) {
    case MessageKind::recovery_announcement:
        return "the announcement";
    case MessageKind::recovery_reply:
        return "the reply";
    case MessageKind::recovery_decision:
        return "the decision";
    case MessageKind::application:
    case MessageKind::passed_at:
    case MessageKind::low_number:
        break;
    }
    return "passed_AT";
}
std::string name_of_process(ProcessId process) {
    const char* const group = process.group == Group::low ? "L" : process.group == Group::shadow ? "S" : "A";
    return group + std::to_string(process.index + 1);
}

bool has_place(const State& state, const Process& process) {
    return process.recovery.held.size() < held_max && state.under_way.size() < 8 * state.processes.size() &&
           process.recovery.decided.size() + 2 < impl::recovery_count_max;
}

// What `handle` does to one process, and what it sends.
template <class Handle> void with_handler(Happened& happened, ProcessId id, Handle handle) {
    State& state = happened.after;
    Process& process = state.process(id);
    impl::Outbox<Idle> outbox;
    std::visit(
        [&](auto& part) {
            using Part = std::remove_reference_t<decltype(part)>;
            impl::RecoveryHandler<Part, Idle> handler(part, process.recovery, state.members, state.rules, outbox,
                                                      happened.notes);
            handle(handler);
        },
        process.parts);
    for (const auto& each : outbox)
        state.under_way.emplace_back(each.receiver, each.message);
}

void learn(Process& process, const impl::SequenceVector& numbers) {
    std::visit(
        [&](auto& part) {
            if constexpr (requires { part.guarded; })
                part.guarded.valid_sn = join(part.guarded.valid_sn, numbers);
            else
                part.valid_sn = join(part.valid_sn, numbers);
        },
        process.parts);
}

} // namespace

ProcessId Process::id() const {
    return std::visit([](const auto& each) { return ProcessId(each.id); }, parts);
}
impl::SequenceVector Process::validated() const {
    return std::visit([](const auto& each) { return impl::validated_by(each); }, parts);
}

const Process& State::process(ProcessId id) const {
    return *std::ranges::find_if(processes, [&](const Process& each) { return each.id() == id; });
}
Process& State::process(ProcessId id) {
    return *std::ranges::find_if(processes, [&](const Process& each) { return each.id() == id; });
}

State initial_state(const impl::Members& members, const impl::Rules& rules) {
    State state{members, rules, {}, {}};
    members.for_each([&](ProcessId id) {
        Process& process = state.processes.emplace_back();
        if (id.group == Group::shadow)
            process.parts.emplace<impl::ShadowProcess<Idle>>();
        else if (id.group == Group::active)
            process.parts.emplace<impl::ActiveProcess<Idle>>();
        std::visit([&](auto& each) { each.id = id; }, process.parts);
    });
    return state;
}

std::string text_of(const Event& event) {
    const std::string who = name_of_process(event.process);
    switch (event.kind) {
    case EventKind::detects:
        return who + " fails an acceptance test and announces a recovery";
    case EventKind::tells:
        return who + " passes an acceptance test and tells the others";
    case EventKind::arrives:
        break;
    }
    const bool is_of_recovery = event.message.kind != MessageKind::passed_at;
    return who + " gets " + words_for(event.message.kind) + " of " + name_of_process(event.message.sender) +
           (is_of_recovery ? ", recovery " : ", incarnation ") + std::to_string(event.message.incarnation);
}

std::optional<Event> drawn_event(const State& state, checker::Random& random) {
    Event event;
    if (!state.under_way.empty() && !random.one_in(6)) {
        event.kind = EventKind::arrives;
        event.position = random.below(state.under_way.size());
        std::tie(event.process, event.message) = state.under_way[event.position];
        return has_place(state, state.process(event.process)) ? std::optional(event) : std::nullopt;
    }
    const Process& process = state.processes[random.below(state.processes.size())];
    event.process = process.id();
    if (!process.runs() || !has_place(state, process))
        return std::nullopt;
    event.kind = random.one_in(3) ? EventKind::tells : EventKind::detects;
    for (std::size_t entry = 0; entry < state.members.components; ++entry)
        event.numbers[entry] = static_cast<impl::SequenceNumber>(random.below(6));
    return event;
}

Happened apply(const State& state, const Event& event) {
    Happened happened{.after = state, .notes = {}};
    State& after = happened.after;
    switch (event.kind) {
    case EventKind::detects:
        with_handler(happened, event.process, [](auto& handler) { handler.fail_acceptance_test(); });
        break;
    case EventKind::tells: {
        Process& process = after.process(event.process);
        learn(process, event.numbers);
        Message message;
        message.kind = MessageKind::passed_at;
        message.sender = event.process;
        message.low_sn = process.validated();
        for (const Process& each : state.processes)
            if (each.id() != event.process && impl::reaches(process.recovery, each.id()))
                after.under_way.emplace_back(each.id(), impl::stamped(process.recovery, message));
        break;
    }
    case EventKind::arrives:
        after.under_way.erase(after.under_way.begin() + static_cast<std::ptrdiff_t>(event.position));
        with_handler(happened, event.process, [&](auto& handler) { handler.receive(event.message); });
        break;
    }
    return happened;
}

} // namespace mdcd::model::proof::agreement
