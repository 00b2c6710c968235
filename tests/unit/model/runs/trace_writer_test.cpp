// Traces that a search wrote: they replay, and every kind of edit by hand is noticed at the right step.
// Knows of the run only that it is a shortest one against recoverability.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/runs/trace_writer.hpp"
#include "tests/unit/model/run.hpp"
#include "traces/file_error.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests {

using namespace model;
using traces::Trace;
using traces::Value;

namespace {

const System& tiny() {
    static const System system(load_scope("tiny"), preset("published").rules);
    return system;
}

// The shortest run of the scope that settles a property, as the search found it.
Trace settled(PropertyId property, checker::Verdict verdict) {
    static const checker::Report report = checker::search(tiny());
    const checker::PropertyVerdict& found = report.verdicts[static_cast<std::size_t>(property)];
    REQUIRE(found.verdict == verdict);
    REQUIRE(found.path.has_value());
    return make_trace(tiny(), *found.path, property, verdict, {.tool_version = "test", .rules_name = "published"});
}

Trace violation() {
    return settled(PropertyId::recoverability, checker::Verdict::violated);
}

// Where a replay of the edited trace stops; fails the test if it does not.
ReplayDifference difference(Trace trace, const std::function<void(Trace&)>& edit) {
    edit(trace);
    const auto found = replay(trace, "edited.json");
    REQUIRE(found.has_value());
    return *found;
}

void expect(const std::function<void(Trace&)>& edit, std::size_t step, const std::string& text) {
    const ReplayDifference found = difference(violation(), edit);
    CHECK(found.step == step);
    CHECK_MESSAGE(found.text.find(text) != std::string::npos, found.text);
}

void set_rule(Trace& trace, const std::string& assignment) {
    impl::Rules rules = all_rules_from(trace.rules, "", "$");
    model::set_rule(rules, assignment);
    trace.rules = to_value(rules);
    trace.rules_name = "edited";
}

} // namespace

TEST_CASE("a trace says all that is needed to understand and to repeat it") {
    const Trace trace = violation();
    CHECK(trace.tool_version == "test");
    CHECK(trace.scope_name == "tiny");
    CHECK(trace.rules_name == "published");
    CHECK(trace.scope == to_value(tiny().scope()));
    CHECK(trace.rules == to_value(tiny().rules()));
    CHECK(trace.property == "recoverability");
    CHECK(trace.claim == all_properties()[static_cast<std::size_t>(PropertyId::recoverability)].rationale);
    CHECK(trace.verdict == "violated");
    CHECK(trace.processes == std::vector<std::string>{"L1", "S1", "A1", "A2"});
    CHECK(trace.steps.size() >= 4);
    CHECK(!trace.findings.empty());
    CHECK(trace.recovery.size() == 4);
    REQUIRE(trace.hypothesis.has_value());
    CHECK(trace.hypothesis->found_by == "native");
    CHECK(traces::read_trace(traces::write_trace(trace), "t.json") == trace);
}

TEST_CASE("a fault hypothesis of a trace is evaluated again") {
    const Trace trace = violation();
    REQUIRE(trace.hypothesis.has_value());
    const Value right = trace.hypothesis->assignment;
    REQUIRE(right.find("k") != nullptr);
    const auto with = [&](const Value& assignment, const std::string& found_by) {
        Trace changed = trace;
        changed.hypothesis->assignment = assignment;
        changed.hypothesis->found_by = found_by;
        return replay(changed, "t.json");
    };
    CHECK(!with(right, "z3").has_value());
    CHECK(!with(right, "native").has_value());
    // That a message is lost does not depend on what is erroneous: any number will do that no test has proved correct.
    const Value later(Value::Record{{"k", Value(200)}});
    CHECK(!with(later, "z3").has_value());
    CHECK(with(later, "native").has_value());
    const Value wrong[] = {Value(Value::Record{{"k", Value(0)}}),   // the tests say that it is correct
                           Value(Value::Record{{"k", Value(-1)}}),  // no number
                           Value(Value::Record{{"k_1", Value(1)}}), // of another number of components
                           Value(Value::Record{}), Value("all")};
    for (const Value& assignment : wrong) {
        CAPTURE(to_text(assignment));
        CHECK(with(assignment, "z3").has_value());
        CHECK(with(assignment, "native").has_value());
    }
    Trace removed = trace;
    removed.hypothesis.reset();
    CHECK(replay(removed, "t.json").has_value());
    Trace told = trace;
    told.hypothesis->text = "all is well"; // words of the solver may differ, ours may not
    CHECK(replay(told, "t.json").has_value());
}

