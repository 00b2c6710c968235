// What must come in every fair run: fairness that is enough, that is not, and of one action among several; runs that
// end; boundaries, limits and mistakes. The run that is shown goes round.
#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <variant>

#include "checker/actors/check.hpp"
#include "checker/actors/trace.hpp"

using namespace mdcd::checker::actors;
using mdcd::checker::Fairness;
using mdcd::checker::Verdict;

namespace {

// One that ticks for ever, and one that it asks now and then; it answers.
struct Ask {
    int number = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("number", self.number);
    }
};
struct Answer {};
using RunWord = std::variant<Ask, Answer>;

struct Asker {
    using Message = RunWord;
    enum class Timer { ask, idle };
    struct State {
        bool is_waiting = false;
        bool is_odd = false;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("is_waiting", self.is_waiting);
            visit("is_odd", self.is_odd);
        }
    };
    using Here = Context<RunWord, Timer>;
    Id other;

    State start(Id, Here& context) const {
        context.set_timer(Timer::ask);
        context.set_timer(Timer::idle);
        return {};
    }
    void timeout(State& state, Timer timer, Here& context) const {
        context.set_timer(timer);
        if (timer == Timer::idle) {
            state.is_odd = !state.is_odd;
        } else {
            context.cancel_timer(Timer::ask);
            state.is_waiting = true;
            context.send(other, Ask{1});
        }
    }
    void receive(State& state, Id, const RunWord&, Here& context) const {
        state.is_waiting = false;
        context.set_timer(Timer::ask);
    }
};
struct Answerer {
    using Message = RunWord;
    struct State {};
    State start(Id, Context<RunWord>&) const { return {}; }
    void receive(State&, Id from, const RunWord&, Context<RunWord>& context) const { context.send(from, Answer{}); }
};

struct Once {
    using Message = int;
    enum class Timer { go };
    struct State {
        int at = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) { visit("at", self.at); }
    };
    State start(Id, Context<int, Timer>& context) const {
        context.set_timer(Timer::go);
        return {};
    }
    void timeout(State& state, Timer, Context<int, Timer>& context) const {
        state.at = 1 + static_cast<int>(context.choose(2));
    }
};

ActorSystem questions(bool lossy = false) {
    ActorSystem system;
    const Id asker = system.add("asker", Asker{Id(1)});
    system.add("answerer", Answerer{});
    system.network({.order = Order::unordered, .lossy = lossy});
    const auto is_waiting = [asker](const SystemState& state) { return state.actor<Asker>(asker).is_waiting; };
    system.eventually("asks", is_waiting, "Somebody asks.");
    system.leads_to(
        "answered", is_waiting, [is_waiting](const SystemState& state) { return !is_waiting(state); },
        "Who asks gets an answer.");
    return system;
}

} // namespace

TEST_CASE("without fairness nothing has to happen, and the run goes round") {
    const SystemReport report = check(questions());
    CHECK(exit_code(report) == 10);
    const ClaimVerdict& asks = report["asks"];
    CHECK(asks.verdict == Verdict::violated);
    REQUIRE(asks.run);
    CHECK(asks.run->loop_begin == 0);
    REQUIRE(asks.run->steps.size() == 2);
    CHECK(asks.run->steps[0].text == "asker: timeout idle");
    const std::string text = to_text(report);
    CAPTURE(text);
    CHECK(text.find("asks is violated by a run without end:") != std::string::npos);
    CHECK(text.find("from here on, again and again:") != std::string::npos);
    CHECK(text.find("=> and so on for ever: what 'asks' waits for never comes: Somebody asks.") != std::string::npos);
    const ClaimVerdict& answered = report["answered"];
    CHECK(answered.verdict == Verdict::violated);
    CHECK(answered.run->loop_begin == 1);
    const mdcd::traces::Trace trace = trace_of(report, "answered");
    CHECK(trace.steps.size() == answered.run->steps.size());
    CHECK(trace.findings.back().text.find("after step 1") != std::string::npos);
    CHECK(report.whole_runs.value().states == report.search.distinct_states);
}

