// Level by level, so that the stem is a shortest one: the states in which something may have been pending since the run
// began to count. The first of them that is a dead end, or lies on a fair loop (fair_parts.hpp), is where the loop is.
#include "checker/lasso.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <unordered_map>
#include <utility>

#include "checker/fair_parts.hpp"
#include "checker/invariant.hpp"

namespace mdcd::checker {
namespace {

using Edge = StateGraph::Edge;
constexpr StateNumber states_between_looks = 1024; // states

class LassoFinder {
public:
    LassoFinder(const StateGraph& graph, const LassoQuestion& question, const std::function<void()>& look_at_clock)
        : graph_(graph), question_(question), look_at_clock_(look_at_clock), rules_(graph, question.rules),
          parts_(graph, question.pending, rules_, look_at_clock) {}

    std::optional<Lasso> run() {
        arrivals_.resize(graph_.expanded());
        std::vector<std::uint32_t> depths(graph_.expanded());
        std::vector<StateNumber> level;
        StateNumber next = 0;
        for (std::uint32_t depth = 0; next < graph_.expanded() || !level.empty(); ++depth) {
            for (; next < graph_.expanded(); ++next) { // states are numbered in the order of their depths
                const StateNumber parent = graph_.origins[next].parent;
                depths[next] = parent == StateGraph::nowhere ? 0 : depths[parent] + 1;
                if (depths[next] > depth)
                    break;
                if (begins(next))
                    note_beginning(next, depth, level);
            }
            std::ranges::sort(level);
            for (const StateNumber state : level)
                if (graph_.edges_of(state).empty() || parts_.has(state))
                    return Lasso{.stem = stem_to(state),
                                 .loop = graph_.edges_of(state).empty() ? std::vector<Firing>{} : loop_through(state)};
            level = after(level, depth);
        }
        return {};
    }

private:
    struct Arrival {
        std::uint32_t depth = StateGraph::nowhere; // StateGraph::nowhere: not yet
        StateNumber from = StateGraph::nowhere;    // StateGraph::nowhere: it begins here
        Edge edge;
    };

    [[nodiscard]] bool begins(StateNumber state) const {
        if (!parts_.is_pending(state))
            return false;
        switch (question_.from) {
        case LassoQuestion::Since::start:
            return graph_.origins[state].parent == StateGraph::nowhere;
        case LassoQuestion::Since::bit:
            return graph_.pending[question_.since][state];
        case LassoQuestion::Since::anywhere:
            break;
        }
        return true;
    }

    void note_beginning(StateNumber state, std::uint32_t depth, std::vector<StateNumber>& level) {
        if (arrivals_[state].depth == StateGraph::nowhere)
            level.push_back(state);
        else if (arrivals_[state].depth < depth)
            return;
        arrivals_[state] = {.depth = depth, .from = StateGraph::nowhere, .edge = {}};
    }

    std::vector<StateNumber> after(const std::vector<StateNumber>& level, std::uint32_t depth) {
        std::vector<StateNumber> next;
        for (const StateNumber state : level) {
            if (++looked_ % states_between_looks == 0)
                look_at_clock_();
            for (const Edge& edge : graph_.edges_of(state)) {
                if (!parts_.is_pending(edge.target) || arrivals_[edge.target].depth != StateGraph::nowhere)
                    continue;
                arrivals_[edge.target] = {.depth = depth + 1, .from = state, .edge = edge};
                next.push_back(edge.target);
            }
        }
        return next;
    }

    [[nodiscard]] Path stem_to(StateNumber state) const {
        std::vector<Firing> last;
        for (; arrivals_[state].from != StateGraph::nowhere; state = arrivals_[state].from)
            last.push_back(graph_.firing(arrivals_[state].edge));
        Path stem = graph_.path_to(state);
        stem.firings.insert(stem.firings.end(), last.rbegin(), last.rend());
        return stem;
    }

