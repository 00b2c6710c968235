// The proof itself: which rules it goes through for, where it fails for the others, and that no lemma is idle.
// Knows the lemmas and actions by name.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/inputs/library.hpp"
#include "model/proof/proof.hpp"

namespace mdcd::model::proof {
namespace {

using checker::smt::Finding;

impl::Rules rules_of(const std::string& name, const std::vector<std::string>& changes = {}) {
    impl::Rules rules = preset(name).rules;
    for (const std::string& change : changes)
        set_rule(rules, change);
    return rules;
}

std::string column_name(std::size_t column) {
    return column == 0 ? "start" : actions()[column - 1].name;
}

// "action: lemma" for each that is not kept, and "claim" for each that does not follow.
std::vector<std::string> failures(const Proof& proof) {
    std::vector<std::string> all;
    for (const ProofRow& row : proof.lemmas)
        for (std::size_t column = 0; column < row.cells.size(); ++column)
            if (row.cells[column].verdict == Finding::Verdict::refuted)
                all.push_back(column_name(column) + ": " + row.name);
    for (const ProofRow& row : proof.claims)
        if (row.cells[0].verdict == Finding::Verdict::refuted)
            all.push_back(row.name);
    return all;
}

} // namespace

TEST_CASE("both claims are proved for every repair, with every question answered") {
    for (const std::string name : {"repaired", "repaired_fewest_checkpoints", "repaired_vector"}) {
        for (const Claim claim : {Claim::containment, Claim::consistency}) {
            CAPTURE(name);
            const Proof proof = prove(rules_of(name), {.claim = claim});
            CHECK(proof.proved());
            CHECK(failures(proof).empty());
            const std::size_t lemma_count = 1 + lemmas(claim, rules_of(name)).size(); // can_happen
            CHECK(proof.statistics.queries == lemma_count * (action_count + 1) + (claim == Claim::containment ? 1 : 4));
        }
    }
}

TEST_CASE("as published, the reception of a dirty message without a checkpoint is what breaks containment") {
    const Proof proof = prove(rules_of("published"), {.claim = Claim::containment});
    REQUIRE(failures(proof) == std::vector<std::string>{"active_receives: index_covers_what_follows"});
    const auto row = std::ranges::find(proof.lemmas, "index_covers_what_follows", &ProofRow::name);
    const Transition<Concrete>& seen =
        *row->cells[1 + static_cast<std::size_t>(ActionId::active_receives)].counterexample;
    CHECK(seen.happening.here);
    CHECK(seen.before.process.dirty);
    CHECK_FALSE(seen.before.process.propagating);
    CHECK(seen.happening.received.dirty);
    CHECK(seen.happening.received.low_sn > seen.before.process.low_sn);
    CHECK(seen.after.process.focus.absorbed > seen.after.process.focus.index);
}

// Each row of docs/readings.md that says what a changed rule breaks, as far as the proof is about it.
TEST_CASE("where the proof fails for other rules") {
    struct Row {
        std::string from;
        std::vector<std::string> changes;
        std::string failure;
    };
    const std::vector<Row> rows{
        {"repaired", {"dirty_delivery=literal"}, "active_receives: messages_are_somewhere"},
        {"repaired", {"checkpoint_index=local_sn"}, "active_receives: index_covers_what_follows"},
        {"repaired", {"checkpoint_trigger=published"}, "active_receives: index_covers_what_follows"},
        {"repaired", {"receiver_log=clean_only"}, "active_receives: log_completes_checkpoints"},
        {"repaired", {"shadow_output_index=low_sn"}, "shadow_generates: outputs_are_logged_until_validated"},
        {"repaired", {"resend=from_checkpoint_index"}, "no_lost_message"},
        {"repaired", {"suppress_until=exclusive"}, "no_duplicate"},
        {"repaired", {"rollback_scope=application_only"}, "no_duplicate"},
        {"repaired", {"recovery_line=local"}, "no_orphan"},
        {"repaired", {"in_transit=deliver"}, "no_surviving_dependence"},
        {"repaired_fewest_checkpoints",
         {"propagation_mark=active_only"},
         "active_sends_to_cluster: passing_on_is_noted"},
        {"repaired_fewest_checkpoints", {"reclamation=by_index"}, "active_receives: index_covers_what_follows"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.changes[0]);
        ProofOptions options{.claim = Claim::consistency};
        options.induction.wanted = [&](const std::string& group, const std::string& obligation) {
            return row.failure == (group == obligation ? group : group + ": " + obligation);
        };
        CHECK(failures(prove(rules_of(row.from, row.changes), options)) == std::vector{row.failure});
    }
}

TEST_CASE("rules that change no verdict do not break the proof either") {
    for (const std::string change :
         {"notification_sn=keep", "validated_register=everywhere", "first_checkpoint=dirty_only",
          "propagation_mark=any_internal", "reclamation=by_cover", "shadow_input_index=shadow_sn",
          "resend=before_checkpoint_above_validated"}) {
        CAPTURE(change);
        CHECK(prove(rules_of("repaired", {change}), {.claim = Claim::consistency}).proved());
    }
    CHECK(prove(rules_of("repaired_fewest_checkpoints", {"checkpoint_index=local_sn"}), {.claim = Claim::consistency})
              .proved());
}

namespace {

struct Need {
    const char* lemma;
    const char* group; // the action, or the claim
    const char* what;  // the lemma that it does not keep, or the claim
};

const std::vector<Need> for_numbers{
    {"numbers_are_earned", "active_passes_test", "only_the_validated_is_told"},
    {"cluster_counts_its_messages", "low_passes_test", "only_the_validated_is_told"},
    {"nothing_depends_on_the_unsent", "low_receives", "cluster_counts_its_messages"},
    {"only_the_validated_is_told", "active_is_notified", "clean_is_validated"},
    {"dirty_while_checkpoints", "active_is_notified", "clean_is_validated"},
};
const std::vector<Need> for_containment{
    {"numbers_cover_dependence", "containment", "containment"},
    {"clean_is_validated", "containment", "containment"},
};
const std::vector<Need> by_index{
    {"index_covers_what_follows", "active_is_notified", "clean_is_validated"},
    {"checkpoints_ascend", "active_is_notified", "index_covers_what_follows"},
};
const std::vector<Need> by_cover{
    {"checkpoints_ascend", "active_is_notified", "sent_after_is_covered"},
    {"passing_on_is_noted", "active_receives", "sent_after_is_covered"},
};
const std::vector<Need> for_consistency{
    {"numbers_cover_dependence", "no_surviving_dependence", "no_surviving_dependence"},
    {"clean_is_validated", "no_orphan", "no_orphan"},
    {"oldest_is_validated", "no_orphan", "no_orphan"},
    {"agreement_is_validated", "no_orphan", "no_orphan"},
    {"messages_are_counted", "no_lost_message", "no_lost_message"},
    {"past_is_past", "no_lost_message", "no_lost_message"},
    {"sent_before_has_no_larger_number", "no_lost_message", "no_lost_message"},
    {"sent_after_is_covered", "no_orphan", "no_orphan"},
    {"messages_are_somewhere", "no_lost_message", "no_lost_message"},
    {"received_has_no_larger_number", "no_orphan", "no_orphan"},
    {"log_completes_checkpoints", "no_lost_message", "no_lost_message"},
    {"log_is_in_order", "active_is_notified", "log_completes_checkpoints"},
    {"nothing_is_received_twice", "no_duplicate", "no_duplicate"},
    {"shadow_counts_its_messages", "shadow_generates", "outputs_are_logged_until_validated"},
    {"script_covers_both_sides", "no_orphan", "no_orphan"},
    {"outputs_are_logged_until_validated", "no_lost_message", "no_lost_message"},
    {"outputs_depend_on_the_past", "no_surviving_dependence", "no_surviving_dependence"},
};

std::vector<Need> together(std::vector<std::vector<Need>> parts) {
    std::vector<Need> all;
    for (const std::vector<Need>& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

// Without this lemma, this question is answered otherwise. Asked alone, so that the test takes a second.
void check_needed(const std::string& name, Claim claim, const std::vector<Need>& needs) {
    const impl::Rules rules = rules_of(name);
    CHECK(needs.size() == lemmas(claim, rules).size());
    for (const Need& need : needs) {
        CAPTURE(need.lemma);
        ProofOptions options{.claim = claim, .without = {need.lemma}};
        options.induction.wanted = [&](const std::string& group, const std::string& obligation) {
            return group == need.group && obligation == need.what;
        };
        const Proof proof = prove(rules, options);
        CHECK(proof.statistics.queries == 1);
        CHECK(proof.refuted());
    }
}

} // namespace

TEST_CASE("no lemma is idle: without it, the proof of containment fails") {
    check_needed("repaired", Claim::containment, together({for_numbers, for_containment, by_index}));
    check_needed("repaired_fewest_checkpoints", Claim::containment, together({for_numbers, for_containment}));
}

TEST_CASE("no lemma is idle: without it, the proof of consistency fails") {
    check_needed("repaired", Claim::consistency, together({for_numbers, for_consistency, by_index}));
    check_needed("repaired_fewest_checkpoints", Claim::consistency, together({for_numbers, for_consistency, by_cover}));
}

} // namespace mdcd::model::proof
