// Models that break their contract in each way there is: every number that a model hands over is looked at, whatever it
// throws is an error that says who threw and how to get there, and no other search in the process suffers from it.
#include <doctest/doctest.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/channel.hpp"
#include "checker/liveness.hpp"
#include "checker/path.hpp"
#include "checker/plain_search.hpp"
#include "checker/random_walk.hpp"
#include "checker/search.hpp"
#include "checker/textbook/ring.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::automaton;
using mdcd::tests::ScriptedModel;
using mdcd::tests::ScriptedModelWithFinals;

namespace {

// a to b to c in two steps; beside it a value, a fifo and a bag of two messages each. In `b` the second step ends in
// `broken`.
ScriptedModel breaking_in_b(Outcome broken) {
    ScriptedModel model;
    model.slot_list = {{"at", SlotKind::value, 0}, {"fifo", SlotKind::fifo, 2}, {"bag", SlotKind::bag, 2}};
    model.step_list = {{"ab", {0}, {}, {}}, {"bc", {0}, {}, {}}};
    model.initial = {{"a", "", ""}};
    model.handler = [broken](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        if (step == 0 && inputs.values[0] == "a")
            outcomes.push_back({.writes = {{0, "b"}}, .sends = {}});
        if (step == 1 && inputs.values[0] == "b")
            outcomes.push_back(broken);
    };
    model.property_list = {{"open", PropertyKind::always, "Nothing settles it."}};
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{1}; };
    return model;
}

void check_error(const Report& report, const std::string& reason, std::size_t steps) {
    CHECK_FALSE(report.exhaustive);
    REQUIRE_FALSE(report.verdicts.empty());
    CHECK(report.verdicts[0].verdict == Verdict::error);
    CHECK(report.verdicts[0].reason.find(reason) != std::string::npos);
    CAPTURE(report.verdicts[0].reason);
    REQUIRE(report.verdicts[0].path.has_value());
    CHECK(report.verdicts[0].path->firings.size() == steps);
}

// By every search there is, the fast one with one worker and with several.
template <Model M> void check_error_everywhere(const M& model, const std::string& reason, std::size_t steps) {
    for (const unsigned workers : {1U, 3U}) {
        SearchOptions options;
        options.workers = workers;
        check_error(search(model, options), reason, steps);
    }
    check_error(plain_search(model), reason, steps);
    const WalkReport walks = random_walks(model, {.walks_max = 20, .steps_max = 50});
    CHECK(walks.verdicts[0].verdict == Verdict::error);
    CHECK(walks.verdicts[0].reason.find(reason) != std::string::npos);
    const std::vector<ProgressClaim> claims = {{"ends", "It ends."}};
    const LivenessReport live = check_progress(model, claims, [](auto) { return PropertyBits{0}; });
    CHECK(live.verdicts[0].verdict == Verdict::error);
    CHECK(live.verdicts[0].reason.find(reason) != std::string::npos);
}

} // namespace

TEST_CASE("each number in an outcome is looked at, in the search as well, and the step is named") {
    const std::vector<std::pair<Outcome, std::string>> cases = {
        {{.writes = {{7, "x"}}, .sends = {}}, "step 'bc' names slot 7, which does not exist: the model has 3"},
        {{.writes = {{0xffff, "x"}}, .sends = {}}, "step 'bc' names slot 65535"},
        {{.writes = {{1, "x"}}, .sends = {}}, "step 'bc' writes to the channel 'fifo'"},
        {{.writes = {{0, "x"}, {0, "y"}}, .sends = {}}, "step 'bc' writes twice to 'at'"},
        {{.writes = {}, .sends = {{9, "m"}}}, "step 'bc' names slot 9"},
        {{.writes = {}, .sends = {{0, "m"}}}, "step 'bc' sends to 'at', which is no channel"},
        {{.writes = {}, .sends = {{1, std::string(65536, 'm')}}}, "a message of more than 65535 bytes to 'fifo'"},
        {{.writes = {}, .sends = {{2, "m"}, {2, "m"}, {2, "m"}}}, "'bag', which already holds 2 messages"},
        {{.writes = {}, .sends = {}, .fired = 4}, "step 'bc' passes coverage point 2, which does not exist"},
    };
    for (const auto& each : cases) {
        const auto& outcome = each.first;
        const std::string& reason = each.second;
        CAPTURE(reason);
        for (int again = 0; again < 3; ++again)
            check_error_everywhere(breaking_in_b(outcome), reason, 1);
    }
    CHECK(search(textbook::Ring(4)).exhaustive); // the heap is whole
}

