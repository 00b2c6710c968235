// Two copies of a system with a hostile cluster, side by side: the same steps at the same time, the same honest
// messages, but the hostile ones say different things, and every message may make different claims. What the processes
// of high confidence are after recovery must be the same in both (self-composition). Knows no scope.
#pragma once

#include <optional>
#include <string>

#include "model/hostile/hostile_system.hpp"

namespace mdcd::model::hostile {

// Nothing on one side: only the other copy has sent something.
struct PairMessage {
    std::optional<Message> left;
    std::optional<Message> right;

    friend constexpr bool operator==(const PairMessage&, const PairMessage&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("left", self.left);
        visit("right", self.right);
    }
};

class ClusterPair {
public:
    using Message = PairMessage;
    enum class Timer : std::uint8_t { speak };
    using State = Spoken; // of both
    using Here = actors::Context<Message, Timer>;

    ClusterPair(const Scope& scope, std::uint8_t component) : tongue_(scope, component), members_(scope.members) {}

    State start(actors::Id, Here& context) const {
        State state;
        set_timer(state, context);
        return state;
    }
    void receive(State&, actors::Id, const Message&, Here&) const {}
    void timeout(State& state, Timer, Here& context) const {
        const std::vector<const Word*> words = tongue_.words_after(state);
        const Word& word = *words[context.choose(words.size())];
        const auto claim = [&]() -> const Claim& {
            return word.claims[word.claims.size() == 1 ? 0 : context.choose(word.claims.size())];
        };
        const Claim& left = claim();
        const Claim& right = claim();
        context.send(actors::Id(index_of(members_, word.receiver)),
                     {tongue_.message(state, word, left, 1), tongue_.message(state, word, right, 2)});
        tongue_.say(state, word);
        set_timer(state, context);
    }

private:
    void set_timer(const State& state, Here& context) const {
        if (tongue_.has_words_left(state) && !tongue_.words_after(state).empty())
            context.set_timer(Timer::speak);
    }

    Tongue tongue_;
    impl::Members members_;
};

class HighPair {
public:
    using Message = PairMessage;
    enum class Timer : std::uint8_t { application };
    struct State {
        HighState left;
        HighState right;
        bool steps_differ = false; // one copy has sent what the other one has not
        bool has_differed = false; // in what the application knows

        friend constexpr bool operator==(const State&, const State&) = default;

        template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
            visit("left", self.left);
            visit("right", self.right);
            visit("steps_differ", self.steps_differ);
            visit("has_differed", self.has_differed);
        }
    };
    using Here = actors::Context<Message, Timer>;

    HighPair(const Scope& scope, impl::ProcessId self)
        : process_(scope, self), members_(scope.members), all_(processes_of(scope.members)) {}

    State start(actors::Id, Here& context) const {
        State state{.left = process_.start(), .right = process_.start()};
        set_timer(state, context);
        return state;
    }
    void receive(State& state, actors::Id from, const Message& message, Here& context) const {
        Effects left;
        Effects right;
        if (message.left)
            left = process_.receive(state.left, all_[from.index()], *message.left);
        if (message.right)
            right = process_.receive(state.right, all_[from.index()], *message.right);
        act(left, right, state, context);
    }
    void timeout(State& state, Timer, Here& context) const {
        Effects left;
        Effects right;
        if (process_.may_go_on(state.left))
            left = process_.go_on(state.left);
        if (process_.may_go_on(state.right))
            right = process_.go_on(state.right);
        act(left, right, state, context);
    }

private:
    void act(const Effects& left, const Effects& right, State& state, Here& context) const {
        const auto to = [&](impl::ProcessId receiver) { return actors::Id(index_of(members_, receiver)); };
        for (std::size_t i = 0; i < std::max(left.sent.size(), right.sent.size()); ++i) {
            const bool has_left = i < left.sent.size();
            const bool has_right = i < right.sent.size();
            if (has_left && has_right && left.sent[i].first == right.sent[i].first) {
                context.send(to(left.sent[i].first), {left.sent[i].second, right.sent[i].second});
                continue;
            }
            state.steps_differ = true;
            if (has_left)
                context.send(to(left.sent[i].first), {left.sent[i].second, std::nullopt});
            if (has_right)
                context.send(to(right.sent[i].first), {std::nullopt, right.sent[i].second});
        }
        state.has_differed = state.has_differed || state.left.history() != state.right.history();
        set_timer(state, context);
    }
    void set_timer(const State& state, Here& context) const {
        if (process_.may_go_on(state.left) || process_.may_go_on(state.right))
            context.set_timer(Timer::application);
        else
            context.cancel_timer(Timer::application);
    }