TEST_CASE("a trace does not blame a preset for other rules") {
    Trace trace = violation();
    trace.rules_name = "repaired"; // the values are the published ones
    const auto found = replay(trace, "t.json");
    REQUIRE(found.has_value());
    CHECK(found->step == 0);
    CHECK(found->text == "the rules are not those of preset repaired");
    trace.rules_name = "mine"; // a name that says nothing
    CHECK(!replay(trace, "t.json").has_value());
}

TEST_CASE("every trace of the search replays, with whole states and without") {
    const checker::Report report = checker::search(tiny());
    unsigned replayed = 0;
    for (std::size_t property = 0; property < report.verdicts.size(); ++property) {
        const checker::PropertyVerdict& found = report.verdicts[property];
        if (!found.path)
            continue;
        CAPTURE(found.property);
        for (const bool whole_states : {false, true}) {
            const Trace trace = make_trace(tiny(), *found.path, property_at(property), found.verdict,
                                           {.tool_version = "", .rules_name = "", .whole_states = whole_states});
            CHECK(trace.steps.size() == found.path->firings.size());
            CHECK(std::ranges::all_of(trace.steps,
                                      [&](const traces::Step& s) { return s.state.has_value() == whole_states; }));
            const auto nothing = replay(trace, "t.json");
            CHECK_MESSAGE(!nothing.has_value(), nothing->text);
            ++replayed;
        }
    }
    CHECK(replayed >= 2 * 4);
}

TEST_CASE("an edited step is noticed there") {
    const Trace trace = violation();
    for (std::size_t position = 0; position < trace.steps.size(); ++position) {
        CAPTURE(position);
        const std::size_t step = position + 1;
        const auto edit_step = [&](const std::function<void(traces::Step&)>& edit) {
            return [edit, position](Trace& edited) { edit(edited.steps[position]); };
        };
        expect(edit_step([](traces::Step& s) { s.action.text += "!"; }), step, "is not enabled; enabled are");
        expect(edit_step([](traces::Step& s) { s.digest[0] = s.digest[0] == '0' ? '1' : '0'; }), step, "digest");
        expect(edit_step([](traces::Step& s) { s.action.fired.emplace_back("does more"); }), step,
               "is told differently");
        expect(edit_step([](traces::Step& s) { s.action.process = "A9"; }), step, "is told differently");
        expect(edit_step([](traces::Step& s) { s.action.kind = "rest"; }), step, "is told differently");
        expect(edit_step([](traces::Step& s) { s.action.checkpoint_taken = 77; }), step, "is told differently");
        expect(edit_step([](traces::Step& s) { s.action.checkpoints_dropped.push_back(77); }), step,
               "told differently");
        expect(edit_step([](traces::Step& s) {
                   s.action.sent.push_back({"c9", "A1", "9", true});
               }),
               step, "differently");
        expect(edit_step([](traces::Step& s) {
                   s.action.taken = traces::MessageEvent{"c9", "A1", "9", true};
               }),
               step, "is told differently");
        expect(edit_step([](traces::Step& s) { s.changes.front().after = "something else"; }), step, "the changes of");
        expect(edit_step([](traces::Step& s) { s.changes.pop_back(); }), step, "the changes of");
    }
}

TEST_CASE("a step that is missing or in another place is noticed where the run first differs") {
    const Trace trace = violation();
    for (std::size_t position = 0; position + 1 < trace.steps.size(); ++position) {
        CAPTURE(position);
        const auto erase = [position](Trace& t) {
            t.steps.erase(t.steps.begin() + static_cast<std::ptrdiff_t>(position));
        };
        CHECK(difference(trace, erase).step == position + 1);
        const auto swap = [position](Trace& t) { std::swap(t.steps[position], t.steps[position + 1]); };
        CHECK(difference(trace, swap).step == position + 1);
        const auto repeat = [position](Trace& t) {
            t.steps.insert(t.steps.begin() + static_cast<std::ptrdiff_t>(position), t.steps[position]);
        };
        CHECK(difference(trace, repeat).step == position + 2);
    }
    expect([](Trace& t) { t.steps.pop_back(); }, trace.steps.size() - 1, "does not violate recoverability");
    expect([](Trace& t) { t.steps.clear(); }, 0, "does not violate recoverability");
}

