// Puts a gate's results into the documents of other tools.
// Knows nothing of how these are written down.
#include "checker/cli/gate_documents.hpp"

#include <algorithm>
#include <array>

#include "checker/cli/repository_path.hpp"
#include "checker/version.hpp"
#include "model/check/check.hpp"
#include "model/claims/properties.hpp"
#include "model/inputs/families.hpp"
#include "traces/render_mermaid.hpp"

namespace mdcd::checker::cli {

using model::CheckStatus;
using model::Deviation;
using model::Gate;
using model::GateCheck;
using model::GateResult;
using model::GateRun;
using traces::TestCase;
using traces::TestOutcome;

namespace {

// What is not a property, and can still be other than expected.
struct OtherSubject {
    const char* name;
    const char* text;
};
constexpr const char* not_run_text = "not run: the gate was interrupted";

constexpr std::array other_subjects{
    OtherSubject{"distinct_states", "The search finds exactly as many distinct states as the gate says."},
    OtherSubject{"budget", "The search finishes within its budget, and Z3 leaves no question open."},
    OtherSubject{"internal_error", "The check can be carried out."},
    OtherSubject{"not_run", "The part of the gate that the check is in has run."},
};

bool is_property(const std::string& subject) {
    return std::ranges::find(other_subjects, subject, &OtherSubject::name) == other_subjects.end();
}

std::string sentence(const GateCheck& check, const Deviation& deviation, const std::string& trace_file) {
    return check.name + ": " + deviation.subject + ": " + deviation.text +
           (trace_file.empty() ? "" : ". Its run: " + trace_file);
}

TestOutcome outcome_of(CheckStatus status) {
    switch (status) {
    case CheckStatus::as_expected:
        return TestOutcome::passed;
    case CheckStatus::not_as_expected:
        return TestOutcome::failed;
    case CheckStatus::inconclusive:
    case CheckStatus::error:
    case CheckStatus::not_run: // nobody decided to leave it out: a reader of this file alone must not take it for green
        break;
    }
    return TestOutcome::error;
}

// The shortest run of a deviation, null if there is none.
const traces::Trace* run_of(const GateResult& result, const Deviation& deviation) {
    for (const model::FoundProperty& each : result.found.properties)
        if (each.property == deviation.subject && each.trace)
            return &*each.trace;
    return nullptr;
}

// The same as steps; empty if there is none.
std::vector<std::string> steps_of(const GateResult& result, const Deviation& deviation) {
    std::vector<std::string> steps;
    if (const traces::Trace* const run = run_of(result, deviation))
        for (const traces::Step& step : run->steps)
            steps.push_back(step.action.text);
    return steps;
}

std::string run_text(const std::vector<std::string>& steps) {
    std::string text;
    for (std::size_t position = 0; position < steps.size(); ++position)
        text += "\n  " + std::to_string(position + 1) + "  " + steps[position];
    return text;
}

class Suite {
public:
    Suite(const Gate& gate, const GateCheck& check, const GateResult& result, const std::vector<std::string>& files)
        : gate_(gate), check_(check), result_(result), files_(files) {}

    [[nodiscard]] traces::TestSuite suite() const {
        traces::TestSuite suite;
        suite.name = gate_.name + "." + check_.name;
        suite.seconds = result_.cached ? 0 : result_.found.seconds;
        suite.properties = {{"scope", check_.scope.name},
                            {"rules", check_.rules.name},
                            {"distinct_states", std::to_string(result_.found.distinct_states)},
                            {"cached", result_.cached ? "true" : "false"}};
        TestCase search = test("search", "");
        search.seconds = suite.seconds;
        for (const Deviation& each : result_.deviations)
            if (!is_property(each.subject))
                add(search, each);
        suite.cases.push_back(std::move(search));
        for (const model::Expectation& expected : check_.expected) {
            TestCase property = test(expected.property, ".expect." + expected.property);
            if (result_.status == CheckStatus::error)
                leave_open(property, "the check could not be carried out");
            for (const Deviation& each : result_.deviations)
                if (each.subject == expected.property)
                    add(property, each);
            if (property.outcome == TestOutcome::passed && !is_as_expected(expected, result_.found)) {
                property.outcome = TestOutcome::error;
                property.type = name_of(CheckStatus::inconclusive);
                property.text = check_.name + ": " + expected.property + ": left open, the search did not finish";
            }
            suite.cases.push_back(std::move(property));
        }
        return suite;
    }

private:
    [[nodiscard]] TestCase test(const std::string& name, const std::string& field) const {
        TestCase test;
        test.name = name;
        test.class_name = gate_.name + "." + check_.name;
        test.file = repository_path(gate_.file);
        test.line = gate_.place(check_.path + field).line;
        if (result_.status == CheckStatus::not_run)
            leave_open(test, not_run_text);
        return test;
    }

