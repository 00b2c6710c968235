// The run of any system as a trace document, and that every renderer draws it.
// Knows no renderer's own tests.
#include "checker/actors/trace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/actors/examples/alternating_bit.hpp"
#include "checker/actors/examples/two_phase_commit.hpp"
#include "traces/json.hpp"
#include "traces/message_flow.hpp"
#include "traces/reader.hpp"
#include "traces/render_html.hpp"
#include "traces/render_itf.hpp"
#include "traces/render_mermaid.hpp"
#include "traces/render_shiviz.hpp"
#include "traces/render_svg.hpp"
#include "traces/render_text.hpp"

using namespace mdcd;
using namespace mdcd::checker::actors;

namespace {

struct Caller {
    using Message = int;
    enum class Timer { call };
    struct State {
        int heard = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("heard", self.heard);
        }
    };
    Id other;

    State start(Id, Context<int, Timer>& context) const {
        if (!other.is_nobody())
            context.set_timer(Timer::call);
        return {};
    }
    void timeout(State&, Timer, Context<int, Timer>& context) const { context.send(other, 1); }
    void receive(State& state, Id, int, Context<int, Timer>&) const { ++state.heard; }
};

void check_document(const traces::Trace& trace) {
    REQUIRE(trace.initial_state.has_value());
    std::optional<traces::Value> state = trace.initial_state;
    for (const traces::Step& step : trace.steps) {
        CHECK(!step.action.text.empty());
        state = traces::apply_differences(*state, step.changes);
        REQUIRE(state.has_value());
    }
    for (const std::string& drawn :
         {traces::render_text(trace), traces::render_mermaid(trace), traces::render_svg(trace),
          traces::render_html(trace), traces::render_itf(trace, "run"), traces::render_shiviz(trace)}) {
        CHECK(drawn.size() > 200);
        CHECK(drawn.find("Prepared") != std::string::npos);
    }
}

} // namespace

TEST_CASE("a hasty commit, drawn in every way") {
    const SystemReport report = check(examples::commit::two_phase_commit(3, 2));
    const traces::Trace trace = trace_of(report, "consistent", "two-phase commit");
    CHECK(trace.verdict == "violated");
    CHECK(trace.processes == std::vector<std::string>{"TM", "RM 1", "RM 2", "RM 3"});
    REQUIRE(trace.steps.size() == 7);
    const auto step = std::ranges::find_if(trace.steps, [](const traces::Step& each) {
        return each.action.process == "TM" && each.action.kind == "deliver";
    });
    REQUIRE(step != trace.steps.end());
    const traces::Action& vote = step->action;
    REQUIRE(vote.taken.has_value());
    CHECK(vote.taken->label == "Prepared");
    const auto sending = std::ranges::find_if(trace.steps, [&vote](const traces::Step& each) {
        return each.action.process == vote.taken->peer && !each.action.sent.empty();
    });
    REQUIRE(sending < step);
    REQUIRE(sending->action.sent.size() == 1);
    CHECK(sending->action.sent[0].message == vote.taken->message);
    CHECK(sending->action.sent[0].peer == "TM");
    check_document(trace);
}

TEST_CASE("a copy is drawn from where its original was sent") {
    ActorSystem system;
    system.add("caller", Caller{Id(1)});
    const Id counter = system.add("counter", Caller{Id()});
    system.network({.order = Order::fifo, .duplicating = true});
    system.always("once", [=](const SystemState& state) { return state.actor<Caller>(counter).heard < 2; });
    CheckOptions options;
    options.stop_at_first = true; // it would count for ever
    const traces::MessageFlow flow = traces::flow_of(trace_of(check(system, options), "once"));
    REQUIRE(flow.arrows.size() == 2);
    for (const traces::Arrow& arrow : flow.arrows)
        CHECK(arrow.sent_step == 1);
    CHECK(flow.arrows[0].taken_step == 2);
    CHECK(flow.arrows[1].taken_step == 3);
}

TEST_CASE("what is lost is drawn with the sign of a lost message, and with its content") {
    const SystemReport report =
        check(examples::alternating_bit::alternating_bit(2, true, mdcd::checker::Fairness::weak));
    const traces::Trace trace = trace_of(report, "all_arrive_at_last");
    const traces::MessageFlow flow = traces::flow_of(trace);
    const auto lost = std::ranges::find(trace.steps, "lose", [](const traces::Step& step) { return step.action.kind; });
    REQUIRE(lost != trace.steps.end());
    const auto& arrow = flow.arrows[flow.steps[static_cast<std::size_t>(lost - trace.steps.begin())].taken.value()];
    CHECK(arrow.finding_kinds == std::vector<std::string>{"lost"});
    CHECK(arrow.label.starts_with("Packet{"));
    CHECK(traces::render_svg(trace).find("arrow lost") != std::string::npos);
    CHECK(traces::render_mermaid(trace).find("-x") != std::string::npos);
}

TEST_CASE("what is reached has a run too; what is not has none") {
    const SystemReport report = check(examples::alternating_bit::alternating_bit(1));
    CHECK(trace_of(report, "all_arrive").verdict == "reached");
    CHECK_THROWS_AS((void)trace_of(report, "once_and_in_order"), std::invalid_argument);
}
