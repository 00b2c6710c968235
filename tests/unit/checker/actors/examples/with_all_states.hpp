// A system checked without symmetry, and once more by the plain search: the same counts and verdicts.
// Knows no example.
#pragma once

#include <doctest/doctest.h>

#include "checker/actors/check.hpp"
#include "checker/actors/compile.hpp"
#include "checker/plain_search.hpp"

namespace mdcd::tests {

inline checker::actors::SystemReport with_all_states(const checker::actors::ActorSystem& system) {
    checker::actors::CheckOptions options;
    options.use_symmetry = false;
    const checker::actors::SystemReport report = check(system, options);
    const checker::Report plain = checker::plain_search(*report.model->model);
    CHECK(report.search.exhaustive);
    CHECK(report.search.distinct_states == plain.distinct_states);
    CHECK(report.search.transitions == plain.transitions);
    CHECK(report.search.depth == plain.depth);
    for (std::size_t i = 0; i < plain.verdicts.size(); ++i)
        CHECK(report.search.verdicts[i].verdict == plain.verdicts[i].verdict);
    return report;
}

} // namespace mdcd::tests
