// The reference search on models small enough to count by hand: counts, shortest paths, verdicts,
// limits, and errors that never count as holding.
#include "checker/plain_search.hpp"

#include <doctest/doctest.h>

#include "checker/textbook/token.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::automaton;
using mdcd::tests::ScriptedModel;
using mdcd::tests::ScriptedModelWithFinals;

namespace {

// One `always` property, "not `letter`", and one `reachable`, "`letter`".
ScriptedModelWithFinals with_properties(ScriptedModelWithFinals model, char letter) {
    model.property_list = {{"never", PropertyKind::always, "It never gets there."},
                           {"sometimes", PropertyKind::reachable, "It gets there."}};
    model.verdict = [letter](ScriptedModel::Summaries all) { return (*all[0])[0] == letter ? 2U : 1U; };
    return model;
}

std::vector<std::string> names_along(const ScriptedModel& model, const Path& path) {
    std::vector<std::string> names;
    for (const Firing& firing : path.firings)
        names.push_back(model.step_list[firing.step].name);
    return names;
}

} // namespace

TEST_CASE("the toy, counted") {
    const Report report = plain_search(textbook::Token{});
    CHECK(report.exhaustive);
    CHECK(report.limit.empty());
    CHECK(report.distinct_states == 4);
    CHECK(report.transitions == 4);
    CHECK(report.depth == 3);
    CHECK(report.dead_ends == 1);
    CHECK(report.coverage == std::vector<std::uint64_t>{1});
    REQUIRE(report.verdicts.size() == 3);
    CHECK(report.verdicts[0].verdict == Verdict::holds);
    CHECK(report.verdicts[1].verdict == Verdict::reached);
    CHECK(report.verdicts[1].path.value().firings == std::vector<Firing>{{0, 0, 0}, {0, 0, 0}, {0, 0, 1}});
    CHECK(report.verdicts[2].property == deadlock_freedom);
    CHECK(report.verdicts[2].verdict == Verdict::holds);
}

TEST_CASE("paths are shortest, whatever the order of steps") {
    const ScriptedModelWithFinals model = with_properties(automaton("a", {"ab", "bc", "cd", "ae", "ed", "da"}), 'd');
    const Report report = plain_search(model);
    CHECK(report.distinct_states == 5);
    CHECK(report.transitions == 6);
    CHECK(report.depth == 2);
    CHECK(report.verdicts[0].verdict == Verdict::violated);
    CHECK(names_along(model, report.verdicts[0].path.value()) == std::vector<std::string>{"ae", "ed"});
    CHECK(report.verdicts[1].verdict == Verdict::reached);
    CHECK(report.verdicts[1].path->firings == report.verdicts[0].path->firings);
    CHECK(states_along(model, *report.verdicts[0].path).back() == GlobalState{"d"});
}

TEST_CASE("steps that change nothing are counted as transitions") {
    const Report report = plain_search(automaton("a", {"aa", "ab", "bb", "ba"}));
    CHECK(report.distinct_states == 2);
    CHECK(report.transitions == 4);
    CHECK(report.depth == 1);
    CHECK(report.dead_ends == 0);
}

TEST_CASE("several initial states, equal ones once, and a property decided in one of them") {
    const Report report = plain_search(with_properties(automaton("aabb", {"bc"}), 'b'));
    CHECK(report.distinct_states == 3);
    CHECK(report.depth == 1);
    CHECK(report.verdicts[0].verdict == Verdict::violated);
    CHECK(report.verdicts[0].path->initial == 2);
    CHECK(report.verdicts[0].path->firings.empty());
}

TEST_CASE("what is nowhere holds and is not reached") {
    const Report report = plain_search(with_properties(automaton("a", {"ab"}), 'z'));
    CHECK(report.verdicts[0].verdict == Verdict::holds);
    CHECK(report.verdicts[1].verdict == Verdict::not_reached);
    CHECK_FALSE(report.verdicts[0].path.has_value());
}

