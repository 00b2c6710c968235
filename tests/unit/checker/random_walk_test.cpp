// Random walks find what is there, rebuild any run from seed and number, give the same report with any
// number of workers, and never call anything proved.
#include "checker/random_walk.hpp"

#include <doctest/doctest.h>

#include "checker/textbook/ring.hpp"
#include "checker/textbook/token.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::automaton;
using mdcd::tests::ScriptedModel;
using mdcd::tests::ScriptedModelWithFinals;

namespace {

void check_same(const WalkReport& one, const WalkReport& other) {
    CHECK(one.walks == other.walks);
    CHECK(one.steps == other.steps);
    CHECK(one.dead_ends == other.dead_ends);
    CHECK(one.distinct_states == other.distinct_states);
    CHECK(one.coverage == other.coverage);
    REQUIRE(one.verdicts.size() == other.verdicts.size());
    for (std::size_t i = 0; i < one.verdicts.size(); ++i) {
        CHECK(one.verdicts[i].property == other.verdicts[i].property);
        CHECK(one.verdicts[i].verdict == other.verdicts[i].verdict);
        CHECK(one.verdicts[i].reason == other.verdicts[i].reason);
        REQUIRE(one.verdicts[i].path.has_value() == other.verdicts[i].path.has_value());
        if (one.verdicts[i].path)
            CHECK(one.verdicts[i].path->firings == other.verdicts[i].path->firings);
    }
}

} // namespace

TEST_CASE("a ring elects its leader in every walk, and nothing is said to hold") {
    const textbook::Ring model(6);
    const WalkReport report = random_walks(model, {.seed = 3, .walks_max = 50, .steps_max = 1000});
    CHECK(report.walks == 50);
    CHECK(report.dead_ends == 50);
    CHECK(report.limit.empty());
    REQUIRE(report.verdicts.size() == 5);
    for (const std::size_t always : {0U, 1U, 4U}) {
        CHECK(report.verdicts[always].verdict == Verdict::inconclusive);
        CHECK(report.verdicts[always].reason == "sampled");
    }
    for (const std::size_t reachable : {2U, 3U}) {
        CHECK(report.verdicts[reachable].verdict == Verdict::reached);
        const std::vector<GlobalState> states = states_along(model, report.verdicts[reachable].path.value());
        CHECK((judge(model, states.back()) >> reachable & 1) == 1);
        for (std::size_t before = 0; before + 1 < states.size(); ++before)
            CHECK((judge(model, states[before]) >> reachable & 1) == 0);
    }
    for (const std::uint64_t firings : report.coverage)
        CHECK(firings > 0);
}

TEST_CASE("the number of workers changes nothing, the seed does") {
    const textbook::TwoPhaseCommit model(4, 2);
    const WalkReport one = random_walks(model, {.seed = 11, .walks_max = 40, .steps_max = 60, .workers = 1});
    CHECK(one.verdicts[0].verdict == Verdict::violated);
    for (const unsigned workers : {2U, 3U, 0U})
        check_same(one, random_walks(model, {.seed = 11, .walks_max = 40, .steps_max = 60, .workers = workers}));
    const WalkReport other = random_walks(model, {.seed = 12, .walks_max = 40, .steps_max = 60});
    CHECK(other.verdicts[0].path.value().firings != one.verdicts[0].path.value().firings);
}

TEST_CASE("any run is rebuilt from seed and number, and the lowest number wins") {
    const textbook::TwoPhaseCommit model(4, 2);
    const WalkOptions options{.seed = 11, .walks_max = 40, .steps_max = 60, .workers = 2};
    const Path found = random_walks(model, options).verdicts[0].path.value();
    for (std::uint64_t index = 0;; ++index) {
        REQUIRE(index < 40);
        const std::vector<Firing> run = random_walk_path(model, options, index).firings;
        CHECK(!run.empty());
        CHECK(run.size() <= 60); // a decided run could only stand still
        const std::vector<GlobalState> states = states_along(model, {.initial = 0, .firings = run});
        const auto bad =
            std::ranges::find_if(states, [&](const auto& state) { return (judge(model, state) & 1) == 0; });
        if (bad == states.end())
            continue;
        const auto length = bad - states.begin();
        CHECK(found.firings == std::vector<Firing>(run.begin(), run.begin() + length));
        break;
    }
}

