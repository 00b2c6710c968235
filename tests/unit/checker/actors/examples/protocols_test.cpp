// Examples with their pinned counts, and the mistake that each of them can be given.
// Knows how none of them is stored.
#include <doctest/doctest.h>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/alternating_bit.hpp"
#include "checker/actors/examples/paxos.hpp"
#include "checker/actors/examples/philosophers.hpp"
#include "checker/actors/examples/write_once.hpp"
#include "tests/unit/checker/actors/examples/with_all_states.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;
using mdcd::tests::with_all_states;

TEST_CASE("alternating bit: what arrives is what was sent") {
    const SystemReport report = with_all_states(examples::alternating_bit::alternating_bit(3));
    MESSAGE(to_text(report));
    CHECK(report.search.distinct_states == 69);
    CHECK(exit_code(report) == 0);
    CHECK(report.search.exhaustive);
    CHECK(report.search.outside == 0);
    const SystemReport careless = check(examples::alternating_bit::alternating_bit(3, false));
    CHECK(careless["once_and_in_order"].verdict == Verdict::violated);
    CHECK(careless["once_and_in_order"].path.value().firings.size() == 2); // delivered twice
}

TEST_CASE("alternating bit: everything arrives at last, unless a channel may lose a message each time") {
    using examples::alternating_bit::alternating_bit;
    const SystemReport fair = with_all_states(alternating_bit(2));
    CHECK(fair.search.distinct_states == 45);
    CHECK(fair["all_arrive_at_last"].verdict == Verdict::holds);
    CHECK(fair["the_last_is_received"].verdict == Verdict::holds);
    const SystemReport weak = check(alternating_bit(2, true, Fairness::weak));
    CHECK(weak["once_and_in_order"].verdict == Verdict::holds);
    for (const char* claim : {"all_arrive_at_last", "the_last_is_received"}) {
        CHECK(weak[claim].verdict == Verdict::violated);
        REQUIRE(weak[claim].run);
        const Run& run = *weak[claim].run;
        REQUIRE(run.loop_begin);
        bool loses = false;
        for (std::size_t step = *run.loop_begin; step < run.steps.size(); ++step)
            loses = loses || run.steps[step].text.find("is lost") != std::string::npos;
        CHECK(loses);
    }
    CHECK(to_text(weak).find("from here on, again and again:") != std::string::npos);
    MESSAGE(to_text(weak));
}

TEST_CASE("dining philosophers: all alike can starve together") {
    const SystemReport good = with_all_states(examples::philosophers::philosophers(4, false));
    MESSAGE(to_text(good));
    CHECK(good.search.distinct_states == 10344);
    CHECK(exit_code(good) == 0);
    const SystemReport alike = with_all_states(examples::philosophers::philosophers(4, true));
    CHECK(alike.search.distinct_states == 10305);
    CHECK(alike["forks_are_not_shared"].verdict == Verdict::holds);
    CHECK(alike["no_deadlock"].verdict == Verdict::violated);
    // Each is hungry, gets the left fork, asks for the right one, and that is heard.
    CHECK(alike["no_deadlock"].path.value().firings.size() == 4 * 4);
}

TEST_CASE("a register written once: one copy, a copy that hears of writes later, two that do not know each other") {
    using namespace examples::write_once;
    const SystemReport one = with_all_states(write_once(Copies::one));
    MESSAGE(to_text(one));
    CHECK(one.search.distinct_states == 293);
    CHECK(exit_code(one) == 0);
    const SystemReport backup = with_all_states(write_once(Copies::backup));
    CHECK(backup.search.distinct_states == 455);
    CHECK(backup["linearizable"].verdict == Verdict::violated);
    CHECK(backup["sequential"].verdict == Verdict::holds);
    // A write is done and known to be; the other copy is asked twice, and still knows nothing.
    CHECK(backup["linearizable"].path.value().firings.size() == 6);
    const std::string text = to_text(backup);
    CAPTURE(text);
    CHECK(text.find("returns Value{value none}") != std::string::npos);
    const SystemReport independent = with_all_states(write_once(Copies::independent));
    CHECK(independent.search.distinct_states == 168);
    CHECK(independent["sequential"].verdict == Verdict::violated);
    CHECK(independent["all_return"].verdict == Verdict::reached);
}

TEST_CASE("Paxos: one value is chosen") {
    const SystemReport report = with_all_states(examples::paxos::paxos(3, 2));
    MESSAGE(to_text(report));
    CHECK(report.search.distinct_states == 173249); // an independent count too: tests/differential/examples
    CHECK(exit_code(report) == 0);
    const SystemReport orbits = check(examples::paxos::paxos(3, 2));
    MESSAGE(to_text(orbits));
    CHECK(orbits.search.distinct_states == 29789);
    CHECK(exit_code(orbits) == 0);
    const SystemReport deaf = check(examples::paxos::paxos(3, 2, false));
    CHECK(deaf["agreement"].verdict == Verdict::violated);
    CHECK(deaf["agreement"].path.value().firings.size() == 16);
}
