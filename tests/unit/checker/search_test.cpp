// The search as its callers see it: counts, verdicts, paths, limits, errors, the observer, and that the
// number of workers changes nothing.
#include "checker/search.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <set>

#include "checker/decisions.hpp"
#include "checker/path.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/token.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::automaton;
using mdcd::tests::ScriptedModel;
using mdcd::tests::ScriptedModelWithFinals;

namespace {

void check_same(const Report& a, const Report& b) {
    CHECK(a.distinct_states == b.distinct_states);
    CHECK(a.transitions == b.transitions);
    CHECK(a.depth == b.depth);
    CHECK(a.dead_ends == b.dead_ends);
    CHECK(a.exhaustive == b.exhaustive);
    CHECK(a.limit == b.limit);
    CHECK(a.coverage == b.coverage);
    REQUIRE(a.verdicts.size() == b.verdicts.size());
    for (std::size_t i = 0; i < a.verdicts.size(); ++i) {
        CHECK(a.verdicts[i].property == b.verdicts[i].property);
        CHECK(a.verdicts[i].verdict == b.verdicts[i].verdict);
        CHECK(a.verdicts[i].reason == b.verdicts[i].reason);
        REQUIRE(a.verdicts[i].path.has_value() == b.verdicts[i].path.has_value());
        if (a.verdicts[i].path) {
            CHECK(a.verdicts[i].path->initial == b.verdicts[i].path->initial);
            CHECK(a.verdicts[i].path->firings == b.verdicts[i].path->firings);
        }
    }
}

template <Model M> void check_any_number_of_workers(const M& model, SearchOptions options = {}) {
    options.workers = 1;
    const Report one = search(model, options);
    for (const unsigned workers : {2U, 3U, 4U}) {
        CAPTURE(workers);
        options.workers = workers;
        check_same(one, search(model, options));
    }
}

// Counts how often each worker is called, and the states seen, by their summaries.
struct Recorder {
    std::vector<std::uint64_t> calls = std::vector<std::uint64_t>(8);
    template <class Summaries> void observe(unsigned worker, Summaries summaries, PropertyBits) {
        calls.at(worker) += summaries.empty() ? 0 : 1;
    }
    [[nodiscard]] std::uint64_t total() const {
        std::uint64_t total = 0;
        for (const std::uint64_t each : calls)
            total += each;
        return total;
    }
};

// Two counters that count up on their own: states are pairs, each counter ends at `last`.
ScriptedModel two_counters(int last) {
    ScriptedModel model;
    model.slot_list = {{.name = "a"}, {.name = "b"}};
    model.step_list = {{.name = "up a", .reads = {0}, .takes = {}, .room = {}},
                       {.name = "up b", .reads = {1}, .takes = {}, .room = {}}};
    model.initial = {{"0", "0"}};
    model.handler = [last](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        const int value = std::stoi(std::string(inputs.values[0]));
        if (value < last)
            outcomes.push_back({.writes = {{step, std::to_string(value + 1)}}, .sends = {}, .fired = 1ULL << step});
    };
    model.points = {"a", "b"};
    return model;
}

ScriptedModel with_properties(ScriptedModel model) {
    model.property_list = {{"never", PropertyKind::always, "It is never there."},
                           {"sometimes", PropertyKind::reachable, "It can get there."}};
    return model;
}

void check_all(const Report& report, Verdict verdict, const std::string& reason) {
    REQUIRE_FALSE(report.verdicts.empty());
    CHECK_FALSE(report.exhaustive);
    for (const PropertyVerdict& each : report.verdicts) {
        CHECK(each.verdict == verdict);
        CHECK(each.reason == reason);
    }
}

} // namespace

TEST_CASE("counts of the textbook models") {
    CHECK(search(textbook::TwoPhaseCommit(3)).distinct_states == 288);
    CHECK(search(textbook::TwoPhaseCommit(5)).distinct_states == 8832);
    CHECK(search(textbook::Token()).transitions == 4);
}

