// The textbook models at the sizes that other checkers were run at: the same numbers of states and of
// transitions as SPIN, Murphi and TLC report, with one worker and with several.
#include <doctest/doctest.h>

#include "checker/search.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"

using namespace mdcd::checker;

namespace {

struct Counts {
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth = 0;
};

template <Model M> void check_counts(const M& model, unsigned workers, const Counts& expected) {
    CAPTURE(workers);
    SearchOptions options;
    options.workers = workers;
    const Report report = search(model, options);
    CHECK(report.exhaustive);
    CHECK(report.distinct_states == expected.states);
    CHECK(report.transitions == expected.transitions);
    CHECK(report.depth == expected.depth);
    for (const PropertyVerdict& verdict : report.verdicts)
        CHECK((verdict.verdict == Verdict::holds || verdict.verdict == Verdict::reached));
}

} // namespace

TEST_CASE("two-phase commit with eight and nine resource managers") {
    for (const unsigned workers : {1U, 2U})
        check_counts(textbook::TwoPhaseCommit(8), workers, {1'745'408, 18'507'777, 25});
    check_counts(textbook::TwoPhaseCommit(9), 2, {10'340'352, 123'558'401, 28});
}

TEST_CASE("a ring of eleven") {
    for (const unsigned workers : {1U, 2U})
        check_counts(textbook::Ring(11), workers, {5'426'882, 30'037'877, 54});
}
