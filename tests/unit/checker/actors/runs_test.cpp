// Runs outside of a search: every run of a report repeats, an edit is found in its step, a run made by hand is judged
// for each kind of claim, and a long one is cut down. On systems of a few actors.
#include "checker/actors/runs.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/alternating_bit.hpp"
#include "checker/actors/examples/two_phase_commit.hpp"
#include "checker/actors/trace.hpp"

using namespace mdcd;
using namespace mdcd::checker::actors;

namespace {

// Two that pass a ball until one drops it; a third never gets it, unless it was thrown to it at the start.
struct Thrower {
    struct Message {};
    enum class Timer { throw_it, drop_it };
    struct State {
        bool has_ball = false;
        int dropped = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("has_ball", self.has_ball);
            visit("dropped", self.dropped);
        }
    };
    using Here = Context<Message, Timer>;
    Id other;
    bool begins = false;
    bool drops = true;

    State start(Id, Here& context) const {
        if (begins && context.choose(2) == 1) { // it begins on its way
            context.send(other, {});
            return {};
        }
        if (begins)
            context.set_timer(Timer::throw_it);
        return {.has_ball = begins};
    }
    void receive(State& state, Id, const Message&, Here& context) const {
        state.has_ball = true;
        context.set_timer(Timer::throw_it);
        if (drops)
            context.set_timer(Timer::drop_it);
    }
    void timeout(State& state, Timer timer, Here& context) const {
        state.has_ball = false;
        context.cancel_timer(Timer::throw_it);
        context.cancel_timer(Timer::drop_it);
        if (timer == Timer::throw_it)
            context.send(other, {});
        else
            ++state.dropped;
    }
};

ActorSystem game(bool drops) {
    ActorSystem system;
    const Id first = system.add("first", Thrower{.other = Id(1), .begins = true, .drops = drops});
    const Id second = system.add("second", Thrower{.other = Id(0), .begins = false, .drops = drops});
    const auto dropped = [=](const SystemState& state) {
        return state.actor<Thrower>(first).dropped + state.actor<Thrower>(second).dropped;
    };
    system.always("never_dropped", [=](const SystemState& state) { return dropped(state) == 0; });
    system.reachable("second_drops",
                     [=](const SystemState& state) { return state.actor<Thrower>(second).dropped > 0; });
    system.no_deadlock();
    system.eventually("it_ends", [=](const SystemState& state) { return dropped(state) > 0; });
    system.leads_to(
        "comes_back", [=](const SystemState& state) { return dropped(state) > 0; },
        [=](const SystemState& state) { return state.actor<Thrower>(first).has_ball; });
    system.fair(checker::Fairness::weak, deliveries());
    return system;
}

// The claims of the report that have a run, each of which must repeat.
std::vector<std::string> repeated(const ActorSystem& system) {
    const SystemReport report = check(system);
    std::vector<std::string> names;
    for (const ClaimVerdict& each : report.claims) {
        if (!each.run)
            continue;
        names.push_back(each.claim + " " + checker::name_of(each.verdict));
        const auto difference = repeat(system, each.claim, trace_of(report, each.claim));
        CHECK_MESSAGE(!difference, each.claim << ": " << difference->text);
    }
    return names;
}

// A walk of so many steps, as far as it goes.
std::size_t walk(HandRun& run, std::uint32_t seed, std::size_t steps) {
    std::mt19937 random(seed);
    std::size_t taken = 0;
    for (; taken < steps && !run.possible().empty(); ++taken)
        run.take(random() % run.possible().size());
    return taken;
}

// A step that drops the ball, or one that does not, if there is such a one.
void take_one(HandRun& run, bool drops) {
    const std::vector<std::string> possible = run.possible();
    std::size_t which = 0;
    while (which + 1 < possible.size() && (possible[which].find("drop") != std::string::npos) != drops)
        ++which;
    run.take(which);
}

} // namespace

TEST_CASE("what a check found repeats: claims of states, of dead ends and of whole runs") {
    CHECK(repeated(game(true)) == std::vector<std::string>{"never_dropped violated", "second_drops reached",
                                                           "no_deadlock violated", "it_ends violated",
                                                           "comes_back violated"});
    CHECK(repeated(game(false)) == std::vector<std::string>{"it_ends violated"});
    CHECK(!repeated(examples::commit::two_phase_commit(3, 2)).empty());
    CHECK(!repeated(examples::alternating_bit::alternating_bit(1)).empty());
}