    HighProcess process_;
    impl::Members members_;
    std::vector<impl::ProcessId> all_; // by Id
};

inline bool is_of_next_incarnation(const PairMessage& pair) {
    return (pair.left && pair.left->incarnation > 0) || (pair.right && pair.right->incarnation > 0);
}

// All that a process is and keeps; the record is the test's.
inline bool are_equal(const HighState& one, const HighState& other) {
    return one.process == other.process && one.recovery == other.recovery && one.boundary == other.boundary;
}

inline actors::ActorSystem pair_system_of(const Scope& scope) {
    actors::ActorSystem system;
    scope.members.for_each([&](impl::ProcessId each) {
        if (each.group == impl::Group::low)
            system.add(name_of(each), ClusterPair(scope, each.index));
        else
            system.add(name_of(each), HighPair(scope, each));
    });
    system.network({.order = actors::Order::fifo});

    const std::size_t first = scope.members.components; // of high confidence
    const auto every = [first](const actors::SystemState& state, const auto& holds) {
        for (std::size_t index = first; index < state.actor_count(); ++index)
            if (!holds(state.actor<HighPair>(actors::Id(index))))
                return false;
        return true;
    };
    const auto of_every = [every](const auto& holds) {
        return [every, holds](const actors::SystemState& state) { return every(state, holds); };
    };
    const auto of_some = [every](const auto& holds) {
        return [every, holds](const actors::SystemState& state) {
            return !every(state, [&](const HighPair::State& each) { return !holds(each); });
        };
    };
    system.always(
        "undisturbed",
        [every, first](const actors::SystemState& state) {
            for (std::size_t from = first; from < state.actor_count(); ++from)
                for (std::size_t to = first; to < state.actor_count(); ++to)
                    for (const PairMessage& each : state.messages<PairMessage>(actors::Id(from), actors::Id(to)))
                        if (is_of_next_incarnation(each) && each.left != each.right)
                            return false;
            return every(state, [](const HighPair::State& each) {
                return !(each.left.has_recovered() || each.right.has_recovered()) || are_equal(each.left, each.right);
            });
        },
        "After recovery nothing tells what the cluster said beyond V.");
    system.always("undisturbed_while_clean", of_every([](const HighPair::State& each) {
                      const bool is_clean = !each.left.guarded().dirty || !each.right.guarded().dirty;
                      return !is_clean || each.left.process == each.right.process;
                  }),
                  "Who is clean knows nothing of what the cluster said beyond V.");
    system.always("same_steps", of_every([](const HighPair::State& each) { return !each.steps_differ; }),
                  "What the cluster claims changes nothing in who sends what.");
    system.reachable("the copies differ",
                     of_some([](const HighPair::State& each) { return each.left.history() != each.right.history(); }));
    system.reachable("the copies have differed, and are equal after recovery", of_some([](const HighPair::State& each) {
                         return each.left.has_recovered() && each.has_differed && are_equal(each.left, each.right);
                     }));
    system.reachable("the copies differ in what was overruled",
                     of_some([](const HighPair::State& each) { return each.left.boundary != each.right.boundary; }));
    system.reachable("an old version differs", of_some([](const HighPair::State& each) {
                         return std::holds_alternative<Shadow>(each.left.process) &&
                                each.left.history() != each.right.history();
                     }));
    system.reachable("clean, and depends on the cluster", of_some([](const HighPair::State& each) {
                         return each.left.runs() && each.left.recovery.incarnation == 0 && !each.left.guarded().dirty &&
                                each.left.history().depends != 0;
                     }));
    return system;
}

} // namespace mdcd::model::hostile
