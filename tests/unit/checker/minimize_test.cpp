// Shortening: long random runs become as short as the shortest, no event can be left out of a result, and
// what leaving out cannot find the search does.
#include "checker/minimize.hpp"

#include <doctest/doctest.h>

#include "checker/plain_search.hpp"
#include "checker/random_walk.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::automaton;
using mdcd::tests::machine;
using mdcd::tests::ScriptedModel;
using mdcd::tests::ScriptedModelWithFinals;

namespace {

// Enough for models in which a step means the same in every state.
const auto by_step = [](const GlobalState&, const Enabled& enabled) { return enabled.firing.step; };

ScriptedModelWithFinals reaching(ScriptedModelWithFinals model, char letter) {
    model.property_list = {{"there", PropertyKind::reachable, ""}};
    model.verdict = [letter](ScriptedModel::Summaries all) { return (*all[0])[0] == letter ? 1U : 0U; };
    return model;
}

Path run_of(const ScriptedModel& model, const std::vector<std::string>& names) {
    Path path;
    for (const std::string& name : names)
        for (std::size_t step = 0; step < model.step_list.size(); ++step)
            if (model.step_list[step].name == name)
                path.firings.push_back({static_cast<StepIndex>(step), 0, 0});
    return path;
}

template <Model M> void check_settles_at_its_end(const M& model, const Path& path, std::size_t property) {
    const std::vector<GlobalState> states = states_along(model, path);
    for (std::size_t at = 0; at < states.size(); ++at)
        CHECK(settles(model, states[at], property) == (at + 1 == states.size()));
}

} // namespace

TEST_CASE("a random walk is cut down to the length of the shortest run") {
    const textbook::TwoPhaseCommit model(5, 3);
    const std::size_t shortest = plain_search(model).verdicts[0].path.value().firings.size();
    CHECK(shortest == 9);
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const WalkReport walks = random_walks(model, {.seed = seed, .walks_max = 200});
        const Path found = walks.verdicts[0].path.value();
        const Minimized result = minimize(model, found, 0, by_step);
        CHECK(result.path.firings.size() == shortest);
        CHECK(result.replays > 0);
        CHECK_FALSE(result.shortest);
        check_settles_at_its_end(model, result.path, 0);
        CHECK(minimize(model, found, 0, by_step).path.firings == result.path.firings);
    }
}

TEST_CASE("no single event can be left out of a result") {
    const textbook::Ring model(5);
    const Path found = random_walks(model, {.seed = 2, .walks_max = 1}).verdicts[3].path.value();
    const Path result = minimize(model, found, 3, by_step).path;
    CHECK(result.firings.size() <= found.firings.size());
    check_settles_at_its_end(model, result, 3);
    for (std::size_t out = 0; out < result.firings.size(); ++out) {
        GlobalState state = model.initial_states()[0];
        bool settled = false;
        for (std::size_t at = 0; at < result.firings.size(); ++at)
            for (const Enabled& each : enabled(model, state))
                if (at != out && each.firing.step == result.firings[at].step) {
                    state = apply(model, state, each.firing, each.outcome);
                    settled = settled || settles(model, state, 3);
                    break;
                }
        CHECK_FALSE(settled);
    }
}

TEST_CASE("what comes after the first bad state is dropped, and so are detours") {
    const ScriptedModelWithFinals model = reaching(automaton("a", {"ab", "ba", "bc", "ca"}), 'c');
    const Path path = run_of(model, {"ab", "ba", "ab", "bc", "ca", "ab", "bc"});
    CHECK(minimize(model, path, 0, by_step).path.firings == run_of(model, {"ab", "bc"}).firings);
    CHECK(minimize(reaching(model, 'a'), path, 0, by_step).path.firings.empty());
}

TEST_CASE("a shorter run of other events is found only by the search") {
    const ScriptedModelWithFinals model = reaching(automaton("a", {"ab", "bc", "cd", "de", "ae"}), 'e');
    const Path path = run_of(model, {"ab", "bc", "cd", "de"});
    CHECK(minimize(model, path, 0, by_step).path.firings == path.firings);
    const Minimized searched = minimize(model, path, 0, by_step, {.search_states_max = 100});
    CHECK(searched.shortest);
    CHECK(searched.path.firings == run_of(model, {"ae"}).firings);
    const Minimized cut_off = minimize(model, path, 0, by_step, {.search_states_max = 1});
    CHECK_FALSE(cut_off.shortest);
    CHECK(cut_off.path.firings == path.firings);
}