    void leave_open(TestCase& test, const std::string& why) const {
        test.outcome = TestOutcome::error;
        test.type = name_of(result_.status);
        test.text = check_.name + ": " + test.name + ": " + why;
    }

    void add(TestCase& test, const Deviation& deviation) const {
        if (test.outcome != TestOutcome::error)
            test.outcome = outcome_of(deviation.status);
        test.type = name_of(deviation.status);
        test.text += (test.text.empty() ? "" : "\n") +
                     sentence(check_, deviation, trace_file_of(result_, deviation, files_)) +
                     run_text(steps_of(result_, deviation));
    }

    const Gate& gate_;
    const GateCheck& check_;
    const GateResult& result_;
    const std::vector<std::string>& files_;
};

// Calls visit(check, result, deviation, trace file) for each deviation, in order.
template <class Visit>
void for_each_deviation(const Gate& gate, const GateRun& run, const GateTraceFiles& files, Visit visit) {
    for (std::size_t index = 0; index < gate.checks.size(); ++index)
        for (const Deviation& each : run.results[index].deviations)
            visit(gate.checks[index], run.results[index], each, trace_file_of(run.results[index], each, files[index]));
}

// Of each check that did not come to its end, why.
std::vector<traces::SarifNotification> unfinished(const Gate& gate, const GateRun& run) {
    std::vector<traces::SarifNotification> all;
    for (std::size_t index = 0; index < gate.checks.size(); ++index) {
        const GateResult& result = run.results[index];
        const std::string& name = gate.checks[index].name;
        if (result.status == CheckStatus::not_run)
            all.push_back({"error", name + ": " + not_run_text});
        else if (!result.found.failure.empty())
            all.push_back({"error", name + ": could not be carried out: " + result.found.failure});
        else if (!result.found.exhaustive)
            all.push_back({"warning", name + ": the search did not finish" +
                                          (result.found.limit.empty() ? "" : ", bounded by " + result.found.limit)});
    }
    return all;
}

std::vector<traces::SarifRule> sarif_rules(const Gate& gate) {
    std::vector<traces::SarifRule> rules;
    const auto add = [&rules](const Property& property) {
        if (std::ranges::find(rules, property.name, &traces::SarifRule::id) != rules.end())
            return; // a family has a claim of this name, too
        rules.push_back(
            {property.name,
             property.name + (property.kind != PropertyKind::reachable ? " must always be true" : " must be possible"),
             property.rationale,
             property.rationale + " The verdict that a gate expects of it was not the one found; `mdcd show` "
                                  "draws the run, if there is one."});
    };
    for (const Property& property : model::all_properties())
        add(property);
    for (const GateCheck& check : gate.checks)
        if (check.family)
            for (const Property& property : model::family_of(check.family->scope).properties(*check.family))
                add(property);
    for (const OtherSubject& other : other_subjects)
        rules.push_back({other.name, other.name, other.text, other.text});
    return rules;
}

// The run of the first deviation that has one and that GitHub would draw, below a line that says whose it is; else "".
std::string first_diagram(const Gate& gate, const GateRun& run, const GateTraceFiles& files) {
    std::string text;
    for_each_deviation(
        gate, run, files,
        [&](const GateCheck& check, const GateResult& result, const Deviation& each, const std::string& trace_file) {
            const traces::Trace* const trace = run_of(result, each);
            const std::string diagram =
                text.empty() && trace != nullptr ? traces::mermaid_block(traces::render_mermaid(*trace)) : "";
            if (!diagram.empty())
                text = "\n" + traces::markdown_cell(sentence(check, each, trace_file)) + "\n\n" + diagram;
        });
    return text;
}

} // namespace

std::vector<traces::TestSuite> junit_of(const Gate& gate, const GateRun& run, const GateTraceFiles& files) {
    std::vector<traces::TestSuite> suites;
    for (std::size_t index = 0; index < gate.checks.size(); ++index)
        suites.push_back(Suite(gate, gate.checks[index], run.results[index], files[index]).suite());
    return suites;
}

traces::SarifRun sarif_of(const Gate& gate, const GateRun& run, const GateTraceFiles& files) {
    traces::SarifRun document;
    document.tool_version = version;
    document.category = "mdcd-gate/" + gate.name + "/" + repository_path(gate.file);
    document.exit_code = static_cast<int>(exit_code_of(run));
    document.notifications = unfinished(gate, run);
    document.completed = document.notifications.empty();
    document.rules = sarif_rules(gate);
    for_each_deviation(
        gate, run, files,
        [&](const GateCheck& check, const GateResult& result, const Deviation& each, const std::string& trace_file) {
            const traces::TextPlace place = gate.place(each.path);
            document.results.push_back({.rule = each.subject,
                                        .level = each.status == CheckStatus::inconclusive ? "warning" : "error",
                                        .message = sentence(check, each, trace_file),
                                        .file = repository_path(gate.file),
                                        .line = place.line,
                                        .column = place.column,
                                        .fingerprint = gate.name + "/" + check.name + "/" + each.subject + ":1",
                                        .steps = steps_of(result, each)});
        });
    return document;
}

std::vector<traces::Annotation> annotations_of(const Gate& gate, const GateRun& run, const GateTraceFiles& files) {
    std::vector<traces::Annotation> all;
    for_each_deviation(
        gate, run, files,
        [&](const GateCheck& check, const GateResult&, const Deviation& each, const std::string& trace_file) {
            const traces::TextPlace place = gate.place(each.path);
            all.push_back(
                {.level = each.status == CheckStatus::inconclusive ? "warning" : "error",
                 .file = repository_path(gate.file),
                 .line = place.line,
                 .column = place.column,
                 .title = "gate " + gate.name + ": " + check.name,
                 .message = each.subject + ": " + each.text + (trace_file.empty() ? "" : "\nIts run: " + trace_file)});
        });
    constexpr std::ptrdiff_t shown_max = 10;
    std::vector<traces::Annotation> shown;
    for (const std::string level : {"error", "warning"}) {
        const auto count = std::ranges::count(all, level, &traces::Annotation::level);
        std::ptrdiff_t taken = 0;
        for (const traces::Annotation& each : all) {
            if (each.level != level || taken == shown_max)
                continue;
            shown.push_back(each);
            if (++taken == shown_max && count > shown_max)
                shown.back().message = "and " + std::to_string(count - shown_max + 1) + " more: see the step summary";
        }
    }
    return shown;
}

std::string step_summary_of(const Gate& gate, const GateRun& run, const GateTraceFiles& files) {
    using traces::markdown_cell;
    const std::string diagram = first_diagram(gate, run, files);
    const std::size_t bytes_max = (std::size_t{1} << 20) - 1000 - diagram.size();
    std::string text = "### mdcd gate " + markdown_cell(gate.name) + "\n\n" + markdown_cell(summary_of(run)) + "\n\n";
    text += "| check | result | distinct states |\n|---|---|---:|\n";
    for (std::size_t index = 0; index < gate.checks.size(); ++index) {
        const GateResult& result = run.results[index];
        std::string status = name_of(result.status);
        std::ranges::replace(status, '_', ' ');
        text += "| " + markdown_cell(gate.checks[index].name) + " | " +
                (result.status == CheckStatus::as_expected ? status : "**" + status + "**") +
                (result.cached ? " (cached)" : "") + " | " + std::to_string(result.found.distinct_states) + " |\n";
    }
    std::string details;
    for_each_deviation(
        gate, run, files,
        [&](const GateCheck& check, const GateResult&, const Deviation& each, const std::string& trace_file) {
            details += "| " + markdown_cell(check.name) + " | " + markdown_cell(each.subject) + " | " +
                       markdown_cell(each.text) + " | " + markdown_cell(trace_file) + " |\n";
        });
    if (!details.empty())
        text += "\n| check | what | how | run |\n|---|---|---|---|\n" + details;
    if (text.size() > bytes_max) {
        text.resize(text.rfind('\n', bytes_max) + 1);
        text += "\nToo long to be shown in full.\n";
    }
    return text + diagram;
}

} // namespace mdcd::checker::cli
