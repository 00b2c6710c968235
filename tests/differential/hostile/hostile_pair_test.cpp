// `undisturbed`, by self-composition: two copies of a system whose hostile clusters say different things and claim
// different things are the same after recovery. A leak that no other claim sees is found by it.
#include "model/hostile/hostile_pair.hpp"
#include "tests/differential/hostile/hostile_checks.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::hostile;

namespace {

mdcd::checker::actors::SystemReport explore_pair(const Scope& scope) {
    mdcd::checker::actors::CheckOptions options;
    options.search.workers = 2;
    return mdcd::checker::actors::check(pair_system_of(scope), options);
}

Scope two_headers() {
    return scope_named("copies_headers").scope;
}

template <class Change> std::string disturbed(Change change) {
    Scope scope = two_headers();
    change(scope.boundary);
    return violations(explore_pair(scope));
}

} // namespace

TEST_CASE("what the cluster said beyond V makes no difference after recovery") {
    std::set<std::string> reached;
    const auto check = [&](const char* name, const Pinned& pinned) {
        const auto report = explore_pair(scope_named(name).scope);
        check_counts(report, pinned);
        CHECK(not_reached(report) == named_out_of_reach(name));
        for (const auto& each : report.claims)
            if (each.verdict == mdcd::checker::Verdict::reached)
                reached.insert(each.claim);
    };
    check("copies_headers", {63196, 197467, 16});
    check("copies_everything", {11916, 37233, 11});
    check("copies_two_actives", {273614, 925574, 24});
    check("copies_two_components", {34590, 117295, 19});
    CHECK(reached.size() == 5); // every twin
}

TEST_CASE("a seeded leak: what was overruled is kept for the operator") {
    Scope scope = two_headers();
    scope.boundary.overruled_claim = OverruledClaim::kept;
    CHECK(broken(explore(scope, 2)) == ""); // no other claim sees it
    CHECK(violations(explore_pair(scope)) == "undisturbed 5");
}

TEST_CASE("parts of the defence that are taken away let through more than they should") {
    CHECK(disturbed([](BoundaryRules& rules) { rules.boundary_stamp = BoundaryStamp::as_claimed; }) ==
          "undisturbed 3, undisturbed_while_clean 2, same_steps 3");
    CHECK(disturbed([](BoundaryRules& rules) { rules.boundary_stamp = BoundaryStamp::at_least_claimed; }) ==
          "undisturbed 7, undisturbed_while_clean 3, same_steps 11");
    CHECK(disturbed([](BoundaryRules& rules) { rules.boundary_checkpoint = BoundaryCheckpoint::none; }) ==
          "undisturbed 6, undisturbed_while_clean 2");
}