    // A fair loop through `root`: visits, one rule after the other, what each still needs, and returns.
    std::vector<Firing> loop_through(StateNumber root) {
        std::vector<Firing> loop;
        std::vector<bool> met(rules_.size());
        for (RuleNumber rule = 0; rule < met.size();
             ++rule) // enabled StateGraph::nowhere in the part, it needs nothing
            met[rule] = rules_.is_strong(rule);
        for (StateNumber state = 0; state < graph_.expanded(); ++state)
            if (parts_.has(state) && parts_.inside(root, {.target = state, .label = 0}))
                for (const RuleNumber rule : rules_.enabled_in(state))
                    met[rule] = met[rule] && !rules_.is_strong(rule);
        StateNumber at = root;
        meet_disabled(at, met);
        const auto walk = [&](const Goal& goal) {
            for (const Edge& edge : nearest(at, goal)) {
                loop.push_back(graph_.firing(edge));
                for (const RuleNumber rule : rules_.of(edge))
                    met[rule] = true;
                at = edge.target;
                meet_disabled(at, met);
            }
        };
        for (RuleNumber rule = 0; rule < met.size(); ++rule)
            if (!met[rule])
                walk([&](const Edge& edge) {
                    return rules_.takes(edge, rule) || (!rules_.is_strong(rule) && !rules_.enables(edge.target, rule));
                });
        if (at != root || loop.empty())
            walk([&](const Edge& edge) { return edge.target == root; });
        return loop;
    }

    // Weak rules ask no more of a loop that has a state in which they are disabled.
    void meet_disabled(StateNumber state, std::vector<bool>& met) {
        std::vector<bool> is_enabled(met.size());
        for (const RuleNumber rule : rules_.enabled_in(state))
            is_enabled[rule] = true;
        for (RuleNumber rule = 0; rule < met.size(); ++rule)
            if (!is_enabled[rule] && !rules_.is_strong(rule))
                met[rule] = true;
    }

    using Goal = std::function<bool(const Edge& edge)>;

    // The shortest walk inside the part of `from` that ends with an edge that satisfies `goal`.
    std::vector<Edge> nearest(StateNumber from, const Goal& goal) const {
        struct Step {
            StateNumber source;
            Edge edge;
        };
        std::unordered_map<StateNumber, Step> steps;
        std::vector<StateNumber> queue = {from};
        for (std::size_t next = 0; next < queue.size(); ++next) {
            const StateNumber state = queue[next];
            if (next % states_between_looks == 0)
                look_at_clock_();
            for (const Edge& edge : graph_.edges_of(state)) {
                if (!parts_.inside(state, edge))
                    continue;
                if (goal(edge)) {
                    std::vector<Edge> walk = {edge};
                    for (StateNumber back = state; back != from; back = steps.at(back).source)
                        walk.push_back(steps.at(back).edge);
                    std::ranges::reverse(walk);
                    return walk;
                }
                if (edge.target != from && steps.try_emplace(edge.target, Step{state, edge}).second)
                    queue.push_back(edge.target);
            }
        }
        invariant(false, "a strongly connected component that is not");
        return {};
    }

    const StateGraph& graph_;
    const LassoQuestion& question_;
    const std::function<void()>& look_at_clock_;
    FairnessRules rules_;
    FairParts parts_;
    std::vector<Arrival> arrivals_; // by state
    std::uint64_t looked_ = 0;
};

} // namespace

std::optional<Lasso> find_lasso(const StateGraph& graph, const LassoQuestion& question,
                                const std::function<void()>& look_at_clock) {
    return LassoFinder(graph, question, look_at_clock).run();
}

std::optional<Lasso> find_fair_lasso(const StateGraph& graph, unsigned claim, const std::vector<bool>& fair,
                                     const std::function<void()>& look_at_clock) {
    LassoQuestion question{.pending = claim, .rules = {}};
    for (ActionNumber step = 0; step < fair.size(); ++step)
        if (fair[step])
            question.rules.push_back({.kind = Fairness::weak, .actions = {step}});
    return find_lasso(graph, question, look_at_clock);
}

} // namespace mdcd::checker