TEST_CASE("one worker or several: the same counts, verdicts, coverage and paths") {
    check_any_number_of_workers(textbook::Ring(8));
    check_any_number_of_workers(textbook::TwoPhaseCommit(6));
    check_any_number_of_workers(textbook::TwoPhaseCommit(5, 3)); // violates `consistent`
    check_any_number_of_workers(two_counters(200));
    SearchOptions limited;
    limited.limits.states_max = 30000;
    check_any_number_of_workers(textbook::Ring(9), limited);
    SearchOptions early;
    early.stop_when_decided = true;
    check_any_number_of_workers(textbook::TwoPhaseCommit(6, 2), early);
}

TEST_CASE("a search of two independent counters, counted by hand") {
    const Report report = search(two_counters(99));
    CHECK(report.exhaustive);
    CHECK(report.distinct_states == 100 * 100);
    CHECK(report.transitions == 2 * 99 * 100);
    CHECK(report.depth == 198);
    CHECK(report.dead_ends == 1);
    CHECK(report.coverage == std::vector<std::uint64_t>{9900, 9900});
    CHECK(report.handler_calls == 200);
    CHECK(report.memo_hits == report.transitions - 200);
}

TEST_CASE("more values of one slot than 16 bits can number, and as many levels") {
    ScriptedModel model = two_counters(70000);
    model.initial = {{"0", "70000"}};
    const Report report = search(model);
    CHECK(report.distinct_states == 70001);
    CHECK(report.depth == 70000);
}

TEST_CASE("every state of a large search is observed once, by any number of workers") {
    for (const unsigned workers : {1U, 3U}) {
        Recorder recorder;
        SearchOptions options;
        options.workers = workers;
        const Report report = search(textbook::Ring(8), options, recorder);
        CHECK(recorder.total() == report.distinct_states);
    }
}

TEST_CASE("states_max cuts exactly, judges what was found, and is no success") {
    SearchOptions options;
    options.limits.states_max = 5000;
    Recorder recorder;
    const Report report = search(textbook::TwoPhaseCommit(5), options, recorder);
    CHECK(report.distinct_states == 5000);
    CHECK(recorder.total() == 5000);
    CHECK(report.limit == "states");
    CHECK_FALSE(report.exhaustive);
    CHECK(report.verdicts[0].verdict == Verdict::inconclusive);
    CHECK(report.verdicts[0].reason == "states");
    CHECK(report.verdicts[2].verdict == Verdict::reached);
    options.limits.states_max = 8832; // as many as there are
    CHECK(search(textbook::TwoPhaseCommit(5), options).exhaustive);
}

