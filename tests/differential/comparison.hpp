// Comparing the fast search with the reference search on one model: same counts, same verdicts, equally
// long paths, and paths that the model can really take, with any number of workers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include "checker/minimize.hpp"
#include "checker/plain_search.hpp"
#include "checker/search.hpp"

namespace mdcd::tests {

// Models of other sizes are passed over.
struct Sizes {
    std::uint64_t states_min = 1;
    std::uint64_t states_max = 0;
};

// What the models compared have in them: the comparison should not be one of trivial cases.
struct Mixture {
    unsigned models = 0;
    unsigned large = 0; // of 200 states and more
    unsigned with_dead_ends = 0;
    unsigned with_deadlocks = 0;
    unsigned with_boundary = 0;
    std::uint64_t asleep = 0; // edges that sleep sets spare
    unsigned verdicts[6] = {};
};

inline checker::SearchOptions with_workers(unsigned workers) {
    checker::SearchOptions options;
    options.workers = workers;
    return options;
}

template <checker::Model M>
void check_path(const M& model, const checker::PropertyVerdict& verdict, std::size_t property) {
    const std::vector<checker::GlobalState> states = checker::states_along(model, verdict.path.value());
    for (std::size_t at = 0; at < states.size(); ++at)
        CHECK(checker::settles(model, states[at], property) == (at + 1 == states.size()));
}

template <checker::Model M> void check_same(const M& model, const checker::Report& plain, const checker::Report& fast) {
    CHECK(fast.exhaustive);
    CHECK(fast.limit.empty());
    CHECK(fast.distinct_states == plain.distinct_states);
    CHECK(fast.transitions == plain.transitions);
    CHECK(fast.depth == plain.depth);
    CHECK(fast.dead_ends == plain.dead_ends);
    CHECK(fast.outside == plain.outside);
    CHECK(fast.coverage == plain.coverage);
    REQUIRE(fast.verdicts.size() == plain.verdicts.size());
    for (std::size_t property = 0; property < plain.verdicts.size(); ++property) {
        const checker::PropertyVerdict& expected = plain.verdicts[property];
        const checker::PropertyVerdict& found = fast.verdicts[property];
        CHECK(found.property == expected.property);
        CHECK(found.verdict == expected.verdict);
        REQUIRE(found.path.has_value() == expected.path.has_value());
        if (found.path) {
            CHECK(found.path->firings.size() == expected.path->firings.size());
            check_path(model, found, property);
        }
    }
}

// With one, two and three workers, and with every edge followed.
template <checker::Model M> void compare(const M& model, const Sizes& sizes, Mixture& mixture) {
    const checker::Report plain = checker::plain_search(model, {.states_max = sizes.states_max});
    if (!plain.exhaustive || plain.distinct_states < sizes.states_min)
        return;
    ++mixture.models;
    mixture.large += plain.distinct_states >= 200 ? 1 : 0;
    mixture.with_dead_ends += plain.dead_ends > 0 ? 1 : 0;
    mixture.with_boundary += plain.outside > 0 ? 1 : 0;
    for (std::size_t property = 0; property < plain.verdicts.size(); ++property) {
        ++mixture.verdicts[static_cast<std::size_t>(plain.verdicts[property].verdict)];
        if (plain.verdicts[property].path)
            check_path(model, plain.verdicts[property], property);
    }
    if (plain.verdicts.size() > std::span<const checker::Property>(model.properties()).size())
        mixture.with_deadlocks += plain.verdicts.back().verdict == checker::Verdict::violated ? 1 : 0;
    checker::Report first;
    for (const unsigned workers : {1U, 2U, 3U}) {
        CAPTURE(workers);
        const checker::Report fast = checker::search(model, with_workers(workers));
        check_same(model, plain, fast);
        if (workers == 1)
            first = fast;
        CHECK(fast.followed == first.followed);
        for (std::size_t property = 0; property < first.verdicts.size(); ++property)
            if (first.verdicts[property].path) {
                CHECK(fast.verdicts[property].path->initial == first.verdicts[property].path->initial);
                CHECK(fast.verdicts[property].path->firings == first.verdicts[property].path->firings);
            }
    }
    checker::SearchOptions every_edge;
    every_edge.use_sleep_sets = false;
    const checker::Report all = checker::search(model, every_edge);
    check_same(model, plain, all);
    CHECK(all.followed <= all.transitions);
    CHECK(first.followed <= all.followed);
    mixture.asleep += all.followed - first.followed;
}

} // namespace mdcd::tests
