// The proof that every change in the life of an upgrade has one outcome: that it goes through, that no lemma is idle,
// that rules and handlers which are wrong are refuted or refused, and that it fits the implementation. Knows the lemmas
// and actions by name.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/inputs/library.hpp"
#include "model/proof/change_tie.hpp"
#include "model/proof/peers.hpp"

namespace mdcd::model::proof::change {
namespace {

using impl::UpgradeRules;
using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}
UpgradeRules with(void (*change)(UpgradeRules&)) {
    UpgradeRules rules;
    change(rules);
    return rules;
}

// With that one action alone: its questions do not depend on others.
Names refuted_of(ActionId id, const std::function<Truth(const Step&)>& relation) {
    Action changed = actions()[static_cast<std::size_t>(id)];
    changed.relation = relation;
    return prove({.actions = {changed}}).refutations();
}
Truth as_it_is(ActionId id, const Step& step) {
    return actions()[static_cast<std::size_t>(id)].relation(step);
}

} // namespace

TEST_CASE("every change in the life of an upgrade has one outcome, for any number of seats") {
    const Proof proof = prove();
    CHECK(proof.refutations() == Names{});
    CHECK(proof.unknowns() == Names{});
    CHECK(proof.faults == Names{});
    CHECK(proof.proved_claims() == Names{"one_outcome", "one_decider", "nobody_is_left_behind", "no_change_is_skipped",
                                         "one_end", "objections_are_heard", "decision_covers_all"});
    CHECK(proof.statistics.queries == (14 + 1) * (action_count + 1) + 3 * 7);
}

TEST_CASE("no lemma about the life of an upgrade is idle") {
    struct Needed {
        const char* lemma;
        ActionId action;
        const char* refuted;
    };
    constexpr std::array needed{
        Needed{"phases", ActionId::goes_on, "goes_on: what_is_later_is_after"},
        Needed{"intents_fit", ActionId::replies, "replies: replies_carry_objections"},
        Needed{"replies_give_way", ActionId::decides, "decides: one_decides"},
        Needed{"one_decides", ActionId::lives, "one_decider"},
        Needed{"none_is_behind", ActionId::takes_another, "takes_another: phases"},
        Needed{"what_is_settled_is_told", ActionId::lives, "one_outcome"},
        Needed{"what_is_later_is_after", ActionId::takes_another, "takes_another: phases"},
        Needed{"halted_registers_stay", ActionId::decides, "decides: decisions_cover"},
        Needed{"replies_carry_registers", ActionId::decides, "decides: decisions_cover"},
        Needed{"decisions_cover", ActionId::lives, "decision_covers_all"},
        Needed{"objections_stay", ActionId::decides, "decides: objections_count"},
        Needed{"replies_carry_objections", ActionId::decides, "decides: objections_count"},
        Needed{"objections_count", ActionId::lives, "objections_are_heard"},
        Needed{"what_is_decided_fits", ActionId::lives, "one_end"},
    };
    CHECK(needed.size() == lemmas().size());
    for (const Needed& each : needed) {
        CAPTURE(each.lemma);
        const Action action = actions()[static_cast<std::size_t>(each.action)];
        CHECK(has(prove({.without = {each.lemma}, .actions = {action}}).refutations(), each.refuted));
    }
}

TEST_CASE("rules of upgrades that are wrong are refuted, and those that the proof does not know are refused") {
    struct Wrong {
        void (*change)(UpgradeRules&);
        ActionId action;
        const char* refuted;
    };
    constexpr std::array wrong{
        Wrong{[](UpgradeRules& rules) { rules.commit_against_failure = impl::CommitAgainstFailure::lower_id_wins; },
              ActionId::decides, "decides: objections_count"},
        Wrong{[](UpgradeRules& rules) { rules.commit_against_failure = impl::CommitAgainstFailure::commit_wins; },
              ActionId::decides, "decides: objections_count"},
        Wrong{[](UpgradeRules& rules) { rules.late_failure = impl::LateFailure::recovers_alone; }, ActionId::fails,
              "fails: one_decides"},
        Wrong{[](UpgradeRules& rules) { rules.begin_while_catching_up = impl::BeginWhileCatchingUp::allow; },
              ActionId::hears_announcement, "hears_announcement: replies_carry_objections"},
    };
    for (const Wrong& each : wrong) {
        CAPTURE(each.refuted);
        const UpgradeRules rules = with(each.change);
        CHECK(unknown_to_proof(rules).empty());
        const Action action = actions(rules)[static_cast<std::size_t>(each.action)];
        CHECK(has(prove({.actions = {action}}).refutations(), each.refuted));
    }
    CHECK(unknown_to_proof({}).empty());
    CHECK(unknown_to_proof(with([](UpgradeRules& rules) {
              rules.rivals = impl::Rivals::first_come;
              rules.numbers = impl::UpgradeNumbers::go_on;
          })) == Names{"the proof does not know rivals=first_come; it knows lower_id_wins",
                       "the proof does not know numbers=go_on; it knows anew"});
    CHECK(unknown_to_proof(with([](UpgradeRules& rules) { rules.late_failure = static_cast<impl::LateFailure>(7); })) ==
          Names{"the proof does not know late_failure=a value without a name; it knows objects, recovers_alone"});
}

