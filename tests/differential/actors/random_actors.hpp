// Random small systems of actors: what a handler does is a hash of what it is shown, and so is what a predicate says.
// The same seed always gives the same system. Knows no search and no interpreter.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "checker/actors/system.hpp"
#include "checker/random.hpp"

namespace mdcd::tests {

using checker::actors::Context;
using checker::actors::Id;

struct Word {
    std::uint8_t kind = 0;
    Id about; // somebody, or nobody
    friend auto operator<=>(const Word&, const Word&) = default;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("about", self.about);
    }
};

// Speaks of others by Ids that it was told of, so that actors of one behaviour are alike.
class RandomActor {
public:
    using Message = Word;
    using Timer = std::uint8_t;
    struct Durable {
        std::uint8_t kept = 0;
        friend auto operator<=>(const Durable&, const Durable&) = default;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("kept", self.kept);
        }
    };
    struct State {
        Durable durable;
        std::uint8_t phase = 0;
        Id friendly;
        std::uint8_t sends_left = 0;
        friend auto operator<=>(const State&, const State&) = default;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("durable", self.durable);
            visit("phase", self.phase);
            visit("friendly", self.friendly);
            visit("sends_left", self.sends_left);
        }
    };
    using Here = Context<Word, Timer>;

    // One that is restless always has a timer set: it comes to no end.
    RandomActor(std::uint64_t behaviour, Id boss, bool is_restless)
        : behaviour_(behaviour), boss_(boss), is_restless_(is_restless) {}

    State start(Id, Here& context) const;
    State restart(Id, const Durable& durable, Here& context) const;
    void receive(State& state, Id from, const Word& word, Here& context) const;
    void timeout(State& state, Timer timer, Here& context) const;

private:
    void act(State& state, std::uint64_t hash, Id other, Here& context) const;

    std::uint64_t behaviour_;
    Id boss_; // not one of those that are alike
    bool is_restless_;
};

// What there is to draw besides behaviour.
struct RandomSystem {
    explicit RandomSystem(std::uint64_t seed);

    [[nodiscard]] checker::actors::ActorSystem system(bool with_boundary) const;

    std::uint64_t seed;
    std::vector<RandomActor> actors;
    checker::actors::Network network;
    bool ordered_timers = false;
    std::uint16_t crashes = 0;
    std::vector<Id> who_crashes;
    std::vector<Id> alike; // empty: nobody
    std::vector<checker::actors::FairnessClaim> fairness;
};

// What predicates look at: of each actor its state if it is up, and how many messages are under way.
struct Look {
    std::vector<std::optional<RandomActor::State>> states;
    std::uint64_t messages = 0;
};
// Does not tell apart actors that are alike: the boss is the first, the others are summed up.
[[nodiscard]] std::uint64_t hash_of(std::uint64_t seed, const Look& look);
[[nodiscard]] inline bool is_common(std::uint64_t hash) {
    return hash % 40 != 0;
}
[[nodiscard]] inline bool is_rare(std::uint64_t hash) {
    return hash % 60 == 1;
}
[[nodiscard]] inline bool is_final(std::uint64_t hash) {
    return hash % 4 != 2;
}
[[nodiscard]] inline bool has_come(std::uint64_t hash) {
    return hash % 6 == 2;
}
[[nodiscard]] inline bool is_called_for(std::uint64_t hash) {
    return hash % 5 == 1;
}
[[nodiscard]] inline bool is_inside(std::uint64_t hash) {
    return hash % 7 != 3;
}

} // namespace mdcd::tests
