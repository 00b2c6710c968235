// The steps of the model. Each function adds the states that one kind of step leads to. Who sends what to whom is left
// open within the budgets; the script of the cluster is decided by the version that gets to a place in it first.
#include "tests/differential/oracle/steps.hpp"

#include <algorithm>
#include <utility>

#include "tests/differential/oracle/handlers.hpp"

namespace oracle {
namespace {

std::size_t at_index(int index) {
    return static_cast<std::size_t>(index);
}

class Steps {
public:
    Steps(const World& world, const State& state) : world_(world), scope_(world.scope), state_(state) {}

    std::vector<State> all() {
        for (int component = 0; component < scope_.components; ++component) {
            low_leaves_cluster(component);
            low_tests(component);
            low_sends_inside(component);
            shadow_generates(component);
            shadow_sends_inside(component);
        }
        for (int active = 0; active < scope_.active_processes; ++active) {
            active_sends(active);
            active_outputs(active);
        }
        for (int from = 0; from < world_.processes(); ++from) {
            for (int to = 0; to < world_.processes(); ++to)
                deliveries(from, to);
        }
        return std::move(next_);
    }

private:
    [[nodiscard]] std::size_t script_of(int component) const {
        return scope_.order_of_cluster ? 0 : at_index(component);
    }

    // The entries that a version of `component` may follow next: the one decided, or every one that it could decide.
    [[nodiscard]] std::vector<ScriptEntry> next_entries(int component, int followed) const {
        const auto& script = state_.script[script_of(component)];
        if (followed < static_cast<int>(script.size())) {
            const ScriptEntry& entry = script[at_index(followed)];
            return entry.component == component ? std::vector{entry} : std::vector<ScriptEntry>{};
        }
        const auto is_output = [](const ScriptEntry& entry) { return entry.receiver.kind == ReceiverKind::device; };
        const auto outputs = static_cast<int>(std::ranges::count_if(script, is_output));
        const int messages = static_cast<int>(script.size()) - outputs;
        std::vector<ScriptEntry> entries;
        if (messages < scope_.cluster_messages) {
            for (int active = 0; active < scope_.active_processes; ++active) {
                entries.push_back({component, {ReceiverKind::active, active}});
            }
        }
        if (outputs < scope_.cluster_outputs)
            entries.push_back({component, {ReceiverKind::device, 0}});
        return entries;
    }

    // How much of its script the new (or old) versions have followed: all of them together where there is one order.
    [[nodiscard]] int followed_by_low(int component) const {
        if (!scope_.order_of_cluster)
            return state_.low[at_index(component)].generated;
        int sum = 0;
        for (const LowProcess& low : state_.low)
            sum += low.generated;
        return sum;
    }
    [[nodiscard]] int followed_by_shadows(int component) const {
        if (!scope_.order_of_cluster)
            return state_.shadow[at_index(component)].application.generated;
        int sum = 0;
        for (const Process& shadow : state_.shadow)
            sum += shadow.application.generated;
        return sum;
    }

    // Notes an entry that has been followed in the script, and gives the message that it is.
    ClusterMessage follow(State& state, int component, int followed, int generated, const ScriptEntry& entry) const {
        auto& script = state.script[script_of(component)];
        if (followed == static_cast<int>(script.size()))
            script.push_back(entry);
        return messages_of(world_, state, component)[at_index(generated)];
    }

    void send(State& state, int from, int to, const Message& message) const {
        auto& channel = state.channels[world_.channel(from, to)];
        channel.push_back(message);
        if (scope_.unordered_channels)
            std::ranges::sort(channel);
    }

    void low_leaves_cluster(int component) {
        const int followed = followed_by_low(component);
        for (const ScriptEntry& entry : next_entries(component, followed)) {
            State state = state_;
            const int generated = state.low[at_index(component)].generated++;
            const ClusterMessage message = follow(state, component, followed, generated, entry);
            if (message.external) {
                state.outputs.insert(message.id);
                pass_low_test(state, component);
            } else {
                send_cluster_message(state, component, message);
            }
            next_.push_back(state);
        }
    }