TEST_CASE("a dead end that is not final is a deadlock") {
    ScriptedModelWithFinals model = automaton("a", {"ab", "ac", "cd"});
    model.final_states = [](ScriptedModel::Summaries all) { return *all[0] == "b"; };
    const Report report = plain_search(model);
    CHECK(report.dead_ends == 2);
    CHECK(report.verdicts.back().property == deadlock_freedom);
    CHECK(report.verdicts.back().verdict == Verdict::violated);
    CHECK(names_along(model, report.verdicts.back().path.value()) == std::vector<std::string>{"ac", "cd"});
}

TEST_CASE("a limit is inconclusive, but keeps what was found") {
    const ScriptedModelWithFinals model = with_properties(automaton("a", {"ab", "bc", "cd", "da"}), 'b');
    const Report all = plain_search(model, {.states_max = 4});
    CHECK(all.exhaustive);
    const Report some = plain_search(model, {.states_max = 3});
    CHECK_FALSE(some.exhaustive);
    CHECK(some.limit == "states");
    CHECK(some.distinct_states == 3);
    CHECK(some.verdicts[0].verdict == Verdict::violated);
    CHECK(some.verdicts[2].verdict == Verdict::inconclusive);
    CHECK(some.verdicts[2].reason == "states");
    CHECK(plain_search(model, {.memory_bytes_max = 1}).limit == "memory");
    CHECK(plain_search(model, {.seconds_max = 1e-12}).limit == "seconds");
}

TEST_CASE("a handler that fails is an error of everything still open, with the path to it") {
    ScriptedModelWithFinals model = with_properties(automaton("a", {"ab", "bc"}), 'b');
    const auto handler = model.handler;
    model.handler = [handler](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        if (inputs.values[0] == "c")
            throw ModelError("no c, please");
        handler(step, inputs, outcomes);
    };
    const Report report = plain_search(model);
    CHECK_FALSE(report.exhaustive);
    CHECK(report.verdicts[0].verdict == Verdict::violated);
    CHECK(report.verdicts[1].verdict == Verdict::reached);
    CHECK(report.verdicts[2].verdict == Verdict::error);
    CHECK(report.verdicts[2].reason == "no c, please");
    CHECK(names_along(model, report.verdicts[2].path.value()) == std::vector<std::string>{"ab", "bc"});
}

TEST_CASE("a predicate that fails, and a send beyond a capacity, are errors") {
    ScriptedModelWithFinals judged = with_properties(automaton("a", {"ab", "bc"}), 'z');
    judged.verdict = [](ScriptedModel::Summaries all) -> PropertyBits {
        if (*all[0] == "c")
            throw ModelError("cannot judge c");
        return 1;
    };
    const Report report = plain_search(judged);
    CHECK(report.verdicts[0].verdict == Verdict::error);
    CHECK(names_along(judged, report.verdicts[0].path.value()) == std::vector<std::string>{"ab", "bc"});

    ScriptedModelWithFinals sender = with_properties(automaton("a", {"aa"}), 'z');
    sender.slot_list.push_back({"out", SlotKind::fifo, 2});
    sender.initial[0].emplace_back();
    sender.handler = [](StepIndex, const Inputs&, Outcomes& outcomes) {
        outcomes.push_back({.writes = {}, .sends = {{1, "m"}}});
    };
    const Report overflow = plain_search(sender);
    CHECK(overflow.distinct_states == 3);
    for (const PropertyVerdict& verdict : overflow.verdicts) {
        CHECK(verdict.verdict == Verdict::error);
        CHECK(verdict.path.value().firings.size() == 2);
    }
}

TEST_CASE("no initial state is an error, not an empty success") {
    const Report report = plain_search(with_properties(automaton("", {"ab"}), 'b'));
    CHECK_FALSE(report.exhaustive);
    CHECK(report.distinct_states == 0);
    CHECK(report.verdicts[0].verdict == Verdict::error);
    CHECK(report.verdicts[1].verdict == Verdict::error);
}