TEST_CASE("what is said of the whole run is checked as well") {
    const std::size_t last = violation().steps.size();
    expect([](Trace& t) { t.initial_digest = "0000000000000000"; }, 0, "the initial state differs");
    CHECK_THROWS_AS((void)difference(violation(), [](Trace& t) { t.verdict = "reached"; }), traces::FileError);
    expect([](Trace& t) { t.verdict = "holds"; }, last, "the last state violates recoverability");
    expect([](Trace& t) { t.property = "device_safety"; }, last, "does not violate device_safety");
    expect([](Trace& t) { t.property = "recoverabilty"; }, 0, "there is no property 'recoverabilty'");
    expect([](Trace& t) { t.findings.pop_back(); }, last, "told differently");
    expect([](Trace& t) { t.findings.front().text = "All is well."; }, last, "told differently");
    expect([](Trace& t) { t.recovery.front().text = "goes on"; }, last, "told differently");
    const Trace twin = settled(PropertyId::several_roll_back, checker::Verdict::reached);
    CHECK_THROWS_AS((void)difference(twin, [](Trace& t) { t.verdict = "violated"; }), traces::FileError);
    const auto unreached = difference(twin, [](Trace& t) { t.verdict = "not_reached"; });
    CHECK(unreached.text == "the last state reaches several_roll_back");
    const auto other = difference(twin, [](Trace& t) { t.property = "output_of_validated_state"; });
    CHECK(other.text == "the last state does not reach output_of_validated_state");
}

TEST_CASE("another rule or another scope is another run") {
    const Trace trace = violation();
    const auto first = [&](const std::function<bool(const traces::Step&)>& is_it) {
        return static_cast<std::size_t>(std::ranges::find_if(trace.steps, is_it) - trace.steps.begin()) + 1;
    };
    const std::size_t checkpoint = first([](const traces::Step& s) { return s.action.checkpoint_taken.has_value(); });
    REQUIRE(checkpoint <= trace.steps.size());
    expect([](Trace& t) { set_rule(t, "checkpoint_index=local_sn"); }, checkpoint, "digest");
    expect([](Trace& t) { set_rule(t, "dirty_delivery=literal"); }, checkpoint, "digest");
    const auto edit_budget = [](Trace& t) {
        Scope scope = scope_from(t.scope, "");
        ++scope.budgets.active_messages;
        t.scope = to_value(scope);
    };
    expect(edit_budget, 0, "the initial state differs");
    const auto edit_group = [](Trace& t) {
        Scope scope = scope_from(t.scope, "");
        ++scope.active_processes;
        t.scope = to_value(scope);
    };
    expect(edit_group, 0, "the initial state differs");
}

TEST_CASE("a scope or rules that are none are the file's mistake") {
    Trace trace = violation();
    trace.scope = traces::Value::Record{{"name", "x"}};
    CHECK_THROWS_WITH_AS(static_cast<void>(replay(trace, "t.json")), doctest::Contains("missing field"),
                         traces::FileError);
    trace = violation();
    trace.rules = traces::Value::Record{};
    CHECK_THROWS_WITH_AS(static_cast<void>(replay(trace, "t.json")), doctest::Contains("t.json: $.rules: rule '"),
                         traces::FileError);
}

TEST_CASE("the known answer as a trace replays too") {
    Run run(scope_of(2, {.cluster_messages = 3, .active_acceptance_tests = 1}));
    take_dropped_checkpoint(run);
    // The path again, from the names of its actions.
    RunWriter again(run.system);
    checker::Path path;
    for (const traces::Step& step : run.writer.steps()) {
        const auto moves = again.moves();
        const auto move = std::ranges::find_if(moves, [&](const Move& m) { return m.action.text == step.action.text; });
        path.firings.push_back(move->firing);
        again.advance(*move);
    }
    const Trace trace = make_trace(run.system, path, PropertyId::containment, checker::Verdict::violated, {});
    CHECK(trace.steps == run.writer.steps());
    CHECK(!replay(trace, "t.json").has_value());
    REQUIRE(trace.findings.size() == 1);
    CHECK(trace.findings[0].process == "A1");
    CHECK(trace.hypothesis->text == "cluster messages with number >= 3 are erroneous");
}

} // namespace mdcd::tests