    void send_cluster_message(State& state, int component, const ClusterMessage& cluster_message) const {
        LowProcess& low = state.low[at_index(component)];
        low.depends = join(low.depends, cluster_message.truth);
        ++low.low_sn[world_.readings.vectors() ? at_index(component) : 0];
        for (int other = 0; other < scope_.components; ++other) {
            if (other != component)
                tell_counter(state, component, other);
        }
        if (!world_.readings.vectors() && !state.drawn.insert(low.low_sn[0]).second)
            state.number_twice = true;
        Message message{Kind::application, cluster_message.id, true, true, low.low_sn, low.depends};
        send(state, world_.low_id(component), world_.active_id(cluster_message.receiver.who), message);
    }

    // Whoever learns of a number depends on it where the cluster fails as a whole.
    void tell_counter(State& state, int component, int other) const {
        const LowProcess& low = state.low[at_index(component)];
        const Number learned = scope_.independent_faults ? Number{} : low.depends;
        if (world_.readings.low_sn == LowNumbers::shared_atomic) {
            state.low[at_index(other)].low_sn = low.low_sn;
            state.low[at_index(other)].depends = join(state.low[at_index(other)].depends, learned);
        } else if (world_.readings.low_sn == LowNumbers::shared_broadcast) {
            Message counter{Kind::counter, {}, true, false, low.low_sn, learned};
            send(state, world_.low_id(component), world_.low_id(other), counter);
        }
    }

    void pass_low_test(State& state, int component) const {
        LowProcess& low = state.low[at_index(component)];
        state.validated = join(state.validated, low.depends);
        low.valid_sn = join(low.valid_sn, low.low_sn);
        ++low.outputs;
        Message notification{Kind::passed_at, {}, true, false, low.low_sn, {}, low.outputs, component};
        broadcast(state, world_.low_id(component), notification);
    }

    void broadcast(State& state, int from, const Message& notification) const {
        for (int to = world_.shadow_id(0); to < world_.processes(); ++to) {
            if (to != from)
                send(state, from, to, notification);
        }
    }

    void low_tests(int component) {
        if (state_.left.low_tests == 0)
            return;
        State state = state_;
        --state.left.low_tests;
        pass_low_test(state, component);
        next_.push_back(state);
    }

    void low_sends_inside(int component) {
        for (int other = 0; other < scope_.components; ++other) {
            if (other == component || state_.left.low_internal == 0)
                continue;
            State state = state_;
            --state.left.low_internal;
            const LowProcess& low = state.low[at_index(component)];
            Message message{Kind::application, {}, true, true, low.low_sn, low.depends};
            send(state, world_.low_id(component), world_.low_id(other), message);
            next_.push_back(state);
        }
    }

    void shadow_generates(int component) {
        const int followed = followed_by_shadows(component);
        for (const ScriptEntry& entry : next_entries(component, followed)) {
            State state = state_;
            const int generated = state.shadow[at_index(component)].application.generated++;
            const ClusterMessage message = follow(state, component, followed, generated, entry);
            suppress(state, component, message);
            next_.push_back(state);
        }
    }

    void suppress(State& state, int component, const ClusterMessage& message) const {
        Process& shadow = state.shadow[at_index(component)];
        if (message.external) {
            ++shadow.external_sn;
        } else {
            ++shadow.shadow_sn;
            if (!world_.readings.shadow_sn_per_component) {
                for (Process& other : state.shadow)
                    other.shadow_sn = shadow.shadow_sn;
            }
        }
        Suppressed entry;
        entry.index =
            world_.readings.output_index_low_sn ? shadow.low_sn : as_number(world_, component, shadow.shadow_sn);
        entry.number = message.external ? shadow.external_sn : shadow.shadow_sn;
        entry.id = message.id;
        entry.depends = shadow.application.depends;
        (message.external ? shadow.external_log : shadow.output_log).push_back(entry);
    }

    void shadow_sends_inside(int component) {
        for (int other = 0; other < scope_.components; ++other) {
            if (other == component || state_.left.shadow_internal == 0)
                continue;
            State state = state_;
            --state.left.shadow_internal;
            Process& shadow = state.shadow[at_index(component)];
            shadow.application.sent_inside.push_back({ReceiverKind::component, other});
            const Identity id{Origin::shadow, component, static_cast<int>(shadow.application.sent_inside.size())};
            if (world_.readings.shadow_internal_literal) {
                log_inside(shadow, component, id);
            } else {
                Message message{Kind::application, id, false, shadow.dirty, shadow.low_sn, shadow.application.depends};
                send(state, world_.shadow_id(component), world_.shadow_id(other), message);
            }
            next_.push_back(state);
        }
    }

