// A process of high confidence in a system with a hostile cluster: the handlers of impl, with the line of defence that
// the scope's rules say, driven by a script. Beside them a record that no handler sees.
// A step is a function of state and input, so that one copy can run, or two side by side. Knows no claim.
#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "impl/output.hpp"
#include "model/hostile/hostile_cluster.hpp"

namespace mdcd::model::hostile {

using Active = impl::ActiveProcess<Ghost>;
using Shadow = impl::ShadowProcess<Ghost>;

// What is true whatever is rolled back.
struct Record {
    Words proved = 0;         // by acceptance tests that passed here
    Words untested = 0;       // what outputs without a test depended on
    std::uint8_t outputs = 0; // positions that reached the device from here
    bool output_twice = false;
    bool alarmed = false; // the detector has seen an intrusion
    bool test_failed = false;
    bool influenced = false; // at some time something hostile was in its past

    friend constexpr bool operator==(const Record&, const Record&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("proved", self.proved);
        visit("untested", self.untested);
        visit("outputs", self.outputs);
        visit("output_twice", self.output_twice);
        visit("alarmed", self.alarmed);
        visit("test_failed", self.test_failed);
        visit("influenced", self.influenced);
    }
};

struct HighState {
    std::variant<Active, Shadow> process;
    impl::RecoveryState<Ghost> recovery;
    impl::BoundaryState boundary;
    Record record;

    friend constexpr bool operator==(const HighState&, const HighState&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("process", self.process);
        visit("recovery", self.recovery);
        visit("boundary", self.boundary);
        visit("record", self.record);
    }

    [[nodiscard]] const impl::Guarded<Ghost>& guarded() const {
        return std::visit([](const auto& each) -> const impl::Guarded<Ghost>& { return each.guarded; }, process);
    }
    [[nodiscard]] const History& history() const { return guarded().application; }
    [[nodiscard]] bool runs() const { return impl::is_running(recovery); }
    [[nodiscard]] bool has_recovered() const { return runs() && recovery.incarnation > 0; }
};

// What comes of a step.
struct Effects {
    std::vector<std::pair<impl::ProcessId, Message>> sent;
    impl::BoundaryEvents events;
    impl::Notes notes;
};

class HighProcess {
public:
    HighProcess(const Scope& scope, impl::ProcessId self)
        : constants_{scope.members, scope.rules, scope.boundary}, self_(self),
          script_(self.group == impl::Group::shadow ? scope.components[self.index] : scope.actives[self.index]) {}

    [[nodiscard]] HighState start() const {
        HighState state;
        if (self_.group == impl::Group::shadow)
            state.process.emplace<Shadow>();
        std::visit([&](auto& process) { process.id = self_; }, state.process);
        return state;
    }

    [[nodiscard]] bool may_go_on(const HighState& state) const {
        return state.runs() && state.history().position < script_.size();
    }

    [[nodiscard]] Effects receive(HighState& state, impl::ProcessId peer, const Message& message) const {
        return step(state, [&](auto&, auto handler, auto&, auto&) { handler.receive(peer, message); });
    }

    // The next message of the script.
    [[nodiscard]] Effects go_on(HighState& state) const {
        return step(state, [&](auto& process, auto handler, auto& outbox, auto& notes) {
            send_next(state, process, handler, outbox, notes);
        });
    }

private:
    using Outbox = impl::Outbox<Ghost>;

    template <class Handle> Effects step(HighState& state, Handle handle) const {
        Effects effects;
        Outbox outbox;
        std::visit(
            [&](auto& process) {
                using Process = std::remove_reference_t<decltype(process)>;
                handle(process,
                       impl::BoundaryHandler<Process, Ghost>(constants_, process, state.recovery, state.boundary,
                                                             outbox, effects.notes, effects.events),
                       outbox, effects.notes);
            },
            state.process);
        for (const auto& each : outbox) {
            if (each.receiver.group == impl::Group::device)
                output(state, each.message.payload.position);
            else if (each.receiver.group != impl::Group::low) // whatever the cluster hears, it says anything
                effects.sent.emplace_back(each.receiver, each.message);
        }
        for (const impl::BoundaryEvent event : effects.events)
            state.record.alarmed = state.record.alarmed || event == impl::BoundaryEvent::intrusion_detected;
        state.record.influenced = state.record.influenced || (state.history().depends & all_hostile) != 0;
        return effects;
    }

    static void output(HighState& state, std::uint8_t position) {
        const unsigned bit = 1U << position;
        state.record.output_twice = state.record.output_twice || (state.record.outputs & bit) != 0;
        state.record.outputs = static_cast<std::uint8_t>(state.record.outputs | bit);
    }

    [[nodiscard]] Said said(const History& history, std::uint8_t position) const {
        const std::size_t source =
            self_.group == impl::Group::shadow ? self_.index : components_max + std::size_t{self_.index};
        return {static_cast<std::uint8_t>(source), position, history.depends, history.content, false};
    }

