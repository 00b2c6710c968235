// A user's mistake is a verdict `error` with the run that leads there, whatever it threw; what is wrong with a system
// as such is refused before a search.
#include <doctest/doctest.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "checker/actors/check.hpp"

using namespace mdcd::checker::actors;
using mdcd::checker::Verdict;

namespace {

struct Counter {
    using Message = int;
    enum class Timer { tick };
    struct State {
        int count = 0;
        int forgotten = 0;
        friend bool operator==(const State&, const State&) = default;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("count", self.count);
        }
    };
    using Here = Context<int, Timer>;
    std::function<void(State&, Here&)> at_two;

    State start(Id, Here& context) const {
        context.set_timer(Timer::tick);
        return {};
    }
    void timeout(State& state, Timer, Here& context) const {
        if (++state.count < 3)
            context.set_timer(Timer::tick);
        if (state.count == 2 && at_two)
            at_two(state, context);
    }
};
struct Other {
    using Message = int;
    struct State {};
    State start(Id, Context<int>&) const { return {}; }
};
struct Forgetful { // not const
    using Message = int;
    struct State {};
    State start(Id, Context<int>&) const { return {}; }
    void receive(State&, Id, int, Context<int>&) {}
};
struct Stranger : Other { // a context that is not its own
    enum class Timer { tick };
};
struct Deaf : Other {
    void receive(State&, int, int, Context<int>&) const {}
};
struct Late : Other {
    void timeout(State&, int, Context<int>&) const {}
};
struct Dead : Other {
    int restart(Id, const State&, Context<int>&) const { return 0; }
};
struct Speaker {
    using Message = std::string;
    struct State {};
    State start(Id, Context<std::string>&) const { return {}; }
};

ActorSystem counting(std::function<void(Counter::State&, Counter::Here&)> at_two = {}) {
    ActorSystem system;
    system.add("counter", Counter{std::move(at_two)});
    system.add("other", Other{});
    return system;
}

void check_error(const ActorSystem& system, const std::string& reason, std::size_t steps) {
    CAPTURE(reason);
    const SystemReport report = check(system);
    REQUIRE(!report.claims.empty());
    const ClaimVerdict& claim = report.claims.back();
    CHECK(claim.verdict == Verdict::error);
    CAPTURE(claim.reason);
    CHECK(claim.reason.find(reason) != std::string::npos);
    REQUIRE(claim.run);
    CHECK(claim.run->steps.size() == steps);
    CHECK(exit_code(report) == 10);
    CHECK(to_text(report).find(reason) != std::string::npos);
}

void check_handler(std::function<void(Counter::State&, Counter::Here&)> at_two, const std::string& reason) {
    ActorSystem system = counting(std::move(at_two));
    system.always("fine", [](const SystemState&) { return true; });
    check_error(system, reason, 1);
}

} // namespace

TEST_CASE("what handlers do wrong") {
    check_handler([](Counter::State&, Counter::Here&) { throw 7; }, "counter: timeout tick: throws int");
    check_handler([](Counter::State&, Counter::Here&) { (void)std::vector<int>{}.at(3); }, "throws std::out_of_range");
    check_handler([](Counter::State&, Counter::Here& here) { here.send(Id(), 1); }, "sent to nobody");
    check_handler([](Counter::State&, Counter::Here& here) { here.send(Id(2), 1); }, "has 2 actors");
    check_handler([](Counter::State&, Counter::Here& here) { (void)here.choose(0); }, "choose(0)");
    check_handler(
        [](Counter::State&, Counter::Here& here) {
            while (here.choose(2) == 1) {
            }
        },
        "counter: timeout tick: chooses more than 1000 times in one step");
    check_handler(
        [](Counter::State&, Counter::Here& here) {
            for (;;)
                here.send(Id(1), 1);
        },
        "counter: timeout tick: sends more than 1000 messages in one step");
    check_handler([](Counter::State& state, Counter::Here&) { state.forgotten = 1; },
                  "timeout tick: the field list (visit_fields) of Counter::State does not name all");
}

