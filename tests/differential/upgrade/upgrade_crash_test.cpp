// Upgrades while a seat crashes and comes back from its stable storage, explored to the end. With each step stored
// before anything of it leaves every claim holds as without crashes, and upgrades end in the same ways; otherwise not.
#include "tests/differential/upgrade/upgrade_checks.hpp"

using namespace mdcd::tests::upgrade;
using mdcd::impl::Durability;

namespace {

// The ways in which everything can end, as the endings of its incarnations.
std::string ways_to_end(const Scope& scope) {
    const std::vector<std::vector<Outcome>> ways = {
        {},
        {Outcome::begun},
        {Outcome::unchanged},
        {Outcome::begun, Outcome::committed},
        {Outcome::begun, Outcome::recovered},
        {Outcome::begun, Outcome::recovered, Outcome::begun},
        {Outcome::begun, Outcome::recovered, Outcome::unchanged},
        {Outcome::begun, Outcome::committed, Outcome::begun},
        {Outcome::begun, Outcome::committed, Outcome::recovered},
    };
    mdcd::checker::actors::ActorSystem system = system_of(scope);
    for (std::size_t way = 0; way < ways.size(); ++way)
        system.reachable("way " + std::to_string(way), [&scope, &wanted = ways[way]](const auto& state) {
            const View view(state, scope.seats);
            return view.is_quiet() && view.every([&](SeatId seat) {
                const auto& endings = view.upgrade(seat).endings;
                bool same = endings.size() == wanted.size();
                for (std::size_t i = 0; same && i < wanted.size(); ++i)
                    same = endings[i].outcome == wanted[i];
                return same;
            });
        });
    const auto report = mdcd::checker::actors::check(system);
    std::string reached;
    for (std::size_t way = 0; way < ways.size(); ++way)
        if (report["way " + std::to_string(way)].verdict == mdcd::checker::Verdict::reached)
            reached += std::to_string(way) + " ";
    return reached;
}

std::string violations(Durability durability, const char* name = "crash_commit") {
    Scope scope = scope_named(name).scope;
    scope.durability = durability;
    const auto report = explore(scope);
    CHECK(report.search.exhaustive);
    CHECK(claims_with(report, mdcd::checker::Verdict::error) == "");
    return claims_with(report, mdcd::checker::Verdict::violated);
}

} // namespace

TEST_CASE("a seat crashes and comes back: every claim holds, whoever coordinates") {
    Together together;
    check_scope(scope_named("crash_actives"), {55842, 215911, 39}, together);
    check_scope(scope_named("crash_again"), {23005, 71478, 45}, together);
    check_scope(scope_named("crash_recover"), {4430, 13684, 25}, together);
    check_scope(scope_named("crash_output"), {2460, 7180, 23}, together);
    CHECK(together.missing() ==
          "both versions have received the same; outputs of both versions; drained; earlier_version; ");
}

TEST_CASE("with crashes upgrades end in the same ways as without") {
    for (const char* const name : {"crash_actives", "crash_again"}) {
        CAPTURE(name);
        Scope scope = scope_named(name).scope;
        const std::string with = ways_to_end(scope);
        scope.crashes = 0;
        CHECK(ways_to_end(scope) == with);
        CHECK(with.size() > 4);
    }
}

TEST_CASE("steps that are stored after their messages have left, or not at all, are refuted") {
    CHECK(violations(Durability::each_step) == "");
    for (const char* const name : {"crash_recover", "crash_output"}) {
        CAPTURE(name);
        CHECK(violations(Durability::each_step, name) == "");
    }
    CHECK(violations(Durability::never, "crash_output") == "one_outcome 17, both_or_neither 12, nothing_lost 12, "
                                                           "no_orphan 12, output_exactly_once 3, outcome_was_asked 9, "
                                                           "no_deadlock 12, upgrade_terminates 12");
    CHECK(
        violations(Durability::never, "crash_recover") ==
        "one_outcome 17, both_or_neither 12, clean_between_upgrades 13, nothing_lost 4, nothing_twice 6, no_orphan 4, "
        "output_exactly_once 12, outcome_was_asked 9, no_deadlock 12, upgrade_terminates 12");
    CHECK(
        violations(Durability::never) ==
        "one_outcome 18, both_or_neither 12, clean_between_upgrades 13, nothing_lost 4, nothing_twice 6, no_orphan 4, "
        "output_exactly_once 12, outcome_was_asked 9, no_deadlock 12, upgrade_terminates 12");
    CHECK(
        violations(Durability::after_send) ==
        "one_outcome 18, both_or_neither 12, clean_between_upgrades 13, nothing_lost 4, nothing_twice 6, no_orphan 4, "
        "output_exactly_once 12, outcome_was_asked 9, no_deadlock 13, upgrade_terminates 13");
}
