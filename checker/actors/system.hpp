// A system of actors, put together by its user: who there is, what the network does, what may go wrong, and what is
// claimed. The first header to read; check.hpp is the second. Knows no engine: what is said here is compiled to slots
// and steps (compiled_system.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/actors/actions.hpp"
#include "checker/actors/actor.hpp"
#include "checker/actors/id.hpp"
#include "checker/actors/network.hpp"
#include "checker/actors/system_state.hpp"
#include "checker/fairness.hpp"

namespace mdcd::checker::actors {

using Predicate = std::function<bool(const SystemState&)>;

enum class ClaimKind : std::uint8_t {
    always,      // true in every reachable state
    reachable,   // true in some reachable state
    no_deadlock, // a state in which nothing can happen is final
    eventually,  // of every fair run: it is true in some state of it
    leads_to,    // of every fair run: whenever one thing is true, another is in that state or after it
};

struct Claim {
    std::string name;
    ClaimKind kind = ClaimKind::always;
    std::string rationale;                     // one sentence: what it means if it does not hold
    Predicate predicate;                       // of no_deadlock: which states are final; of leads_to: what must come
    Predicate whenever;                        // of leads_to
    std::optional<std::vector<Id>> reads = {}; // the actors whose states are all that it looks at; none: not said
    bool reads_each = false;                   // .. each by itself
};

struct FairnessClaim {
    Fairness kind = Fairness::weak;
    Actions actions;
};

// What a system consists of, for those who check or show it.
struct SystemParts {
    std::vector<std::shared_ptr<const AnyActor>> actors;
    std::vector<std::string> names; // of the actors, each once
    Network network;
    bool ordered_timers = false;
    bool records_history = false;
    std::uint16_t crashes = 0;
    std::vector<Id> who_crashes; // empty: all of them
    std::vector<std::vector<Id>> alike;
    std::vector<Claim> claims;
    std::vector<FairnessClaim> fairness;
    std::vector<std::string> points; // of coverage, those that were named before
    Predicate boundary;              // may be empty
};

// Everything that is refused here is refused by std::invalid_argument, before a search.
class ActorSystem {
public:
    // The name appears in runs. All actors of a system have the same type of messages.
    template <class A> Id add(const std::string& name, A actor) {
        adapters::expect_handlers<A>();
        if constexpr (adapters::fault_of<A>() == adapters::Fault::none)
            return add_any(name, std::make_shared<TypedActor<A>>(std::move(actor)));
        else
            return {};
    }
    // `count` actors, called "name 1", "name 2", ..
    template <class A> std::vector<Id> add(const std::string& name, std::size_t count, const A& actor) {
        std::vector<Id> all;
        for (std::size_t number = 1; number <= count; ++number)
            all.push_back(add(name + " " + std::to_string(number), actor));
        return all;
    }

    void network(const Network& network) { parts_.network = network; }
    // Timers of one actor fire in the order in which they were set. Otherwise any that is set can fire.
    void ordered_timers() { parts_.ordered_timers = true; }
    // What clients invoke and what comes of it (Context::invoked, returned) is part of the state, for claims about it.
    void record_history() { parts_.records_history = true; }
    // Points that handlers pass (Context::cover), so that one which is never passed is told of as well: the engine
    // hears of a point when it is first passed.
    void coverage_points(const std::vector<std::string>& points);
    // Actors crash so often, all together; each can be started again at any time after. None named: all can.
    void crashes(std::uint16_t times, const std::vector<Id>& who = {});

    // These actors are alike: a state in which they have changed places is the same state. They must be of one class;
    // messages and states name them by their Id only.
    void interchangeable(const std::vector<Id>& who);

    void always(const std::string& name, Predicate predicate, const std::string& rationale = {});
    void reachable(const std::string& name, Predicate predicate, const std::string& rationale = {});
    // No predicate: no state may be a dead end.
    void no_deadlock(Predicate is_final = {}, const std::string& rationale = {});

    // All that the claim looks at is the states of these actors: nothing that is under way, and of no other actor
    // anything. A search that may leave out states (SearchOptions::reduce_states) then leaves out those that it cannot
    // tell from others. `reads_each`: and it looks at each by itself: what is always true is so of each of them,
    // whatever the others are; what is to be reached, one reaches. A claim that looks at more is found out.
    void reads(const std::string& claim, const std::vector<Id>& actors);
    void reads_each(const std::string& claim, const std::vector<Id>& actors);

    // Of whole runs, that end only where nothing can happen any more. No run puts off for ever what is said to be fair;
    // all else may be. Decided on all states, without regard to who is interchangeable.
    void eventually(const std::string& name, Predicate predicate, const std::string& rationale = {});
    void leads_to(const std::string& name, Predicate whenever, Predicate then, const std::string& rationale = {});
    void fair(Fairness kind, const Actions& actions);

    // States outside are judged and counted; what follows from them is not looked for.
    void boundary(Predicate is_inside) { parts_.boundary = std::move(is_inside); }

    [[nodiscard]] const SystemParts& parts() const { return parts_; }

private:
    Id add_any(const std::string& name, std::shared_ptr<const AnyActor> actor);
    void expect_actors(const std::vector<Id>& who, const char* what) const;
    void claim(Claim claim);
    [[nodiscard]] Claim& claim_that_reads(const std::string& name, const std::vector<Id>& actors);

    SystemParts parts_;
};

} // namespace mdcd::checker::actors
