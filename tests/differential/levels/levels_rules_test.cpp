// The rules of levels with one of them changed: in the smallest scope that shows it, the claims that break, each with
// the length of its shortest run. As they are, everything holds there.
#include <algorithm>

#include "checker/actors/type_name.hpp"
#include "tests/differential/levels/levels_checks.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests::levels;

namespace {

// In a system without twins, so that it stops at nothing.
std::string broken_by(const Scope& scope, const char* rule, const char* value) {
    CHECK(broken(actors::check(claims_of<LevelHandlers>(scope))) == "");
    const actors::SystemReport report = actors::check(claims_of<LevelHandlers>(with_rule(scope, rule, value)));
    CHECK(report.search.exhaustive);
    for (const actors::ClaimVerdict& each : report.claims)
        if (each.verdict == Verdict::violated && each.run)
            MESSAGE(each.claim, "\n", actors::to_text(*each.run));
    return claims_with(report, Verdict::violated);
}

Scope two_levels() {
    return scope_named("two_levels").scope;
}

template <class Value> void check_names(const char* rule, const LevelRuleDescription& row) {
    CHECK(row.name == rule);
    for (std::size_t value = 0; value < row.values.size(); ++value)
        CHECK(row.values[value] == mdcd::checker::actors::names::of_enumerators<Value>[value]);
    CHECK(mdcd::checker::actors::names::of_enumerators<Value>[row.values.size()].empty());
    LevelRules rules;
    CHECK(row.get(rules) == 0);
    row.set(rules, 1);
    CHECK(row.get(rules) == 1);
    CHECK(rules != LevelRules{});
}

} // namespace

TEST_CASE("the table has the rules and values as they are in the enumerations") {
    const auto table = level_rule_table();
    REQUIRE(table.size() == 11);
    check_names<TestProves>("test_proves", table[0]);
    check_names<MarkKeeps>("mark_keeps", table[1]);
    check_names<LevelCheckpoint>("level_checkpoint", table[2]);
    check_names<VersionGuard>("version_guard", table[3]);
    check_names<Replaced>("replaced", table[4]);
    check_names<RolledBack>("rolled_back", table[5]);
    check_names<OlderCheckpoints>("older_checkpoints", table[6]);
    check_names<LevelReplay>("level_replay", table[7]);
    check_names<LevelInTransit>("level_in_transit", table[8]);
    check_names<ResentMark>("resent_mark", table[9]);
    check_names<Escalation>("escalation", table[10]);
}

TEST_CASE("a version's own test proves nothing about its level") {
    CHECK(broken_by(scope_named("own_output").scope, "test_proves", "at_or_below") ==
          "level_containment 4, device_safety 5, level_recoverability 2");
}

TEST_CASE("a mark keeps the lowest level") {
    CHECK(broken_by(two_levels(), "mark_keeps", "highest") ==
          "level_containment 4, level_recoverability 4, escalation_ends 5");
    CHECK(broken_by(two_levels(), "mark_keeps", "latest") ==
          "level_containment 4, level_recoverability 4, escalation_ends 5");
}

TEST_CASE("a checkpoint before each news of a lower level, in new versions as well") {
    CHECK(broken_by(two_levels(), "level_checkpoint", "when_clean") ==
          "level_containment 5, level_recoverability 4, escalation_ends 6");
    CHECK(broken_by(scope_named("news_in_turn").scope, "level_checkpoint", "each_lower_mark") ==
          "level_containment 8, device_safety 9, level_recoverability 7");
    CHECK(broken_by(scope_named("guarded_version").scope, "version_guard", "none") ==
          "level_containment 2, level_recoverability 2, escalation_ends 5");
}

TEST_CASE("who is replaced and who is rolled back") {
    CHECK(broken_by(two_levels(), "replaced", "this_level") == "level_recoverability 1, escalation_ends 6");
    CHECK(broken_by(two_levels(), "replaced", "all") == "level_recoverability 1, selective 0");
    CHECK(broken_by(two_levels(), "rolled_back", "this_level") == "level_recoverability 2");
    CHECK(broken_by(two_levels(), "rolled_back", "all_dirty") == "level_recoverability 2, selective 2");
}

TEST_CASE("what a rollback keeps, what it replays, and what is still delivered") {
    CHECK(broken_by(two_levels(), "older_checkpoints", "dropped") ==
          "level_containment 5, device_safety 6, level_recoverability 5");
    CHECK(broken_by(two_levels(), "level_replay", "plainly") ==
          "level_containment 5, device_safety 6, level_recoverability 5");
    CHECK(broken_by(two_levels(), "level_replay", "validated_only") == "level_recoverability 4");
    CHECK(broken_by(two_levels(), "level_in_transit", "validated_only") == "level_recoverability 1");
    CHECK(broken_by(two_levels(), "level_in_transit", "all") == "level_recoverability 1, escalation_ends 6");
    CHECK(broken_by(scope_named("downward").scope, "resent_mark", "as_now") ==
          "level_containment 10, level_recoverability 7, selective 8");
}

TEST_CASE("how recovery escalates") {
    CHECK(broken_by(two_levels(), "escalation", "one_up") == "selective 3");
    CHECK(broken_by(two_levels(), "escalation", "same_again") == "selective 3, escalation_ends 4");
    CHECK(broken_by(two_levels(), "escalation", "to_the_top") == "escalation_ends 3");
}

TEST_CASE("the readings that levels stand on are those of repaired_vector") {
    const Rules rules = readings_under_levels();
    std::string changed;
    for (const RuleDescription& rule : rule_table())
        if (rule.get(rules) != 0)
            changed += std::string(rule.name) + "=" + std::string(rule.values[rule.get(rules)]) + " ";
    CHECK(changed == "validated_register=everywhere checkpoint_trigger=every_new_sn receiver_log=while_dirty "
                     "shadow_sn=per_component low_sn=vector external_index=own_counter ");
}
