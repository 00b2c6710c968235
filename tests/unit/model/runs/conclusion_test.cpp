// What is said of the last state of a run: every violated property gets at least one finding, each in a sentence, and
// recovery is told for every process.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/runs/conclusion.hpp"
#include "model/runs/trace_writer.hpp"
#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

struct Case {
    std::string change; // of the published rules; "" for none
    std::uint8_t components = 1;
    std::uint8_t active_processes = 2;
    Budgets budgets{.cluster_messages = 2, .active_messages = 1, .active_acceptance_tests = 1}; // those of tiny
};

// By messages, with one active process.
Case recovering(const std::string& change) {
    return {change, 1, 1, {.cluster_messages = 2, .messages_to_cluster = 1, .detections = 1}};
}

// Between them they violate every property that is always to hold, but for those that no rule breaks.
const std::vector<Case>& cases() {
    static const std::vector<Case> table = {
        {""},
        {"dirty_delivery=literal"},
        {"shadow_output_index=low_sn"},
        {"recovery_line=local"},
        {"in_transit=deliver"},
        {"first_checkpoint=dirty_only"},
        {"low_sn=shared_broadcast", 2, 1, {.cluster_messages = 2, .active_acceptance_tests = 1}},
        {"", 1, 1, {.cluster_messages = 1, .cluster_outputs = 2}},
        recovering("in_transit=deliver"),
        recovering("rollback_scope=application_only")};
    return table;
}

bool is_sentence(const std::string& text) {
    return text.size() > 10 && text.find("  ") == std::string::npos;
}

std::string kinds(const Conclusion& conclusion) {
    std::string text;
    for (const traces::Finding& finding : conclusion.findings)
        text += finding.kind + "(" + finding.process + "," + finding.message + ") ";
    return text;
}

} // namespace

TEST_CASE("every violated property is explained") {
    std::set<std::string> explained;
    for (const Case& each : cases()) {
        impl::Rules rules;
        if (!each.change.empty())
            set_rule(rules, each.change);
        Scope scope = load_scope("tiny");
        scope.active_processes = each.active_processes;
        scope.components = each.components;
        scope.budgets = each.budgets;
        if (each.budgets.detections > 0)
            scope.recovery = RecoveryMode::asynchronous;
        const System system(scope, rules);
        const checker::Report report = checker::search(system);
        REQUIRE(report.exhaustive);
        for (std::size_t property = 0; property < report.verdicts.size(); ++property) {
            const checker::PropertyVerdict& found = report.verdicts[property];
            if (found.verdict != checker::Verdict::violated)
                continue;
            CAPTURE(each.change);
            CAPTURE(found.property);
            explained.insert(found.property);
            const traces::Trace trace = make_trace(system, *found.path, property_at(property), found.verdict, {});
            CHECK(!trace.findings.empty());
            for (const traces::Finding& finding : trace.findings) {
                CHECK(!finding.kind.empty());
                CHECK_MESSAGE(is_sentence(finding.text), finding.text);
            }
            CHECK(trace.recovery.size() == system.layout().processes().size());
            for (std::size_t position = 0; position < trace.recovery.size(); ++position) {
                CHECK(trace.recovery[position].process == trace.processes[position]);
                CHECK(!trace.recovery[position].text.empty());
            }
        }
    }
    const std::set<std::string> only_by_mutants{"rolled_back_once",   "dirty_iff_checkpoint", "history_order",
                                                "checkpoints_ascend", "oldest_is_validated",  "told_all_keeps_nothing"};
    for (const checker::Property& property : all_properties())
        if (property.kind == checker::PropertyKind::always && !only_by_mutants.contains(property.name))
            CHECK_MESSAGE(explained.contains(property.name), property.name << " is violated by none of the cases");
}

TEST_CASE("the known answer: who calls itself clean, and on what it depends") {
    Run run(scope_of(2, {.cluster_messages = 3, .active_acceptance_tests = 1}));
    take_dropped_checkpoint(run);
    const Conclusion containment = conclude(run.system, run.writer, PropertyId::containment);
    REQUIRE(containment.findings.size() == 1);
    CHECK(containment.findings[0].kind == "contained");
    CHECK(containment.findings[0].text == "A1 calls itself clean, yet it depends on cluster message 3, but acceptance "
                                          "tests have validated only up to 2");
    const Conclusion recovery = conclude(run.system, run.writer, PropertyId::recoverability);
    CHECK(kinds(recovery).find("erroneous_dependence(A1,c3)") != std::string::npos);
    REQUIRE(recovery.recovery.size() == 4);
    CHECK(recovery.recovery[0].text == "stops");
    CHECK(recovery.recovery[1].text ==
          "is clean and stays where it is; suppresses what it generates up to cluster message 2");
    CHECK(recovery.recovery[2].text == "is clean and stays where it is");
    CHECK(!recovery.recovery[2].checkpoint.has_value());
    CHECK(kinds(conclude(run.system, run.writer, PropertyId::reclamation_safety)) == "reclaimed(A1,c3) ");
}

TEST_CASE("a rollback is told with its checkpoint, the step after which it lies, and what is replayed") {
    Run run(scope_of(2, {.cluster_messages = 1, .active_messages = 1}));
    run.take_all({"A2 sends A2.1 to A1", "L1 sends cluster message 1 to A1", "A1 receives cluster message 1 from L1",
                  "A1 receives A2.1 from A2"});
    const Conclusion conclusion = conclude(run.system, run.writer, PropertyId::recoverability);
    const traces::RecoveredProcess& a1_told = conclusion.recovery[2];
    CHECK(a1_told.text == "rolls back to checkpoint 1, taken after step 2, replays A2.1");
    CHECK(a1_told.checkpoint == 1);
    CHECK(a1_told.after_step == 2);
    CHECK(conclusion.findings.empty()); // recovery is fine here
}

TEST_CASE("what a shadow re-sends is told") {
    Run run(scope_of(1, {.cluster_messages = 2}));
    run.take_all({"S1 generates cluster message 1 for A1", "S1 generates cluster message 2 for A1"});
    const Conclusion conclusion = conclude(run.system, run.writer, PropertyId::recoverability);
    CHECK(conclusion.recovery[1].text == "is clean and stays where it is; re-sends c1, c2");
}

TEST_CASE("the hypothesis that is hardest: the first message that nobody has validated") {
    View view;
    view.validated = {2};
    const traces::Hypothesis hypothesis = native_hypothesis(PropertyId::recoverability, view);
    CHECK(hypothesis.text == "cluster messages with number >= 3 are erroneous");
    CHECK(traces::to_text(hypothesis.assignment) == R"({"k": 3})");
    CHECK(hypothesis.found_by == "native");
}

} // namespace mdcd::tests
