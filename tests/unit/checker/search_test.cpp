// The search as its callers see it: counts, verdicts, paths, limits, errors, the observer.
#include "checker/search.hpp"

#include <doctest/doctest.h>

#include "checker/textbook/ring.hpp"
#include "checker/textbook/token.hpp"
#include "checker/textbook/two_phase_commit.hpp"

using namespace mdcd::checker;

TEST_CASE("counts of the textbook models") {
    CHECK(search(textbook::TwoPhaseCommit(3)).distinct_states == 288);
    CHECK(search(textbook::TwoPhaseCommit(5)).distinct_states == 8832);
    CHECK(search(textbook::Token()).transitions == 4);
}