TEST_CASE("initial states are looked at as outcomes are") {
    std::string sorted;
    insert_message(sorted, "a");
    insert_message(sorted, "b");
    std::string unsorted;
    append_message(unsorted, "b");
    append_message(unsorted, "a");
    std::string full;
    for (int i = 0; i < 3; ++i)
        append_message(full, "m");
    const auto beginning = [](std::vector<GlobalState> states) {
        ScriptedModel model = breaking_in_b({});
        model.initial = std::move(states);
        return model;
    };
    CHECK(search(beginning({{"a", unsorted, sorted}})).exhaustive);
    const std::vector<std::pair<GlobalState, std::string>> cases = {
        {{"a", "xyz", ""}, "initial state 1: channel 'fifo' holds 3 bytes that are no messages"},
        {{"a", std::string("\5\0ab", 4), ""}, "initial state 1: channel 'fifo' holds 4 bytes that are no messages"},
        {{"a", "", "x"}, "initial state 1: channel 'bag' holds 1 bytes that are no messages"},
        {{"a", "", unsorted}, "initial state 1: channel 'bag' is a bag, and its messages are not sorted"},
        {{"a", full, ""}, "initial state 1: channel 'fifo' holds 3 messages, its capacity is 2"},
        {{"a", "", full}, "initial state 1: channel 'bag' holds 3 messages, its capacity is 2"},
        {{"a", ""}, "initial state 1 has 2 entries for 3 slots"},
    };
    for (const auto& each : cases) {
        const auto& state = each.first;
        const std::string& reason = each.second;
        CAPTURE(reason);
        check_error_everywhere(beginning({{"a", "", ""}, state}), reason, 0);
    }
    CHECK_THROWS_AS(static_cast<void>(messages_of("xyz")), ModelError);
    CHECK_THROWS_AS(static_cast<void>(messages_of("x")), ModelError);
}

TEST_CASE("sets, and channels that are waited for, are looked at as all others") {
    ScriptedModel model = breaking_in_b({});
    model.slot_list.push_back({"set", SlotKind::set, 2});
    std::string sorted;
    include_message(sorted, "a");
    include_message(sorted, "b");
    std::string twice;
    append_message(twice, "a");
    append_message(twice, "a");
    model.initial = {{"a", "", "", sorted}};
    model.step_list[1].fits = {1, 2, 3};
    CHECK(search(model).exhaustive);
    ScriptedModel doubled = model;
    doubled.initial = {{"a", "", "", twice}};
    check_error_everywhere(doubled, "initial state 0: channel 'set' is a set, and its messages are not sorted, or are",
                           0);
    for (const auto& [slot, reason] : {std::pair(SlotIndex{0}, "step 'bc' waits for room in 'at', which is no channel"),
                                       std::pair(SlotIndex{9}, "step 'bc' names slot 9, which does not exist")}) {
        ScriptedModel waiting = model;
        waiting.step_list[1].fits = {1, slot};
        check_error_everywhere(waiting, reason, 0);
    }
    ScriptedModel of_no_kind = model;
    of_no_kind.slot_list[3].kind = static_cast<SlotKind>(4);
    check_error_everywhere(of_no_kind, "slot 'set' is of no kind", 0);
}

TEST_CASE("whatever a handler throws is an error with the run to where it throws") {
    const std::vector<std::pair<std::function<void()>, std::string>> cases = {
        {[] { throw ModelError("no way on from b"); }, "no way on from b"},
        {[] { throw std::logic_error("broken"); }, "step 'bc' threw std::logic_error: broken"},
        {[] { (void)std::vector<int>().at(3); }, "step 'bc' threw std::out_of_range: "},
        {[] { throw 42; }, "step 'bc' threw a value of type int"},
        {[] { throw std::string("text"); }, "step 'bc' threw a value of type std::"},
    };
    for (const auto& each : cases) {
        const auto& act = each.first;
        const std::string& reason = each.second;
        CAPTURE(reason);
        ScriptedModel model = breaking_in_b({});
        const auto sound = model.handler;
        model.handler = [sound, act](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
            sound(step, inputs, outcomes);
            if (step == 1 && inputs.values[0] == "b")
                act();
        };
        check_error_everywhere(model, reason, 1);
    }
}