TEST_CASE("claims that options name are claims of the system, by its names") {
    ActorSystem system = counting();
    system.always("fine", [](const SystemState&) { return true; });
    system.no_deadlock();
    CheckOptions options;
    options.search.stop_at = {"fne"};
    CHECK_THROWS_WITH_AS((void)check(system, options),
                         doctest::Contains("stop_at: the system claims nothing called 'fne' (did you mean 'fine'?)"),
                         std::logic_error);
    options.search.stop_at = {"no_deadlock"};
    const SystemReport stopped = check(system, options);
    CHECK(stopped["no_deadlock"].verdict == Verdict::violated);
    CHECK(!stopped.search.limit.empty());
    options.search.stop_at.clear();
    options.search.reduce_for = {"no_deadloc"};
    CHECK_THROWS_WITH_AS((void)check(system, options), doctest::Contains("reduce_for: the system claims nothing"),
                         std::logic_error);
}

TEST_CASE("a handler with a memory of its own") {
    unsigned calls = 0;
    ActorSystem system = counting([&calls](Counter::State&, Counter::Here& here) {
        for (unsigned times = calls++ % 3; times > 0; --times)
            (void)here.choose(2);
    });
    system.always("fine", [](const SystemState&) { return true; });
    const SystemReport report = check(system);
    CHECK(report["fine"].verdict == Verdict::error);
    CHECK(report["fine"].reason.find("not deterministic") != std::string::npos);
}

TEST_CASE("a claim that is not pure is named, and the others fail with it") {
    bool asked = false;
    ActorSystem system = counting();
    system.always("pure", [](const SystemState&) { return true; });
    system.always("fickle", [&asked](const SystemState& state) {
        return state.actor<Counter>(Id(0)).count < 2 || (asked = !asked, !asked);
    });
    const SystemReport report = check(system);
    CHECK(report["fickle"].verdict == Verdict::error);
    CHECK(report["fickle"].reason.find("'fickle' gave another answer when asked again") != std::string::npos);
    CHECK(report["fickle"].reason.find("renaming") == std::string::npos); // nobody is interchangeable
    CHECK(report["fickle"].reason.find("'pure'") == std::string::npos);
    CHECK(to_text(report).find("error         fickle: for the same reason") != std::string::npos);
}

TEST_CASE("a claim that changes what the others look at is found out") {
    bool hidden = false;
    ActorSystem system = counting();
    system.always("hides", [&hidden](const SystemState&) { return hidden = true; });
    system.always("looks", [&hidden](const SystemState& state) {
        return std::exchange(hidden, false) || state.actor<Counter>(Id(0)).count < 2;
    });
    const SystemReport report = check(system);
    CHECK(report["looks"].verdict == Verdict::error);
    CHECK(report["looks"].reason.find("'looks' gives another answer when the others are asked in another order") !=
          std::string::npos);
}

TEST_CASE("a handler that waits for room that never comes") {
    const auto run = [](std::size_t messages, Overflow overflow) {
        ActorSystem system = counting([messages](Counter::State&, Counter::Here& here) {
            for (std::size_t each = 0; each < messages; ++each)
                here.send(Id(1), 5);
        });
        system.network({.order = Order::fifo, .capacity = 1, .overflow = overflow});
        system.always("fine", [](const SystemState&) { return true; });
        return check(system)["fine"].reason;
    };
    CHECK(run(2, Overflow::wait).find("counter: timeout tick: sends other more messages than a channel holds (1)") !=
          std::string::npos);
    CHECK(run(1, Overflow::wait).find("never room") == std::string::npos);
    CHECK(run(2, Overflow::error).find("never room") == std::string::npos);
}

TEST_CASE("what the compiler says of a class of actors") {
    using adapters::Fault;
    CHECK(adapters::fault_of<Counter>() == Fault::none);
    CHECK(adapters::fault_of<int>() == Fault::types);
    CHECK(adapters::fault_of<Stranger>() == Fault::start);
    CHECK(adapters::fault_of<Forgetful>() == Fault::receive_not_const);
    CHECK(adapters::fault_of<Deaf>() == Fault::receive);
    CHECK(adapters::fault_of<Late>() == Fault::timeout);
    CHECK(adapters::fault_of<Dead>() == Fault::restart);
}