TEST_CASE("with time as the only limit, the walks made are the first ones of the seed") {
    const textbook::Ring model(5);
    const WalkReport timed = random_walks(model, {.walks_max = 0, .seconds_max = 0.05, .workers = 2});
    CHECK(timed.limit == "seconds");
    REQUIRE(timed.walks > 0);
    check_same(timed, random_walks(model, {.walks_max = timed.walks, .workers = 1}));
}

TEST_CASE("an interrupted run reports what it has") {
    const std::atomic<bool> interrupt = true;
    const WalkReport report = random_walks(textbook::Token{}, {.walks_max = 10, .interrupt = &interrupt});
    CHECK(report.walks == 0);
    CHECK(report.limit == "interrupted");
    CHECK(report.verdicts[0].verdict == Verdict::inconclusive);
}

TEST_CASE("distinct states are estimated over all walks") {
    const WalkReport report = random_walks(textbook::Ring(5), {.walks_max = 20'000, .workers = 2});
    CHECK(report.distinct_states > 480); // of 499
    CHECK(report.distinct_states < 510);
}

TEST_CASE("deadlocks are found; a failing handler is an error unless another walk has an answer") {
    ScriptedModelWithFinals model = automaton("a", {"ab", "ac"});
    model.final_states = [](ScriptedModel::Summaries all) { return *all[0] == "b"; };
    const WalkReport deadlock = random_walks(model, {.walks_max = 30});
    CHECK(deadlock.verdicts.back().verdict == Verdict::violated);
    CHECK(deadlock.verdicts.back().path.value().firings == std::vector<Firing>{{1, 0, 0}});
    CHECK(deadlock.dead_ends == 30);

    model.property_list = {{"b", PropertyKind::reachable, ""}, {"never", PropertyKind::reachable, ""}};
    model.verdict = [](ScriptedModel::Summaries all) -> PropertyBits {
        if (*all[0] == "c")
            throw ModelError("cannot judge c");
        return *all[0] == "b" ? 1U : 0U;
    };
    std::uint64_t seed = 1; // one whose first walk fails
    while (random_walk_path(model, {.seed = seed}, 0).firings != std::vector<Firing>{{1, 0, 0}})
        ++seed;
    const WalkReport report = random_walks(model, {.seed = seed, .walks_max = 30});
    CHECK(report.verdicts[0].verdict == Verdict::reached);
    CHECK(report.verdicts[1].verdict == Verdict::error);
    CHECK(report.verdicts[1].reason == "cannot judge c");
    CHECK(report.verdicts[1].path.value().firings == std::vector<Firing>{{1, 0, 0}});
}

TEST_CASE("a walk does not stand still twice in a row, and ends where it could only do so") {
    const WalkReport leaves = random_walks(automaton("a", {"aa", "aa", "ab"}), {.walks_max = 50, .steps_max = 1000});
    CHECK(leaves.dead_ends == 50); // all come to b
    CHECK(leaves.steps > 50);      // some stood still first
    CHECK(leaves.steps <= 100);
    const WalkReport stays = random_walks(automaton("a", {"ab", "bb"}), {.walks_max = 50, .steps_max = 1000});
    CHECK(stays.steps == 100); // to b, and once from b to b: that step is judged and counted, too
    CHECK(stays.dead_ends == 0);
}

TEST_CASE("options without work or without end are refused") {
    CHECK_THROWS_AS(static_cast<void>(random_walks(textbook::Token{}, {.steps_max = 0})), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(random_walks(textbook::Token{}, {.walks_max = 0})), std::invalid_argument);
}
