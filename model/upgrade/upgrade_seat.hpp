// A seat of a system as an actor: the handlers of impl/upgrade_protocol.hpp and impl/upgrade_service.hpp, driven by a
// script, by operators and by tests that fail. Beside them a record of what left the seat, which no handler sees.
// Knows no claim.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "checker/actors/system.hpp"
#include "impl/link.hpp"
#include "impl/upgrade_service.hpp"
#include "model/families/fixed_vector_fields.hpp"
#include "model/upgrade/upgrade_ghost.hpp"
#include "model/upgrade/upgrade_words.hpp"

namespace mdcd::model::upgrade {

namespace actors = checker::actors;

inline constexpr std::uint8_t to_device = 0xff;

struct Command {
    impl::Intent intent = impl::Intent::begin;
    impl::ComponentSet components = {};
};
struct Operator {
    impl::SeatId at;
    std::vector<Command> commands;
};

struct Scope {
    impl::Seats seats = {};
    std::vector<std::vector<std::uint8_t>> scripts; // of each component: to whom; both versions of it have the same one
    std::vector<Operator> operators;
    bool tests_fail = true;              // of a new version, or of a process that depends on one, when it has an output
    std::vector<impl::SeatId> fail_once; // a new version that sits here fails at any time, once
    std::uint16_t crashes = 0;           // of all seats together
    bool breaks_session = false;         // one session between two seats breaks, at any time; seats speak by links
    impl::Capacities capacities = {};
    bool leaves_messages = false; // a seat may leave messages of the application in their links though it has room for
                                  // them, as one does that has no room to send
    impl::Durability durability = impl::Durability::each_step;
    impl::Rules rules;
    impl::UpgradeRules upgrade_rules = {};
};

// What is true of a seat whatever is rolled back.
struct Record {
    std::uint8_t outputs = 0; // positions that reached the device from here
    bool output_twice = false;
    NewMessages proved = 0;      // by acceptance tests that passed here
    NewMessages declared = 0;    // by commits, of a new version that was here
    NewMessages untested = 0;    // what outputs without a test depended on
    std::uint16_t failed_in = 0; // incarnations in which a test failed here before it replied or decided

    friend constexpr bool operator==(const Record&, const Record&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("outputs", self.outputs);
        visit("output_twice", self.output_twice);
        visit("proved", self.proved);
        visit("declared", self.declared);
        visit("untested", self.untested);
        visit("failed_in", self.failed_in);
    }
};

using Upgrade = impl::UpgradeState<Ghost>;
using Process = impl::SeatedProcess<Ghost>;
using Active = impl::ActiveProcess<Ghost>;
using Shadow = impl::ShadowProcess<Ghost>;
using Low = impl::LowProcess<Ghost>;

[[nodiscard]] inline const History* history_of(const Process& process) {
    if (const auto* active = std::get_if<Active>(&process))
        return &active->guarded.application;
    if (const auto* shadow = std::get_if<Shadow>(&process))
        return &shadow->guarded.application;
    if (const auto* low = std::get_if<Low>(&process))
        return &low->application;
    return nullptr;
}
[[nodiscard]] inline History* history_of(Process& process) {
    return const_cast<History*>(history_of(std::as_const(process)));
}

// So many upgrades have begun.
[[nodiscard]] inline std::size_t begun(const Upgrade& upgrade) {
    std::size_t count = 0;
    for (const impl::Ending& ending : upgrade.endings)
        count += ending.outcome == impl::Outcome::begun ? 1 : 0;
    return count;
}

[[nodiscard]] inline bool is_of_application(const impl::ChangeMessage<Ghost>& message) {
    return message.kind == impl::ChangeKind::ordinary && message.message.kind == impl::MessageKind::application;
}

class Seat {
public:
    using Message = impl::ChangeMessage<Ghost>;
    enum class Timer : std::uint8_t { application, operate, fault, take, store }; // store: of a seat that crashes
    struct State {
        Process process;
        Upgrade upgrade;
        std::uint8_t commands_said = 0;
        bool has_failed = false;                            // of the scope's failures
        std::vector<impl::HeldMessage<Ghost>> waiting = {}; // arrived, not taken
        Record record;

        friend constexpr bool operator==(const State&, const State&) = default;

        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("process", self.process);
            visit("upgrade", self.upgrade);
            visit("commands_said", self.commands_said);
            visit("has_failed", self.has_failed);
            visit("waiting", self.waiting);
            visit("record", self.record);
        }
    };
    using Here = actors::Context<Message, Timer>;

