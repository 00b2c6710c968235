// The fast search against the reference search, on systems drawn at random: same counts, same verdicts,
// equally long paths, and paths that the model can really take, with any number of workers.
#include <doctest/doctest.h>

#include "tests/differential/comparison.hpp"
#include "tests/differential/random_model.hpp"

using namespace mdcd::checker;
using namespace mdcd::tests;

TEST_CASE("two hundred random systems") {
    constexpr Sizes sizes{.states_min = 1, .states_max = 3000};
    Mixture mixture;
    for (std::uint64_t seed = 1; mixture.models < 200; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 5000);
        if (seed % 2 == 0)
            compare(RandomModel(seed, true), sizes, mixture);
        else
            compare(RandomModelWithFinals(seed, true), sizes, mixture);
    }
    MESSAGE("200 models, ", mixture.large, " of at least 200 states, ", mixture.with_dead_ends, " with dead ends, ",
            mixture.with_deadlocks, " with deadlocks; holds ", mixture.verdicts[0], ", violated ", mixture.verdicts[1],
            ", reached ", mixture.verdicts[2], ", not reached ", mixture.verdicts[3]);
    CHECK(mixture.large >= 50);
    CHECK(mixture.with_dead_ends >= 10);
    CHECK(mixture.with_deadlocks >= 3);
    CHECK(mixture.asleep >= 10000);
    for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::reached, Verdict::not_reached})
        CHECK(mixture.verdicts[static_cast<std::size_t>(verdict)] >= 50);
}

TEST_CASE("sets, messages that stay, waiting for what is sent, and boundaries: two hundred more") {
    constexpr Sizes sizes{.states_min = 1, .states_max = 3000};
    Mixture mixture;
    for (std::uint64_t seed = 1; mixture.models < 200; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 5000);
        if (seed % 3 == 0)
            compare(RandomModelWithBoundary(seed), sizes, mixture);
        else
            compare(RandomModelWithFinals(seed, true, true), sizes, mixture);
    }
    MESSAGE("200 models, ", mixture.large, " of at least 200 states, ", mixture.with_boundary, " with states outside, ",
            mixture.with_deadlocks, " with deadlocks");
    CHECK(mixture.large >= 50);
    CHECK(mixture.with_boundary >= 30);
    CHECK(mixture.with_deadlocks >= 3);
    CHECK(mixture.asleep >= 10000);
    for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::reached, Verdict::not_reached})
        CHECK(mixture.verdicts[static_cast<std::size_t>(verdict)] >= 50);
}

// A label that says too much of a firing loses states here (engine/sleep.cpp, label_of).
TEST_CASE("two hundred systems whose steps rarely change what they otherwise leave alone") {
    constexpr Sizes sizes{.states_min = 50, .states_max = 3000};
    Mixture mixture;
    for (std::uint64_t seed = 1; mixture.models < 200; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 5000);
        compare(RandomModelWithRareWrites(seed), sizes, mixture);
    }
    MESSAGE("200 models, ", mixture.large, " of at least 200 states, ", mixture.asleep, " edges spared");
    CHECK(mixture.large >= 50);
    CHECK(mixture.asleep >= 10000);
}

TEST_CASE("where a send exceeds a capacity, both say so, and nothing holds") {
    unsigned overflowing = 0;
    for (std::uint64_t seed = 1; overflowing < 50; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 5000);
        const RandomModel model(seed, false);
        const Report plain = plain_search(model, {.states_max = 3000});
        if (plain.exhaustive || !plain.limit.empty())
            continue;
        ++overflowing;
        for (const unsigned workers : {1U, 2U, 3U}) {
            CAPTURE(workers);
            const Report fast = search(model, with_workers(workers));
            CHECK_FALSE(fast.exhaustive);
            bool failed = fast.verdicts.empty();
            for (std::size_t property = 0; property < fast.verdicts.size(); ++property) {
                const PropertyVerdict& verdict = fast.verdicts[property];
                CHECK(verdict.verdict != Verdict::holds);
                CHECK(verdict.verdict != Verdict::not_reached);
                CHECK(verdict.verdict != Verdict::inconclusive);
                if (verdict.verdict != Verdict::error) {
                    check_path(model, verdict, property);
                    continue;
                }
                failed = true;
                const GlobalState last = states_along(model, verdict.path.value()).back();
                const auto run_on = [&] {
                    for (const Enabled& each : enabled(model, last))
                        static_cast<void>(apply(model, last, each.firing, each.outcome));
                };
                CHECK_THROWS_AS(run_on(), ModelError);
                // What is settled in the level of the error may be settled before it or not at all.
                if (plain.verdicts[property].verdict == Verdict::error)
                    CHECK(verdict.path->firings.size() == plain.verdicts[property].path.value().firings.size());
            }
            CHECK(failed);
        }
    }
}
