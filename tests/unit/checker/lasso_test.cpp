// Fair loops in small graphs drawn at random, against a look at every subset of their states: rules of weak and strong
// fairness over one action or several, runs that wait from the start, from a mark, or from anywhere.
#include "checker/lasso.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "checker/random.hpp"
#include "tests/support/rounds.hpp"

using namespace mdcd::checker;

namespace {

constexpr unsigned actions = 4;

// Numbered breadth-first, as graphs are. Bit 0: pending; bit 1: the mark.
StateGraph draw(Random& random) {
    const auto size = static_cast<StateNumber>(2 + random.below(6));
    StateGraph graph;
    graph.pending.resize(2);
    for (ActionNumber action = 0; action < actions; ++action) {
        graph.firings.push_back({.step = static_cast<StepIndex>(action)});
        graph.actions.push_back(actions - 1 - action); // not the steps
    }
    graph.first_edge.push_back(0);
    graph.origins.push_back({});
    if (random.one_in(4))
        graph.origins.push_back({});
    for (StateNumber state = 0; state < graph.size(); ++state) {
        for (std::uint64_t edges = random.below(4); edges > 0; --edges) {
            StateGraph::Edge edge{.target = static_cast<StateNumber>(random.below(graph.size())),
                                  .label = static_cast<std::uint32_t>(random.below(actions))};
            if (graph.size() < size && random.one_in(2)) {
                edge.target = graph.size();
                graph.origins.push_back({.parent = state, .label = edge.label});
            }
            graph.edges.push_back(edge);
        }
        graph.first_edge.push_back(graph.edges.size());
    }
    for (StateNumber state = 0; state < graph.size(); ++state) {
        graph.pending[0].push_back(!random.one_in(5));
        graph.pending[1].push_back(graph.pending[0].back() && random.one_in(3));
    }
    return graph;
}

LassoQuestion draw_question(Random& random) {
    LassoQuestion question{.pending = 0, .since = 1, .rules = {}};
    question.from = static_cast<LassoQuestion::Since>(random.below(3));
    for (std::uint64_t rules = random.below(4); rules > 0; --rules) {
        FairnessRule rule{.kind = random.one_in(2) ? Fairness::weak : Fairness::strong, .actions = {}};
        for (ActionNumber action = 0; action < actions; ++action)
            if (random.one_in(2))
                rule.actions.push_back(action);
        question.rules.push_back(rule);
    }
    return question;
}

bool is_of(const FairnessRule& rule, ActionNumber action) {
    return std::ranges::find(rule.actions, action) != rule.actions.end();
}

// Strongly connected by edges inside it, of which there is one, and all rules are kept by going round all of them.
bool is_fair_set(const StateGraph& graph, const std::vector<FairnessRule>& rules, unsigned set) {
    const auto has = [&](StateNumber state) { return (set >> state & 1) != 0; };
    const auto reached_from = [&](StateNumber from) {
        unsigned reached = 0;
        for (unsigned before = ~0U; before != reached;) {
            before = reached;
            for (StateNumber state = 0; state < graph.size(); ++state)
                if (has(state) && (state == from || (reached >> state & 1) != 0))
                    for (const StateGraph::Edge& edge : graph.edges_of(state))
                        if (has(edge.target))
                            reached |= 1U << edge.target;
        }
        return reached;
    };
    for (StateNumber state = 0; state < graph.size(); ++state)
        if (has(state) && (!graph.pending[0][state] || reached_from(state) != set))
            return false;
    return std::ranges::all_of(rules, [&](const FairnessRule& rule) {
        unsigned enabled = 0;
        bool taken = false;
        for (StateNumber state = 0; state < graph.size(); ++state)
            if (has(state))
                for (const StateGraph::Edge& edge : graph.edges_of(state))
                    if (is_of(rule, graph.action(edge))) {
                        enabled |= 1U << state;
                        taken = taken || has(edge.target);
                    }
        return taken || (rule.kind == Fairness::weak ? enabled != set : enabled == 0);
    });
}

// How many steps it takes at least to a state where the run may stay or go round.
std::optional<std::size_t> shortest_stem(const StateGraph& graph, const LassoQuestion& question) {
    unsigned ends = 0;
    for (unsigned set = 1; set < 1U << graph.size(); ++set)
        if (is_fair_set(graph, question.rules, set))
            ends |= set;
    for (StateNumber state = 0; state < graph.size(); ++state)
        if (graph.pending[0][state] && graph.edges_of(state).empty())
            ends |= 1U << state;
    const auto waits = [&](StateNumber state, bool waited, bool is_first) {
        return graph.pending[0][state] && (waited || question.from == LassoQuestion::Since::anywhere ||
                                           (question.from == LassoQuestion::Since::start && is_first) ||
                                           (question.from == LassoQuestion::Since::bit && graph.pending[1][state]));
    };
    unsigned idle = 0; // by whether something is waited for
    unsigned waiting = 0;
    for (StateNumber state = 0; state < graph.size(); ++state)
        if (graph.origins[state].parent == StateGraph::nowhere)
            (waits(state, false, true) ? waiting : idle) |= 1U << state;
    for (std::size_t steps = 0; steps < 64; ++steps) {
        if ((waiting & ends) != 0)
            return steps;
        unsigned idle_next = 0;
        unsigned waiting_next = 0;
        for (StateNumber state = 0; state < graph.size(); ++state)
            for (const StateGraph::Edge& edge : graph.edges_of(state)) {
                if ((idle >> state & 1) != 0)
                    (waits(edge.target, false, false) ? waiting_next : idle_next) |= 1U << edge.target;
                if ((waiting >> state & 1) != 0)
                    (waits(edge.target, true, false) ? waiting_next : idle_next) |= 1U << edge.target;
            }
        idle = idle_next;
        waiting = waiting_next;
    }
    return {};
}

} // namespace

TEST_CASE("twenty thousand random graphs against all subsets of their states") {
    unsigned found_some = 0;
    unsigned strong = 0;
    unsigned dead_ends = 0;
    unsigned none = 0;
    for (std::uint64_t seed = 1; seed <= mdcd::tests::rounds(20000); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const StateGraph graph = draw(random);
        const LassoQuestion question = draw_question(random);
        const std::optional<std::size_t> expected = shortest_stem(graph, question);
        const std::optional<Lasso> found = find_lasso(graph, question);
        REQUIRE(found.has_value() == expected.has_value());
        none += found ? 0 : 1;
        if (!found)
            continue;
        REQUIRE(found->stem.firings.size() == *expected);
        ++found_some;
        dead_ends += found->loop.empty() ? 1 : 0;
        const bool has_strong =
            std::ranges::find(question.rules, Fairness::strong, &FairnessRule::kind) != question.rules.end();
        strong += has_strong && !found->loop.empty() ? 1 : 0;
        // What the loop takes keeps the rules: of labels only, since a label may leave a state more than once.
        for (const FairnessRule& rule : question.rules)
            if (rule.actions.size() == actions && !found->loop.empty())
                CHECK(std::ranges::any_of(
                    found->loop, [&](const Firing& firing) { return is_of(rule, graph.actions[firing.step]); }));
    }
    MESSAGE(found_some, " with a lasso, ", strong, " of them with strong rules, ", dead_ends, " dead ends; ", none,
            " without");
    CHECK(strong >= mdcd::tests::rounds(1000));
    CHECK(dead_ends >= mdcd::tests::rounds(1000));
    CHECK(none >= mdcd::tests::rounds(1000));
}
