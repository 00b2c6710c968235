// The graph that loops are looked for in against one that is built with nothing but path.hpp: the same numbers, edges,
// labels, claims and failures, on systems drawn at random and on real ones.
#include "checker/state_graph.hpp"

#include <doctest/doctest.h>

#include <map>

#include "checker/engine/labelled_moves.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "model/inputs/library.hpp"
#include "model/system.hpp"
#include "tests/differential/random_model.hpp"

using namespace mdcd;
using namespace mdcd::checker;
using mdcd::tests::RandomModel;

namespace {

struct PlainEdge {
    StateNumber target = 0;
    Firing firing;
    friend bool operator==(const PlainEdge&, const PlainEdge&) = default;
};

struct PlainGraph {
    std::vector<PropertyBits> bits;
    std::vector<std::pair<StateNumber, Firing>> parents; // nowhere, and the index of the initial state as `taken`
    std::vector<std::vector<PlainEdge>> edges;           // of each expanded state
    std::optional<StateGraph::Failure> failure;
    std::uint64_t transitions = 0;
};

template <Model M, class Pending> class PlainBuilder {
public:
    PlainBuilder(const M& model, const Pending& pending) : model_(model), pending_(pending) {}

    PlainGraph run(std::size_t states_max) {
        try {
            const std::vector<GlobalState> initial = model_.initial_states();
            for (std::size_t index = 0; index < initial.size(); ++index)
                reach(initial[index], StateGraph::nowhere, {.step = 0, .taken = static_cast<std::uint16_t>(index)});
            for (StateNumber state = 0; state < states_.size() && states_.size() <= states_max; ++state)
                expand(state);
        } catch (const ModelError& error) {
            graph_.failure = {.reason = error.what(), .state = at_};
        }
        return std::move(graph_);
    }

private:
    StateNumber reach(const GlobalState& state, StateNumber parent, const Firing& firing) {
        const auto [entry, is_new] = numbers_.try_emplace(state, static_cast<StateNumber>(states_.size()));
        if (is_new) {
            at_ = entry->second;
            states_.push_back(state);
            graph_.parents.emplace_back(parent, firing);
            graph_.bits.push_back(ask(model_, state, pending_));
        }
        return entry->second;
    }

    void expand(StateNumber number) {
        at_ = number;
        const GlobalState state = states_[number];
        std::vector<PlainEdge> edges;
        for (const Enabled& each : enabled(model_, state)) {
            at_ = number;
            edges.push_back({reach(apply(model_, state, each.firing, each.outcome), number, each.firing), each.firing});
            ++graph_.transitions;
        }
        graph_.edges.push_back(std::move(edges));
    }

    const M& model_;
    const Pending& pending_;
    PlainGraph graph_;
    std::map<GlobalState, StateNumber> numbers_;
    std::vector<GlobalState> states_;
    StateNumber at_ = StateGraph::nowhere;
};

// Claim 0 is always pending, so that every edge is kept; the others as `pending` says.
template <Model M, class Pending> PlainGraph compare(const M& model, const Pending& pending, std::size_t states_max) {
    const auto all = [&](std::span<const typename M::Summary* const> summaries) -> PropertyBits {
        return pending(summaries) << 1 | 1U;
    };
    const PlainGraph plain = PlainBuilder<M, decltype(all)>(model, all).run(states_max);
    const StateGraph graph = GraphExplorer<M, decltype(all)>(model, {.states_max = states_max}, 3, all).run();
    CHECK(graph.size() == plain.parents.size());
    CHECK(graph.expanded() == plain.edges.size());
    CHECK(graph.transitions == plain.transitions);
    CHECK(graph.failure.has_value() == plain.failure.has_value());
    if (graph.failure && plain.failure) {
        CHECK(graph.failure->reason == plain.failure->reason);
        CHECK(graph.failure->state == plain.failure->state);
    }
    bool same = graph.size() == plain.parents.size() && graph.expanded() == plain.edges.size();
    for (StateNumber state = 0; same && state < graph.size(); ++state) {
        const auto& [parent, firing] = plain.parents[state];
        const StateGraph::Origin& origin = graph.origins[state];
        same = origin.parent == parent &&
               (parent == StateGraph::nowhere ? origin.label == firing.taken : graph.firings[origin.label] == firing);
        for (unsigned claim = 0; claim < 3; ++claim)
            same = same && graph.pending[claim][state] == ((plain.bits[state] >> claim & 1) != 0);
    }
    for (StateNumber state = 0; same && state < graph.expanded(); ++state) {
        std::vector<PlainEdge> edges;
        for (const StateGraph::Edge& edge : graph.edges_of(state))
            edges.push_back({edge.target, graph.firing(edge)});
        same = edges == plain.edges[state];
    }
    CHECK(same);
    return plain;
}

} // namespace

TEST_CASE("random systems, careful ones and such that send too much") {
    unsigned failed = 0;
    std::uint64_t states = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        CAPTURE(seed);
        const RandomModel model(seed, seed % 3 != 0);
        const PlainGraph plain = compare(
            model, [&](auto summaries) { return model.judge(summaries) & 3U; }, 2000);
        failed += plain.failure ? 1 : 0;
        states += plain.parents.size();
    }
    CHECK(failed >= 10);
    CHECK(states >= 10000);
}

TEST_CASE("systems of one kind of slot, of many, and a limit that cuts") {
    const textbook::Ring ring(4);
    const textbook::TwoPhaseCommit commit(3);
    for (const std::size_t states_max : {std::size_t{100}, std::size_t{100000}}) {
        compare(
            ring, [&](auto summaries) { return ring.judge(summaries) & 3U; }, states_max);
        compare(
            commit, [&](auto summaries) { return commit.judge(summaries) & 3U; }, states_max);
    }
}

TEST_CASE("recovery by messages") {
    const model::System system(model::load_scope("async-tiny"), model::preset("repaired_vector").rules);
    const PlainGraph plain = compare(
        system, [&](auto summaries) { return PropertyBits{system.is_recovering(summaries) ? 1U : 0U}; }, 3000);
    CHECK(plain.parents.size() > 3000);
}

TEST_CASE("forgetting what can be worked out again changes no move") {
    const model::System system(model::load_scope("async-tiny"), model::preset("repaired_vector").rules);
    NoObserver nobody;
    engine::ModelBinding<model::System, NoObserver> binding(system, nobody);
    engine::LabelledMoves forgetful(binding, 0);
    engine::LabelledMoves mindful(binding, std::uint64_t{1} << 30);
    std::vector<GlobalState> states = system.initial_states();
    std::map<GlobalState, std::size_t> known;
    std::vector<engine::LabelledMove> some, others;
    bool same = true;
    std::uint64_t forgotten_bytes_max = 0;
    for (std::size_t i = 0; same && i < states.size() && i < 10000; ++i) {
        same = forgetful.find(forgetful.space().fold(states[i]), some) &&
               mindful.find(mindful.space().fold(states[i]), others) && some.size() == others.size();
        for (std::size_t move = 0; same && move < some.size(); ++move) {
            const GlobalState next = forgetful.space().unfold(some[move].next);
            same = next == mindful.space().unfold(others[move].next) &&
                   forgetful.labels()[some[move].label] == mindful.labels()[others[move].label];
            if (known.try_emplace(next, states.size()).second)
                states.push_back(next);
        }
        forgotten_bytes_max = std::max(forgotten_bytes_max, forgetful.bytes());
    }
    CHECK(same);
    CHECK(states.size() > 10000);
    CHECK(forgetful.bytes() < mindful.bytes()); // it did forget
    CHECK(forgotten_bytes_max < mindful.bytes());
}