TEST_CASE("of equally short runs the given one is kept; the search knows which property it is about") {
    ScriptedModelWithFinals model = automaton("a", {"ab", "bd", "ac", "cd", "ae"});
    model.property_list = {{"at_e", PropertyKind::reachable, ""}, {"never_at_d", PropertyKind::always, ""}};
    model.verdict = [](ScriptedModel::Summaries all) -> PropertyBits {
        return (*all[0] == "e" ? 1U : 0U) | (*all[0] != "d" ? 2U : 0U);
    };
    const Path path = run_of(model, {"ac", "cd"});
    const Minimized result = minimize(model, path, 1, by_step, {.search_states_max = 100});
    CHECK(result.shortest);
    CHECK(result.path.firings == path.firings);
}

TEST_CASE("events are found again by content when their index has changed") {
    // A pool of numbers, grown by "put" (one outcome for each number not yet in it) and judged by what it holds.
    ScriptedModel model;
    model.slot_list = {{.name = "pool"}};
    model.step_list = {{.name = "put", .reads = {0}, .takes = {}, .room = {}}};
    model.initial = {{""}};
    model.handler = [](StepIndex, const Inputs& inputs, Outcomes& outcomes) {
        for (char number = '1'; number <= '5'; ++number)
            if (inputs.values[0].find(number) == std::string_view::npos)
                outcomes.push_back({.writes = {{0, std::string(inputs.values[0]) + number}}, .sends = {}});
    };
    model.property_list = {{"three_and_five", PropertyKind::reachable, ""}};
    model.verdict = [](ScriptedModel::Summaries all) {
        return all[0]->find('3') != std::string::npos && all[0]->find('5') != std::string::npos ? 1U : 0U;
    };
    const auto number_put = [](const GlobalState&, const Enabled& each) { return each.outcome.writes[0].bytes.back(); };
    // Puts 1, 2, 4, 5, 3: outcome numbers count what is left.
    const Path path{.initial = 0, .firings = {{0, 0, 0}, {0, 0, 0}, {0, 0, 1}, {0, 0, 1}, {0, 0, 0}}};
    const Path result = minimize(model, path, 0, number_put).path;
    CHECK(states_along(model, result).back() == GlobalState{"53"});
    CHECK(result.firings == std::vector<Firing>{{0, 0, 4}, {0, 0, 2}});
}

TEST_CASE("firings that the key cannot tell apart stay what they were") {
    const ScriptedModelWithFinals model = reaching(automaton("a", {"aa", "ab", "ac", "cd"}), 'd');
    const auto blind = [](const GlobalState&, const Enabled&) { return 0; };
    const Path path = run_of(model, {"aa", "ac", "cd"});
    CHECK(minimize(model, path, 0, blind).path.firings == run_of(model, {"ac", "cd"}).firings);
}

TEST_CASE("what could not be left out at first may be later") {
    // Without step 0, step 1 leads into the trap t; without step 1, step 0 is a detour.
    const ScriptedModelWithFinals model = reaching(machine("a", {{"ab"}, {"ba", "at"}, {"ag", "bg"}}), 'g');
    const Path path{.initial = 0, .firings = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}};
    CHECK(minimize(model, path, 0, by_step).path.firings == std::vector<Firing>{{2, 0, 0}});
}

TEST_CASE("runs into a deadlock") {
    ScriptedModelWithFinals model = automaton("a", {"ab", "ba", "bc", "ac"});
    model.final_states = [](ScriptedModel::Summaries) { return false; };
    const Path path = run_of(model, {"ab", "ba", "ab", "bc"});
    const Minimized kept = minimize(model, path, 0, by_step);
    CHECK(kept.path.firings == run_of(model, {"ab", "bc"}).firings);
    const Minimized searched = minimize(model, path, 0, by_step, {.search_states_max = 10});
    CHECK(searched.shortest);
    CHECK(searched.path.firings == run_of(model, {"ac"}).firings);
}

TEST_CASE("paths that settle nothing or cannot be taken are refused") {
    const ScriptedModelWithFinals model = reaching(automaton("a", {"ab", "bc"}), 'c');
    CHECK_THROWS_AS(static_cast<void>(minimize(model, run_of(model, {"ab"}), 0, by_step)), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(minimize(model, run_of(model, {"bc"}), 0, by_step)), PathError);
    CHECK_THROWS_AS(static_cast<void>(minimize(model, run_of(model, {"ab", "bc"}), 2, by_step)), std::invalid_argument);
}
