// The fast search against the reference search, on systems drawn at random: same counts, same verdicts,
// equally long paths, and paths that the model can really take, with any number of workers.
#include "checker/search.hpp"

#include <doctest/doctest.h>

#include "checker/minimize.hpp"
#include "checker/plain_search.hpp"
#include "tests/differential/random_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::RandomModel;
using mdcd::tests::RandomModelWithFinals;

namespace {

constexpr std::uint64_t states_max = 3000;

// What the models drawn have in them, so that the comparison is not one of trivial cases.
struct Mixture {
    unsigned models = 0;
    unsigned large = 0; // of 200 states and more
    unsigned with_dead_ends = 0;
    unsigned with_deadlocks = 0;
    unsigned verdicts[6] = {};
};

SearchOptions with_workers(unsigned workers) {
    SearchOptions options;
    options.workers = workers;
    return options;
}

template <Model M> void check_path(const M& model, const PropertyVerdict& verdict, std::size_t property) {
    const std::vector<GlobalState> states = states_along(model, verdict.path.value());
    for (std::size_t at = 0; at < states.size(); ++at)
        CHECK(settles(model, states[at], property) == (at + 1 == states.size()));
}

template <Model M> void check_same(const M& model, const Report& plain, const Report& fast) {
    CHECK(fast.exhaustive);
    CHECK(fast.limit.empty());
    CHECK(fast.distinct_states == plain.distinct_states);
    CHECK(fast.transitions == plain.transitions);
    CHECK(fast.depth == plain.depth);
    CHECK(fast.dead_ends == plain.dead_ends);
    CHECK(fast.coverage == plain.coverage);
    REQUIRE(fast.verdicts.size() == plain.verdicts.size());
    for (std::size_t property = 0; property < plain.verdicts.size(); ++property) {
        const PropertyVerdict& expected = plain.verdicts[property];
        const PropertyVerdict& found = fast.verdicts[property];
        CHECK(found.property == expected.property);
        CHECK(found.verdict == expected.verdict);
        REQUIRE(found.path.has_value() == expected.path.has_value());
        if (found.path) {
            CHECK(found.path->firings.size() == expected.path->firings.size());
            check_path(model, found, property);
        }
    }
}

template <Model M> void compare(const M& model, Mixture& mixture) {
    const Report plain = plain_search(model, {.states_max = states_max});
    if (!plain.exhaustive)
        return;
    ++mixture.models;
    mixture.large += plain.distinct_states >= 200 ? 1 : 0;
    mixture.with_dead_ends += plain.dead_ends > 0 ? 1 : 0;
    for (std::size_t property = 0; property < plain.verdicts.size(); ++property) {
        ++mixture.verdicts[static_cast<std::size_t>(plain.verdicts[property].verdict)];
        if (plain.verdicts[property].path)
            check_path(model, plain.verdicts[property], property);
    }
    if (plain.verdicts.size() > std::span<const Property>(model.properties()).size())
        mixture.with_deadlocks += plain.verdicts.back().verdict == Verdict::violated ? 1 : 0;
    Report first;
    for (const unsigned workers : {1U, 2U, 3U}) {
        CAPTURE(workers);
        const Report fast = search(model, with_workers(workers));
        check_same(model, plain, fast);
        if (workers == 1)
            first = fast;
        for (std::size_t property = 0; property < first.verdicts.size(); ++property)
            if (first.verdicts[property].path) {
                CHECK(fast.verdicts[property].path->initial == first.verdicts[property].path->initial);
                CHECK(fast.verdicts[property].path->firings == first.verdicts[property].path->firings);
            }
    }
}

} // namespace

TEST_CASE("two hundred random systems") {
    Mixture mixture;
    for (std::uint64_t seed = 1; mixture.models < 200; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 5000);
        if (seed % 2 == 0)
            compare(RandomModel(seed, true), mixture);
        else
            compare(RandomModelWithFinals(seed, true), mixture);
    }
    MESSAGE("200 models, ", mixture.large, " of at least 200 states, ", mixture.with_dead_ends, " with dead ends, ",
            mixture.with_deadlocks, " with deadlocks; holds ", mixture.verdicts[0], ", violated ", mixture.verdicts[1],
            ", reached ", mixture.verdicts[2], ", not reached ", mixture.verdicts[3]);
    CHECK(mixture.large >= 50);
    CHECK(mixture.with_dead_ends >= 10);
    CHECK(mixture.with_deadlocks >= 3);
    for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::reached, Verdict::not_reached})
        CHECK(mixture.verdicts[static_cast<std::size_t>(verdict)] >= 50);
}

TEST_CASE("where a send exceeds a capacity, both say so, and nothing holds") {
    unsigned overflowing = 0;
    for (std::uint64_t seed = 1; overflowing < 50; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 5000);
        const RandomModel model(seed, false);
        const Report plain = plain_search(model, {.states_max = states_max});
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