TEST_CASE("memory, seconds, and an interrupt end a search as inconclusive") {
    SearchOptions memory;
    memory.limits.memory_bytes_max = 3'000'000;
    const Report short_of_memory = search(textbook::Ring(10), memory);
    CHECK(short_of_memory.limit == "memory");
    CHECK(short_of_memory.distinct_states > 10'000);
    CHECK(short_of_memory.store_bytes <= 3'000'000);
    CHECK(short_of_memory.verdicts[0].verdict == Verdict::inconclusive);
    SearchOptions seconds;
    seconds.limits.seconds_max = 0.05;
    const Report out_of_time = search(textbook::Ring(11), seconds);
    CHECK(out_of_time.limit == "seconds");
    CHECK(out_of_time.distinct_states < 5'426'882);
    std::atomic<bool> interrupt = true;
    SearchOptions interrupted;
    interrupted.interrupt = &interrupt;
    interrupted.workers = 2;
    Recorder recorder;
    const Report stopped = search(textbook::Ring(6), interrupted, recorder);
    CHECK(stopped.limit == "interrupted");
    CHECK(stopped.transitions == 0);
    CHECK(recorder.total() == stopped.distinct_states);
}

TEST_CASE("progress is told while the search goes on") {
    SearchOptions options;
    options.progress_seconds = 0;
    options.workers = 2;
    std::uint64_t calls = 0;
    Progress last;
    options.progress = [&](const Progress& progress) {
        ++calls;
        CHECK(progress.distinct >= last.distinct);
        CHECK(progress.expanded + progress.frontier == progress.distinct);
        CHECK(progress.table_load <= 1);
        last = progress;
    };
    const Report report = search(textbook::Ring(7), options);
    CHECK(calls > 10);
    CHECK(last.distinct == report.distinct_states);
    CHECK(last.transitions == report.transitions);
    CHECK(last.depth == report.depth);
}

TEST_CASE("a handler that fails: an error for all that is open, with the path to where it fails") {
    ScriptedModel model = with_properties(automaton("a", {"ab", "bc", "cd"}));
    const auto sound = model.handler;
    model.handler = [sound](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        if (inputs.values[0] == "c")
            throw ModelError("no way on from c");
        sound(step, inputs, outcomes);
    };
    model.verdict = [](ScriptedModel::Summaries all) { return *all[0] == "b" ? PropertyBits{2} : PropertyBits{1}; };
    const Report report = search(model);
    CHECK_FALSE(report.exhaustive);
    CHECK(report.verdicts[0].verdict == Verdict::violated); // settled before
    CHECK(report.verdicts[1].verdict == Verdict::reached);
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{1}; };
    const Report all_open = search(model);
    check_all(all_open, Verdict::error, "no way on from c");
    CHECK(states_along(model, all_open.verdicts[0].path.value()).back() == GlobalState{"c"});
}

TEST_CASE("a predicate or a summary that fails is an error too") {
    ScriptedModel model = with_properties(automaton("a", {"ab", "bc"}));
    model.verdict = [](ScriptedModel::Summaries all) {
        if (*all[0] == "c")
            throw ModelError("cannot judge c");
        return PropertyBits{1};
    };
    const Report report = search(model);
    check_all(report, Verdict::error, "cannot judge c");
    CHECK(report.verdicts[0].path->firings.size() == 2);

    struct FailingSummary : ScriptedModel {
        using ScriptedModel::ScriptedModel;
        explicit FailingSummary(ScriptedModel from) : ScriptedModel(std::move(from)) {}
        Summary summarise(SlotIndex slot, std::string_view bytes) const {
            if (bytes == "b")
                throw ModelError("cannot summarise b");
            return ScriptedModel::summarise(slot, bytes);
        }
    };
    const Report other = search(FailingSummary(model));
    check_all(other, Verdict::error, "cannot summarise b");
    CHECK(other.verdicts[0].path->firings.size() == 1);
}

TEST_CASE("a model that is not well formed is an error without a search") {
    ScriptedModel model = with_properties(automaton("a", {"ab"}));
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{1}; };
    CHECK(search(model).exhaustive);
    ScriptedModel no_initial = model;
    no_initial.initial.clear();
    check_all(search(no_initial), Verdict::error, "the model has no initial state");
    ScriptedModel wrong_slot = model;
    wrong_slot.step_list[0].reads = {7};
    check_all(search(wrong_slot), Verdict::error, "step 'ab' names slot 7, which does not exist: the model has 1");
    ScriptedModel wrong_kind = model;
    wrong_kind.step_list[0].takes = 0;
    check_all(search(wrong_kind), Verdict::error, "step 'ab' takes from 'at', which is no channel");
    ScriptedModel wrong_shape = model;
    wrong_shape.initial = {{"a", "b"}};
    check_all(search(wrong_shape), Verdict::error, "initial state 0 has 2 entries for 1 slots");
}

TEST_CASE("a handler with hidden state is found out") {
    ScriptedModel model = with_properties(two_counters(50));
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{1}; };
    const auto sound = model.handler;
    int calls = 0;
    model.handler = [&](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        sound(step, inputs, outcomes);
        if (!outcomes.empty() && ++calls % 2 == 0)
            outcomes.front().fired ^= 2;
    };
    SearchOptions options;
    options.check_determinism = true;
    const Report report = search(model, options);
    REQUIRE(report.verdicts[0].verdict == Verdict::error);
    CHECK(report.verdicts[0].reason.find("is not deterministic") != std::string::npos);
    CHECK_FALSE(report.exhaustive);
}