    // Figure 4 to the letter: a message to another shadow is logged as if it were external, and never sent.
    void log_inside(Process& shadow, int component, const Identity& id) const {
        Suppressed entry;
        entry.index =
            world_.readings.output_index_low_sn ? shadow.low_sn : as_number(world_, component, shadow.shadow_sn);
        entry.number = shadow.external_sn;
        entry.inside = true;
        entry.id = id;
        entry.depends = shadow.application.depends;
        shadow.external_log.push_back(entry);
    }

    void active_sends(int sender) {
        if (state_.left.active_messages > 0) {
            for (int to = 0; to < scope_.active_processes; ++to) {
                if (to != sender)
                    active_sends_to(sender, {ReceiverKind::active, to});
            }
        }
        if (state_.left.messages_to_cluster > 0) {
            for (int to = 0; to < scope_.components; ++to)
                active_sends_to(sender, {ReceiverKind::component, to});
        }
    }

    void active_sends_to(int sender, const Receiver& receiver) {
        State state = state_;
        Process& process = state.active[at_index(sender)];
        process.application.sent.push_back(receiver);
        const Identity id{Origin::active, sender, static_cast<int>(process.application.sent.size())};
        const bool to_active = receiver.kind == ReceiverKind::active;
        if (to_active || world_.readings.mark_any_internal)
            process.propagating = process.dirty;
        Message message{Kind::application, id, false, process.dirty, process.low_sn, process.application.depends};
        const int from = world_.active_id(sender);
        if (to_active) {
            --state.left.active_messages;
            send(state, from, world_.active_id(receiver.who), message);
        } else {
            --state.left.messages_to_cluster;
            send(state, from, world_.low_id(receiver.who), message);
            send(state, from, world_.shadow_id(receiver.who), message);
        }
        next_.push_back(state);
    }

    void active_outputs(int active) {
        const Process& process = state_.active[at_index(active)];
        if (!process.dirty) {
            if (covers(state_.validated, process.application.depends) || state_.unsafe_output)
                return;
            State state = state_;
            state.unsafe_output = true;
            next_.push_back(state);
            return;
        }
        if (state_.left.active_tests == 0)
            return;
        State state = state_;
        --state.left.active_tests;
        Process& tester = state.active[at_index(active)];
        state.validated = join(state.validated, tester.application.depends);
        const Number proved = tester.low_sn;
        learn_validated(world_, tester, proved);
        Message notification{Kind::passed_at, {}, false, false, proved, {}, 0, -1};
        broadcast(state, world_.active_id(active), notification);
        next_.push_back(state);
    }

    void deliveries(int from, int to) {
        const auto& channel = state_.channels[world_.channel(from, to)];
        for (std::size_t position = 0; position < channel.size(); ++position) {
            if (position > 0 && !scope_.unordered_channels)
                return;
            if (position > 0 && channel[position] == channel[position - 1])
                continue;
            State state = state_;
            auto& taken = state.channels[world_.channel(from, to)];
            taken.erase(taken.begin() + static_cast<std::ptrdiff_t>(position));
            receive(state, to, channel[position]);
            next_.push_back(state);
        }
    }

    void receive(State& state, int to, const Message& message) const {
        if (to < scope_.components) {
            low_receives(state.low[at_index(to)], message);
            return;
        }
        const bool shadow = to < world_.active_id(0);
        const int component = shadow ? to - scope_.components : -1;
        Process& process =
            shadow ? state.shadow[at_index(component)] : state.active[at_index(to - world_.active_id(0))];
        if (message.kind == Kind::passed_at) {
            receive_passed_at(world_, process, component, message);
        } else {
            receive_application_message(world_, process, component, message);
        }
    }

    void low_receives(LowProcess& low, const Message& message) const {
        low.depends = join(low.depends, message.depends);
        if (message.kind == Kind::counter || world_.readings.vectors())
            low.low_sn = join(low.low_sn, message.low_sn);
    }

    const World& world_;
    const Scope& scope_;
    const State& state_;
    std::vector<State> next_;
};

} // namespace

std::vector<State> successors(const World& world, const State& state) {
    return Steps(world, state).all();
}

} // namespace oracle
