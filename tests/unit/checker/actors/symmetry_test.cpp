// Who is said to be interchangeable must be: a claim, a boundary or a handler that tells them apart is an error that
// names it, and never a state less.
#include <doctest/doctest.h>

#include <string>

#include "checker/actors/check.hpp"

using namespace mdcd::checker::actors;
using mdcd::checker::Verdict;

namespace {

// Counts to two and reports to the hub, all alike; unless it is told to look at its number.
struct Worker {
    using Message = int;
    enum class Timer { tick };
    struct State {
        int count = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("count", self.count);
        }
    };
    using Here = Context<int, Timer>;
    Id hub;
    bool looks_at_number = false;

    State start(Id, Here& context) const {
        context.set_timer(Timer::tick);
        return {};
    }
    void timeout(State& state, Timer, Here& context) const {
        if (++state.count < 2)
            context.set_timer(Timer::tick);
        else if (!looks_at_number || context.self().index() != 2)
            context.send(hub, 1);
    }
};
struct Hub {
    using Message = int;
    struct State {
        int reports = 0;
        Id last;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("reports", self.reports);
            visit("last", self.last);
        }
    };
    bool prefers_the_second = false;

    State start(Id, Context<int>&) const { return {}; }
    void receive(State& state, Id from, const int&, Context<int>&) const {
        state.reports += prefers_the_second && from.index() == 2 ? 2 : 1;
        state.last = from;
    }
};

ActorSystem workers(bool looks_at_number = false, bool prefers_the_second = false) {
    ActorSystem system;
    const Id hub = system.add("hub", Hub{prefers_the_second});
    system.interchangeable(system.add("worker", 3, Worker{hub, looks_at_number}));
    return system;
}

std::string reason(const ActorSystem& system) {
    const SystemReport report = check(system);
    CHECK(report.claims.back().verdict == Verdict::error);
    CHECK(exit_code(report) == 10);
    return report.claims.back().reason;
}

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool counts_less_than(const SystemState& state, Id who, int bound) {
    return state.actor<Worker>(who).count < bound;
}

} // namespace

TEST_CASE("nobody is told apart: one state for each orbit") {
    ActorSystem system = workers();
    system.always("in_bounds", [](const SystemState& state) {
        bool fine = true;
        state.each<Worker>([&](Id, const Worker::State& worker) { fine = fine && worker.count <= 2; });
        return fine;
    });
    const SystemReport orbits = check(system);
    CHECK(orbits["in_bounds"].verdict == Verdict::holds);
    CheckOptions options;
    options.use_symmetry = false;
    const SystemReport all = check(system, options);
    CHECK(all["in_bounds"].verdict == Verdict::holds);
    CHECK(orbits.search.distinct_states < all.search.distinct_states);
    CHECK(orbits.search.distinct_states * 6 >= all.search.distinct_states);
}

TEST_CASE("a claim that names one of them") {
    ActorSystem always = workers();
    always.always("harmless", [](const SystemState&) { return true; });
    always.always("third_is_slow", [](const SystemState& state) { return counts_less_than(state, Id(3), 3); });
    CHECK(check(always)["third_is_slow"].verdict == Verdict::holds); // true of all of them: it does no harm
    ActorSystem favours = workers();
    favours.reachable("second_alone", [](const SystemState& state) {
        return !counts_less_than(state, Id(2), 2) && counts_less_than(state, Id(1), 1) &&
               counts_less_than(state, Id(3), 1);
    });
    CHECK(says(reason(favours), "property 'second_alone' tells apart what renaming makes equal"));
    ActorSystem never = workers();
    never.always("first_before_second", [](const SystemState& state) {
        return state.actor<Worker>(Id(1)).count >= state.actor<Worker>(Id(2)).count;
    });
    CHECK(says(reason(never), "property 'first_before_second' tells apart"));
    CheckOptions options;
    options.use_symmetry = false;
    CHECK(check(never, options)["first_before_second"].verdict == Verdict::violated); // what it says without
}

TEST_CASE("final states and a boundary that name one of them") {
    ActorSystem system = workers();
    system.no_deadlock([](const SystemState& state) { return state.actor<Hub>(Id(0)).last == Id(3); });
    const std::string of_finals = reason(system);
    CAPTURE(of_finals);
    CHECK(says(of_finals, "is_final gave another answer"));
    CHECK(says(of_finals, "sees the names that a renaming changes"));
    ActorSystem bounded = workers();
    bounded.always("fine", [](const SystemState&) { return true; });
    bounded.boundary([](const SystemState& state) { return counts_less_than(state, Id(1), 1); });
    CHECK(says(reason(bounded), "the boundary tells apart"));
}

TEST_CASE("a handler that looks at its own number, and one that looks at the sender's") {
    ActorSystem own = workers(true);
    own.always("fine", [](const SystemState&) { return true; });
    const std::string told = reason(own);
    CAPTURE(told);
    CHECK(says(told, "timeout tick' does not commute with renaming"));
    ActorSystem sender = workers(false, true);
    sender.always("fine", [](const SystemState&) { return true; });
    const std::string of_hub = reason(sender);
    CAPTURE(of_hub);
    CHECK(says(of_hub, "'hub receives from worker"));
    CHECK(says(of_hub, "does not commute with renaming"));
}

TEST_CASE("what whole runs claim may name one of them: they are decided on all states") {
    ActorSystem system = workers();
    system.eventually("second_is_done", [](const SystemState& state) { return !counts_less_than(state, Id(2), 2); });
    CHECK(check(system)["second_is_done"].verdict == Verdict::holds);
}
