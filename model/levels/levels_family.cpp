// The tables of the family `levels`: its scopes and its rules. The one source that compiles its system.
// Knows no verdict.
#include "model/levels/levels_family.hpp"

#include <algorithm>

#include "model/families/actor_family.hpp"
#include "model/levels/levels_measures.hpp"
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

// Whether old versions of one level speak to each other.
bool speaks_within_a_level(const Scope& scope) {
    for (std::size_t component = 0; component < scope.components.size(); ++component)
        for (std::size_t place = 0; place < scope.components[component].size(); ++place)
            if (scope.components[component][place] != 'd' && !leaves_level(scope, component, place))
                return true;
    return false;
}

std::string unread(const Scope& scope, const std::string& rule) {
    if (rule == "shadow_sn")
        return "each old version counts what it suppresses by itself";
    if (rule == "stop_low")
        return "recovery is one step, which stops those that are replaced";
    if (rule == "in_transit" && scope.level_rules.level_in_transit == impl::LevelInTransit::all)
        return "all that is under way is delivered (level_in_transit=all)";
    if (rule == "propagation_mark" && std::ranges::none_of(scope.actives, [](const std::string& script) {
            return std::ranges::any_of(script, is_to_component);
        }))
        return "no active process speaks to a component";
    if (rule == "propagation_mark" && scope.rules.checkpoint_trigger == impl::CheckpointTrigger::every_new_sn)
        return "a checkpoint is taken before everything new, whatever the prgt_bit says";
    if (rule == "shadow_input_index" && scope.rules.receiver_log == impl::ReceiverLog::while_dirty)
        return "the receiver log is cut by the oldest checkpoint (receiver_log=while_dirty), not by index";
    if (rule == "shadow_internal" && !speaks_within_a_level(scope))
        return "no old version speaks to another one of its level";
    return "";
}

std::string objection(const Scope& scope, const std::string& changed) {
    const bool counts_each =
        scope.rules.low_sn == impl::LowSn::vector && scope.rules.shadow_sn == impl::ShadowSn::per_component;
    if (changed == "low_sn" && !counts_each)
        return "levels stand on a number for each component (low_sn=vector)";
    return "";
}

} // namespace

const Family& levels_family() {
    static const ActorFamily<Scope> family = [] {
        std::vector<FamilyScopeRow<Scope>> rows;
        for (const std::vector<NamedScope>& some : {short_scopes(), long_scopes(), rule_scopes()})
            for (const NamedScope& each : some)
                rows.push_back({each.name, each.what, each.scope, &system_of, out_of_reach(each.name), &measures_of});
        const FamilyPresetRow<Scope> preset{
            {"levels", "Recovery by levels of trust over repaired_vector: as few components as will do are replaced."},
            [](Scope& scope) {
                scope.rules = impl::readings_under_levels();
                scope.level_rules = {};
            }};
        return ActorFamily<Scope>({.name = "levels",
                                   .description = "Levels of trust: clusters within clusters, recovery that escalates.",
                                   .presets = {preset},
                                   .scopes = std::move(rows),
                                   .rules = rule_rows(),
                                   .unread = &unread,
                                   .objection = &objection});
    }();
    return family;
}

} // namespace mdcd::model::levels
