// Limits are kept where a search spends its time without finding anything new: while it learns a layout, judges what it
// has found, looks for loops, rebuilds runs, and by models that have nothing in common between states.
// Times are generous: what ignored the limit took many times as long.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "checker/engine/resident.hpp"
#include "checker/liveness.hpp"
#include "checker/plain_model.hpp"
#include "checker/plain_search.hpp"
#include "checker/search.hpp"
#include "checker/textbook/ring.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::ScriptedModel;

namespace {

constexpr double limit_in_seconds = 0.2;
constexpr double much_longer = 2.5; // the machine may be busy

template <class Act> double seconds_of(Act act) {
    const auto start = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void rest(int microseconds) {
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
}

// From "0" to any of `width` numbers; each goes on for ever, or stays.
ScriptedModel fan(unsigned width) {
    ScriptedModel model;
    model.slot_list = {{.name = "n"}};
    model.step_list = {{.name = "fan out", .reads = {0}, .takes = {}, .room = {}}};
    model.initial = {{"0"}};
    model.handler = [width](StepIndex, const Inputs& inputs, Outcomes& outcomes) {
        if (inputs.values[0] == "0")
            for (unsigned i = 1; i <= width; ++i)
                outcomes.push_back({.writes = {{0, std::to_string(i)}}, .sends = {}});
    };
    model.property_list = {{"open", PropertyKind::always, "."}};
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{1}; };
    return model;
}

SearchOptions limited(double seconds = limit_in_seconds) {
    SearchOptions options;
    options.limits.seconds_max = seconds;
    return options;
}

void check_in_time(const ScriptedModel& model, const SearchOptions& options = limited()) {
    Report report;
    CHECK(seconds_of([&] { report = search(model, options); }) < much_longer);
    CHECK(report.limit == "seconds");
    CHECK(report.verdicts[0].verdict == Verdict::inconclusive);
    CHECK(report.verdicts[0].reason == "seconds");
}

} // namespace

TEST_CASE("a handler that takes long, from the first walks on") {
    ScriptedModel model = fan(1);
    model.handler = [](StepIndex, const Inputs& inputs, Outcomes& outcomes) {
        rest(5000); // 16 walks of 60 steps are 5 s
        outcomes.push_back(
            {.writes = {{0, std::to_string(std::stoi(std::string(inputs.values[0])) + 1)}}, .sends = {}});
    };
    check_in_time(model);
}

