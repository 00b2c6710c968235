// The comparison of one random system, and of many, with what is counted of their mixture.
// Knows neither how systems are drawn nor how they are interpreted.
#include "tests/differential/actors/comparison.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "checker/actors/check.hpp"
#include "tests/differential/actors/plain_actors.hpp"
#include "tests/differential/actors/random_actors.hpp"

namespace mdcd::tests {

using namespace checker;
using namespace checker::actors;

namespace {

constexpr std::size_t case_states_max = 4000;

struct Mixture { // the comparison should not be one of trivial cases
    unsigned systems = 0;
    unsigned large = 0; // of 100 states and more
    unsigned lossy = 0;
    unsigned duplicating = 0;
    unsigned waiting = 0;
    unsigned with_cuts = 0;
    unsigned with_crashes = 0;
    unsigned with_boundary = 0;
    unsigned reduced = 0; // fewer orbits than states
    unsigned lassos = 0;  // runs that go round
    unsigned fair = 0;    // .. although something is strongly fair
    unsigned kept = 0;    // what must come does, although runs go on for ever
    std::array<unsigned, 6> verdicts{};
};

void check_length(const ClaimVerdict& found, const std::optional<std::size_t>& expected, Verdict if_any,
                  Verdict if_none, Mixture& mixture) {
    CHECK(found.verdict == (expected ? if_any : if_none));
    ++mixture.verdicts[static_cast<std::size_t>(found.verdict)];
    if (expected && found.path) {
        CHECK(found.path->firings.size() == *expected);
        CHECK(found.run.value().steps.size() == *expected);
    }
}

void compare_runs(const SystemReport& found, const RandomSystem& drawn, const PlainResult& expected, Mixture& mixture) {
    CHECK(found.whole_runs.value().states == expected.states);
    CHECK(found.whole_runs.value().transitions == expected.transitions);
    for (const bool from_start : {true, false}) {
        const PlainRuns::Answer answer = expected.runs.look(drawn.fairness, from_start);
        if (!answer.has_answer)
            continue;
        const ClaimVerdict& claim = found[from_start ? "comes" : "answers"];
        CAPTURE(claim.claim);
        CHECK(claim.verdict == (answer.stem            ? Verdict::violated
                                : expected.outside > 0 ? Verdict::inconclusive
                                                       : Verdict::holds));
        mixture.kept += claim.verdict == Verdict::holds && expected.dead_ends == 0 ? 1 : 0;
        if (!answer.stem || !claim.run)
            continue;
        CHECK(claim.run->loop_begin.value_or(claim.run->steps.size()) == *answer.stem);
        if (!claim.run->loop_begin)
            continue;
        ++mixture.lassos;
        mixture.fair +=
            std::ranges::any_of(drawn.fairness, [](const FairnessClaim& each) { return each.kind == Fairness::strong; })
                ? 1
                : 0;
    }
}

void compare(const SystemReport& found, const PlainResult& expected, bool up_to_symmetry, Mixture& mixture) {
    CHECK(found.search.exhaustive);
    CHECK(found.search.distinct_states == (up_to_symmetry ? expected.orbits : expected.states));
    CHECK(found.search.depth == expected.depth);
    if (!up_to_symmetry) {
        CHECK(found.search.transitions == expected.transitions);
        CHECK(found.search.dead_ends == expected.dead_ends);
        CHECK(found.search.outside == expected.outside);
    }
    check_length(found["common"], expected.not_common, Verdict::violated, Verdict::holds, mixture);
    check_length(found["rare"], expected.rare, Verdict::reached, Verdict::not_reached, mixture);
    check_length(found["no_deadlock"], expected.deadlock, Verdict::violated, Verdict::holds, mixture);
}

void compare(std::uint64_t seed, Mixture& mixture) {
    CAPTURE(seed);
    const RandomSystem drawn(seed);
    // Pairs that talk beyond the boundary only can be cut as well or not: the plain interpreter does not look there.
    const bool with_boundary = seed % 5 == 0 && drawn.network.partitions == 0;
    const PlainResult expected = interpret(drawn, with_boundary, case_states_max);
    if (!expected.finished || expected.states < 3)
        return;
    ++mixture.systems;
    mixture.large += expected.states >= 100 ? 1 : 0;
    mixture.lossy += drawn.network.lossy ? 1 : 0;
    mixture.duplicating += drawn.network.duplicating ? 1 : 0;
    mixture.waiting += drawn.network.capacity > 0 ? 1 : 0;
    mixture.with_cuts += drawn.network.partitions > 0 ? 1 : 0;
    mixture.with_crashes += drawn.crashes > 0 ? 1 : 0;
    mixture.with_boundary += expected.outside > 0 ? 1 : 0;
    mixture.reduced += expected.orbits < expected.states ? 1 : 0;
    const ActorSystem system = drawn.system(with_boundary);
    CheckOptions options;
    options.use_symmetry = false;
    options.search.workers = static_cast<unsigned>(1 + seed % 3);
    const SystemReport found = check(system, options);
    compare(found, expected, false, mixture);
    compare_runs(found, drawn, expected, mixture);
    if (drawn.alike.empty())
        return;
    options.use_symmetry = true;
    const SystemReport reduced = check(system, options);
    compare(reduced, expected, true, mixture);
    compare_runs(reduced, drawn, expected, mixture);
}

} // namespace

void compare_random_actors(std::uint64_t first_seed, unsigned systems) {
    Mixture mixture;
    for (std::uint64_t seed = first_seed; mixture.systems < systems; ++seed) {
        REQUIRE(seed < first_seed + 10 * systems);
        compare(seed, mixture);
    }
    MESSAGE(systems, " systems, ", mixture.large, " of at least 100 states, ", mixture.lossy, " lossy, ",
            mixture.duplicating, " duplicating, ", mixture.waiting, " that wait, ", mixture.with_cuts, " with cuts, ",
            mixture.with_crashes, " with crashes, ", mixture.with_boundary, " with states outside, ", mixture.reduced,
            " with symmetry; holds ", mixture.verdicts[0], ", violated ", mixture.verdicts[1], ", reached ",
            mixture.verdicts[2], ", not reached ", mixture.verdicts[3], "; ", mixture.lassos, " runs that go round, ",
            mixture.fair, " of them with strong fairness; ", mixture.kept, " claims kept by runs that go on");
    CHECK(mixture.large >= systems / 10);
    const unsigned enough = systems / 20;
    for (const unsigned kind :
         {mixture.lossy, mixture.duplicating, mixture.waiting, mixture.with_cuts, mixture.with_crashes,
          mixture.with_boundary, mixture.reduced, mixture.lassos, mixture.fair, mixture.kept})
        CHECK(kind >= enough);
    for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::reached, Verdict::not_reached})
        CHECK(mixture.verdicts[static_cast<std::size_t>(verdict)] >= enough);
}

} // namespace mdcd::tests
