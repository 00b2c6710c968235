// The proof itself: which rules it goes through for, where it fails for the others, and that no lemma is idle.
// Knows the lemmas and actions by name.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/inputs/library.hpp"
#include "model/proof/known_rules.hpp"
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
            CHECK(proof.statistics.queries ==
                  lemma_count * (action_count + 1) + (claim == Claim::containment ? 3 : 12));
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
    {"nothing_is_kept_twice", "no_duplicate", "no_duplicate"},
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

namespace {

// The proof with something of ours in place of what it argues about, only as far as `group` is asked.
Proof prove_with(ProofOptions options, const std::string& group) {
    options.induction.wanted = [&](const std::string& asked, const std::string&) { return asked == group; };
    return prove(rules_of("repaired"), options);
}

bool has_fault(const Proof& proof, const std::string& text) {
    return std::ranges::any_of(proof.faults, [&](const auto& each) { return each.find(text) != std::string::npos; });
}

Truth bounded_reception(const Transition<Symbolic>& step, const impl::Rules& rules) {
    return actions()[static_cast<std::size_t>(ActionId::active_receives)].relation(step, rules) &&
           step.before.process.low_sn <= step.before.notified.owner().number(50);
}

Truth always(const Window<Symbolic>& window, const Happening<Symbolic>&, const impl::Rules&) {
    return window.notified.owner().constant(true);
}
Truth never(const Window<Symbolic>& window, const Happening<Symbolic>&, const impl::Rules&) {
    return window.notified.owner().constant(false);
}

} // namespace

TEST_CASE("a premise that nobody proves is no proof, though everything follows from it") {
    ProofOptions options{.claim = Claim::containment, .without = {"clean_is_validated"}};
    options.also_assumed = [](const Transition<Symbolic>& step) {
        return step.before.process.dirty || step.before.process.low_sn <= step.before.validated;
    };
    const Proof proof = prove_with(options, "containment");
    CHECK(proof.claims[0].cells[0].verdict == Finding::Verdict::proved);
    CHECK(has_fault(proof, "take for granted what no lemma says"));
    CHECK_FALSE(proof.proved());
    CHECK(prove(rules_of("repaired"), {.claim = Claim::containment}).faults.empty());
}

TEST_CASE("an action that names a number is no action of the protocol") {
    std::vector<Action> bounded(actions().begin(), actions().end());
    bounded[static_cast<std::size_t>(ActionId::active_receives)].relation = bounded_reception;
    const Proof proof = prove_with({.claim = Claim::containment, .actions = bounded}, "active_receives");
    CHECK(has_fault(proof, "the questions about active_receives name the number 50"));
    CHECK_FALSE(proof.proved());
}

TEST_CASE("a claim that says nothing, or is about nothing, is told by the proof itself") {
    ProvedClaim empty = claims()[0];
    empty.statement = always;
    const std::vector<ProvedClaim> says_nothing{empty};
    const Proof one = prove_with({.claim = Claim::containment, .claims = says_nothing}, "containment");
    CHECK(one.claims[0].cells[0].verdict == Finding::Verdict::proved);
    CHECK(one.claims[0].cells[2].verdict == Finding::Verdict::refuted);
    CHECK(one.claims[0].cells[2].reason.starts_with("it says nothing"));
    CHECK(one.refuted());

    ProvedClaim idle = claims()[0];
    idle.guard = never;
    const std::vector<ProvedClaim> about_nothing{idle};
    const Proof other = prove_with({.claim = Claim::containment, .claims = about_nothing}, "containment");
    CHECK(other.claims[0].cells[0].verdict == Finding::Verdict::proved);
    CHECK(other.claims[0].cells[1].reason.starts_with("it is vacuous"));
    CHECK(other.refuted());
}

TEST_CASE("a rule or a value that the proof does not know is refused by name") {
    CHECK(unknown_to_proof(rules_of("repaired")).empty());
    impl::Rules beyond = rules_of("repaired");
    impl::find_rule("receiver_log")->set(beyond, 2);
    CHECK(unknown_to_proof(beyond) == std::vector<std::string>{"the proof does not know receiver_log=a value without a "
                                                               "name; it knows clean_only, while_dirty"});
    CHECK_FALSE(prove(beyond, {.claim = Claim::containment}).proved());

    // As somebody would add them to the table of impl.
    static constexpr std::array<std::string_view, 3> values{"deliver", "literal", "deliver_later"};
    impl::RuleDescription grown = *impl::find_rule("dirty_delivery");
    grown.values = values;
    impl::RuleDescription added = grown;
    added.name = "batching";
    const std::vector<impl::RuleDescription> table{grown, added};
    impl::Rules later = rules_of("repaired");
    grown.set(later, 2);
    CHECK(unknown_to_proof(later, table) ==
          std::vector<std::string>{"the proof does not know dirty_delivery=deliver_later; it knows deliver, literal",
                                   "the proof does not know the rule batching (deliver_later); those it "
                                   "knows are in model/proof/known_rules.cpp"});
}

TEST_CASE("what the proof says of every value is what it knows of every rule") {
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
            impl::Rules rules = rules_of("published");
            rule.set(rules, value);
            CHECK(unknown_to_proof(rules).empty());
        }
}

} // namespace mdcd::model::proof
