// A system without end: a search that ends with the first mistake, what is said to keep growing when a limit cuts it
// off, and what is told on the way. What is only large is not said to grow.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "checker/actors/check.hpp"

using namespace mdcd::checker::actors;
using mdcd::checker::Verdict;

namespace {

// Sends numbers to another one, who keeps them all, up to a bound.
struct Numbered {
    using Message = int;
    enum class Timer { send };
    struct State {
        std::string kept;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("kept", self.kept);
        }
    };
    using Here = Context<int, Timer>;
    Id other;
    int bound = 0; // none

    State start(Id, Here& context) const {
        if (!other.is_nobody())
            context.set_timer(Timer::send);
        return {};
    }
    void timeout(State&, Timer, Here& context) const { context.send(other, 1); }
    void receive(State& state, Id from, const int& number, Here& context) const {
        state.kept += 'x';
        context.cover("kept one");
        if (bound == 0 || number < bound)
            context.send(from, number + 1);
    }
};

ActorSystem numbers(int bound) {
    ActorSystem system;
    system.add("sender", Numbered{.other = Id(1), .bound = bound});
    system.add("keeper", Numbered{.other = Id(), .bound = bound});
    return system;
}

std::size_t kept(const SystemState& state) {
    return state.actor<Numbered>(Id(1)).kept.size();
}

bool says(const std::vector<std::string>& lines, const std::string& wanted) {
    for (const std::string& line : lines)
        if (line.starts_with(wanted))
            return true;
    return false;
}

// Counts without end, and uses something new at every thousand.
struct Surprising {
    using Message = int;
    enum class Timer { next };
    struct State {
        std::uint32_t count = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("count", self.count);
        }
    };
    using Here = Context<int, Timer>;

    State start(Id, Here& context) const {
        context.set_timer(Timer::next);
        return {};
    }
    void timeout(State& state, Timer, Here& context) const {
        context.cover("thousand " + std::to_string(++state.count / 1000));
        if (state.count < 55'000)
            context.set_timer(Timer::next);
    }
    void receive(State&, Id, const int&, Here&) const {}
};

// Takes a while before each search.
struct Slow : StateObserver {
    unsigned searches = 0;
    void begin() override {
        ++searches;
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
    }
    void see(unsigned, const SystemState&) override {}
};

} // namespace

TEST_CASE("a limit on time is one for all searches of a system that is compiled anew") {
    ActorSystem system;
    system.add("counter", Surprising{});
    system.always("fine", [](const SystemState&) { return true; });
    CheckOptions options;
    Slow slow;
    options.observer = &slow;
    options.search.workers = 1;
    options.search.limits.seconds_max = 0.2;
    const SystemReport report = check(system, options);
    CHECK(report["fine"].verdict == Verdict::inconclusive);
    CHECK(report["fine"].reason == "seconds");
    CHECK(slow.searches > 1);
    CHECK(slow.searches < 10); // of 56
}

TEST_CASE("a search that ends with the first claim that breaks") {
    ActorSystem system = numbers(0);
    system.always("few", [](const SystemState& state) { return kept(state) < 3; });
    system.always("not_many", [](const SystemState& state) { return kept(state) < 1000; });
    system.eventually("quiet", [](const SystemState& state) { return state.messages_under_way() > 1; });
    CheckOptions options;
    options.stop_at_first = true;
    const SystemReport report = check(system, options);
    CHECK(report["few"].verdict == Verdict::violated);
    CHECK(report["not_many"].verdict == Verdict::inconclusive);
    CHECK(report["not_many"].reason == "the first violation");
    CHECK(report["quiet"].verdict == Verdict::inconclusive);
    CHECK(report["quiet"].reason.starts_with("whole runs are not looked at"));
    CHECK(!report.whole_runs);
    CHECK(report.search.distinct_states < 20);
    CHECK(to_text(report).find("not all of them: the search ended with the first violation") != std::string::npos);
}

TEST_CASE("a dead end is a first mistake as well, and the state at the end of the run is told") {
    ActorSystem system = numbers(4);
    system.no_deadlock();
    system.always("quiet", [](const SystemState& state) { return kept(state) < 2 || state.messages_under_way() > 0; });
    CheckOptions options;
    options.stop_at_first = true;
    const SystemReport report = check(system, options);
    CHECK(report["no_deadlock"].verdict == Verdict::violated);
    const std::string text = to_text(report);
    CHECK(text.find("at the end: keeper: State{kept \"xx\"") != std::string::npos);
    CHECK(text.find("quiet is violated by the same run as no_deadlock:\n   => ") != std::string::npos);
}

TEST_CASE("what a limit has cut off names what kept growing") {
    ActorSystem system = numbers(0);
    system.always("fine", [](const SystemState&) { return true; });
    CheckOptions options;
    options.search.limits.states_max = 50;
    const SystemReport report = check(system, options);
    CHECK(report["fine"].reason == "states");
    CHECK(to_text(report).starts_with("inconclusive  fine: the limit on states was reached\n"));
    CHECK(says(report.growing, "keeper.kept length: to "));
    CHECK(says(report.growing, "sender -> keeper.value: to ")); // a number in a message
    CHECK(to_text(report).find("kept growing along runs chosen at random") != std::string::npos);
    options.search.workers = 3;
    CHECK(check(system, options).growing == report.growing);
    const std::atomic<bool> interrupt = true; // the runs end as the search does
    options.search.interrupt = &interrupt;
    CHECK(check(system, options).growing.empty());
    options.search.interrupt = nullptr;
    ActorSystem large = numbers(60);
    large.always("fine", [](const SystemState&) { return true; });
    const SystemReport bounded = check(large, options);
    CHECK(bounded["fine"].verdict == Verdict::inconclusive);
    CHECK(bounded.growing.empty());
    CHECK(check(large)["fine"].verdict == Verdict::holds);
}

TEST_CASE("what is told on the way") {
    ActorSystem system = numbers(0);
    system.always("few", [](const SystemState& state) { return kept(state) < 3; });
    CheckOptions options;
    options.search.limits.states_max = 20000;
    std::FILE* const stream = std::tmpfile();
    REQUIRE(stream != nullptr);
    tell_on_the_way(options, stream);
    options.search.progress_seconds = 0;
    const SystemReport report = check(system, options);
    std::rewind(stream);
    std::string told(4096, '\0');
    told.resize(std::fread(told.data(), 1, told.size(), stream));
    std::fclose(stream);
    CHECK(told.starts_with("few: violated after 6 steps\n"));
    CHECK(told.find("keeper.kept length: ") != std::string::npos);
    CHECK(told.find(" and still growing: if nothing bounds it, the search has no end\n") != std::string::npos);
}

TEST_CASE("points that are passed are counted, and those that were named and are not are told of") {
    ActorSystem system = numbers(4);
    system.coverage_points({"kept one", "kept none"});
    system.always("fine", [](const SystemState&) { return true; });
    const std::string text = to_text(check(system));
    CHECK(text.find("passed: kept one 4 times\nnever passed: kept none\n") != std::string::npos);
}
