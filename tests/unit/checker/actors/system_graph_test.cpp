// Graphs of small systems: as many states and edges as a search counts, what is marked, what is left out and said so;
// texts that are not to end a string of DOT; JSON that is read again.
#include "checker/actors/system_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/philosophers.hpp"
#include "checker/actors/examples/two_phase_commit.hpp"
#include "traces/json.hpp"

using namespace mdcd::checker::actors;
using examples::commit::two_phase_commit;

namespace {

struct Quoter {
    using Message = std::string;
    struct State {
        std::string said;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("said", self.said);
        }
    };
    using Here = Context<std::string>;
    State start(Id self, Here& context) const {
        context.send(self, "\"a\\b\"\n]");
        return {};
    }
    void receive(State& state, Id, const std::string& message, Here&) const { state.said = message; }
};

} // namespace

TEST_CASE("all states and all edges, whoever is interchangeable") {
    const ActorSystem system = two_phase_commit(3, 3);
    const SystemGraph graph = graph_of(system, {.states_max = 288});
    CheckOptions options;
    options.use_symmetry = false;
    const SystemReport report = check(system, options);
    CHECK(graph.states.size() == 288);
    CHECK(graph.edges.size() == report.search.transitions);
    CHECK(graph.limit.empty());
    CHECK(std::ranges::count_if(graph.states, &SystemGraph::State::is_first) == 1);
    CHECK(static_cast<std::uint64_t>(std::ranges::count_if(graph.states, &SystemGraph::State::is_dead_end)) ==
          report.search.dead_ends);
}

TEST_CASE("along a run: its states first, then those nearest to it; as far as its steps can be taken") {
    const ActorSystem hasty = two_phase_commit(3, 1);
    const SystemReport report = check(hasty);
    const Run& told = *report["consistent"].run;
    std::vector<std::string> sentences;
    for (const RunStep& step : told.steps)
        sentences.push_back(step.text);
    REQUIRE(sentences.size() > 3);
    const SystemGraph graph = graph_of(hasty, {.states_max = 40, .along = sentences});
    CHECK(graph.states.size() == 40);
    REQUIRE(graph.run.size() == sentences.size());
    std::size_t at = 0;
    for (std::size_t step = 0; step < sentences.size(); ++step) {
        const SystemGraph::Edge& edge = graph.edges[graph.run[step]];
        CHECK(edge.text == sentences[step]);
        CHECK(edge.from == at);
        CHECK(edge.to == step + 1);
        at = edge.to;
    }
    CHECK(graph.states[at].broken == std::vector<std::string>{"consistent"});
    for (std::size_t state = 0; state < sentences.size(); ++state)
        CHECK(std::ranges::any_of(graph.edges, [&](const SystemGraph::Edge& edge) { return edge.from == state; }));

    CHECK(graph.stopped.empty());

    const SystemGraph small = graph_of(hasty, {.states_max = 3, .along = sentences});
    CHECK(small.run.size() == 2);
    CHECK(small.stopped == "the run is longer than what is shown");
    sentences[3] = "nobody does this";
    const SystemGraph cut = graph_of(hasty, {.states_max = 40, .along = sentences});
    CHECK(cut.run.size() == 3);
    CHECK(cut.stopped == "step 4 of the run cannot be taken: nobody does this");
    CHECK(to_dot(cut).find("nobody does this") != std::string::npos);
    CHECK(to_json(cut).find("\"stopped\": \"step 4 of the run") != std::string::npos);
    CHECK(graph_of(hasty, {.states_max = 40}).run.empty());
}

TEST_CASE("what is more than can be read is left out, and said to be") {
    const SystemGraph graph = graph_of(two_phase_commit(3, 3));
    CHECK(graph.states.size() == 200);
    CHECK(graph.limit.find("at most 200 states are shown; ") == 0);
    CHECK(std::ranges::any_of(graph.states, [](const SystemGraph::State& state) { return !state.is_followed; }));
    CHECK(to_dot(graph).find("at most 200 states") != std::string::npos);
    const mdcd::traces::Value json = mdcd::traces::parse_json(to_json(graph), "graph.json");
    CHECK(*json.find("limit")->text() == graph.limit);
    CHECK(json.find("states")->list()->size() == 200);
}

TEST_CASE("broken claims, dead ends and quotes") {
    const SystemGraph hasty = graph_of(two_phase_commit(2, 1));
    CHECK(std::ranges::any_of(hasty.states, [](const SystemGraph::State& state) {
        return state.broken == std::vector<std::string>{"consistent"};
    }));
    CHECK(to_dot(hasty).find("not: consistent") != std::string::npos);
    ActorSystem quoter;
    quoter.add("say \"x\"", Quoter{});
    const SystemGraph graph = graph_of(quoter);
    REQUIRE(graph.states.size() == 2);
    CHECK(graph.states[1].is_dead_end);
    const std::string dot = to_dot(graph);
    CAPTURE(dot);
    CHECK(dot.find("say \\\"x\\\"") != std::string::npos);
    CHECK(std::ranges::count(dot, '\n') == 7); // none of the text's own
    const mdcd::traces::Value json = mdcd::traces::parse_json(to_json(graph), "graph.json");
    CHECK(json.find("edges")->list()->size() == 1);
    CHECK_FALSE(json.find("limit")->text());
}

TEST_CASE("a boundary is not crossed, and a mistake is told") {
    ActorSystem system = two_phase_commit(2, 2);
    system.boundary([](const SystemState& state) { return state.messages_under_way() == 0; });
    const SystemGraph graph = graph_of(system);
    CheckOptions options;
    options.use_symmetry = false;
    CHECK(graph.edges.size() == check(system, options).search.transitions);
    CHECK(std::ranges::any_of(graph.states, &SystemGraph::State::is_outside));
    ActorSystem failing = two_phase_commit(2, 2);
    failing.always("never_asked", [](const SystemState& state) -> bool {
        if (state.messages_under_way() > 0)
            throw 1;
        return true;
    });
    CHECK(graph_of(failing).failure.find("never_asked") != std::string::npos);
}
