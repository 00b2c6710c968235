// Leaving out states on systems of a few steps, each of which is a trap that the literature knows: with each part of
// the reduction the verdict is right, and without the part that is there for it, wrong. And what is refused.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "checker/channel.hpp"
#include "checker/engine/dependence.hpp"
#include "checker/plain_search.hpp"
#include "checker/search.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using namespace mdcd::tests;
using engine::ReductionParts;

namespace {

using Scripted = ScriptedModelWithReads;
using Part = bool ReductionParts::*;

SearchOptions reduced() {
    SearchOptions options;
    options.reduce_states = true;
    return options;
}

// A value slot for each, all "0" at first.
Scripted system_of(std::initializer_list<const char*> values) {
    Scripted model;
    for (const char* const name : values)
        model.slot_list.push_back({.name = name});
    model.initial.push_back(GlobalState(values.size(), "0"));
    model.final_states = [](Scripted::Summaries) { return true; };
    return model;
}

// A step that reads some slots and sets one: to what `next` makes of what it has read; "": it is disabled.
struct Rule {
    std::vector<SlotIndex> reads;
    SlotIndex sets;
    std::function<std::string(const Inputs&)> next;
};

Scripted with_rules(Scripted model, std::vector<Rule> rules) {
    for (const Rule& rule : rules)
        model.step_list.push_back(
            {.name = "step " + std::to_string(model.step_list.size()), .reads = rule.reads, .takes = {}, .room = {}});
    model.handler = [rules](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        const std::string next = rules[step].next(inputs);
        if (!next.empty())
            outcomes.push_back({.writes = {{rules[step].sets, next}}, .sends = {}});
    };
    return model;
}

// From "0" to "1", once.
std::string once(const Inputs& inputs) {
    return inputs.values[0] == "0" ? "1" : "";
}

Scripted never(Scripted model, std::vector<SlotIndex> reads, std::function<bool(Scripted::Summaries)> bad) {
    model.property_list = {{.name = "never", .kind = PropertyKind::always, .rationale = ""}};
    model.reads = {{.slots = std::move(reads)}};
    model.verdict = [bad](Scripted::Summaries summaries) { return PropertyBits{bad(summaries) ? 0U : 1U}; };
    return model;
}

Verdict first_verdict(const Scripted& model) {
    return search(model, reduced()).verdicts.front().verdict;
}

Verdict first_verdict_without(const Scripted& model, Part part) {
    engine::reduction_parts().*part = false;
    const Verdict verdict = first_verdict(model);
    engine::reduction_parts().*part = true;
    return verdict;
}

Verdict true_verdict(const Scripted& model) {
    return plain_search(model).verdicts.front().verdict;
}

bool is(Scripted::Summaries summaries, SlotIndex slot, const char* value) {
    return *summaries[slot] == value;
}

} // namespace

TEST_CASE("switches that nobody compares are turned one after the other") {
    const auto is_one = [](Scripted::Summaries summaries) { return is(summaries, 0, "2"); };
    const Scripted model = never(
        with_rules(system_of({"a", "b", "c", "d"}), {{{0}, 0, once}, {{1}, 1, once}, {{2}, 2, once}, {{3}, 3, once}}),
        {0}, is_one);
    const Report report = search(model, reduced());
    CHECK(report.exhaustive);
    CHECK(report.reduced);
    CHECK(report.distinct_states == 5); // of 16
    CHECK(report.dead_ends == 1);
    CHECK(report.verdicts.front().verdict == Verdict::holds);
    CHECK_FALSE(search(model).reduced);
}

TEST_CASE("the ignoring problem: a loop that nobody sees does not put off for ever what somebody does") {
    const auto turn = [](const Inputs& inputs) { return std::string(inputs.values[0] == "0" ? "1" : "0"); };
    const std::vector<Rule> rules = {{{0}, 0, turn}, {{1}, 1, once}, {{2}, 2, once}};
    const Scripted model = never(with_rules(system_of({"loop", "a", "b"}), rules), {1, 2},
                                 [](Scripted::Summaries all) { return is(all, 1, "1") && is(all, 2, "1"); });
    CHECK(true_verdict(model) == Verdict::violated);
    CHECK(first_verdict(model) == Verdict::violated);
    CHECK(first_verdict_without(model, &ReductionParts::cycle_condition) == Verdict::holds);
}

