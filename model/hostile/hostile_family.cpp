// The tables of the family `hostile`: its scopes and its rules. With hostile_pair_system.cpp the only sources that
// compile its systems. Knows no verdict.
#include "model/hostile/hostile_family.hpp"

#include <algorithm>
#include <string_view>

#include "model/families/actor_family.hpp"
#include "model/hostile/hostile_measures.hpp"
#include "model/hostile/hostile_outcomes.hpp"
#include "model/hostile/hostile_questions.hpp"
#include "model/hostile/hostile_scopes.hpp"

namespace mdcd::model::hostile {

actors::ActorSystem two_copies_of(const Scope& scope); // hostile_pair_system.cpp

namespace {

template <auto member> FamilyRuleRow<Scope> boundary_rule(std::string about) {
    return own_rule<Scope, &Scope::boundary, member>(std::move(about));
}

std::vector<FamilyRuleRow<Scope>> rule_rows() {
    using impl::BoundaryRules;
    static_assert(sizeof(BoundaryRules) == 10, "each rule has a row");
    return {
        boundary_rule<&BoundaryRules::links>("Who a message of the cluster is from."),
        boundary_rule<&BoundaryRules::boundary_stamp>(
            "By which dirty bit, number and incarnation a message of the cluster is received."),
        boundary_rule<&BoundaryRules::boundary_checkpoint>(
            "Which messages of the cluster a checkpoint is taken before."),
        boundary_rule<&BoundaryRules::detector>("Whether each message of the cluster is looked at before delivery."),
        boundary_rule<&BoundaryRules::assertion>("What an intrusion that is detected does, besides staying out."),
        boundary_rule<&BoundaryRules::low_tests>("What a test proves that a new version says it has passed."),
        boundary_rule<&BoundaryRules::cluster_in_recovery>("What the cluster's part in a recovery is."),
        boundary_rule<&BoundaryRules::other_kinds>(
            "What becomes of kinds of messages that no new version has to send to this process."),
        boundary_rule<&BoundaryRules::after_recovery>(
            "What becomes of the cluster's messages in a process that has halted for a recovery, or has recovered."),
        boundary_rule<&BoundaryRules::overruled_claim>(
            "How long the last claim is kept that was overruled; of scopes with two copies."),
    };
}

std::vector<FamilyPresetRow<Scope>> preset_rows() {
    return {
        {{"hostile", "The line of defence in front of repaired_vector: a hostile cluster is contained."}, &set_hostile},
        {{"undefended", "repaired as it is, without a line of defence; links authenticate."}, &set_undefended},
    };
}

bool speaks_to(const std::vector<std::string>& scripts, std::string_view whom) {
    return std::ranges::any_of(scripts, [&](const std::string& each) { return each.find_first_of(whom) != each.npos; });
}

// Whether nobody believes a number that a new version says. What tests prove is then counted by channel, and the
// counters by which an old version numbers what it suppresses stay zero (impl/boundary.hpp).
bool believes_no_number(const impl::BoundaryRules& rules) {
    return rules.links == impl::Links::authenticated && rules.boundary_stamp != impl::BoundaryStamp::as_claimed &&
           rules.low_tests == impl::LowTests::prove_nothing &&
           rules.cluster_in_recovery == impl::ClusterInRecovery::is_ignored &&
           rules.other_kinds == impl::OtherKinds::refused;
}

// Whether a checkpoint is due before everything new, whatever the prgt_bit says.
bool checkpoints_before_all_news(const Scope& scope) {
    const bool by_confidence = scope.boundary.boundary_checkpoint == impl::BoundaryCheckpoint::by_confidence &&
                               scope.boundary.boundary_stamp != impl::BoundaryStamp::as_claimed;
    return scope.rules.checkpoint_trigger == impl::CheckpointTrigger::every_new_sn && !by_confidence;
}

// Whether something decides by the index of what an old version has logged: of messages that it does not number by
// their channel, of external ones that are not counted by themselves, or of those that are logged with the external.
bool reads_output_index(const Scope& scope) {
    return scope.boundary.boundary_stamp == impl::BoundaryStamp::as_claimed ||
           (scope.rules.external_index == impl::ExternalIndex::internal_sn && speaks_to(scope.components, "d")) ||
           (scope.rules.shadow_internal == impl::ShadowInternal::literal && speaks_to(scope.components, "x"));
}

std::string unread(const Scope& scope, const std::string& rule) {
    if (rule == "shadow_sn")
        return "each old version counts what it suppresses by itself";
    if (rule == "propagation_mark" && !speaks_to(scope.actives, "ab"))
        return "no active process speaks to a component";
    if (rule == "propagation_mark" && checkpoints_before_all_news(scope))
        return "a checkpoint is taken before everything new, whatever the prgt_bit says";
    if (rule == "shadow_internal" && !speaks_to(scope.components, "x"))
        return "no old version speaks to another one";
    if (rule == "shadow_input_index" && scope.rules.receiver_log == impl::ReceiverLog::while_dirty)
        return "the receiver log is cut by the oldest checkpoint (receiver_log=while_dirty), not by index";
    if (rule == "shadow_output_index" && !reads_output_index(scope))
        return "an old version numbers what it suppresses by its channel (boundary_stamp), and counts what it outputs";
    if (rule == "suppress_until" && believes_no_number(scope.boundary))
        return "what is proved is counted by channel, so an old version suppresses channel by channel";
    if (rule == "external_index" && !speaks_to(scope.components, "d"))
        return "no component speaks to the device";
    return "";
}

std::string objection(const Scope&, const std::string&) {
    return "";
}

} // namespace

const Family& hostile_family() {
    static const ActorFamily<Scope> family = [] {
        std::vector<FamilyScopeRow<Scope>> rows;
        const auto add = [&rows](const std::vector<NamedScope>& some) {
            for (const NamedScope& each : some)
                rows.push_back({.name = each.name,
                                .description = each.what,
                                .scope = each.scope,
                                .system = &system_of,
                                .out_of_reach = out_of_reach(each.name),
                                .measured = &measures_of,
                                .rules = each.rules,
                                .questions = &questions_for});
        };
        add(short_scopes());
        add(long_scopes());
        for (const NamedScope& each : pair_scopes())
            rows.push_back({each.name, each.what, each.scope, &two_copies_of, out_of_reach(each.name)});
        add(rule_scopes());
        add(cost_scopes());
        add(undefended_scopes());
        return ActorFamily<Scope>(
            {.name = "hostile",
             .description = "A cluster that may send anything at any time, and a line of defence.",
             .presets = preset_rows(),
             .scopes = std::move(rows),
             .rules = rule_rows(),
             .unread = &unread,
             .objection = &objection});
    }();
    return family;
}

} // namespace mdcd::model::hostile