TEST_CASE("deadlock freedom is judged in dead ends only") {
    ScriptedModelWithFinals model = automaton("a", {"ab", "ac", "ca"});
    model.final_states = [](ScriptedModel::Summaries all) { return *all[0] == "b"; };
    CHECK(search(model).verdicts.back().verdict == Verdict::holds);
    model.final_states = [](ScriptedModel::Summaries) { return false; };
    const Report report = search(model);
    CHECK(report.verdicts.back().property == deadlock_freedom);
    CHECK(report.verdicts.back().verdict == Verdict::violated);
    CHECK(report.verdicts.back().path->firings.size() == 1);
    CHECK(report.dead_ends == 1);
}

TEST_CASE("what is decided can end the search") {
    SearchOptions options;
    options.stop_when_decided = true;
    ScriptedModel model = with_properties(automaton("a", {"ab", "bc", "cd", "de"}));
    model.verdict = [](ScriptedModel::Summaries all) { return *all[0] == "c" ? PropertyBits{2} : PropertyBits{1}; };
    const Report report = search(model, options);
    CHECK(report.verdicts[0].verdict == Verdict::violated);
    CHECK(report.verdicts[1].verdict == Verdict::reached);
    CHECK(report.distinct_states < 5);
    CHECK_FALSE(report.exhaustive);
}

TEST_CASE("several paths to one violation differ in their last step or in what it passed, for any number of workers") {
    const textbook::TwoPhaseCommit model(5, 3);
    SearchOptions options;
    options.paths_max = 3;
    const Report report = search(model, options);
    const PropertyVerdict& verdict = report.verdicts[0];
    REQUIRE(verdict.verdict == Verdict::violated);
    REQUIRE(verdict.more.size() == 2);
    std::set<StepIndex> last = {verdict.path.value().firings.back().step};
    for (const Path& path : verdict.more) {
        CHECK((judge(model, states_along(model, path).back()) & 1) == 0);
        CHECK(path.firings.size() >= verdict.path.value().firings.size());
        last.insert(path.firings.back().step);
    }
    CHECK(last.size() == 3); // no step of this model passes different points here
    for (const unsigned workers : {2U, 3U}) {
        options.workers = workers;
        const Report other = search(model, options);
        REQUIRE(other.verdicts[0].more.size() == 2);
        for (std::size_t i = 0; i < 2; ++i)
            CHECK(other.verdicts[0].more[i].firings == verdict.more[i].firings);
    }
    CHECK(search(model).verdicts[0].more.empty());
}

TEST_CASE("a counter without end is told of once, and one with an end is not") {
    struct Counting : ScriptedModel {
        void measure(SlotIndex, std::string_view bytes, std::vector<Measure>& measures) const {
            measures.push_back({"count", std::stoull(std::string(bytes))});
        }
    };
    Counting model;
    model.slot_list = {{.name = "endless"}, {.name = "bounded"}};
    model.step_list = {{.name = "up", .reads = {0}, .takes = {}, .room = {}},
                       {.name = "down", .reads = {1}, .takes = {}, .room = {}}};
    model.initial = {{"0", "0"}};
    model.handler = [](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        const int value = std::stoi(std::string(inputs.values[0]));
        if (step == 0 || value < 4)
            outcomes.push_back({.writes = {{step, std::to_string(value + 1)}}, .sends = {}});
    };
    std::vector<std::string> told;
    SearchOptions options;
    options.limits.states_max = 3000;
    options.progress_seconds = 0;
    options.progress = [&](const Progress& progress) {
        told.insert(told.end(), progress.growing.begin(), progress.growing.end());
    };
    CHECK(search(model, options).limit == "states");
    REQUIRE(told.size() == 1);
    CHECK(told[0].starts_with("endless.count: "));
}