    template <class Handler>
    void send_next(HighState& state, Active& process, Handler& handler, Outbox& outbox, impl::Notes& notes) const {
        History& history = process.guarded.application;
        const char to = script_[history.position];
        if (to == 'd')
            return output_next(state, process, handler, outbox, notes);
        const Said payload = said(history, history.position++);
        const bool to_component = to == 'a' || to == 'b';
        const impl::ProcessId receiver{to_component ? impl::Group::shadow : impl::Group::active,
                                       static_cast<std::uint8_t>(to - (to_component ? 'a' : '1'))};
        const Message message = impl::send_internal(process, receiver.group, payload, constants_.rules, notes);
        outbox.push_back({receiver, impl::stamped(state.recovery, message)}, "the list of messages to send");
    }

    template <class Handler>
    void output_next(HighState& state, Active& process, Handler& handler, Outbox& outbox, impl::Notes& notes) const {
        History& history = process.guarded.application;
        Ghost::Output content;
        const impl::OutputResult<Ghost> result = impl::try_output(process, content, constants_.rules, notes);
        switch (result.verdict) {
        case impl::OutputVerdict::failed:
            state.record.test_failed = true;
            return handler.fail_acceptance_test();
        case impl::OutputVerdict::passed:
            state.record.proved |= history.depends;
            constants_.members.for_each([&](impl::ProcessId each) {
                if (each.group != impl::Group::low && each != self_)
                    outbox.push_back({each, impl::stamped(state.recovery, *result.notification)},
                                     "the list of messages to send");
            });
            break;
        case impl::OutputVerdict::untested:
        case impl::OutputVerdict::compensated:
            state.record.untested |= history.depends;
            break;
        }
        output(state, history.position++);
    }

    template <class Handler>
    void send_next(HighState& state, Shadow& process, Handler&, Outbox& outbox, impl::Notes& notes) const {
        History& history = process.guarded.application;
        const char to = script_[history.position];
        const Said payload = said(history, history.position++);
        if (to == 'd')
            return impl::generate_external(process, state.recovery, payload, constants_.rules, outbox, notes);
        if (to == 'x') {
            const impl::ProcessId other{impl::Group::shadow, static_cast<std::uint8_t>(1 - self_.index)};
            if (const auto message = impl::send_to_component(process, other, payload, constants_.rules, notes))
                outbox.push_back({other, impl::stamped(state.recovery, *message)}, "the list of messages to send");
            return;
        }
        const impl::ProcessId receiver{impl::Group::active, static_cast<std::uint8_t>(to - '1')};
        impl::generate(process, state.recovery, state.boundary, constants_, receiver, payload, outbox, notes);
    }

    impl::BoundaryConstants constants_;
    impl::ProcessId self_;
    std::string script_;
};

// Notes of the protocol that show that recovery had something to do.
inline constexpr impl::NoteKind covered_notes[] = {
    impl::NoteKind::rolled_back,
    impl::NoteKind::replayed,
    impl::NoteKind::not_replayed,
    impl::NoteKind::resent,
    impl::NoteKind::sent_by_shadow,
    impl::NoteKind::suppressed_in_service,
    impl::NoteKind::discarded_message,
    impl::NoteKind::yielded,
    impl::NoteKind::held,
};

template <class Context> void cover(const Effects& effects, Context& context) {
    for (const impl::BoundaryEvent event : effects.events)
        context.cover(actors::names::of_enumerators<impl::BoundaryEvent>[static_cast<std::size_t>(event)]);
    for (const impl::Note& note : effects.notes)
        for (const impl::NoteKind kind : covered_notes)
            if (note.kind == kind)
                context.cover(impl::note_name(kind));
}

class High {
public:
    using Message = hostile::Message;
    enum class Timer : std::uint8_t { application };
    using State = HighState;
    using Here = actors::Context<Message, Timer>;

    High(const Scope& scope, impl::ProcessId self)
        : process_(scope, self), members_(scope.members), all_(processes_of(scope.members)) {}

    State start(actors::Id, Here& context) const {
        State state = process_.start();
        set_timer(state, context);
        return state;
    }
    void receive(State& state, actors::Id from, const Message& message, Here& context) const {
        act(process_.receive(state, all_[from.index()], message), state, context);
    }
    void timeout(State& state, Timer, Here& context) const { act(process_.go_on(state), state, context); }

private:
    void act(const Effects& effects, const State& state, Here& context) const {
        for (const auto& [receiver, message] : effects.sent)
            context.send(actors::Id(index_of(members_, receiver)), message);
        cover(effects, context);
        set_timer(state, context);
    }
    void set_timer(const State& state, Here& context) const {
        if (process_.may_go_on(state))
            context.set_timer(Timer::application);
        else
            context.cancel_timer(Timer::application);
    }

    HighProcess process_;
    impl::Members members_;
    std::vector<impl::ProcessId> all_; // by Id
};

} // namespace mdcd::model::hostile