TEST_CASE("so is what predicates, summaries and is_final throw") {
    struct Throwing : ScriptedModelWithFinals {
        explicit Throwing(ScriptedModelWithFinals from, bool in_summary)
            : ScriptedModelWithFinals(std::move(from)), in_summary_(in_summary) {}
        Summary summarise(SlotIndex, std::string_view bytes) const {
            if (in_summary_ && bytes == "c")
                throw std::runtime_error("c is too much");
            return std::string(bytes);
        }
        bool in_summary_;
    };
    ScriptedModelWithFinals model = automaton("a", {"ab", "bc"});
    model.property_list = {{"open", PropertyKind::always, "Nothing settles it."}};
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{1}; };
    check_error(search(Throwing(model, true)), "the summary of slot 'at' threw std::runtime_error: c is too much", 2);
    check_error(plain_search(Throwing(model, true)), "the summary of slot 'at' threw std::runtime_error", 2);
    ScriptedModelWithFinals final_throws = model;
    final_throws.final_states = [](ScriptedModel::Summaries) -> bool { throw 'x'; };
    check_error(search(final_throws), "is_final threw a value of type char", 2);
    check_error(plain_search(final_throws), "is_final threw a value of type char", 2);
    ScriptedModelWithFinals judge_throws = model;
    judge_throws.verdict = [](ScriptedModel::Summaries all) {
        return all[0]->compare("c") == 0 ? throw std::range_error("c") : PropertyBits{1};
    };
    check_error(search(judge_throws), "the predicates (judge) threw std::range_error: c", 2);
    check_error(plain_search(judge_throws), "the predicates (judge) threw std::range_error: c", 2);
}

TEST_CASE("a measure that throws is an error with the run to the value; a model without initial states throws none") {
    struct Measured : ScriptedModelWithFinals {
        void measure(SlotIndex, std::string_view bytes, std::vector<Measure>&) const {
            if (bytes == "c")
                throw std::domain_error("no length");
        }
    };
    Measured model{automaton("a", {"ab", "bc", "cd"})};
    model.property_list = {{"open", PropertyKind::always, "Nothing settles it."}};
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{1}; };
    CHECK(search(model).verdicts[0].verdict == Verdict::holds); // nobody asks for measures
    SearchOptions options;
    options.progress_seconds = 0;
    options.progress = [](const Progress&) {};
    check_error(search(model, options), "the measure of slot 'at' threw std::domain_error: no length", 2);

    struct NoBeginning : ScriptedModelWithFinals {
        std::vector<GlobalState> initial_states() const { throw std::runtime_error("no file"); }
    };
    const NoBeginning none{model};
    const Report report = search(none);
    CHECK(report.verdicts[0].verdict == Verdict::error);
    CHECK(report.verdicts[0].reason == "initial_states threw std::runtime_error: no file");
}

TEST_CASE("what an observer throws is its own affair") {
    struct Impatient {
        void observe(unsigned, ScriptedModel::Summaries, PropertyBits) { throw std::logic_error("enough"); }
    };
    CHECK_THROWS_AS(static_cast<void>(search(breaking_in_b({}), {}, Impatient{})), std::logic_error);
}

TEST_CASE("an eventually property is refused by a search, not taken for another kind") {
    ScriptedModel model = automaton("0", {"01", "12"});
    model.property_list = {{"two", PropertyKind::eventually, "It gets to 2."},
                           {"not_one", PropertyKind::always, "It is never at 1."}};
    model.verdict = [](ScriptedModel::Summaries all) {
        return PropertyBits{*all[0] == "2"} | PropertyBits{*all[0] != "1"} << 1;
    };
    for (const Report& report : {search(model), plain_search(model)}) {
        CHECK(report.exhaustive);
        CHECK(report.verdicts[0].verdict == Verdict::error);
        CHECK(report.verdicts[0].reason.find("about whole runs (eventually)") != std::string::npos);
        CHECK_FALSE(report.verdicts[0].path.has_value());
        CHECK(report.verdicts[1].verdict == Verdict::violated);
    }
    CHECK(random_walks(model, {.walks_max = 3}).verdicts[0].verdict == Verdict::inconclusive);
    const std::vector<ProgressClaim> claims = {{"two", "It gets to 2."}};
    const auto pending = [](ScriptedModel::Summaries all) { return PropertyBits{*all[0] != "2"}; };
    CHECK(check_progress(model, claims, pending).verdicts[0].verdict == Verdict::holds);
}

static_assert(Model<ScriptedModel>);
struct Fleeting : ScriptedModel { // hands out a view of what is gone by then
    std::vector<Slot> slots() const { return slot_list; }
};
static_assert(!Model<Fleeting>);