TEST_CASE("fairness by name: that of one timer, of one kind of message, of all") {
    ActorSystem system = questions();
    system.fair(Fairness::weak, timeouts(Id(0), "ask"));
    const SystemReport asked = check(system);
    CHECK(asked["asks"].verdict == Verdict::holds);
    CHECK(asked["answered"].verdict == Verdict::violated);
    system.fair(Fairness::weak, deliveries("Answer"));
    CHECK(check(system)["answered"].verdict == Verdict::violated); // the question is not delivered
    system.fair(Fairness::weak, deliveries(Id(0), Id(1), "Ask{number 1}"));
    const SystemReport all = check(system);
    CHECK(all["answered"].verdict == Verdict::holds);
    CHECK(exit_code(all) == 0);
    ActorSystem together_only = questions();
    together_only.fair(Fairness::weak, together(timeouts())); // the idle one is one of them
    CHECK(check(together_only)["asks"].verdict == Verdict::violated);
}

TEST_CASE("a name of what is fair that exists nowhere is no silent pass") {
    const auto said = [](const Actions& actions, bool is_fair_enough = false) {
        ActorSystem system = questions();
        if (is_fair_enough) {
            system.fair(Fairness::weak, timeouts());
            system.fair(Fairness::weak, deliveries());
        }
        system.fair(Fairness::weak, actions);
        const SystemReport report = check(system);
        CHECK(report["asks"].verdict == (is_fair_enough ? Verdict::error : Verdict::violated));
        CHECK(exit_code(report) == 10);
        CHECK(report.whole_runs.value().notes.empty());
        return to_text(report);
    };
    const auto has = [](const std::string& text, const std::string& wanted) {
        CAPTURE(text);
        CHECK(text.find(wanted) != std::string::npos);
    };
    const std::string misspelt = said(timeouts("aks"));
    const std::string what =
        "no timer is called 'aks', which is said to be fair (did you mean 'ask'?); timers: ask, idle";
    has(misspelt, "asks: Somebody asks. But " + what);  // in the list of claims
    has(misspelt, "Somebody asks. (but " + what + ")"); // and where the run ends
    has(said(timeouts("aks"), true), "error         asks: " + what);
    has(said(timeouts("Ask")), "; 'Ask' is a message: deliveries()");
    has(said(timeouts(Id(1), "ask")),
        "no timer of answerer is called 'ask', which is said to be fair; there are no timers");
    has(said(timeouts(Id(1), "ask")), "; another actor has one");
    has(said(deliveries("Answr")), "(did you mean 'Answer'?); messages: Answer, Ask");
    has(said(deliveries("idle")), "; 'idle' is a timer: timeouts()");
    has(said(deliveries("Ask{number 7}")), "no message is called 'Ask{number 7}', which is said to be fair");
}

TEST_CASE("a name that exists, where it cannot help, is a note; and none is made of a part of the states") {
    ActorSystem system = questions();
    system.fair(Fairness::weak, deliveries(Id(0), Id(1), "Answer"));
    const SystemReport report = check(system);
    REQUIRE(report.whole_runs.value().notes.size() == 1);
    CHECK(report.whole_runs->notes[0] == "no message called 'Answer' from asker to answerer can be delivered while "
                                         "something is waited for, though it is said to be fair");
    system.fair(Fairness::weak, timeouts("aks"));
    CheckOptions options;
    options.search.limits.states_max = 1;
    const SystemReport cut = check(system, options);
    CHECK(cut.whole_runs.value().notes.empty());
    CHECK(to_text(cut).find("aks") == std::string::npos);
}

TEST_CASE("what can be lost each time wants strong fairness, and somebody who asks again") {
    ActorSystem system = questions(true);
    system.fair(Fairness::weak, timeouts());
    system.fair(Fairness::strong, deliveries());
    const SystemReport report = check(system);
    CHECK(report["asks"].verdict == Verdict::holds);
    const ClaimVerdict& answered = report["answered"];
    CHECK(answered.verdict == Verdict::violated); // lost once, and never sent again
    bool is_lost = false;
    for (const RunStep& step : answered.run->steps)
        is_lost = is_lost || step.text.find("is lost") != std::string::npos;
    CHECK(is_lost);
}

