// The proof that a recovery by messages has one outcome: that it goes through, that no lemma is idle, that handlers
// which are wrong are refuted, and that it fits the implementation. Knows the lemmas and actions by name.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/inputs/library.hpp"
#include "model/proof/agreement_tie.hpp"

namespace mdcd::model::proof::agreement {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}
impl::Rules protocol_of(const Names& changes = {}) {
    impl::Rules rules = preset("repaired_vector").rules;
    set_rule(rules, "stop_low=detector_only");
    for (const std::string& change : changes)
        set_rule(rules, change);
    return rules;
}

// What is refuted with one action in another's place.
Names refuted_with(ActionId id, const std::function<Truth(const Step&)>& relation) {
    std::vector<Action> changed = actions();
    changed[static_cast<std::size_t>(id)].relation = relation;
    return prove({.actions = changed}).refutations();
}
Truth as_it_is(ActionId id, const Step& step) {
    return actions()[static_cast<std::size_t>(id)].relation(step);
}

} // namespace

TEST_CASE("a recovery by messages has one outcome, for any number of processes") {
    const Proof proof = prove();
    CHECK(proof.refutations() == Names{});
    CHECK(proof.unknowns() == Names{});
    CHECK(proof.faults == Names{});
    CHECK(proof.proved_claims() == Names{"one_outcome", "one_decider", "nobody_is_left_behind", "decision_covers_all"});
    CHECK(proof.statistics.queries == (8 + 1) * (action_count + 1) + 3 * 4);
}

TEST_CASE("no lemma about recovery by messages is idle") {
    struct Needed {
        const char* lemma;
        const char* refuted;
    };
    constexpr std::array needed{
        Needed{"phases", "decides: what_is_settled_is_told"},
        Needed{"replies_give_way", "decides: one_decides"},
        Needed{"one_decides", "one_decider"},
        Needed{"none_is_behind", "nobody_is_left_behind"},
        Needed{"what_is_settled_is_told", "one_outcome"},
        Needed{"halted_registers_stay", "decides: decisions_cover"},
        Needed{"replies_carry_registers", "decides: decisions_cover"},
        Needed{"decisions_cover", "decision_covers_all"},
    };
    CHECK(needed.size() == lemmas().size());
    for (const Needed& each : needed) {
        CAPTURE(each.lemma);
        CHECK(has(prove({.without = {each.lemma}}).refutations(), each.refuted));
    }
}

TEST_CASE("handlers that are wrong about recovery by messages are refuted") {
    // Decides before the last one has replied.
    CHECK(has(refuted_with(ActionId::decides,
                           [](const Step& step) {
                               Step told = step;
                               for (std::size_t to = 0; to + 1 < peers_shown; ++to)
                                   told.before.line(peers_shown - 1, to).counted =
                                       step.before.settled.owner().constant(true);
                               return as_it_is(ActionId::decides, told);
                           }),
              "decides: one_decides"));
    // A coordinator that replies to a rival goes on coordinating.
    CHECK(has(refuted_with(ActionId::hears_announcement,
                           [](const Step& step) {
                               Step told = step;
                               for (Peer<Symbolic>& each : told.after.peers)
                                   each.coordinating = each.coordinating && each.coordinator == each.id;
                               const Truth stays =
                                   step.before.peers[0].coordinating && step.after.peers[0].coordinating;
                               told.after.peers[0].coordinating = told.after.peers[0].coordinating && !stays;
                               return as_it_is(ActionId::hears_announcement, told);
                           }),
              "hears_announcement: replies_give_way"));
    // A notification is taken by a process that has halted.
    CHECK(has(refuted_with(ActionId::learns,
                           [](const Step& step) {
                               Step told = step;
                               for (std::size_t peer = 0; peer < peers_shown; ++peer)
                                   told.before.peers[peer].at = told.after.peers[peer].at =
                                       step.before.settled.owner().constant(false);
                               return as_it_is(ActionId::learns, told);
                           }),
              "learns: halted_registers_stay"));
    // A reply of another recovery is counted: nobody has sent it in this one.
    CHECK(has(refuted_with(ActionId::hears_reply,
                           [](const Step& step) {
                               Step told = step;
                               for (Line<Symbolic>& each : told.before.lines)
                                   each.replied = step.before.settled.owner().constant(true);
                               return as_it_is(ActionId::hears_reply, told);
                           }),
              "hears_reply: replies_give_way"));
    // An announcement of a recovery that is over leads back into it.
    CHECK(has(refuted_with(ActionId::hears_announcement,
                           [](const Step& step) {
                               Step told = step;
                               const Truth over = step.before.peers[0].ended;
                               Peer<Symbolic>& peer = told.before.peers[0];
                               peer.is_before = peer.is_before || over;
                               peer.ended = told.after.peers[0].ended;
                               return as_it_is(ActionId::hears_announcement, told);
                           }),
              "hears_announcement: phases"));
}

TEST_CASE("recoveries by messages of the implementation fit the actions, and the lemmas hold") {
    TieReport report = tie(actions(), {.protocol = protocol_of({"stop_low=all_first"}), .walks = 80});
    CHECK(report.handed_on == 0); // nobody does where all take part
    report.add(tie(actions(), {.protocol = protocol_of(), .walks = 80}));
    CHECK(report.failure == "");
    CHECK(report.not_met() == Names{});
    CHECK(report.recoveries > 10);
    CHECK(report.handed_on > 10);
    CHECK(TieReport{}.not_met().size() == action_count + 4);
    // Each decides by itself, not by what was agreed on.
    CHECK_FALSE(tie(actions(), {.protocol = protocol_of({"recovery_line=local"}), .walks = 40, .judge_lemmas = false})
                    .failure.empty());
    // Each action by itself, with a process that acts and does nothing.
    for (std::size_t action = 1; action < action_count; ++action) {
        CAPTURE(actions()[action].name);
        std::vector<Action> idle = actions();
        idle[action].relation = [](const Step& step) {
            return step.before.peers[0].valid == step.after.peers[0].valid &&
                   step.before.peers[0].at == step.after.peers[0].at && step.before.settled == step.after.settled &&
                   step.before.peers[0].known == step.after.peers[0].known &&
                   step.before.peers[0].ended == step.after.peers[0].ended;
        };
        CHECK_FALSE(tie(idle, {.protocol = protocol_of(), .walks = 40, .judge_lemmas = false}).failure.empty());
    }
}

// A lemma that is true, and one that the wrong action would not keep: nobody meets the second.
TEST_CASE("what a proof fails at is looked for in the runs of the comparison") {
    const std::string broken = "decides: decisions_cover";
    CHECK(has(prove({.without = {"halted_registers_stay"}}).refutations(), broken));
    const TieReport report = tie(actions(), {.protocol = protocol_of(), .walks = 20, .failures = {broken}});
    CHECK_FALSE(report.met.at(broken).reached);
    CHECK(describe(report.met.at(broken)).front().starts_with("not reached within the first "));
    // Where each decides by itself, runs lead there.
    const std::string told = "hears_decision: what_is_settled_is_told";
    const TieReport local = tie(actions(), {.protocol = protocol_of({"recovery_line=local"}),
                                            .walks = 40,
                                            .failures = {told, "hears_reply: what_is_settled_is_told"},
                                            .judge_lemmas = false});
    CHECK(local.met.size() == 2);
}

} // namespace mdcd::model::proof::agreement