TEST_CASE("handlers that are wrong about the life of an upgrade are refuted") {
    // Decides before the last one has replied.
    CHECK(has(refuted_of(ActionId::decides,
                         [](const Step& step) {
                             Step told = step;
                             for (std::size_t to = 0; to + 1 < seats_shown; ++to)
                                 told.before.line(seats_shown - 1, to).counted =
                                     step.before.settled.owner().constant(true);
                             return as_it_is(ActionId::decides, told);
                         }),
              "decides: one_decides"));
    // A reply to another change is counted as one to this.
    CHECK(has(refuted_of(ActionId::takes_another,
                         [](const Step& step) {
                             Step told = step;
                             for (Line<Symbolic>& each : told.before.lines)
                                 each.replied = step.before.settled.owner().constant(true);
                             return as_it_is(ActionId::hears_reply, told);
                         }),
              "takes_another: replies_give_way"));
    // The decision of another change, late, is followed in this.
    CHECK(has(refuted_of(ActionId::takes_another,
                         [](const Step& step) {
                             Step told = step;
                             Line<Symbolic>& line = told.before.line(1, 0);
                             line.decided = step.before.settled.owner().constant(true);
                             line.decision_sn = step.happening.sn;
                             line.decision_begin = step.happening.is_begin;
                             line.decision_granted = step.happening.is_granted;
                             Line<Symbolic>& after = told.after.line(1, 0);
                             after.decided = after.decision_begin = after.decision_granted =
                                 step.before.settled.owner().constant(false);
                             after.decision_sn = step.before.settled.owner().number(0);
                             return step.happening.from[1] && as_it_is(ActionId::hears_decision, told);
                         }),
              "takes_another: what_is_settled_is_told"));
    // A coordinator does not count what it has against the change itself.
    CHECK(has(refuted_of(ActionId::announces,
                         [](const Step& step) {
                             Step told = step;
                             Peer<Symbolic>& after = told.after.peers[0];
                             after.objected = choose(after.wants_begin, after.catching, after.failed);
                             return !step.after.peers[0].objected && as_it_is(ActionId::announces, told);
                         }),
              "announces: objections_stay"));
}

TEST_CASE("upgrades of the implementation fit the actions, and the lemmas hold") {
    const impl::Rules protocol = preset("repaired_vector").rules;
    const TieReport report = tie(actions(), {.protocol = protocol, .walks = 80});
    CHECK(report.failure == "");
    CHECK(report.not_met() == Names{});
    CHECK(report.begun > 100);
    CHECK(report.committed > 10);
    CHECK(report.recovered > 10);
    CHECK(TieReport{}.not_met().size() == action_count + 4);
    // Each decides by itself, not by what was agreed on.
    impl::Rules local = protocol;
    set_rule(local, "recovery_line=local");
    CHECK_FALSE(tie(actions(), {.protocol = local, .walks = 40, .judge_lemmas = false}).failure.empty());
    // The guards of the actions by one rule, those of the handlers by another.
    const UpgradeRules lower =
        with([](UpgradeRules& rules) { rules.commit_against_failure = impl::CommitAgainstFailure::lower_id_wins; });
    CHECK_FALSE(tie(actions(), {.protocol = protocol, .upgrade_rules = lower}).failure.empty());
    // Each action by itself, where who acts does nothing.
    for (std::size_t action = 0; action < action_count; ++action) {
        CAPTURE(actions()[action].name);
        std::vector<Action> idle = actions();
        idle[action].relation = [](const Step& step) {
            return is_same_window(step.before, step.after, step.before.settled.owner().constant(true));
        };
        CHECK_FALSE(tie(idle, {.protocol = protocol, .walks = 40, .judge_lemmas = false}).failure.empty());
    }
}

// Under a wrong rule runs lead there; a lemma that only lacks another one is not met.
TEST_CASE("what the proof about upgrades fails at is looked for in the runs of the comparison") {
    const UpgradeRules lower =
        with([](UpgradeRules& rules) { rules.commit_against_failure = impl::CommitAgainstFailure::lower_id_wins; });
    const std::string broken = "decides: objections_count";
    const TieReport wrong = tie(actions(lower), {.protocol = preset("repaired_vector").rules,
                                                 .upgrade_rules = lower,
                                                 .failures = {broken, "objections_are_heard"},
                                                 .judge_lemmas = false});
    CHECK(wrong.failure == "");
    CHECK(wrong.met.at(broken).reached);
    CHECK(wrong.met.at("objections_are_heard").reached);
    const TieReport right =
        tie(actions(), {.protocol = preset("repaired_vector").rules, .walks = 8, .failures = {broken}});
    CHECK_FALSE(right.met.at(broken).reached);
    CHECK(describe(right.met.at(broken)).front().starts_with("not reached within the first "));
}

} // namespace mdcd::model::proof::change
