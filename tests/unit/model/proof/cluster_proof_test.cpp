// The proof for any number of components: that it goes through with every question answered, that no lemma is idle, and
// that it takes nothing for granted that nobody proves. Knows the lemmas and actions by name.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/inputs/library.hpp"
#include "model/proof/cluster_proof.hpp"
#include "model/proof/cluster_rules.hpp"

namespace mdcd::model::proof::cluster {
namespace {

using Verdict = checker::smt::Finding::Verdict;

struct IdleCheck {
    const char* lemma;
    const char* group; // the action, or the claim
    const char* what;  // the lemma that it does not keep, or the claim
};

constexpr std::array needed{
    IdleCheck{"numbers_cover_dependence", "containment", "containment"},
    IdleCheck{"numbers_are_earned", "active_passes_test", "only_the_validated_is_told"},
    IdleCheck{"components_count_their_messages", "low_sends", "messages_are_counted"},
    IdleCheck{"nothing_depends_on_the_unsent", "low_receives", "components_count_their_messages"},
    IdleCheck{"only_the_validated_is_told", "active_is_notified", "clean_is_validated"},
    IdleCheck{"past_is_closed", "no_lost_message", "no_lost_message"},
    IdleCheck{"clean_is_validated", "containment", "containment"},
    IdleCheck{"dirty_while_checkpoints", "no_orphan", "no_orphan"},
    IdleCheck{"oldest_is_validated", "no_orphan", "no_orphan"},
    IdleCheck{"absorbed_is_covered", "forgets_checkpoint", "clean_is_validated"},
    IdleCheck{"checkpoints_ascend", "active_sends", "sent_after_is_covered"},
    IdleCheck{"what_is_kept_is_wanted", "reclamation_completeness", "reclamation_completeness"},
    IdleCheck{"agreement_is_validated", "no_orphan", "no_orphan"},
    IdleCheck{"messages_are_counted", "unique_sn", "unique_sn"},
    IdleCheck{"past_is_past", "no_lost_message", "no_lost_message"},
    IdleCheck{"sent_before_has_no_larger_number", "no_lost_message", "no_lost_message"},
    IdleCheck{"sent_after_is_covered", "no_orphan", "no_orphan"},
    IdleCheck{"messages_are_somewhere", "no_lost_message", "no_lost_message"},
    IdleCheck{"received_has_no_larger_number", "no_orphan", "no_orphan"},
    IdleCheck{"log_completes_checkpoints", "no_lost_message", "no_lost_message"},
    IdleCheck{"log_is_in_order", "forgets_inputs", "log_completes_checkpoints"},
    IdleCheck{"nothing_is_received_twice", "no_duplicate", "no_duplicate"},
    IdleCheck{"nothing_is_kept_twice", "no_duplicate", "no_duplicate"},
    IdleCheck{"shadow_counts_its_messages", "shadow_generates", "outputs_are_logged_until_validated"},
    IdleCheck{"script_covers_both_sides", "no_orphan", "no_orphan"},
    IdleCheck{"outputs_are_logged_until_validated", "no_lost_message", "no_lost_message"},
    IdleCheck{"outputs_depend_on_the_past", "no_surviving_dependence", "no_surviving_dependence"},
    IdleCheck{"outputs_ascend", "takeover_order", "takeover_order"},
    IdleCheck{"only_outputs_are_told", "output_exactly_once", "output_exactly_once"},
    IdleCheck{"externals_are_logged_until_output", "output_exactly_once", "output_exactly_once"},
};

const ProvedClaim& claim_named(const std::string& name) {
    return *std::ranges::find(claims(), name, &ProvedClaim::name);
}

// What is refuted, as "action: lemma" or "claim".
std::vector<std::string> refuted_in(const Proof& proof) {
    std::vector<std::string> all;
    for (const ProofRow& row : proof.lemmas)
        for (std::size_t column = 0; column < row.cells.size(); ++column)
            if (row.cells[column].verdict == Verdict::refuted)
                all.push_back((column == 0 ? "start" : actions()[column - 1].name) + (": " + row.name));
    for (const ProofRow& row : proof.claims)
        for (const ProofCell& cell : row.cells)
            if (cell.verdict == Verdict::refuted)
                all.push_back(row.name);
    return all;
}

// Only as far as `group` is asked.
Proof prove_group(ProofOptions options, const std::string& group) {
    options.induction.wanted = [&](const std::string& asked, const std::string&) { return asked == group; };
    return prove(options);
}

bool is_faulted(const Proof& proof, const std::string& text) {
    return std::ranges::any_of(proof.faults, [&](const auto& each) { return each.find(text) != std::string::npos; });
}

Truth reception_of_small_numbers(const Step& step) {
    return actions()[static_cast<std::size_t>(ActionId::active_receives)].relation(step) &&
           step.before.process.low_sn[any_entry] <= step.before.notified.owner().number(50);
}
// Reclaims whatever it likes.
Truth reclamation_without_guard(const Step& step) {
    Step told = step; // by a number that is as large as it has to be
    told.before.process.valid_sn = larger(told.before.process.valid_sn, told.happening.dropped.index);
    told.after.process.valid_sn = told.before.process.valid_sn;
    const Truth no = step.before.notified.owner().constant(false);
    for (ProcessWindow<Symbolic>* process : {&told.before.process, &told.after.process})
        for (auto* each : {&process->focus, &process->before, &process->after, &process->older})
            each->wanted = no;
    told.happening.dropped.wanted = no;
    return actions()[static_cast<std::size_t>(ActionId::forgets_checkpoint)].relation(told) &&
           equal(step.before.process.valid_sn, step.after.process.valid_sn);
}
// Handlers that are wrong about messages to devices, as texts made from the right ones.
Step with_other_notification(Step step, Number outputs) {
    step.happening.notification.outputs = outputs;
    return step;
}
// A shadow believes a count whoever sends it: that of another component's new version is any number.
Truth notified_by_anybody(const Step& step) {
    return actions()[static_cast<std::size_t>(ActionId::shadow_is_notified)].relation(
        with_other_notification(step, step.after.process.valid_external));
}
// .. or takes the number of what is validated for the count of outputs.
Truth notified_by_number(const Step& step) {
    return actions()[static_cast<std::size_t>(ActionId::shadow_is_notified)].relation(
        with_other_notification(step, step.happening.notification.low_sn[own_entry]));
}
// The new version tells a count before it outputs one more.
Truth tells_one_too_many(const Step& step) {
    Step told = step;
    told.after.notification.outputs = choose(step.after.notification.outputs == step.after.outputs_made + 1,
                                             step.after.outputs_made, step.after.notification.outputs);
    return actions()[static_cast<std::size_t>(ActionId::low_passes_test)].relation(told);
}
// Messages to devices are purged as those to processes are, when the number they were logged at is validated.
Truth purged_by_number(const Step& step) {
    Step told = step;
    told.before.process.valid_external = told.after.process.valid_external =
        choose(step.before.process.external.index <= step.before.process.valid_sn[own_entry],
               step.before.process.external.number, step.before.process.valid_external);
    return actions()[static_cast<std::size_t>(ActionId::forgets_outputs)].relation(told) &&
           step.after.process.valid_external == step.before.process.valid_external;
}
// What is suppressed is counted and not logged.
Truth generates_without_log(const Step& step) {
    Step logged = step;
    logged.after.process.external.logged =
        step.before.process.external.logged ||
        (step.before.process.own[own_entry] && step.before.external_number == step.after.process.externals);
    return actions()[static_cast<std::size_t>(ActionId::shadow_generates_output)].relation(logged) &&
           step.after.process.external.logged == step.before.process.external.logged;
}
// A take-over of which nobody has told the shadow how much its new version has output.
Truth takes_over_untold(const Window<Symbolic>& window, const Happening<Symbolic>& happening) {
    Window<Symbolic> told = window;
    told.outputs_made = told.process.valid_external;
    return claim_named("output_exactly_once").guard(told, happening);
}

Truth always_so(const Window<Symbolic>& window, const Happening<Symbolic>&) {
    return window.notified.owner().constant(true);
}
Truth never_so(const Window<Symbolic>& window, const Happening<Symbolic>&) {
    return window.notified.owner().constant(false);
}

} // namespace

TEST_CASE("ten claims are proved for any number of components, with every question answered") {
    const Proof proof = prove({});
    CHECK(refuted_in(proof).empty());
    CHECK(proof.faults.empty());
    CHECK(proof.proved());
    CHECK(proof.claims.size() == 10);
    CHECK(proof.statistics.queries == (30 + 1) * (action_count + 1) + 3 * 10); // can_happen counts as a lemma
    CHECK(proof.statistics.unknowns == 0);
}

TEST_CASE("no lemma about components is idle: without it, this question is answered otherwise") {
    CHECK(needed.size() == lemmas().size());
    for (const IdleCheck& each : needed) {
        CAPTURE(each.lemma);
        ProofOptions options{.without = {each.lemma}};
        options.induction.wanted = [&](const std::string& group, const std::string& obligation) {
            return group == each.group && obligation == each.what;
        };
        const Proof proof = prove(options);
        CHECK(proof.statistics.queries == 1);
        CHECK(proof.refuted());
    }
}

TEST_CASE("a premise about components that nobody proves is no proof") {
    ProofOptions options{.without = {"clean_is_validated"}};
    options.also_assumed = [](const Step& step) {
        return step.before.process.dirty || at_most(step.before.process.low_sn, step.before.validated);
    };
    const Proof proof = prove_group(options, "containment");
    CHECK(proof.claims[0].cells[0].verdict == Verdict::proved);
    CHECK(is_faulted(proof, "take for granted what no lemma says"));
    CHECK_FALSE(proof.proved());
}

TEST_CASE("an action on components that names a number, or lacks its guard, is no action of the protocol") {
    std::vector<Action> changed(actions().begin(), actions().end());
    changed[static_cast<std::size_t>(ActionId::active_receives)].relation = reception_of_small_numbers;
    CHECK(is_faulted(prove_group({.actions = changed}, "containment"), "active_receives name the number 50"));

    changed.assign(actions().begin(), actions().end());
    changed[static_cast<std::size_t>(ActionId::forgets_checkpoint)].relation = reclamation_without_guard;
    const std::vector<std::string> failures = refuted_in(prove_group({.actions = changed}, "forgets_checkpoint"));
    CHECK(std::ranges::count(failures, "forgets_checkpoint: clean_is_validated") == 1);
    CHECK(std::ranges::count(failures, "forgets_checkpoint: oldest_is_validated") == 1);
}

// Each is what somebody could write instead: the lemma that it does not keep is the one that the claim needs.
TEST_CASE("handlers that are wrong about messages to devices are refuted") {
    struct Wrong {
        ActionId action;
        Truth (*relation)(const Step&);
        const char* refuted;
    };
    constexpr std::array wrong{
        Wrong{ActionId::shadow_is_notified, notified_by_anybody, "shadow_is_notified: only_outputs_are_told"},
        Wrong{ActionId::shadow_is_notified, notified_by_number, "shadow_is_notified: only_outputs_are_told"},
        Wrong{ActionId::low_passes_test, tells_one_too_many, "low_passes_test: only_outputs_are_told"},
        Wrong{ActionId::forgets_outputs, purged_by_number, "forgets_outputs: externals_are_logged_until_output"},
        Wrong{ActionId::shadow_generates_output, generates_without_log,
              "shadow_generates_output: externals_are_logged_until_output"},
    };
    for (const Wrong& each : wrong) {
        CAPTURE(each.refuted);
        std::vector<Action> changed(actions().begin(), actions().end());
        Action& action = changed[static_cast<std::size_t>(each.action)];
        action.relation = each.relation;
        CHECK(refuted_in(prove_group({.actions = changed}, action.name)) == std::vector<std::string>{each.refuted});
    }
    ProvedClaim untold = claim_named("output_exactly_once");
    untold.guard = takes_over_untold;
    const std::vector<ProvedClaim> of_untold{untold};
    const Proof proof = prove_group({.claims = of_untold}, untold.name);
    CHECK(proof.claims[0].cells[0].verdict == Verdict::refuted);
    CHECK(proof.claims[0].cells[1].verdict == Verdict::proved); // it is about something
}

TEST_CASE("a claim about components that says nothing, or is about nothing, is told by the proof itself") {
    ProvedClaim empty = claims()[0];
    empty.statement = always_so;
    const std::vector<ProvedClaim> says_nothing{empty};
    CHECK(
        prove_group({.claims = says_nothing}, "containment").claims[0].cells[2].reason.starts_with("it says nothing"));
    ProvedClaim idle = claims()[0];
    idle.guard = never_so;
    const std::vector<ProvedClaim> about_nothing{idle};
    CHECK(prove_group({.claims = about_nothing}, "containment").claims[0].cells[1].reason.starts_with("it is vacuous"));
}

TEST_CASE("whatever the texts about components have not in them is refused by name") {
    const impl::Rules known = preset("repaired_vector").rules;
    CHECK(unknown_to_proof(known).empty());
    CHECK(unknown_to_proof(preset("repaired").rules).size() == 2); // shadow_sn, low_sn
    std::vector<std::string> allowed;
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
            impl::Rules rules = known;
            rule.set(rules, value);
            const std::vector<std::string> unknown = unknown_to_proof(rules);
            if (rules != known && unknown.empty())
                allowed.push_back(std::string(rule.name) + "=" + std::string(rule.values[value]));
            for (const std::string& each : unknown)
                CHECK(each.find(std::string(rule.name) + "=" + std::string(rule.values[value])) != std::string::npos);
        }
    CHECK(allowed == std::vector<std::string>{"propagation_mark=any_internal", "shadow_input_index=shadow_sn",
                                              "stop_low=detector_only"});
    // As somebody would add one to the table of impl.
    impl::RuleDescription added = *impl::find_rule("dirty_delivery");
    added.name = "batching";
    const std::vector<impl::RuleDescription> table{added};
    CHECK(unknown_to_proof(known, table) ==
          std::vector<std::string>{"the proof for several components does not know the "
                                   "rule batching (deliver); those it knows are in "
                                   "model/proof/cluster_rules.cpp"});
}

} // namespace mdcd::model::proof::cluster
