// Runs impl's handlers, and keeps what the ghost counts.
// States no rule: what is received, and how, impl decides.
#include "model/proof/boundary_system.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace mdcd::model::proof::boundary {

using impl::Group;
using impl::MessageKind;
using impl::ProcessId;

ProcessId Process::id() const {
    return std::visit([](const auto& each) { return ProcessId(each.id); }, parts);
}
const Guarded& Process::guarded() const {
    return std::visit([](const auto& each) -> const Guarded& { return each.guarded; }, parts);
}
Guarded& Process::guarded() {
    return std::visit([](auto& each) -> Guarded& { return each.guarded; }, parts);
}

const Process& State::process(ProcessId id) const {
    return *std::ranges::find_if(processes, [&](const Process& each) { return each.id() == id; });
}
Process& State::process(ProcessId id) {
    return *std::ranges::find_if(processes, [&](const Process& each) { return each.id() == id; });
}

std::vector<Channel> State::channels() const {
    std::vector<Channel> all;
    for (std::uint8_t component = 0; component < constants.members.components; ++component)
        for (std::uint8_t active = 0; active < constants.members.actives; ++active)
            all.push_back({component, {Group::active, active}});
    return all;
}
std::size_t State::ghost_entry(const Channel& channel) const {
    return impl::channel_entry({}, constants.members, channel.component, channel.receiver);
}
std::size_t State::entry(const Channel& channel) const {
    return impl::channel_entry(constants.boundary_rules, constants.members, channel.component, channel.receiver);
}

bool State::contained() const {
    const auto is_free = [&](const Watched::State& state) { return impl::covers(validated, state.depends); };
    return std::ranges::all_of(processes, [&](const Process& each) {
        const Guarded& guarded = each.guarded();
        return is_free(guarded.application) ||
               (guarded.dirty && std::ranges::any_of(guarded.checkpoints, [&](const auto& checkpoint) {
                    return is_free(checkpoint.application);
                }));
    });
}

State initial_state(const impl::Members& members, const impl::Rules& rules, const impl::BoundaryRules& boundary_rules) {
    State state;
    state.constants = {members, rules, boundary_rules};
    members.for_each([&](ProcessId id) {
        if (id.group == Group::low)
            return;
        Process& process = state.processes.emplace_back();
        if (id.group == Group::shadow)
            process.parts.emplace<Shadow>();
        std::visit([&](auto& each) { each.id = id; }, process.parts);
    });
    return state;
}

namespace {

std::string name_of(ProcessId process) {
    const char* const group = process.group == Group::low ? "L" : process.group == Group::shadow ? "S" : "A";
    return group + std::to_string(process.index + 1);
}
const char* name_of(MessageKind kind) {
    switch (kind) {
    case MessageKind::application:
        return "a message";
    case MessageKind::passed_at:
        return "passed_AT";
    case MessageKind::recovery_announcement:
        return "the announcement of a recovery";
    case MessageKind::recovery_reply:
        return "a reply";
    case MessageKind::recovery_decision:
        return "a decision";
    case MessageKind::low_number:
        return "the cluster's counter";
    }
    return "";
}
std::string text_of(const Message& message) {
    std::string numbers;
    for (const impl::SequenceNumber each : message.low_sn.entries)
        numbers += (numbers.empty() ? "" : ",") + std::to_string(each);
    return std::string(name_of(message.kind)) + (message.dirty ? " (dirty, " : " (clean, ") + numbers + ")";
}

constexpr std::size_t room = 6; // of each array, which ends a run before impl would

bool has_room(const State& state, ProcessId id) {
    const Process& process = state.process(id);
    const Shadow* const shadow = process.shadow();
    return process.guarded().checkpoints.size() < room && process.guarded().input_log.size() < room &&
           process.recovery.held.size() < room && process.recovery.decided.size() + 2 < impl::recovery_count_max &&
           (shadow == nullptr || shadow->output_log.size() < room) && state.under_way.size() < 3 * room;
}

// Whatever a new version may say.
std::optional<Event> drawn_word(const State& state, checker::Random& random) {
    Event event;
    event.kind = EventKind::cluster;
    const impl::Members& members = state.constants.members;
    event.component = static_cast<std::uint8_t>(random.below(members.components));
    event.process = state.processes[random.below(state.processes.size())].id();
    // An old version has as many channels as there are active processes.
    if (event.process.group == Group::shadow && event.process.index >= members.actives)
        return std::nullopt;
    Message& message = event.message;
    constexpr std::array kinds{MessageKind::application, MessageKind::application,           MessageKind::application,
                               MessageKind::passed_at,   MessageKind::recovery_announcement, MessageKind::low_number};
    message.kind = kinds[random.below(kinds.size())];
    const bool in_own_name = random.one_in(2);
    message.sender = in_own_name ? ProcessId{Group::low, event.component}
                                 : state.processes[random.below(state.processes.size())].id();
    if (message.sender == event.process)
        return std::nullopt;
    message.dirty = random.one_in(2);
    for (std::size_t entry = 0; entry < impl::component_count_max; ++entry)
        message.low_sn[entry] = static_cast<impl::SequenceNumber>(random.below(5));
    message.incarnation = static_cast<impl::Incarnation>(random.below(2));
    if (message.kind == MessageKind::recovery_announcement)
        message.incarnation = state.process(event.process).recovery.incarnation + 1;
    message.payload.alarm = random.one_in(4);
    // What a halted process keeps for later the ghost could not count.
    const auto held = [&](const State& each) { return each.process(event.process).recovery.held.size(); };
    if (!state.process(event.process).runs() && held(apply(state, event).after) > held(state))
        return std::nullopt;
    return event;
}

} // namespace

