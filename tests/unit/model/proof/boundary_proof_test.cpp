// The proof that a hostile cluster is contained: that it goes through with every question answered, that no lemma is
// idle, which step fails without each part of the line of defence, and that it takes nothing for granted.
// Knows the lemmas and actions by name.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "model/proof/boundary_proof.hpp"

namespace mdcd::model::proof::boundary {
namespace {

using Verdict = checker::smt::Finding::Verdict;
using Names = std::vector<std::string>;

Proof prove_group(ProofOptions options, const std::string& group) {
    options.induction.wanted = [&](const std::string& asked, const std::string&) { return asked == group; };
    return prove(options);
}
bool is_refuted(const Proof& proof, const std::string& what) {
    const Names all = proof.refutations();
    return std::ranges::find(all, what) != all.end();
}

std::vector<Action> with_changed(ActionId id, const std::function<Truth(const Step&)>& relation) {
    std::vector<Action> all = actions();
    std::ranges::find(all, id, &Action::id)->relation = relation;
    return all;
}
std::function<Truth(const Step&)> relation_of(ActionId id) {
    const std::vector<Action> all = actions();
    return std::ranges::find(all, id, &Action::id)->relation;
}

} // namespace

TEST_CASE("a hostile cluster is contained, with every question answered") {
    const Proof proof = prove({});
    CHECK(proof.refutations() == Names{});
    CHECK(proof.faults.empty());
    CHECK(proof.proved());
    CHECK(proof.actions.size() == 16);
    CHECK(proof.statistics.queries == (10 + 1) * (16 + 1) + 4); // can_happen counts as a lemma
    CHECK(proof.statistics.unknowns == 0);
}

TEST_CASE("no lemma about a hostile cluster is idle: without it, this question is answered otherwise") {
    struct Needed {
        const char* lemma;
        const char* group;
        const char* refuted;
    };
    constexpr std::array needed{
        Needed{"numbers_cover_dependence", "contained", "contained"},
        Needed{"numbers_are_earned", "receives", "receives: channels_are_counted"},
        Needed{"only_the_validated_is_told", "is_notified", "is_notified: clean_is_validated"},
        Needed{"nothing_depends_on_the_undelivered", "receives", "receives: channels_are_counted"},
        Needed{"channels_are_counted", "cluster_message", "cluster_message: numbers_cover_dependence"},
        Needed{"clean_is_validated", "contained", "contained"},
        Needed{"dirty_while_checkpoints", "contained", "contained"},
        Needed{"oldest_is_validated", "contained", "contained"},
        Needed{"absorbed_is_covered", "forgets_checkpoint", "forgets_checkpoint: clean_is_validated"},
        Needed{"suppressed_depends_on_the_past", "sends_again", "sends_again: numbers_cover_dependence"},
    };
    CHECK(needed.size() == lemmas().size());
    for (const Needed& each : needed) {
        CAPTURE(each.lemma);
        CHECK(is_refuted(prove_group({.without = {each.lemma}}, each.group), each.refuted));
    }
}

// What the cluster's action no longer keeps. Parts that are not here are not needed for this claim.
TEST_CASE("without a part of the line of defence the step of the cluster is refuted") {
    const std::map<std::string, Names> refuted{
        {"links=as_claimed",
         {"in_anothers_name: numbers_cover_dependence", "in_anothers_name: numbers_are_earned",
          "in_anothers_name: channels_are_counted", "in_anothers_name: clean_is_validated",
          "in_anothers_name: absorbed_is_covered", "told_in_anothers_name: numbers_are_earned",
          "told_in_anothers_name: only_the_validated_is_told", "told_in_anothers_name: channels_are_counted",
          "told_in_anothers_name: clean_is_validated", "told_in_anothers_name: absorbed_is_covered"}},
        {"boundary_stamp=one_counter",
         {"cluster_message: numbers_are_earned", "cluster_message: channels_are_counted"}},
        {"boundary_stamp=at_least_claimed",
         {"cluster_message: numbers_are_earned", "cluster_message: channels_are_counted"}},
        {"boundary_stamp=as_claimed",
         {"cluster_message: numbers_cover_dependence", "cluster_message: numbers_are_earned",
          "cluster_message: channels_are_counted", "cluster_message: clean_is_validated",
          "cluster_message: absorbed_is_covered"}},
        {"boundary_checkpoint=by_confidence", {"cluster_message: absorbed_is_covered"}},
        {"boundary_checkpoint=none", {"cluster_message: clean_is_validated", "cluster_message: absorbed_is_covered"}},
        {"low_tests=prove",
         {"cluster_test: numbers_are_earned", "cluster_test: only_the_validated_is_told",
          "cluster_test: channels_are_counted", "cluster_test: clean_is_validated",
          "cluster_test: absorbed_is_covered"}},
        {"other_kinds=received",
         {"cluster_message_to_shadow: numbers_cover_dependence", "cluster_message_to_shadow: channels_are_counted",
          "cluster_counter: numbers_cover_dependence", "cluster_counter: numbers_are_earned",
          "cluster_counter: channels_are_counted", "cluster_counter: clean_is_validated",
          "cluster_counter: absorbed_is_covered"}},
        {"after_recovery=by_incarnation", {"cluster_message: numbers_cover_dependence"}},
    };
    std::size_t met = 0;
    for (const Weakening& each : weakenings()) {
        const std::string name = each.rule + "=" + each.value;
        CAPTURE(name);
        const Proof proof = prove({.rules = each.rules});
        CHECK(proof.faults.empty());
        const auto expected = refuted.find(name);
        met += expected != refuted.end();
        CHECK(proof.refutations() == (expected == refuted.end() ? Names{} : expected->second));
        CHECK(proof.proved() == (expected == refuted.end()));
    }
    CHECK(met == refuted.size());
    CHECK(weakenings().size() == 13);
}

// As somebody could write them instead.
TEST_CASE("handlers after the line of defence that are wrong are refuted") {
    // Goes back to any checkpoint.
    const auto to_any = with_changed(ActionId::rolls_back, [](const Step& step) {
        Step told = step;
        told.happening.dropped.oldest = step.happening.here.owner().constant(true);
        return relation_of(ActionId::rolls_back)(told);
    });
    CHECK(is_refuted(prove_group({.changed = to_any}, "rolls_back"), "rolls_back: clean_is_validated"));
    // Replays what is not validated.
    const auto all = with_changed(ActionId::replays, [](const Step& step) {
        Step told = step;
        told.happening.received.dirty = step.happening.here.owner().constant(false);
        return relation_of(ActionId::replays)(told);
    });
    CHECK(is_refuted(prove_group({.changed = all}, "replays"), "replays: clean_is_validated"));
    // A coordinator tells its own number instead of what is validated.
    const auto own = with_changed(ActionId::tells, [](const Step& step) {
        Step told = step;
        told.before.process.valid_sn = told.after.process.valid_sn = step.before.process.low_sn;
        return relation_of(ActionId::tells)(told);
    });
    CHECK(is_refuted(prove_group({.changed = own}, "tells"), "tells: only_the_validated_is_told"));
}

TEST_CASE("a premise about a hostile cluster that nobody proves, or that names a number, is no proof") {
    ProofOptions options{.without = {"clean_is_validated"}};
    options.also_assumed = [](const Step& step) {
        return step.before.process.dirty || step.before.process.low_sn <= step.before.validated;
    };
    const Proof proof = prove_group(options, "contained");
    CHECK(proof.claims[0].cells[0].verdict == Verdict::proved);
    CHECK(proof.faults.size() == actions().size() + 1);
    CHECK_FALSE(proof.proved());
    const auto bounded = with_changed(ActionId::receives, [](const Step& step) {
        return relation_of(ActionId::receives)(step) &&
               step.before.process.low_sn <= step.before.validated.owner().number(50);
    });
    CHECK_FALSE(prove_group({.changed = bounded}, "contained").faults.empty());
}

} // namespace mdcd::model::proof::boundary