TEST_CASE("predicates that take long, over a wide level") {
    ScriptedModel model = fan(20'000);
    model.verdict = [](ScriptedModel::Summaries) {
        rest(500); // 10 s for the level
        return PropertyBits{1};
    };
    check_in_time(model);
    for (const unsigned workers : {1U, 2U}) { // after another limit, what was found is judged, while there is time
        SearchOptions states = limited();
        states.workers = workers;
        states.limits.states_max = 10'000;
        CHECK(seconds_of([&] { CHECK_FALSE(search(model, states).exhaustive); }) < much_longer);
    }
}

TEST_CASE("many initial states, and a long run to be rebuilt") {
    ScriptedModel many = fan(0);
    for (unsigned i = 0; i < 400'000; ++i)
        many.initial.push_back({std::to_string(i + 1)});
    SearchOptions brief = limited(0.001);
    CHECK(seconds_of([&] { CHECK(search(many, brief).limit == "seconds"); }) < much_longer);

    ScriptedModel chain = fan(1);
    chain.handler = [](StepIndex, const Inputs& inputs, Outcomes& outcomes) {
        const int n = std::stoi(std::string(inputs.values[0]));
        if (n > 20'000)
            rest(400);
        if (n < 40'000)
            outcomes.push_back({.writes = {{0, std::to_string(n + 1)}}, .sends = {}});
    };
    chain.verdict = [](ScriptedModel::Summaries all) { return PropertyBits{*all[0] != "21000"}; };
    CHECK(seconds_of([&] { CHECK_FALSE(search(chain, limited(0.6)).exhaustive); }) < much_longer);
}

TEST_CASE("whole runs: the graph, and the search for loops in it") {
    const std::vector<ProgressClaim> claims = {{"ends", "."}};
    LivenessOptions options;
    options.limits.seconds_max = limit_in_seconds;
    LivenessReport report;
    const auto slow = [](auto) {
        rest(200);
        return PropertyBits{0};
    };
    CHECK(seconds_of([&] { report = check_progress(textbook::Ring(8), claims, slow, options); }) < much_longer);
    CHECK(report.limit == "seconds");
    CHECK(report.verdicts[0].verdict == Verdict::inconclusive);
    CHECK(report.verdicts[0].reason == "seconds");
}

TEST_CASE("the plain search looks at the clock between successors that it knows") {
    ScriptedModel model = fan(0);
    model.handler = [](StepIndex, const Inputs&, Outcomes& outcomes) {
        for (unsigned i = 0; i < 60'000; ++i)
            outcomes.push_back({.writes = {{0, "0"}}, .sends = {}});
    };
    Report report;
    CHECK(seconds_of([&] { report = plain_search(model, {.seconds_max = 1e-4}); }) < much_longer);
    CHECK(report.limit == "seconds");
}

TEST_CASE("a checkpoint at the end is within the limit, and resuming is too") {
    const mdcd::tests::ScratchFolder folder;
    SearchOptions options = limited();
    options.checkpoint_dir = folder.path("");
    options.identity = "ring";
    Report report;
    CHECK(seconds_of([&] { report = search(textbook::Ring(11), options); }) < much_longer);
    CHECK(report.limit == "seconds");
    CHECK(report.checkpoint_failure.empty());
    options.resume = true;
    options.limits.seconds_max = 1e-6; // not even time to read it
    report = search(textbook::Ring(11), options);
    CHECK(report.limit == "seconds");
    CHECK(report.verdicts[0].verdict == Verdict::inconclusive);
    options.limits.seconds_max = 0;
    options.limits.states_max = 100'000; // and it is still whole
    report = search(textbook::Ring(11), options);
    CHECK(report.limit == "states");
    CHECK(report.distinct_states >= 100'000); // a lower limit takes nothing away; a slow machine has found fewer
}

namespace {

// A counter with a tail, so that no two states share anything.
struct Counter {
    using State = std::uint32_t;
    std::vector<Property> claims = {{"open", PropertyKind::always, "."}};
    std::vector<State> initial_states() const { return {1}; }
    void successors(State at, std::vector<State>& next) const {
        if (at < (1U << 22)) {
            next.push_back(2 * at);
            next.push_back(2 * at + 1);
        }
    }
    std::string encode(State at) const { return std::string(reinterpret_cast<const char*>(&at), sizeof(at)); }
    State decode(std::string_view bytes) const {
        State at = 0;
        bytes.copy(reinterpret_cast<char*>(&at), sizeof(at));
        return at;
    }
    std::span<const Property> properties() const { return claims; }
    PropertyBits judge(State) const { return 1; }
};

} // namespace

TEST_CASE("what a plain model holds stays within a tenth of a limit on memory, and is told within a tenth") {
    const PlainModel model{Counter()};
    engine::give_back_memory(); // what earlier tests have left
    const std::uint64_t before = engine::resident_bytes();
    std::atomic<std::uint64_t> most = 0;
    std::atomic<std::uint64_t> looks = 0;
    SearchOptions options;
    options.limits.memory_bytes_max = 100'000'000;
    Report report;
    {
        const std::jthread watcher([&](const std::stop_token& stop) {
            for (; !stop.stop_requested(); ++looks) {
                most = std::max(most.load(), engine::resident_bytes());
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
        report = search(model, options);
    }
    CHECK(report.limit == "memory");
    CHECK(report.distinct_states > 400'000);
    CHECK(report.store_bytes <= report.memory_bytes);
    if (most == 0) // cannot be known here
        return;
    CHECK(looks > 10);
    const double held = static_cast<double>(most - before);
    const double told = static_cast<double>(report.memory_bytes);
    MESSAGE("held ", held, ", told ", told, ", states ", report.distinct_states);
    CHECK(held < 1.1 * static_cast<double>(options.limits.memory_bytes_max));
    CHECK(told > held / 1.1);
    CHECK(told < held * 1.1);
}