std::string text_of(const Event& event) {
    switch (event.kind) {
    case EventKind::cluster:
        return "L" + std::to_string(event.component + 1) + " sends " + name_of(event.process) + ' ' +
               text_of(event.message) +
               (event.message.sender.group == Group::low ? "" : ", in the name of " + name_of(event.message.sender));
    case EventKind::arrives:
        return name_of(event.process) + " gets " + text_of(event.message) + " from " + name_of(event.message.sender);
    case EventKind::sends:
    case EventKind::generates:
        return name_of(event.process) + (event.kind == EventKind::sends ? " sends to " : " generates a message to ") +
               name_of(event.receiver);
    case EventKind::outputs:
        return name_of(event.process) + " outputs; a test would " + (event.passes ? "pass" : "fail");
    }
    return "";
}

std::optional<Event> drawn_event(const State& state, checker::Random& random) {
    if (random.one_in(3)) {
        const std::optional<Event> word = drawn_word(state, random);
        return word && has_room(state, word->process) ? word : std::nullopt;
    }
    Event event;
    if (!state.under_way.empty() && random.one_in(2)) { // the oldest of a pair
        event.kind = EventKind::arrives;
        event.position = random.below(state.under_way.size());
        const auto of_pair = [&](const auto& each) {
            return each.first == state.under_way[event.position].first &&
                   each.second.sender == state.under_way[event.position].second.sender;
        };
        event.position =
            static_cast<std::size_t>(std::ranges::find_if(state.under_way, of_pair) - state.under_way.begin());
        std::tie(event.process, event.message) = state.under_way[event.position];
        return has_room(state, event.process) ? std::optional(event) : std::nullopt;
    }
    const Process& process = state.processes[random.below(state.processes.size())];
    event.process = process.id();
    if (!process.runs() || !has_room(state, event.process))
        return std::nullopt;
    const bool shadow = event.process.group == Group::shadow;
    event.kind = shadow ? EventKind::generates : random.one_in(3) ? EventKind::outputs : EventKind::sends;
    event.passes = !random.one_in(3);
    event.receiver =
        shadow ? ProcessId{Group::active, static_cast<std::uint8_t>(random.below(state.constants.members.actives))}
               : state.processes[random.below(state.processes.size())].id();
    return event.receiver == event.process ? std::nullopt : std::optional(event);
}

namespace {

// One process and what a handler may touch.
class Runner {
public:
    Runner(State& state, Happened& happened, ProcessId id)
        : state_(state), happened_(happened), process_(state.process(id)) {}

