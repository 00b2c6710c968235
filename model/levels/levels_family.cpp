// The tables of the family `levels`: its scopes and its rules. The one source that compiles its system.
// Knows no verdict.
#include "model/levels/levels_family.hpp"

#include "model/families/actor_family.hpp"
#include "model/levels/levels_outcomes.hpp"
#include "model/levels/scopes.hpp"

namespace mdcd::model::levels {
namespace {

template <auto member> FamilyRuleRow<Scope> level_rule(std::string about) {
    return own_rule<Scope, &Scope::level_rules, member>(std::move(about));
}

std::vector<FamilyRuleRow<Scope>> rule_rows() {
    using impl::LevelRules;
    static_assert(sizeof(LevelRules) == 11, "each rule has a row");
    return {
        level_rule<&LevelRules::test_proves>("What a test proves that a process of some level has passed."),
        level_rule<&LevelRules::mark_keeps>("What a mark says of a state that depends on several levels unvalidated."),
        level_rule<&LevelRules::level_checkpoint>("Before which messages of lower levels a checkpoint is taken."),
        level_rule<&LevelRules::version_guard>("Whether a new version guards itself against the levels below its own."),
        level_rule<&LevelRules::replaced>("Which new versions a recovery at a level replaces."),
        level_rule<&LevelRules::rolled_back>("Whom a recovery at a level rolls back."),
        level_rule<&LevelRules::older_checkpoints>(
            "What becomes of the checkpoints that are older than the one a process goes back to."),
        level_rule<&LevelRules::level_replay>("Which logged messages a rollback at a level replays, and how."),
        level_rule<&LevelRules::level_in_transit>(
            "Which messages under way are still delivered after a recovery at a level."),
        level_rule<&LevelRules::resent_mark>("By which mark and numbers an old version sends what it had suppressed."),
        level_rule<&LevelRules::escalation>("At which level a recovery begins, and goes on when a test fails again."),
    };
}

std::string objection(const Scope& scope, const std::string& changed) {
    const bool counts_each =
        scope.rules.low_sn == impl::LowSn::vector && scope.rules.shadow_sn == impl::ShadowSn::per_component;
    if ((changed == "low_sn" || changed == "shadow_sn") && !counts_each)
        return "levels stand on a number for each component (low_sn=vector, shadow_sn=per_component)";
    return "";
}

} // namespace

const Family& levels_family() {
    static const ActorFamily<Scope> family = [] {
        std::vector<FamilyScopeRow<Scope>> rows;
        for (const std::vector<NamedScope>& some : {short_scopes(), long_scopes(), rule_scopes()})
            for (const NamedScope& each : some)
                rows.push_back({each.name, each.what, each.scope, &system_of, out_of_reach(each.name)});
        return ActorFamily<Scope>("levels", "Levels of trust: clusters within clusters, recovery that escalates.",
                                  std::move(rows), rule_rows(), &objection);
    }();
    return family;
}

} // namespace mdcd::model::levels
