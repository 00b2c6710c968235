// What the parts of the line of defence cost: checkpoints and log entries that are kept, and how far a recovery would
// roll back, over all states before a recovery. The table of docs/trust.md.
#include "tests/differential/hostile/hostile_checks.hpp"
#include "tests/differential/hostile/hostile_costs.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::hostile;

namespace {

// States of those processes, times processes; then of checkpoints, log entries and distance the mean in thousandths,
// and the largest.
template <class Change> std::string cost(Scope scope, Change change) {
    change(scope);
    const Costs costs = costs_of(scope);
    const auto text = [&](const Amount& amount) {
        return std::to_string((amount.total * 1000 + costs.processes / 2) / costs.processes) + " " +
               std::to_string(amount.largest);
    };
    return std::to_string(costs.processes) + ": " + text(costs.checkpoints) + ", " + text(costs.log_entries) + ", " +
           text(costs.distance);
}

// New versions also say that they have passed tests, rightly and not.
Scope cost_one_one() {
    return with_words(scope_of({"111d"}, {"dad"}, {.tests = true}), 3, 2);
}
Scope cost_one_two() {
    return with_words(scope_of({"12"}, {"2d", "d"}, {.tests = true}), 2, 2);
}

} // namespace

TEST_CASE("costs: p=1 q=1") {
    const Scope scope = cost_one_one();
    CHECK(cost(scope, [](Scope& each) { each = undefended(each, repaired_vector()); }) ==
          "38580: 435 3, 1460 5, 398 8");
    CHECK(cost(scope, [](Scope&) {}) == "8464: 882 3, 1970 5, 1228 7");
    CHECK(cost(scope, [](Scope& each) { each.boundary.boundary_checkpoint = BoundaryCheckpoint::by_confidence; }) ==
          "8132: 567 1, 1961 5, 1208 7");
    CHECK(cost(scope, [](Scope& each) { each.boundary.low_tests = LowTests::prove; }) == "39536: 510 3, 1606 5, 687 7");
    CHECK(cost(scope, [](Scope& each) { each.boundary.detector = Detector::none; }) == "17518: 1096 3, 2203 5, 1627 8");
    CHECK(cost(scope, [](Scope& each) { each.boundary.assertion = Assertion::none; }) ==
          "14026: 765 3, 1853 5, 1084 7");
}

TEST_CASE("costs: p=1 q=2") {
    const Scope scope = cost_one_two();
    CHECK(cost(scope, [](Scope& each) { each = undefended(each, repaired_vector()); }) == "23472: 234 2, 560 3, 161 3");
    CHECK(cost(scope, [](Scope&) {}) == "8787: 405 2, 761 3, 438 3");
    CHECK(cost(scope, [](Scope& each) { each.boundary.boundary_checkpoint = BoundaryCheckpoint::by_confidence; }) ==
          "8787: 372 2, 761 3, 438 3");
    CHECK(cost(scope, [](Scope& each) { each.boundary.low_tests = LowTests::prove; }) == "22209: 248 2, 595 3, 264 3");
    CHECK(cost(scope, [](Scope& each) { each.boundary.detector = Detector::none; }) == "15675: 468 2, 836 3, 523 3");
    CHECK(cost(scope, [](Scope& each) { each.boundary.assertion = Assertion::none; }) == "12675: 336 2, 688 3, 362 3");
}