    template <class Handle> void run(Handle handle) {
        std::visit(
            [&](auto& part) {
                using Part = std::remove_reference_t<decltype(part)>;
                handle(part, impl::BoundaryHandler<Part, Watched>(state_.constants, part, process_.recovery,
                                                                  process_.boundary, outbox_, happened_.notes,
                                                                  happened_.events));
            },
            process_.parts);
        for (const Outgoing& each : outbox_) {
            if (each.receiver.group != Group::shadow && each.receiver.group != Group::active)
                continue;
            happened_.sent.push_back(each);
            state_.under_way.emplace_back(each.receiver, each.message);
        }
    }
    impl::Outbox<Watched>& outbox() { return outbox_; }
    [[nodiscard]] const impl::RecoveryState<Watched>& recovery() const { return process_.recovery; }
    impl::BoundaryState& boundary() { return process_.boundary; }

private:
    State& state_;
    Happened& happened_;
    Process& process_;
    impl::Outbox<Watched> outbox_;
};

bool has_note(const impl::Notes& notes, impl::NoteKind kind) {
    return std::ranges::any_of(notes, [&](const impl::Note& each) { return each.kind == kind; });
}

void apply_word(const Event& event, Happened& happened) {
    State& state = happened.after;
    Message message = event.message;
    const std::size_t ghost = state.ghost_entry({event.component, event.process});
    message.payload.depends[ghost] = state.delivered[ghost] + 1;
    Runner(state, happened, event.process).run([&](auto&, auto handler) {
        handler.receive({Group::low, event.component}, message);
    });
    happened.delivered = has_note(happened.notes, impl::NoteKind::delivered);
    if (happened.delivered)
        ++state.delivered[ghost];
}

void apply_output(const Event& event, Happened& happened) {
    State& state = happened.after;
    Runner runner(state, happened, event.process);
    runner.run([&](auto& process, auto handler) {
        if constexpr (std::is_same_v<std::remove_reference_t<decltype(process)>, Active>) {
            Watched::Output output{event.passes};
            const impl::SequenceVector depends = process.guarded.application.depends;
            const auto result = impl::try_output(process, output, state.constants.rules, happened.notes);
            if (result.verdict == impl::OutputVerdict::failed)
                return handler.fail_acceptance_test();
            if (result.verdict != impl::OutputVerdict::passed)
                return;
            happened.proves = true;
            state.validated = join(state.validated, depends);
            state.constants.members.for_each([&](ProcessId each) {
                if (each.group != Group::low && each != event.process)
                    runner.outbox().push_back({each, impl::stamped(runner.recovery(), *result.notification)},
                                              "the list of messages to send");
            });
        }
    });
}

} // namespace

Happened apply(const State& state, const Event& event) {
    Happened happened{.after = state, .sent = {}, .events = {}, .notes = {}};
    State& after = happened.after;
    Runner runner(after, happened, event.process);
    const Watched::Payload said{state.process(event.process).guarded().application.depends};
    switch (event.kind) {
    case EventKind::cluster:
        apply_word(event, happened);
        break;
    case EventKind::arrives:
        after.under_way.erase(after.under_way.begin() + static_cast<std::ptrdiff_t>(event.position));
        runner.run([&](auto&, auto handler) { handler.receive(event.message.sender, event.message); });
        break;
    case EventKind::sends:
        runner.run([&](auto& process, auto) {
            if constexpr (std::is_same_v<std::remove_reference_t<decltype(process)>, Active>) {
                const Message message =
                    impl::send_internal(process, event.receiver.group, said, after.constants.rules, happened.notes);
                runner.outbox().push_back({event.receiver, impl::stamped(runner.recovery(), message)},
                                          "the list of messages to send");
            }
        });
        break;
    case EventKind::generates:
        runner.run([&](auto& process, auto) {
            if constexpr (std::is_same_v<std::remove_reference_t<decltype(process)>, Shadow>)
                impl::generate(process, runner.recovery(), runner.boundary(), after.constants, event.receiver, said,
                               runner.outbox(), happened.notes);
        });
        break;
    case EventKind::outputs:
        apply_output(event, happened);
        break;
    }
    return happened;
}

} // namespace mdcd::model::proof::boundary
