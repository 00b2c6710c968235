// Upgrades by links while a session breaks and a seat crashes, explored to the end: every claim holds, and what stands
// in a quiet state is the very same, to the last field, as where nothing breaks. So scopes without faults stand for
// those with them.
#include "tests/differential/upgrade/upgrade_checks.hpp"

using namespace mdcd::tests::upgrade;

namespace {

// Of each state in which nothing is under way: all of every seat, and what the world has seen of it.
std::set<std::string> quiet_states(const Scope& scope) {
    std::set<std::string> all;
    mdcd::checker::actors::ActorSystem system;
    add_seats(system, scope);
    system.always("looked_at", [&](const mdcd::checker::actors::SystemState& state) {
        const View view(state, scope.seats);
        if (view.is_quiet()) {
            std::string seats;
            for (const SeatId seat : view.all())
                seats += mdcd::checker::actors::encode(view.at(seat));
            all.insert(seats);
        }
        return true;
    });
    CHECK(mdcd::checker::actors::check(system).search.exhaustive);
    return all;
}

Scope without_faults(Scope scope) {
    scope.crashes = 0;
    scope.breaks_session = false;
    return scope;
}

} // namespace

TEST_CASE("a session breaks and a seat crashes: every claim holds, and every fault has happened") {
    Together together;
    check_scope(scope_named("link_begin"), {100214, 326037, 24}, together);
    const auto report = explore(scope_named("link_begin").scope, 2);
    const auto times = [&](const char* fault) {
        const auto found = std::ranges::find(report.coverage_points, fault);
        REQUIRE(found != report.coverage_points.end());
        return report.search.coverage[static_cast<std::size_t>(found - report.coverage_points.begin())];
    };
    for (const char* const fault : {"gone_with_its_session", "arrived_before", "sent_again"}) {
        CAPTURE(fault);
        CHECK(times(fault) > 0);
    }
    CHECK(std::ranges::find(report.coverage_points, "forgotten") == report.coverage_points.end());
}

TEST_CASE("quiet states with crashes and broken sessions are those without") {
    for (const char* const name : {"crash_actives", "crash_again", "crash_commit", "link_begin"}) {
        CAPTURE(name);
        const Scope scope = scope_named(name).scope;
        const std::set<std::string> with = quiet_states(scope);
        const std::set<std::string> without = quiet_states(without_faults(scope));
        CHECK(with == without);
        CHECK(without.size() >= 4);
    }
}

TEST_CASE("what is stored too late is seen in quiet states, too") {
    Scope scope = scope_named("crash_commit").scope;
    scope.durability = mdcd::impl::Durability::after_send;
    CHECK(quiet_states(scope) != quiet_states(without_faults(scope)));
}
