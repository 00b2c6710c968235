// Examples with their pinned counts, and the mistake that each of them can be given.
// Knows how none of them is stored.
#include <doctest/doctest.h>

#include <cstdint>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/alternating_bit.hpp"
#include "checker/actors/examples/paxos.hpp"
#include "checker/actors/examples/philosophers.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;

namespace {

SystemReport with_all_states(const ActorSystem& system) {
    CheckOptions options;
    options.use_symmetry = false;
    return check(system, options);
}

} // namespace

TEST_CASE("alternating bit: what arrives is what was sent") {
    const SystemReport report = check(examples::alternating_bit::alternating_bit(3));
    MESSAGE(to_text(report));
    CHECK(exit_code(report) == 0);
    CHECK(report.search.exhaustive);
    CHECK(report.search.outside == 0);
    const SystemReport careless = check(examples::alternating_bit::alternating_bit(3, false));
    CHECK(careless["once_and_in_order"].verdict == Verdict::violated);
    CHECK(careless["once_and_in_order"].path.value().firings.size() == 2); // delivered twice
}

TEST_CASE("dining philosophers: all alike can starve together") {
    const SystemReport good = check(examples::philosophers::philosophers(4, false));
    MESSAGE(to_text(good));
    CHECK(exit_code(good) == 0);
    const SystemReport alike = check(examples::philosophers::philosophers(4, true));
    CHECK(alike["forks_are_not_shared"].verdict == Verdict::holds);
    CHECK(alike["no_deadlock"].verdict == Verdict::violated);
    // Each is hungry, gets the left fork, asks for the right one, and that is heard.
    CHECK(alike["no_deadlock"].path.value().firings.size() == 4 * 4);
}

TEST_CASE("Paxos: one value is chosen") {
    const SystemReport report = with_all_states(examples::paxos::paxos(3, 2));
    MESSAGE(to_text(report));
    CHECK(exit_code(report) == 0);
    const SystemReport orbits = check(examples::paxos::paxos(3, 2));
    MESSAGE(to_text(orbits));
    CHECK(orbits.search.distinct_states * 6 >= report.search.distinct_states);
    const SystemReport deaf = check(examples::paxos::paxos(3, 2, false));
    CHECK(deaf["agreement"].verdict == Verdict::violated);
    MESSAGE(deaf["agreement"].path.value().firings.size());
}