TEST_CASE("a visible action is not hidden behind another one that is visible too") {
    const Scripted model = never(with_rules(system_of({"a", "b"}), {{{0}, 0, once}, {{1}, 1, once}}), {0, 1},
                                 [](Scripted::Summaries all) { return is(all, 0, "0") && is(all, 1, "1"); });
    CHECK(true_verdict(model) == Verdict::violated);
    CHECK(first_verdict(model) == Verdict::violated);
    CHECK(first_verdict_without(model, &ReductionParts::visibility) == Verdict::holds);
}

TEST_CASE("false independence: a step that only looks at what another one sets depends on it") {
    // b becomes what a is.
    const auto copy = [](const Inputs& inputs) {
        return inputs.values[0] == "0" ? std::string(inputs.values[1]) + "!" : std::string();
    };
    const Scripted model = never(with_rules(system_of({"a", "b"}), {{{0}, 0, once}, {{1, 0}, 1, copy}}), {1},
                                 [](Scripted::Summaries all) { return is(all, 1, "0!"); });
    CHECK(true_verdict(model) == Verdict::violated);
    CHECK(first_verdict(model) == Verdict::violated);
    CHECK(first_verdict_without(model, &ReductionParts::dependence) == Verdict::holds);
}

TEST_CASE("a disabled step that another one enables, by a slot that the enabled one does not touch") {
    // 0 sets a; 1 sets b once a is set; 2 sets c unless b is set: they take the same a.
    const auto if_set = [](const Inputs& inputs) {
        return inputs.values[0] == "0" && inputs.values[1] == "1" ? std::string("1") : std::string();
    };
    const auto unless_set = [](const Inputs& inputs) {
        return inputs.values[0] == "0" && inputs.values[1] == "0" ? std::string("1") : std::string();
    };
    const std::vector<Rule> rules = {{{0, 1}, 0, unless_set}, {{1, 2}, 1, if_set}, {{2}, 2, once}};
    const Scripted model = never(with_rules(system_of({"c", "b", "a"}), rules), {0},
                                 [](Scripted::Summaries all) { return is(all, 0, "2"); });
    const Report plain = plain_search(model);
    CHECK(plain.dead_ends == 2); // with c and without
    CHECK(search(model, reduced()).dead_ends == 2);
    engine::reduction_parts().enabling = false;
    CHECK(search(model, reduced()).dead_ends == 1);
    engine::reduction_parts().enabling = true;
}

TEST_CASE("a send and a take at the two ends of a channel that is not empty are independent") {
    Scripted model = system_of({"sent", "taken"});
    model.slot_list.push_back({.name = "channel", .kind = SlotKind::fifo, .capacity = 4});
    std::string two;
    append_message(two, "m");
    append_message(two, "m");
    model.initial[0].push_back(two);
    model.step_list = {{.name = "send", .reads = {0}, .takes = {}, .room = {2}},
                       {.name = "take", .reads = {1}, .takes = 2, .room = {}}};
    model.handler = [](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        const std::string more = std::string(inputs.values[0]) + "+";
        if (step == 1)
            outcomes.push_back({.writes = {{1, more}}, .sends = {}});
        else if (more.size() < 4)
            outcomes.push_back({.writes = {{0, more}}, .sends = {{2, "m"}}});
    };
    const Report plain = plain_search(model);
    const Report report = search(model, reduced());
    CHECK(plain.dead_ends == 1);
    CHECK(report.dead_ends == 1);
    CHECK(report.distinct_states < plain.distinct_states);
}

TEST_CASE("a write that nobody foresaw: the search begins again, and is right") {
    // A counter; in its 70th state, which no short walk reaches, its step also sets what the other step reads.
    Scripted model = system_of({"count", "a", "b"});
    model.step_list = {{.name = "count", .reads = {0}, .takes = {}, .room = {}},
                       {.name = "look", .reads = {2, 1}, .takes = {}, .room = {}}};
    model.handler = [](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        const std::size_t count = inputs.values[0].size();
        if (step == 1 && inputs.values[0] == "0")
            outcomes.push_back({.writes = {{2, std::string(inputs.values[1]) + "!"}}, .sends = {}});
        if (step == 0 && count < 80) {
            outcomes.push_back({.writes = {{0, std::string(count + 1, '0')}}, .sends = {}});
            if (count == 70)
                outcomes.back().writes.push_back({1, "1"});
        }
    };
    for (const char* const seen : {"0!", "1!"}) {
        CAPTURE(seen);
        const Scripted each = never(model, {2}, [seen](Scripted::Summaries all) { return is(all, 2, seen); });
        CHECK(true_verdict(each) == Verdict::violated);
        CHECK(first_verdict(each) == Verdict::violated);
    }
}

