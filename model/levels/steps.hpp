// What can happen in a system with levels of trust, and what comes of it: the script of a process goes on, a test
// passes or fails, a message arrives. Recovery is one step, at the level that the protocol says, or is asked of a
// state. The handlers decide all that a process decides; here are channels, devices and truth. Knows no claim.
#pragma once

#include "model/levels/world.hpp"

namespace mdcd::model::levels {

template <class Handlers> class Steps {
public:
    using State = World<Handlers>;
    using Message = typename Handlers::Message;

    explicit Steps(const Scope& scope) : scope_(scope), handlers_(scope) { expect_valid(scope); }

    [[nodiscard]] const Scope& scope() const { return scope_; }
    [[nodiscard]] const Handlers& handlers() const { return handlers_; }

    [[nodiscard]] State start() const {
        State world;
        for (std::size_t component = 0; component < scope_.components.size(); ++component) {
            world.versions.push_back(handlers_.version(component));
            world.shadows.push_back(handlers_.shadow(component));
        }
        for (std::size_t index = 0; index < scope_.actives.size(); ++index)
            world.actives.push_back(handlers_.active_process(index));
        const std::size_t count = hypothesis_count(scope_);
        world.truth.possible = count == 64 ? ~Hypotheses{0} : (Hypotheses{1} << count) - 1;
        return world;
    }

    [[nodiscard]] std::vector<Action> enabled(const State& world) const {
        std::vector<Action> can;
        world.for_each([&](Who who, const auto& process) {
            const History& history = Handlers::history(process);
            const std::string& script = script_of(who);
            if (history.position >= script.size())
                return;
            if (script[history.position] != 'd' || !is_tested(who, process))
                return can.push_back({What::goes_on, who, Who::nobody});
            if (outcome(world, who, true) != 0)
                can.push_back({What::passes_test, who, Who::nobody});
            if (outcome(world, who, false) != 0 && world.truth.recoveries.size() < recoveries_max)
                can.push_back({What::fails_test, who, Who::nobody});
        });
        for (const auto& [channel, messages] : world.channels)
            if (!world.has_stopped(channel.second))
                can.push_back({What::receives, channel.second, channel.first});
        return can;
    }

    // Returns what the handlers did.
    impl::Notes step(State& world, const Action& action) const {
        impl::Notes notes;
        switch (action.what) {
        case What::goes_on:
            world.at(action.who, [&](auto& process) { go_on(world, action.who, process, notes); });
            break;
        case What::passes_test:
            world.truth.possible = outcome(world, action.who, true);
            world.truth.proved = impl::join(world.truth.proved, visible(world, action.who));
            world.at(action.who, [&](auto& process) { pass(world, action.who, process, notes); });
            break;
        case What::fails_test: {
            world.truth.possible = outcome(world, action.who, false);
            const impl::Level mark = world.at(action.who, [](const auto& process) { return Handlers::mark(process); });
            const impl::Level level = handlers_.level_of_recovery(mark, world.next_level());
            world.truth.needless = world.truth.needless || !has_cause(world, action.who, level);
            recover(world, level, notes);
            world.truth.recoveries.push_back(level);
            break;
        }
        case What::receives:
            receive(world, action, notes);
            break;
        }
        return notes;
    }

    // If recovery at that level were invoked now.
    [[nodiscard]] State recovered(State world, impl::Level level) const {
        impl::Notes notes;
        recover(world, level, notes);
        return world;
    }

    [[nodiscard]] const std::string& script_of(Who who) const {
        const impl::ProcessId id = id_of(who);
        return id.group == impl::Group::active ? scope_.actives[id.index] : scope_.components[id.index];
    }

    // What a test in that process sees of what its state depends on.
    [[nodiscard]] impl::SequenceVector visible(const State& world, Who who) const {
        const History history = world.at(who, [](const auto& process) { return Handlers::history(process); });
        const impl::ProcessId id = id_of(who);
        impl::SequenceVector seen;
        for (std::size_t component = 0; component < scope_.components.size(); ++component) {
            const unsigned level = scope_.levels[component] + (scope_.tests_see_their_level ? 0U : 1U);
            if (id.group != impl::Group::low || level <= scope_.levels[id.index])
                seen[component] = history.depends[component];
        }
        return seen;
    }

    // Whether those numbers say more of levels up to that one than tests have proved.
    [[nodiscard]] bool is_beyond(const State& world, const impl::SequenceVector& depends, impl::Level level) const {
        for (std::size_t component = 0; component < scope_.components.size(); ++component)
            if (scope_.levels[component] <= level && depends[component] > world.truth.proved[component])
                return true;
        return false;
    }

    // Whether a test in that process can have failed for something of levels up to that one, for all that it knows.
    [[nodiscard]] bool has_cause(const State& world, Who who, impl::Level level) const {
        const impl::SequenceVector known =
            world.at(who, [](const auto& process) { return Handlers::validated(process); });
        const impl::SequenceVector depends = visible(world, who);
        for (std::size_t component = 0; component < scope_.components.size(); ++component)
            if (scope_.levels[component] <= level && depends[component] > known[component])
                return true;
        return false;
    }

private:
    static constexpr std::size_t recoveries_max = 4;

    // The faults that remain possible if the next test of that process passes, or fails.
    [[nodiscard]] Hypotheses outcome(const State& world, Who who, bool passes) const {
        const impl::SequenceVector depends = visible(world, who);
        Hypotheses left = 0;
        for (std::size_t hypothesis = 0; hypothesis < hypothesis_count(scope_); ++hypothesis) {
            const Hypotheses bit = Hypotheses{1} << hypothesis;
            if ((world.truth.possible & bit) != 0 && is_erroneous(scope_, hypothesis, depends) != passes)
                left |= bit;
        }
        return left;
    }

    // Whether the next external message of the process passes a test before it leaves. An old version outputs in
    // service only, from a state that is clean (scope.hpp).
    template <class P> [[nodiscard]] static bool is_tested(Who who, const P& process) {
        if constexpr (std::is_same_v<P, typename Handlers::Active>)
            return id_of(who).group == impl::Group::low || Handlers::needs_test(process);
        else
            return id_of(who).group == impl::Group::low;
    }

    template <class P> void pass(State& world, Who who, P& process, impl::Notes& notes) const {
        if constexpr (!std::is_same_v<P, typename Handlers::Old>) {
            const Message notification = handlers_.pass(process, notes);
            go_on(world, who, process, notes);
            tell(world, who, notification);
        }
    }

    static void put(State& world, Who from, Who to, const Message& message) {
        if (to != Who::nobody && !world.has_stopped(to))
            world.channels[{from, to}].push_back(message);
    }
    // To a component: to both its versions, unless the sender is a version of the same level.
    void put_to(State& world, Who from, impl::ProcessId receiver, const Message& message) const {
        if (receiver.group != impl::Group::low)
            return put(world, from, who_is(receiver), message);
        const impl::ProcessId sender = id_of(from);
        const bool within =
            sender.group != impl::Group::active && scope_.levels[sender.index] == scope_.levels[receiver.index];
        if (!within || sender.group == impl::Group::low)
            put(world, from, new_version(receiver.index), message);
        if (!within || sender.group == impl::Group::shadow)
            put(world, from, old_version(receiver.index), message);
    }

    void tell(State& world, Who from, const Message& notification) const {
        world.for_each([&](Who to, const auto&) {
            bool is_told = to != from;
            if (id_of(to).group == impl::Group::low)
                is_told = is_told && handlers_.is_told(world.versions[id_of(to).index]);
            if (is_told)
                put(world, from, to, notification);
        });
    }

    static impl::ProcessId receiver_of(char to) {
        if (to == 'd')
            return impl::device;
        if (is_to_component(to))
            return {impl::Group::low, static_cast<std::uint8_t>(component_at(to))};
        return {impl::Group::active, static_cast<std::uint8_t>(active_at(to))};
    }

    void output(State& world, std::size_t source, std::uint8_t place) const {
        const unsigned bit = 1U << place;
        world.truth.output_twice = world.truth.output_twice || (world.truth.outputs[source] & bit) != 0;
        world.truth.outputs[source] = static_cast<std::uint8_t>(world.truth.outputs[source] | bit);
    }

    // The next place of the script, whose test, if there is one, has passed.
    template <class P> void go_on(State& world, Who who, P& process, impl::Notes& notes) const {
        const impl::ProcessId self = id_of(who);
        History& history = Handlers::history(process);
        const std::uint8_t place = history.position++;
        const char to = script_of(who)[place];
        const impl::ProcessId receiver = receiver_of(to);
        const std::size_t source = source_of(self);
        if constexpr (std::is_same_v<P, typename Handlers::Old>) {
            return speak_as_shadow(world, who, process, place, receiver, notes);
        } else {
            const bool is_version = self.group == impl::Group::low;
            if (to == 'd') {
                if (!is_version && !impl::covers(world.truth.proved, history.depends))
                    world.truth.untested = impl::join(world.truth.untested, history.depends);
                return output(world, source, place);
            }
            if (is_version && leaves_level(scope_, self.index, place))
                history.depends[self.index] = numbered_before(scope_, self.index, place) + 1;
            const Said said{static_cast<std::uint8_t>(source), place, history.depends};
            put_to(world, who, receiver, spoken(process, self, receiver, said, notes));
        }
    }
    template <class P>
    Message spoken(P& process, impl::ProcessId self, impl::ProcessId receiver, const Said& said,
                   impl::Notes& notes) const {
        if constexpr (std::is_same_v<P, typename Handlers::Active>)
            if (self.group == impl::Group::active)
                return handlers_.send(process, receiver, said, notes);
        if constexpr (std::is_same_v<P, typename Handlers::New>)
            return handlers_.send_from_version(process, leaves_level(scope_, self.index, said.position), said, notes);
        else
            return {}; // no version
    }

    void speak_as_shadow(State& world, Who who, typename Handlers::Old& process, std::uint8_t place,
                         impl::ProcessId receiver, impl::Notes& notes) const {
        const std::size_t component = id_of(who).index;
        const History& history = Handlers::history(process);
        const Said said{static_cast<std::uint8_t>(component), place, history.depends};
        typename Handlers::Outbox outbox;
        if (receiver.group == impl::Group::device)
            handlers_.generate_external(process, said, outbox, notes);
        else if (leaves_level(scope_, component, place))
            handlers_.generate(process, receiver, said, outbox, notes);
        else if (const auto message =
                     handlers_.send_in_level(process, {impl::Group::shadow, receiver.index}, said, notes))
            put(world, who, old_version(receiver.index), *message);
        for (const auto& each : outbox)
            deliver_spoken(world, who, each.receiver, each.message);
    }

    // What an old version in service says, or says once more: to a process, or to the device.
    void deliver_spoken(State& world, Who who, impl::ProcessId receiver, const Message& message) const {
        if (receiver.group != impl::Group::device)
            return put_to(world, who, receiver, message);
        const Said& said = Handlers::said(message);
        if (!impl::covers(world.truth.proved, said.depends))
            world.truth.untested = impl::join(world.truth.untested, said.depends);
        output(world, said.source, said.position);
    }

    void receive(State& world, const Action& action, impl::Notes& notes) const {
        const auto channel = world.channels.find({action.from, action.who});
        const Message message = channel->second.front();
        channel->second.erase(channel->second.begin());
        if (channel->second.empty())
            world.channels.erase(channel);
        world.at(action.who, [&](auto& process) { handlers_.receive(process, message, notes); });
    }

    void recover(State& world, impl::Level level, impl::Notes& notes) const {
        impl::SequenceVector agreed;
        world.for_each([&](Who, const auto& process) { agreed = impl::join(agreed, Handlers::validated(process)); });
        std::vector<bool> takes_over;
        for (std::size_t component = 0; component < world.versions.size(); ++component) {
            const bool replaced = !world.versions[component].stopped && handlers_.is_replaced(component, level);
            takes_over.push_back(replaced);
            world.versions[component].stopped = world.versions[component].stopped || replaced;
        }
        discard(world, level, agreed);
        const auto recover_alone = [&](auto& process) {
            handlers_.recover(process, level, handlers_.decided(agreed, Handlers::validated(process)), notes);
        };
        for (auto& version : world.versions)
            if (!version.stopped)
                recover_alone(version);
        for (auto& process : world.actives)
            recover_alone(process);
        for (std::size_t component = 0; component < world.shadows.size(); ++component) {
            auto& shadow = world.shadows[component];
            const impl::SequenceNumber outputs = handlers_.outputs(world.versions[component]);
            for (const auto& [receiver, message] :
                 handlers_.recover(shadow, level, handlers_.decided(agreed, Handlers::validated(shadow)),
                                   takes_over[component], outputs, notes))
                deliver_spoken(world, old_version(component), receiver, message);
        }
    }

    // Notifications have nothing to tell after a recovery.
    void discard(State& world, impl::Level level, const impl::SequenceVector& agreed) const {
        for (auto channel = world.channels.begin(); channel != world.channels.end();) {
            const Who to = channel->first.second;
            const impl::SequenceVector validated = handlers_.decided(
                agreed, world.at(to, [](const auto& process) { return Handlers::validated(process); }));
            std::erase_if(channel->second, [&](const Message& message) {
                return world.has_stopped(to) || message.kind != impl::MessageKind::application ||
                       !handlers_.survives(message, level, validated);
            });
            channel = channel->second.empty() ? world.channels.erase(channel) : std::next(channel);
        }
    }

    Scope scope_;
    Handlers handlers_;
};

} // namespace mdcd::model::levels