    Seat(const Scope& scope, impl::SeatId self)
        : constants_{self, scope.seats, scope.rules, scope.upgrade_rules, scope.capacities},
          script_(scope.scripts[self.component]), tests_fail_(scope.tests_fail),
          device_ignores_(scope.crashes > 0 || scope.breaks_session), leaves_(scope.leaves_messages) {
        scope.seats.for_each([&](impl::SeatId seat) { seats_.push_back(seat); });
        for (const Operator& each : scope.operators)
            if (each.at == self)
                commands_ = each.commands;
        for (const impl::SeatId each : scope.fail_once)
            may_fail_ = may_fail_ || each == self;
    }

    template <class Place> State start(actors::Id, Place& context) const {
        State state;
        if (constants_.self.seat == 0) {
            Active process;
            process.id = impl::active_id(constants_.self.component);
            state.process = process;
        }
        set_timers(state, context);
        return state;
    }

    // `Place`: a Context, or what stands for one.
    template <class Place> void receive(State& state, actors::Id from, const Message& message, Place& context) const {
        const impl::HeldMessage<Ghost> arrived{seats_[from.index()], message};
        const bool is_left = leaves_ && is_of_application(message) && context.choose(2) == 1;
        if (is_left || !can_take(state, state.waiting.size(), arrived)) {
            state.waiting.push_back(arrived);
            return set_timers(state, context);
        }
        take(state, arrived, context);
    }

    template <class Place> void timeout(State& state, Timer timer, Place& context) const {
        switch (timer) {
        case Timer::take: {
            const std::vector<std::size_t> all = takeable(state);
            const std::size_t position = all[context.choose(all.size())];
            const impl::HeldMessage<Ghost> chosen = state.waiting[position];
            state.waiting.erase(state.waiting.begin() + static_cast<std::ptrdiff_t>(position));
            return take(state, chosen, context);
        }
        case Timer::application:
            return act(state, context, [&](Step& step) { go_on(state, step, context); });
        case Timer::operate:
            return act(state, context, [&](Step& step) { operate(state, step); });
        case Timer::fault:
            return act(state, context, [&](Step& step) {
                state.has_failed = true;
                fail(state);
                step.handler(constants_, state).fail_acceptance_test();
            });
        case Timer::store:
            break;
        }
    }

    // Exactly those that can do something.
    template <class Place> void set_timers(const State& state, Place& context) const {
        const auto set = [&](Timer timer, bool wanted) {
            if (wanted)
                context.set_timer(timer);
            else
                context.cancel_timer(timer);
        };
        const bool runs = state.upgrade.phase == impl::ChangePhase::running;
        const History* const history = history_of(state.process);
        set(Timer::application, runs && history != nullptr && history->position < script_.size() && has_room(state));
        set(Timer::take, !takeable(state).empty());
        const bool is_next_begin =
            state.commands_said < commands_.size() && commands_[state.commands_said].intent == impl::Intent::begin;
        set(Timer::operate,
            runs && state.commands_said < commands_.size() && is_next_begin == state.upgrade.upgraded.empty());
        set(Timer::fault, may_fail_ && !state.has_failed && std::holds_alternative<Low>(state.process));
    }

private:
    struct Step { // what a handler writes to
        impl::ChangeOutbox<Ghost> outbox;
        impl::Notes notes;
        impl::ChangeEvents events;

        impl::SeatStep<Ghost> of(const impl::UpgradeConstants& constants, State& state) {
            return {constants, state.process, state.upgrade, outbox, notes, events};
        }
        impl::UpgradeHandler<Ghost> handler(const impl::UpgradeConstants& constants, State& state) {
            return impl::UpgradeHandler<Ghost>(of(constants, state));
        }
        impl::UpgradeService<Ghost> service(const impl::UpgradeConstants& constants, State& state) {
            return impl::UpgradeService<Ghost>(of(constants, state));
        }
    };

    template <class Place> void take(State& state, const impl::HeldMessage<Ghost>& arrived, Place& context) const {
        act(state, context,
            [&](Step& step) { step.handler(constants_, state).receive(arrived.from, arrived.message); });
    }

    // The message at that place of those that wait, or one that would be the last of them: there is room for it, and it
    // may go past what has come before it from the same sender.
    [[nodiscard]] bool can_take(const State& state, std::size_t position,
                                const impl::HeldMessage<Ghost>& arrived) const {
        const bool waits_before =
            std::any_of(state.waiting.begin(), state.waiting.begin() + static_cast<std::ptrdiff_t>(position),
                        [&](const auto& before) { return before.from == arrived.from; });
        return may_take(arrived.message, waits_before, state.process, state.upgrade, constants_.self,
                        constants_.capacities, constants_.upgrade_rules);
    }
    [[nodiscard]] std::vector<std::size_t> takeable(const State& state) const {
        std::vector<std::size_t> positions;
        for (std::size_t position = 0; position < state.waiting.size(); ++position)
            if (can_take(state, position, state.waiting[position]))
                positions.push_back(position);
        return positions;
    }
    [[nodiscard]] bool has_room(const State& state) const {
        return may_send(state.process, constants_.capacities, constants_.upgrade_rules);
    }