TEST_CASE("a predicate that reads a slot which it is not said to read is found out") {
    const auto compares = [](Scripted::Summaries all) { return is(all, 0, "0") && is(all, 1, "1"); };
    const Scripted model = with_rules(system_of({"a", "b"}), {{{0}, 0, once}, {{1}, 1, once}});
    const Report report = search(never(model, {0}, compares), reduced());
    CHECK(report.verdicts.front().verdict == Verdict::error);
    CHECK(report.verdicts.front().reason == "the predicate of 'never' reads slot 'b', which it is not said to read");
    Scripted by_itself =
        never(model, {0, 1}, [](Scripted::Summaries all) { return is(all, 0, "1") != is(all, 1, "1"); });
    by_itself.initial = {{"0", "0"}, {"1", "1"}};
    by_itself.step_list.clear();
    by_itself.reads[0].each_by_itself = true;
    CHECK(search(by_itself, reduced()).verdicts.front().reason ==
          "the predicate of 'never' compares slots that it is said to look at each by itself");
}

TEST_CASE("other properties than those asked are not said to hold") {
    Scripted model = never(with_rules(system_of({"a", "b"}), {{{0}, 0, once}, {{1}, 1, once}}), {0},
                           [](Scripted::Summaries all) { return is(all, 0, "2"); });
    model.property_list.push_back({.name = "other", .kind = PropertyKind::always, .rationale = ""});
    model.reads.push_back({.slots = {0, 1}});
    model.verdict = [](Scripted::Summaries) { return PropertyBits{3}; };
    SearchOptions options = reduced();
    options.reduce_for = {"never"};
    const Report report = search(model, options);
    CHECK(report.verdicts[0].verdict == Verdict::holds);
    CHECK(report.verdicts[1].verdict == Verdict::inconclusive);
    CHECK(search(model, reduced()).verdicts[1].verdict == Verdict::holds);
}

TEST_CASE("where it is not sound it is refused, and why") {
    Scripted model = never(with_rules(system_of({"a", "b"}), {{{0}, 0, once}, {{1}, 1, once}}), {0},
                           [](Scripted::Summaries) { return false; });
    const auto refused = [](const auto& what, const SearchOptions& options, const std::string& why) {
        const Report report = search(what, options);
        CHECK(report.verdicts.front().verdict == Verdict::error);
        CHECK(report.verdicts.front().reason == "no states can be left out: " + why);
    };
    ScriptedModel silent = model;
    refused(silent, reduced(), "the model does not say which slots its properties read");
    SearchOptions options = reduced();
    options.checkpoint_dir = "nowhere";
    options.identity = "test";
    refused(model, options, "a checkpoint does not say which were left out so far");
    options = reduced();
    options.reduce_for = {"nevr"};
    refused(model, options, "there is no property 'nevr'");
    Scripted of_runs = model;
    of_runs.property_list[0].kind = PropertyKind::eventually;
    refused(of_runs, reduced(), "'never' is about whole runs, of which some would be missing");
    Scripted short_of_one = model;
    short_of_one.reads.clear();
    refused(short_of_one, reduced(), "the model says of 0 properties what they read, and has 1");
    Scripted beyond = model;
    beyond.reads[0].slots = {7};
    refused(beyond, reduced(), "property 'never' is said to read slot 7, the model has 2");
    Scripted of_a_channel = model;
    of_a_channel.slot_list[1] = {.name = "b", .kind = SlotKind::fifo, .capacity = 1};
    of_a_channel.step_list.pop_back();
    of_a_channel.initial[0][1] = "";
    of_a_channel.reads[0] = {.slots = {1}, .each_by_itself = true};
    refused(of_a_channel, reduced(),
            "property 'never' is said to look at each slot by itself, and a channel is among them");
    ScriptedModel one;
    one.slot_list = {{.name = "only"}};
    one.initial = {{"0"}};
    refused(ScriptedModelWithFinals{one, [](Scripted::Summaries) { return true; }}, reduced(),
            "the model has one slot, so no two of its steps are independent");
}