TEST_CASE("a run that ends where nothing can happen has waited in vain") {
    ActorSystem system;
    const Id once = system.add("once", Once{});
    const auto is_at = [once](int place) {
        return [once, place](const SystemState& state) { return state.actor<Once>(once).at == place; };
    };
    system.eventually("gets_to_two", is_at(2));
    system.eventually("moves", [is_at](const SystemState& state) { return !is_at(0)(state); });
    system.leads_to("one_leads_to_two", is_at(1), is_at(2));
    system.leads_to("two_leads_to_two", is_at(2), is_at(2));
    const SystemReport report = check(system);
    CHECK(report["moves"].verdict == Verdict::holds);
    CHECK(report["two_leads_to_two"].verdict == Verdict::holds);
    for (const char* claim : {"gets_to_two", "one_leads_to_two"}) {
        CHECK(report[claim].verdict == Verdict::violated);
        CHECK(report[claim].run->steps.size() == 1);
        CHECK_FALSE(report[claim].run->loop_begin);
    }
    CHECK(to_text(report).find("nothing can happen any more: what 'gets_to_two' waits for never comes") !=
          std::string::npos);
}

TEST_CASE("beyond a boundary nothing is known; a violation inside it is one") {
    ActorSystem system = questions();
    system.fair(Fairness::weak, timeouts());
    system.fair(Fairness::weak, deliveries());
    system.boundary([](const SystemState& state) { return !state.actor<Asker>(Id(0)).is_waiting; });
    const SystemReport report = check(system);
    CHECK(report["asks"].verdict == Verdict::inconclusive);
    CHECK(report["asks"].reason.find("boundary") == 0);
    CHECK(exit_code(report) == 20);
    ActorSystem unfair = questions();
    unfair.boundary([](const SystemState& state) { return !state.actor<Asker>(Id(0)).is_waiting; });
    CHECK(check(unfair)["asks"].verdict == Verdict::violated);
}

TEST_CASE("limits and mistakes leave nothing that holds") {
    CheckOptions options;
    options.search.limits.states_max = 2;
    ActorSystem fair = questions();
    fair.fair(Fairness::weak, timeouts());
    const SystemReport few = check(fair, options);
    CHECK(few["answered"].verdict == Verdict::inconclusive);
    CHECK(few["answered"].reason == "states");
    ActorSystem throws = questions();
    throws.eventually("never_asked", [](const SystemState& state) -> bool {
        if (state.actor<Asker>(Id(0)).is_waiting)
            throw std::out_of_range("nobody knows");
        return true;
    });
    const SystemReport report = check(throws);
    CHECK(report["never_asked"].verdict == Verdict::error);
    CHECK(report["never_asked"].reason.find("the predicate of 'never_asked': throws std::out_of_range") !=
          std::string::npos);
    CHECK(report["never_asked"].run.value().steps.size() == 1);
    ActorSystem counts = questions();
    int calls = 0;
    counts.leads_to(
        "by_count", [&calls](const SystemState&) { return ++calls > 1; }, [](const SystemState&) { return false; });
    const SystemReport impure = check(counts);
    CHECK(impure["by_count"].verdict != Verdict::holds);
    ActorSystem other = questions();
    int others = 0;
    other.eventually("never", [&others](const SystemState&) { return ++others > 4; });
    const SystemReport changed = check(other);
    CHECK(changed["never"].verdict == Verdict::error);
    CHECK(changed["never"].reason.find("not deterministic") != std::string::npos);
    CHECK(exit_code(changed) == 10);
    ActorSystem system = questions();
    CHECK_THROWS_AS(system.fair(Fairness::weak, deliveries(Id(0), Id(7))), std::invalid_argument);
    CHECK_THROWS_AS(system.leads_to("nothing", {}, [](const SystemState&) { return true; }), std::invalid_argument);
}