    template <class Place, class Handle> void act(State& state, Place& context, Handle handle) const {
        const bool was_new = std::holds_alternative<Low>(state.process);
        const NewMessages depended = was_new ? history_of(state.process)->depends : 0;
        Step step;
        handle(step);
        if (was_new && std::holds_alternative<Active>(state.process))
            state.record.declared |= depended;
        for (const auto& each : step.outbox) {
            if (each.to_device)
                output(state, each.message.message.payload.position);
            else
                context.send(id_of(each.receiver), each.message);
        }
        for (const impl::ChangeEvent event : step.events)
            context.cover(actors::names::of_enumerators<impl::ChangeEvent>[static_cast<std::size_t>(event)]);
        set_timers(state, context);
    }

    [[nodiscard]] actors::Id id_of(impl::SeatId seat) const {
        std::size_t index = 0;
        while (seats_[index] != seat)
            ++index;
        return actors::Id(index);
    }

    void operate(State& state, Step& step) const {
        const Command& command = commands_[state.commands_said++];
        impl::UpgradeHandler<Ghost> handler = step.handler(constants_, state);
        const impl::CommandResult result = command.intent == impl::Intent::begin    ? handler.begin(command.components)
                                           : command.intent == impl::Intent::commit ? handler.commit()
                                                                                    : handler.abort();
        if (result == impl::CommandResult::history_full && constants_.capacities.endings < impl::recovery_count_max)
            return;
        if (result != impl::CommandResult::accepted)
            actors::fail("an operator's words that can be said are refused");
    }

    // The next message of the script.
    template <class Place> void go_on(State& state, Step& step, Place& context) const {
        const std::uint8_t self = constants_.self.component;
        const std::uint8_t position = history_of(state.process)->position;
        const std::uint8_t receiver = script_[position];
        if (receiver == to_device)
            return go_on_with_output(state, step, context, position);
        History& history = *history_of(state.process);
        if (std::holds_alternative<Low>(state.process))
            history.depends |= new_message(begun(state.upgrade) - 1, self, position);
        ++history.position;
        (void)step.service(constants_, state).send(receiver, {self, position, history.depends});
    }

    template <class Place>
    void go_on_with_output(State& state, Step& step, Place& context, std::uint8_t position) const {
        const auto* active = std::get_if<Active>(&state.process);
        const bool is_tested = std::holds_alternative<Low>(state.process) || (active && active->guarded.dirty);
        Ghost::Output output{.is_plausible = !(is_tested && tests_fail_ && context.choose(2) == 1)};
        const NewMessages depends = history_of(state.process)->depends;
        if (!output.is_plausible)
            fail(state);
        const impl::ServiceResult result =
            step.service(constants_, state).output(output, {constants_.self.component, position, depends});
        if (result == impl::ServiceResult::failed)
            return;
        ++history_of(state.process)->position;
        if (result == impl::ServiceResult::suppressed)
            return;
        (is_tested ? state.record.proved : state.record.untested) |= depends;
        this->output(state, position);
    }

    // A device that a seat may speak to again after a crash ignores a number that it has seen from there.
    void output(State& state, std::uint8_t position) const {
        const unsigned bit = 1U << position;
        const bool is_again = (state.record.outputs & bit) != 0 && !device_ignores_;
        state.record.output_twice = state.record.output_twice || is_again;
        state.record.outputs = static_cast<std::uint8_t>(state.record.outputs | bit);
    }

    static void fail(State& state) {
        const impl::ChangePhase phase = state.upgrade.phase;
        if (phase == impl::ChangePhase::running || phase == impl::ChangePhase::coordinating)
            state.record.failed_in =
                static_cast<std::uint16_t>(state.record.failed_in | 1U << state.upgrade.endings.size());
    }

    impl::UpgradeConstants constants_;
    std::vector<std::uint8_t> script_;
    std::vector<impl::SeatId> seats_; // by Id
    std::vector<Command> commands_;
    bool tests_fail_;
    bool device_ignores_;
    bool leaves_;
    bool may_fail_ = false;
};

} // namespace mdcd::model::upgrade
