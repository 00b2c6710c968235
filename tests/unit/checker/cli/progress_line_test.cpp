// The progress line is never wider than the terminal, and says first what matters most.
// Knows no terminal.
#include "checker/cli/progress_line.hpp"

#include <doctest/doctest.h>

namespace mdcd::checker::cli {
namespace {

Progress large() {
    Progress at;
    at.seconds = 12345;
    at.distinct = 195'880'363;
    at.depth = 24;
    at.frontier = 12'345'678;
    at.states_per_second = 1'070'000;
    at.memory_bytes = 4'800'000'000;
    at.table_load = 0.5;
    at.memo_hit_rate = 0.9999;
    return at;
}

} // namespace

TEST_CASE("the line fits into any terminal") {
    for (std::size_t width = 1; width <= 200; ++width)
        CHECK(progress_text(large(), width).size() <= width);
    CHECK(progress_text(large(), 39) == "12345 s  195,880,363 states  depth 24");
    CHECK(progress_text(large(), 0).ends_with("memo 99.99 %"));
    CHECK(progress_text(large(), 0).size() > 79);
}

TEST_CASE("nothing is shown where nobody asked") {
    CHECK(!progress_line("off"));
    CHECK(!decision_line("off"));
    CHECK(progress_line("on"));
    CHECK(decision_line("on"));
}

} // namespace mdcd::checker::cli