TEST_CASE("an edit is found, and said with its step") {
    const ActorSystem system = game(true);
    const SystemReport report = check(system);
    const traces::Trace loop = trace_of(report, "it_ends");
    REQUIRE(loop.findings.size() == 2);
    const traces::Trace end = trace_of(report, "comes_back");
    REQUIRE(end.steps.size() >= 2);
    struct Edit {
        const traces::Trace& trace;
        std::function<void(traces::Trace&)> edit;
        std::size_t step;
        std::string said;
    };
    const std::vector<Edit> table = {
        {end, [](traces::Trace& t) { t.steps[1].action.text = "second: sleeps"; }, 2, "is not enabled; enabled are"},
        {end, [](traces::Trace& t) { t.steps[0].digest = "0"; }, 1, "differs: digest "},
        {end, [](traces::Trace& t) { t.initial_digest = "0"; }, 0, "the initial state differs"},
        {end,
         [](traces::Trace& t) {
             t.steps[0].action.sent.push_back({.message = "m9", .peer = "first", .label = "Message"});
         },
         1, "is told differently"},
        {end, [](traces::Trace& t) { t.steps[1].changes.clear(); }, 2, "the changes of"},
        {end, [](traces::Trace& t) { t.steps[0].state = traces::Value(traces::Value::Record{}); }, 1,
         "is told differently"},
        {end, [](traces::Trace& t) { t.steps.pop_back(); }, end.steps.size() - 1,
         "the run does not violate comes_back"},
        {end, [](traces::Trace& t) { t.verdict = "holds"; }, end.steps.size(), "the run violates comes_back"},
        {end, [](traces::Trace& t) { t.verdict = "error"; }, end.steps.size(), "nothing fails in the last state"},
        {end,
         [](traces::Trace& t) {
             t.recovery.push_back({"first", "rolls back", {}, {}});
         },
         end.steps.size(), "what is wrong is told differently"},
        {end, [](traces::Trace& t) { t.processes.pop_back(); }, 0, "the processes differ"},
        {loop, [](traces::Trace& t) { t.findings[1].text = "after step 7 what follows happens again"; },
         loop.steps.size(), "what is wrong is told differently"},
    };
    for (const Edit& each : table) {
        traces::Trace edited = each.trace;
        each.edit(edited);
        const auto difference = repeat(system, edited.property, edited);
        CAPTURE(each.said);
        REQUIRE(difference);
        CHECK(difference->step == each.step);
        CHECK_MESSAGE(difference->text.find(each.said) != std::string::npos, difference->text);
    }
    CHECK_THROWS_AS((void)repeat(system, "unclaimed", end), std::invalid_argument);
}

TEST_CASE("a run made by hand says what is true at its end, and repeats") {
    for (std::uint32_t seed = 0; seed < 30; ++seed) {
        const ActorSystem system = game(seed % 3 != 0);
        HandRun run(system);
        const std::size_t steps = walk(run, seed, seed);
        for (const std::string claim : {"never_dropped", "second_drops", "no_deadlock", "it_ends", "comes_back"}) {
            const traces::Trace trace = run.trace(claim);
            CHECK(trace.steps.size() == steps);
            CAPTURE(claim);
            CHECK(!repeat(system, claim, trace));
            const bool is_dropped = run.possible().empty();
            if (claim == "never_dropped" || claim == "no_deadlock")
                CHECK(trace.verdict == (is_dropped ? "violated" : "holds"));
            if (claim == "it_ends" && is_dropped)
                CHECK(trace.verdict == "holds");
        }
    }
}

TEST_CASE("a long run is cut down to what it needs, and a search finds a shortest one") {
    const ActorSystem system = game(true);
    const SystemReport report = check(system);
    HandRun run(system);
    for (int step = 0; step < 21; ++step) // to and fro, then it falls
        take_one(run, false);
    while (!run.possible().empty())
        take_one(run, true);
    for (const std::string claim : {"never_dropped", "no_deadlock", "comes_back"}) {
        CAPTURE(claim);
        const traces::Trace walked = run.trace(claim);
        REQUIRE(walked.verdict == "violated");
        const ShortenedRun cut = shorten(system, claim, walked, {});
        CHECK(cut.trace.steps.size() < 5);
        CHECK(cut.replays > 0);
        CHECK(!cut.shortest);
        CHECK(!repeat(system, claim, cut.trace));
        const ShortenedRun searched = shorten(system, claim, walked, {.search_states_max = 1000});
        CHECK(searched.trace.steps.size() == report[claim].path->firings.size());
        CHECK(searched.shortest == (claim != "comes_back"));
        CHECK(!repeat(system, claim, searched.trace));
    }
    traces::Trace wrong = run.trace("never_dropped");
    wrong.steps[2].action.text = "second: sleeps";
    try {
        (void)shorten(system, "never_dropped", wrong, {});
        FAIL("a step that cannot be taken");
    } catch (const RunError& error) {
        CHECK(error.step() == 2);
    }
    wrong = run.trace("never_dropped");
    wrong.steps.resize(2);
    CHECK_THROWS_WITH_AS((void)shorten(system, "never_dropped", wrong, {}), "this run does not settle never_dropped",
                         RunError);
}

TEST_CASE("a run without end is cut down and still goes round") {
    const ActorSystem system = game(false);
    HandRun run(system);
    for (int step = 0; step < 11; ++step)
        run.take(0);
    const traces::Trace walked = run.trace("it_ends");
    REQUIRE(walked.verdict == "violated");
    const ShortenedRun cut = shorten(system, "it_ends", walked, {.search_states_max = 1000});
    CHECK(cut.trace.steps.size() <= 4);
    CHECK(cut.trace.findings.size() == 2);
    CHECK(!repeat(system, "it_ends", cut.trace));
}
