// Comparing a search that leaves out states with the reference search on one random system: same verdicts, same number
// of dead ends, the same coverage points passed; real runs; and with several workers all as with one.
#pragma once

#include <array>

#include <doctest/doctest.h>

#include "tests/differential/comparison.hpp"
#include "tests/differential/random_reads.hpp"

namespace mdcd::tests {

inline checker::SearchOptions reduced(unsigned workers) {
    checker::SearchOptions options = with_workers(workers);
    options.reduce_states = true;
    return options;
}

struct ReductionTally {
    unsigned models = 0;
    unsigned smaller = 0; // of fewer states with reduction
    unsigned longer = 0;  // paths that are not shortest
    unsigned with_deadlocks = 0;
    std::uint64_t states = 0;
    std::uint64_t left = 0; // of them
    unsigned verdicts[6] = {};
};

inline bool says_the_same(const checker::Report& plain, const checker::Report& fast) {
    bool same = fast.exhaustive && fast.dead_ends == plain.dead_ends;
    for (std::size_t property = 0; property < plain.verdicts.size(); ++property)
        same = same && fast.verdicts[property].verdict == plain.verdicts[property].verdict;
    for (std::size_t point = 0; point < plain.coverage.size(); ++point)
        same = same && (fast.coverage[point] > 0) == (plain.coverage[point] > 0);
    return same;
}

inline void check_same_run(const checker::Report& some, const checker::Report& other) {
    CHECK(some.distinct_states == other.distinct_states);
    CHECK(some.transitions == other.transitions);
    CHECK(some.followed == other.followed);
    CHECK(some.depth == other.depth);
    CHECK(some.coverage == other.coverage);
    for (std::size_t property = 0; property < some.verdicts.size(); ++property)
        if (some.verdicts[property].path) {
            CHECK(other.verdicts[property].path->initial == some.verdicts[property].path->initial);
            CHECK(other.verdicts[property].path->firings == some.verdicts[property].path->firings);
        }
}

inline void compare_reduced(const RandomModelWithReads& model, ReductionTally& compared) {
    const checker::Report plain = checker::plain_search(model, {.states_max = 3000});
    if (!plain.exhaustive)
        return;
    ++compared.models;
    const checker::Report fast = checker::search(model, reduced(1));
    CHECK(fast.reduced);
    CHECK(says_the_same(plain, fast));
    CHECK(fast.distinct_states <= plain.distinct_states);
    compared.smaller += fast.distinct_states < plain.distinct_states ? 1 : 0;
    compared.states += plain.distinct_states;
    compared.left += fast.distinct_states;
    compared.with_deadlocks += plain.verdicts.back().verdict == checker::Verdict::violated ? 1 : 0;
    for (std::size_t property = 0; property < plain.verdicts.size(); ++property) {
        ++compared.verdicts[static_cast<std::size_t>(plain.verdicts[property].verdict)];
        const checker::PropertyVerdict& found = fast.verdicts[property];
        if (!found.path || !plain.verdicts[property].path)
            continue;
        check_path(model, found, property);
        const std::size_t shortest = plain.verdicts[property].path->firings.size();
        CHECK(found.path->firings.size() >= shortest);
        compared.longer += found.path->firings.size() > shortest ? 1 : 0;
    }
    check_same_run(fast, checker::search(model, reduced(2 + compared.models % 2)));
}

inline RandomModelWithReads drawn(std::uint64_t seed, bool careful = true) {
    constexpr std::array kinds = {Drawn::plain, Drawn::varied, Drawn::with_rare_writes};
    return {seed, kinds[seed % 3], seed / 3 % 2 == 0, careful};
}

// Compares so many, from a seed on.
inline ReductionTally compare_reduced_from(std::uint64_t seed, unsigned models) {
    ReductionTally compared;
    for (const std::uint64_t end = seed + 20 * models; compared.models < models; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < end);
        compare_reduced(drawn(seed), compared);
    }
    MESSAGE(compared.smaller, " of ", compared.models, " models have fewer states, ", compared.left, " of ",
            compared.states, " in all; ", compared.longer, " paths are longer; ", compared.with_deadlocks,
            " with deadlocks; holds ", compared.verdicts[0], ", violated ", compared.verdicts[1], ", reached ",
            compared.verdicts[2], ", not reached ", compared.verdicts[3]);
    return compared;
}

} // namespace mdcd::tests