TEST_CASE("a message that nobody takes") {
    ActorSystem system = counting([](Counter::State&, Counter::Here& here) { here.send(Id(1), 5); });
    system.always("fine", [](const SystemState&) { return true; });
    check_error(system, "counter -> other: 5: Other has no handler receive()", 2);
}

TEST_CASE("what predicates do wrong") {
    const auto check_predicate = [](const Predicate& predicate, const std::string& reason, std::size_t steps) {
        ActorSystem system = counting();
        system.always("odd", [predicate](const SystemState& state) {
            return state.actor<Counter>(Id(0)).count < 2 || predicate(state);
        });
        check_error(system, reason, steps);
    };
    check_predicate([](const SystemState&) -> bool { throw std::string("x"); },
                    "the predicate of 'odd': throws std::", 2);
    check_predicate([](const SystemState& state) { return (void)state.actor<Other>(Id(0)), true; }, "another class", 2);
    check_predicate([](const SystemState& state) { return state.actor<Counter>(Id(9)).count > 0; }, "actor 9", 2);
    check_predicate([](const SystemState& state) { return state.is_down(Id()); }, "nobody", 2);
    check_predicate([](const SystemState& state) { return state.messages<char>(Id(0), Id(1)).empty(); }, "messages", 2);
}

TEST_CASE("a boundary and final states can be wrong too") {
    ActorSystem system = counting();
    system.no_deadlock([](const SystemState&) -> bool { throw 1; });
    check_error(system, "is_final of no_deadlock: throws int", 3);
    ActorSystem bounded = counting();
    bounded.always("fine", [](const SystemState&) { return true; });
    bounded.boundary([](const SystemState& state) -> bool {
        if (state.actor<Counter>(Id(0)).count == 1)
            throw 1L;
        return true;
    });
    check_error(bounded, "the boundary: throws long", 1);
}

TEST_CASE("what is judged, counted and not followed") {
    ActorSystem system = counting();
    system.reachable("two", [](const SystemState& state) { return state.actor<Counter>(Id(0)).count == 2; });
    system.reachable("three", [](const SystemState& state) { return state.actor<Counter>(Id(0)).count == 3; });
    system.boundary([](const SystemState& state) { return state.actor<Counter>(Id(0)).count < 2; });
    const SystemReport report = check(system);
    CHECK(report["two"].verdict == Verdict::reached);
    CHECK(report["three"].verdict == Verdict::not_reached);
    CHECK(report.search.distinct_states == 3);
    CHECK(report.search.outside == 1);
    CHECK(to_text(report).find("bounded by boundary: 1 states outside") != std::string::npos);
}

TEST_CASE("a report without claims is no pass") {
    CHECK(exit_code(SystemReport{}) == 20);
    CHECK(to_text(check(counting())).find("nothing is claimed, so nothing is judged") != std::string::npos);
}

TEST_CASE("refused before a search") {
    ActorSystem system = counting();
    CHECK_THROWS_AS(system.add("counter", Other{}), std::invalid_argument);
    CHECK_THROWS_AS(system.add("speaker", Speaker{}), std::invalid_argument);
    CHECK_THROWS_AS(system.interchangeable({Id(0), Id(1)}), std::invalid_argument);
    CHECK_THROWS_AS(system.interchangeable({Id(0), Id(0)}), std::invalid_argument);
    CHECK_THROWS_AS(system.crashes(1, {Id(2)}), std::invalid_argument);
    CHECK_THROWS_AS(system.always("", [](const SystemState&) { return true; }), std::invalid_argument);
    CHECK_THROWS_AS(system.always("no predicate", {}), std::invalid_argument);
    system.no_deadlock();
    CHECK_THROWS_AS(system.no_deadlock(), std::invalid_argument);
    CHECK_THROWS_AS((void)check(ActorSystem()), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)check(system)["no_dedlock"],
                         "the system claims nothing called 'no_dedlock' (did you mean 'no_deadlock'?); it claims: "
                         "no_deadlock",
                         std::invalid_argument);
    CHECK_THROWS_AS(system.coverage_points(std::vector<std::string>(65, "x")), std::invalid_argument);
}
