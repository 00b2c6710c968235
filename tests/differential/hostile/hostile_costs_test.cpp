// What the parts of the line of defence cost: checkpoints and log entries that are kept, and how far a recovery would
// roll back, over all states before a recovery. The table of docs/trust.md.
#include "tests/differential/hostile/hostile_checks.hpp"
#include "tests/differential/hostile/hostile_costs.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::hostile;

namespace {

// States times processes; then of checkpoints, log entries and distance the mean in thousandths, and the largest.
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
    CHECK(cost(scope, [](Scope& each) { each = undefended(each, repaired_vector()); }) == "");
    CHECK(cost(scope, [](Scope&) {}) == "");
    CHECK(cost(scope, [](Scope& each) { each.boundary.boundary_checkpoint = BoundaryCheckpoint::by_confidence; }) ==
          "");
    CHECK(cost(scope, [](Scope& each) { each.boundary.low_tests = LowTests::prove; }) == "");
    CHECK(cost(scope, [](Scope& each) { each.boundary.detector = Detector::none; }) == "");
    CHECK(cost(scope, [](Scope& each) { each.boundary.assertion = Assertion::none; }) == "");
}

TEST_CASE("costs: p=1 q=2") {
    const Scope scope = cost_one_two();
    CHECK(cost(scope, [](Scope& each) { each = undefended(each, repaired_vector()); }) == "");
    CHECK(cost(scope, [](Scope&) {}) == "");
    CHECK(cost(scope, [](Scope& each) { each.boundary.boundary_checkpoint = BoundaryCheckpoint::by_confidence; }) ==
          "");
    CHECK(cost(scope, [](Scope& each) { each.boundary.low_tests = LowTests::prove; }) == "");
    CHECK(cost(scope, [](Scope& each) { each.boundary.detector = Detector::none; }) == "");
    CHECK(cost(scope, [](Scope& each) { each.boundary.assertion = Assertion::none; }) == "");
}
