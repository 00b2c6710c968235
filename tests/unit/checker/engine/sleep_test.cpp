// Which firings need not be followed, on relations written out by hand and on systems whose edges can be counted.
// Needs no protocol.
#include "checker/engine/sleep.hpp"

#include <doctest/doctest.h>

#include "checker/plain_search.hpp"
#include "checker/search.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::engine;
using mdcd::tests::ScriptedModel;

namespace {

Step step_that_reads(std::vector<SlotIndex> slots) {
    return {.name = "step", .reads = std::move(slots), .takes = {}, .room = {}};
}

// Each of `count` steps sets its own slot once.
ScriptedModel switches(unsigned count) {
    ScriptedModel model;
    for (unsigned i = 0; i < count; ++i) {
        model.slot_list.push_back({.name = "switch " + std::to_string(i)});
        model.step_list.push_back(step_that_reads({static_cast<SlotIndex>(i)}));
    }
    model.initial = {GlobalState(count, "0")};
    model.handler = [](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        if (inputs.values[0] == "0")
            outcomes.push_back({.writes = {{static_cast<SlotIndex>(step), "1"}}, .sends = {}});
    };
    return model;
}

Report search_every_edge(const ScriptedModel& model) {
    SearchOptions options;
    options.use_sleep_sets = false;
    return search(model, options);
}

} // namespace

TEST_CASE("earlier steps sleep after later ones, if neither changes what the other looks at or changes") {
    // 0: reads a; 1: reads b, changes c; 2: reads c; 3: reads a, changes d; 4: takes from the channel e; 5: wants room
    // in e; 6: changes a; 7: changes d
    std::vector<Step> steps = {step_that_reads({0}), step_that_reads({1}), step_that_reads({2}), step_that_reads({0}),
                               step_that_reads({}),  step_that_reads({}),  step_that_reads({}),  step_that_reads({})};
    steps[4].takes = 4;
    steps[5].room = {4};
    const std::vector<std::vector<SlotIndex>> changes = {{}, {2}, {}, {3}, {4}, {}, {0}, {3}};
    const SleepSets sets(steps, changes, true);
    const auto sleeps = [&](StepIndex state, StepIndex firing) {
        const bool asleep = sets.sleeps(sets.label_of(state, {}), sets.label_of(firing, {}));
        const SleepSets::Row& awake = sets.awake(sets.label_of(state, {}));
        CHECK((awake[0] >> sets.label_of(firing, {}) & 1) == (asleep ? 0 : 1));
        return asleep;
    };
    CHECK(sleeps(1, 0));
    CHECK_FALSE(sleeps(0, 1)); // the later one is followed
    CHECK_FALSE(sleeps(1, 1));
    CHECK(sleeps(3, 0)); // both look, neither changes
    CHECK(sleeps(2, 0));
    CHECK_FALSE(sleeps(2, 1)); // 2 looks at what 1 changes
    CHECK_FALSE(sleeps(5, 4)); // 5 looks at what 4 takes from
    CHECK(sleeps(5, 3));
    CHECK_FALSE(sleeps(6, 0)); // 6 changes what 0 looks at
    CHECK_FALSE(sleeps(6, 3));
    CHECK(sleeps(6, 1));
    CHECK_FALSE(sleeps(7, 3)); // both change d
    CHECK(sleeps(7, 6));

    const SleepSets off(steps, changes, false);
    CHECK_FALSE(off.sleeps(off.label_of(1, {}), off.label_of(0, {})));
}

TEST_CASE(
    "a firing that changes what its step was not known to neither sleeps nor labels; nor do steps after the 255th") {
    const std::vector<Step> steps(300, step_that_reads({}));
    std::vector<std::vector<SlotIndex>> changes(300);
    changes[1] = {7, 3};
    const SleepSets sets(steps, changes, true);
    const auto label = [&](StepIndex step, std::vector<SlotIndex> changed) { return sets.label_of(step, changed); };
    CHECK(label(1, {3}) == 2);
    CHECK(label(1, {7, 3}) == 2);
    CHECK(label(1, {3, 4}) == 0);
    CHECK(label(0, {3}) == 0);
    CHECK(label(254, {}) == 255);
    CHECK(label(255, {}) == 0);
    for (unsigned other = 0; other < SleepSets::label_count; ++other) {
        CHECK_FALSE(sets.sleeps(0, static_cast<SleepLabel>(other)));
        CHECK_FALSE(sets.sleeps(static_cast<SleepLabel>(other), 0));
    }
    CHECK(sets.sleeps(255, 254));
}

TEST_CASE("of independent switches every state is reached by one edge") {
    for (const unsigned count : {1U, 2U, 5U, 12U}) {
        const ScriptedModel model = switches(count);
        const Report found = search(model, {});
        const std::uint64_t states = std::uint64_t{1} << count;
        CHECK(found.distinct_states == states);
        CHECK(found.transitions == count * states / 2);
        CHECK(found.depth == count);
        CHECK(found.followed == states - 1);
        CHECK(search_every_edge(model).followed == count * states / 2);
    }
}

TEST_CASE("what no walk foresaw is not taken to be independent") {
    // The clock sets the flag when it comes to 90, farther than any walk that learns what steps change.
    ScriptedModel model;
    model.slot_list = {{.name = "clock"}, {.name = "flag"}, {.name = "answer"}};
    model.step_list = {step_that_reads({1, 2}), step_that_reads({0})};
    model.initial = {{std::string(1, '\0'), "0", "-"}};
    model.handler = [](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        if (step == 0) {
            if (inputs.values[1] == "-")
                outcomes.push_back({.writes = {{2, std::string(inputs.values[0])}}, .sends = {}});
        } else if (const char now = inputs.values[0][0]; now < 91) {
            outcomes.push_back({.writes = {{0, std::string(1, static_cast<char>(now + 1))}}, .sends = {}});
            if (now == 90)
                outcomes.back().writes.push_back({1, "1"});
        }
    };
    model.property_list = {{.name = "answers_late", .kind = PropertyKind::reachable, .rationale = ""}};
    model.verdict = [](ScriptedModel::Summaries all) -> PropertyBits { return *all[2] == "1" ? 1U : 0U; };
    const Report plain = plain_search(model, {});
    const Report found = search(model, {});
    CHECK(plain.verdicts[0].verdict == Verdict::reached);
    CHECK(found.verdicts[0].verdict == Verdict::reached);
    CHECK(found.distinct_states == plain.distinct_states);
    CHECK(found.followed < search_every_edge(model).followed);
}
