// The native shortcuts (the hardest hypothesis, the latest line) against trying every choice, and each way in which a
// claim can fail, by hand.
#include "model/claims/predicates.hpp"

#include <doctest/doctest.h>

#include "model/claims/properties.hpp"
#include "tests/support/random_view.hpp"

using namespace mdcd;
using namespace mdcd::model;
using mdcd::tests::RandomView;
using mdcd::tests::violated_by_some_choice;

namespace {

// One shadow and one active process that depend on nothing and have received nothing.
struct Quiet {
    Quiet() {
        view.process_count = 2;
        for (unsigned process = 0; process < 2; ++process) {
            view.processes[process].candidates = &candidates[process];
            view.processes[process].clean = true;
        }
    }
    View view;
    std::array<std::vector<Candidate>, 2> candidates{std::vector<Candidate>(1), std::vector<Candidate>(1)};
};

constexpr MessageSet first_of_cluster = 1;
constexpr MessageSet first_of_active = MessageSet{1} << cluster_bit_count;

bool unrecoverable(const View& view) {
    return violated_by_some_choice(PropertyId::recoverability, view);
}

} // namespace

TEST_CASE("the hardest hypothesis decides for all") {
    Native logic;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        const RandomView random(seed);
        const auto hardest = hardest_hypothesis(random.view);
        CAPTURE(seed);
        CHECK(violates_containment(logic, random.view, hardest) ==
              violated_by_some_choice(PropertyId::containment, random.view));
        CHECK(violates_recoverability(logic, random.view, hardest) ==
              violated_by_some_choice(PropertyId::recoverability, random.view));
        CHECK(violates_no_cascading_rollback(logic, random.view, hardest) ==
              violated_by_some_choice(PropertyId::no_cascading_rollback, random.view));
    }
}

TEST_CASE("containment fails for a clean process that depends on an unvalidated message, and for no other") {
    Quiet quiet;
    CHECK_FALSE(violated_by_some_choice(PropertyId::containment, quiet.view));
    quiet.view.processes[1].depends = {2};
    CHECK(violated_by_some_choice(PropertyId::containment, quiet.view));
    quiet.view.processes[1].clean = false;
    CHECK_FALSE(violated_by_some_choice(PropertyId::containment, quiet.view));
    quiet.view.processes[1].clean = true;
    quiet.view.validated = {1};
    CHECK(violated_by_some_choice(PropertyId::containment, quiet.view));
    quiet.view.validated = {2};
    CHECK_FALSE(violated_by_some_choice(PropertyId::containment, quiet.view));
}

TEST_CASE("recoverability: each way to fail") {
    Quiet quiet;
    View& view = quiet.view;
    CHECK_FALSE(unrecoverable(view));
    SUBCASE("an error in a process") {
        view.processes[0].recovered_depends = {1};
        CHECK(unrecoverable(view));
        view.validated = {1};
        CHECK_FALSE(unrecoverable(view));
    }
    SUBCASE("an error that is still to be delivered") {
        view.surviving_depends = {1};
        CHECK(unrecoverable(view));
        view.surviving_depends = {};
        view.resent_depends = {1};
        CHECK(unrecoverable(view));
    }
    SUBCASE("an orphan") {
        view.received_active = first_of_active;
        CHECK(unrecoverable(view));
        view.active_sent = first_of_active;
        CHECK_FALSE(unrecoverable(view));
    }
    SUBCASE("a lost message of an active process") {
        view.active_sent = first_of_active;
        CHECK(unrecoverable(view));
        view.surviving = first_of_active;
        CHECK_FALSE(unrecoverable(view));
    }
    SUBCASE("a lost message of the cluster, unless a shadow sends it") {
        view.resolved = first_of_cluster;
        CHECK(unrecoverable(view));
        view.resent = first_of_cluster;
        CHECK_FALSE(unrecoverable(view));
        view.resent = 0;
        view.generated_later = first_of_cluster;
        CHECK_FALSE(unrecoverable(view));
    }
    SUBCASE("a duplicate, of any two ways to arrive") {
        view.resolved = first_of_cluster;
        const std::array ways = {&view.received_cluster, &view.surviving, &view.resent, &view.generated_later};
        for (MessageSet* const one : ways) {
            *one = first_of_cluster;
            CHECK_FALSE(unrecoverable(view));
            for (MessageSet* const other : ways) {
                if (one == other)
                    continue;
                *other = first_of_cluster;
                CHECK(unrecoverable(view));
                *other = 0;
            }
            *one = 0;
        }
        view.received_cluster = view.duplicated = first_of_cluster;
        CHECK(unrecoverable(view));
    }
}

TEST_CASE("a cascading rollback is an error or an orphan after the first rollback; a loss is none") {
    Quiet quiet;
    const PropertyId property = PropertyId::no_cascading_rollback;
    quiet.view.active_sent = quiet.view.resolved = first_of_active;
    CHECK_FALSE(violated_by_some_choice(property, quiet.view));
    quiet.view.received_active = first_of_active << 1;
    CHECK(violated_by_some_choice(property, quiet.view));
    quiet.view.received_active = 0;
    quiet.view.processes[1].recovered_depends = {1};
    CHECK(violated_by_some_choice(property, quiet.view));
}

TEST_CASE("a better line is later, consistent and free of what is not validated") {
    Quiet quiet;
    auto& active = quiet.candidates[1];
    const PropertyId property = PropertyId::minimal_rollback;
    active.resize(3);
    quiet.view.processes[1].chosen = 2;
    CHECK_FALSE(violated_by_some_choice(property, quiet.view)); // nothing is later
    quiet.view.processes[1].chosen = 0;
    CHECK(violated_by_some_choice(property, quiet.view));
    active[1].depends = {1};
    active[2].depends = {2};
    CHECK_FALSE(violated_by_some_choice(property, quiet.view)); // nothing later is validated
    quiet.view.validated = {1};
    CHECK(violated_by_some_choice(property, quiet.view));
    active[1].received = first_of_active; // nobody has sent it
    CHECK_FALSE(violated_by_some_choice(property, quiet.view));
    active[1].received = first_of_cluster; // no orphan: it is sent again
    CHECK(violated_by_some_choice(property, quiet.view));
    active[1].received = first_of_active;
    quiet.candidates[0][0].sent = first_of_active;
    CHECK(violated_by_some_choice(property, quiet.view));
}
