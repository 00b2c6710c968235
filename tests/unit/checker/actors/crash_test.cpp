// Crashes and restarts: what survives, what does not, and that the network goes on. Timers in order and in any.
// Counts are small enough to be found by hand.
#include <doctest/doctest.h>

#include <string>

#include "checker/actors/check.hpp"

using namespace mdcd::checker::actors;
using mdcd::checker::Verdict;

namespace {

struct Disk {
    using Message = int;
    enum class Timer { first, second };
    struct Durable {
        int written = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("written", self.written);
        }
    };
    struct State {
        Durable durable;
        int cached = 0;
        int restarts = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("durable", self.durable);
            visit("cached", self.cached);
            visit("restarts", self.restarts);
        }
    };
    using Here = Context<int, Timer>;

    State start(Id, Here& context) const {
        context.set_timer(Timer::first);
        context.set_timer(Timer::second);
        return {};
    }
    State restart(Id, const Durable& durable, Here&) const { return {.durable = durable, .cached = 0, .restarts = 1}; }
    void timeout(State& state, Timer timer, Here&) const {
        if (timer == Timer::first)
            state.cached = 1;
        else
            state.durable.written = state.cached + 1;
    }
};

ActorSystem disk() {
    ActorSystem system;
    system.add("disk", Disk{});
    return system;
}

} // namespace

TEST_CASE("what is durable survives, what is not does not, timers neither") {
    ActorSystem system = disk();
    system.crashes(1);
    const auto is_down = [](const SystemState& state) { return state.is_down(Id(0)); };
    system.always("reads_while_down", [is_down](const SystemState& state) {
        return !is_down(state) || state.durable<Disk>(Id(0)).written <= 2;
    });
    system.always("cache_is_gone", [is_down](const SystemState& state) {
        return is_down(state) || state.actor<Disk>(Id(0)).restarts == 0 ||
               (state.actor<Disk>(Id(0)).cached == 0 && !state.has_timer(Id(0)));
    });
    system.reachable("kept", [is_down](const SystemState& state) {
        return !is_down(state) && state.actor<Disk>(Id(0)).restarts == 1 && state.durable<Disk>(Id(0)).written == 2;
    });
    const SystemReport report = check(system);
    CHECK(report["reads_while_down"].verdict == Verdict::holds);
    CHECK(report["cache_is_gone"].verdict == Verdict::holds);
    CHECK(report["kept"].verdict == Verdict::reached);
    // Up: none, first, second, first then second, second then first. Down, and up again: written 0, 1 or 2.
    CHECK(report.search.distinct_states == 5 + 3 + 3);
    REQUIRE(report["kept"].run);
    const Run& run = *report["kept"].run;
    REQUIRE(run.steps.size() == 4);
    CHECK(run.steps[2].text == "disk crashes");
    CHECK(run.steps[2].changes[0].lines[0].find("-> down{keeps Durable{written 2}}") != std::string::npos);
    CHECK(run.steps[3].text == "disk restarts");
}

TEST_CASE("the state of one that is down is not to be asked for") {
    ActorSystem system = disk();
    system.crashes(1, {Id(0)});
    system.always("careless", [](const SystemState& state) { return state.actor<Disk>(Id(0)).cached < 9; });
    const SystemReport report = check(system);
    CHECK(report["careless"].verdict == Verdict::error);
    CHECK(report["careless"].reason.find("while it is down") != std::string::npos);
    CHECK(report["careless"].run->steps.size() == 1);
}

TEST_CASE("timers in the order in which they were set") {
    ActorSystem system = disk();
    system.ordered_timers();
    system.reachable("second_first",
                     [](const SystemState& state) { return state.actor<Disk>(Id(0)).durable.written == 1; });
    const SystemReport report = check(system);
    CHECK(report["second_first"].verdict == Verdict::not_reached);
    CHECK(report.search.distinct_states == 3);
}
