// A search on ranks that are threads, and what is to be equal to a search of one process.
// Systems are drawn at random by their number.
#pragma once

#include <doctest/doctest.h>

#include <vector>

#include "checker/distributed/search.hpp"
#include "tests/differential/random_model.hpp"
#include "tests/support/thread_world.hpp"

namespace mdcd::tests {

inline void expect_equal(const checker::Report& one, const checker::Report& several) {
    CHECK(several.exhaustive == one.exhaustive);
    CHECK(several.limit == one.limit);
    CHECK(several.distinct_states == one.distinct_states);
    CHECK(several.transitions == one.transitions);
    CHECK(several.followed == one.followed);
    CHECK(several.depth == one.depth);
    CHECK(several.dead_ends == one.dead_ends);
    CHECK(several.outside == one.outside);
    CHECK(several.coverage == one.coverage);
    REQUIRE(several.verdicts.size() == one.verdicts.size());
    const auto expect_same_path = [](const checker::Path& a, const checker::Path& b) {
        CHECK(a.initial == b.initial);
        CHECK(a.firings == b.firings);
    };
    for (std::size_t property = 0; property < one.verdicts.size(); ++property) {
        const checker::PropertyVerdict& expected = one.verdicts[property];
        const checker::PropertyVerdict& found = several.verdicts[property];
        CHECK(found.property == expected.property);
        CHECK(found.verdict == expected.verdict);
        CHECK(found.reason == expected.reason);
        REQUIRE(found.path.has_value() == expected.path.has_value());
        if (found.path)
            expect_same_path(*found.path, *expected.path);
        REQUIRE(found.more.size() == expected.more.size());
        for (std::size_t i = 0; i < found.more.size(); ++i)
            expect_same_path(found.more[i], expected.more[i]);
    }
}

// The report of each rank.
template <checker::Model M>
std::vector<checker::Report> search_on(unsigned ranks, const M& model, const checker::SearchOptions& options) {
    ThreadWorlds worlds(ranks);
    std::vector<checker::Report> reports(ranks);
    worlds.run([&](checker::distributed::World& world) {
        reports[world.rank()] = checker::distributed::search(model, world, options);
    });
    return reports;
}

// Shows a system and options for it: with a boundary, with rare writes or with final states; workers, runs for a
// property and sleep sets by its number, too.
template <class Visit> void visit_random_system(std::uint64_t seed, Visit visit) {
    checker::SearchOptions options;
    options.workers = seed % 3 == 0 ? 2 : 1;
    options.paths_max = seed % 2 == 0 ? 3 : 1;
    options.use_sleep_sets = seed % 5 != 0;
    options.limits.states_max = 3000;
    if (seed % 4 == 0)
        visit(RandomModelWithBoundary(seed), options);
    else if (seed % 4 == 1)
        visit(RandomModelWithRareWrites(seed), options);
    else
        visit(RandomModelWithFinals(seed, true, seed % 4 == 2), options);
}

} // namespace mdcd::tests
