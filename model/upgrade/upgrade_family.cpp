// The tables of the family `upgrade`: its scopes and its rules. The one source that compiles its system.
// Knows no verdict.
#include "model/upgrade/upgrade_family.hpp"

#include "model/families/actor_family.hpp"
#include "model/upgrade/upgrade_measures.hpp"
#include "model/upgrade/upgrade_outcomes.hpp"
#include "model/upgrade/upgrade_scopes.hpp"

namespace mdcd::model::upgrade {
namespace {

template <auto member> FamilyRuleRow<Scope> upgrade_rule(std::string about) {
    return own_rule<Scope, &Scope::upgrade_rules, member>(std::move(about));
}

std::vector<FamilyRuleRow<Scope>> rule_rows() {
    using impl::UpgradeRules;
    std::vector<FamilyRuleRow<Scope>> rows = {
        upgrade_rule<&UpgradeRules::begin_drain>("From whom a seat that is to fork waits for a marker."),
        upgrade_rule<&UpgradeRules::held_before_fork>(
            "What becomes of messages that a seat holds which learns only from a second announcement that it forks."),
        upgrade_rule<&UpgradeRules::commit_against_failure>(
            "Which of the two counts, a test that has failed or a commit that is announced."),
        upgrade_rule<&UpgradeRules::late_failure>("What a process does whose test fails after it has replied."),
        upgrade_rule<&UpgradeRules::rivals>("Which of two announcements of one incarnation counts."),
        upgrade_rule<&UpgradeRules::in_transit_at_commit>(
            "What becomes of messages that were sent before a commit and arrive after it."),
        upgrade_rule<&UpgradeRules::commit_declares>("What a commit declares valid."),
        upgrade_rule<&UpgradeRules::shadow_stops>("When the old version of a component stops for a commit."),
        upgrade_rule<&UpgradeRules::numbers>("Whether the numbers of the next upgrade begin anew or go on."),
        upgrade_rule<&UpgradeRules::stale_notifications>("What becomes of notifications of an earlier incarnation."),
        upgrade_rule<&UpgradeRules::earlier_version>(
            "What becomes of messages to a version that was in the same seat before."),
        upgrade_rule<&UpgradeRules::begin_while_catching_up>(
            "Whether an upgrade may begin while an old version still suppresses what its new version has sent."),
        upgrade_rule<&UpgradeRules::when_full>("What a message does for which there is no room."),
    };
    static_assert(sizeof(UpgradeRules) == 13, "each rule has a row");
    rows.push_back(scope_rule<Scope, &Scope::durability>(
        "Whether a step is stored before anything of it leaves (docs/link.md); of scopes with a crash."));
    return rows;
}

// Whether an operator begins an upgrade of several components together.
bool begins_several(const Scope& scope) {
    return std::ranges::any_of(scope.operators, [](const Operator& each) {
        return std::ranges::any_of(each.commands, [](const Command& said) { return said.components.size() > 1; });
    });
}

std::string unread(const Scope& scope, const std::string& rule) {
    if (rule == "durability" && scope.crashes == 0)
        return "nobody crashes; scopes with a crash are upgrade/crash_..";
    if (rule == "when_full" && scope.capacities == impl::Capacities{} && !scope.leaves_messages)
        return "no message waits; scopes in which some do are upgrade/full_.. and upgrade/left_..";
    if (rule == "stop_low")
        return "the agreement on an upgrade's end stops whoever it ends";
    if (rule == "shadow_sn" && !begins_several(scope))
        return "no upgrade begins for several components together";
    return "";
}

std::string objection(const Scope& scope, const std::string& changed) {
    const bool counts_each =
        scope.rules.low_sn == impl::LowSn::vector && scope.rules.shadow_sn == impl::ShadowSn::per_component;
    if ((changed == "low_sn" || changed == "shadow_sn") && begins_several(scope) && !counts_each)
        return "several components begin an upgrade together in this scope, and such a begin is refused unless each "
               "has "
               "its own numbers (low_sn=vector, shadow_sn=per_component)";
    return "";
}

} // namespace

const Family& upgrade_family() {
    static const ActorFamily<Scope> family = [] {
        std::vector<FamilyScopeRow<Scope>> rows;
        for (const NamedScope& each : all_scopes())
            rows.push_back({each.name, each.what, each.scope, &system_of, out_of_reach(each.name), &measures_of});
        const FamilyPresetRow<Scope> preset{
            {"upgrade", "The life of an upgrade over repaired, or repaired_vector where components upgrade together."},
            [](Scope&) {}};
        return ActorFamily<Scope>({.name = "upgrade",
                                   .description = "The life of an upgrade: begin, commit, abort, again; crashes.",
                                   .presets = {preset},
                                   .scopes = std::move(rows),
                                   .rules = rule_rows(),
                                   .unread = &unread,
                                   .objection = &objection});
    }();
    return family;
}

} // namespace mdcd::model::upgrade
