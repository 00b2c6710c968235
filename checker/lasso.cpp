// Weak fairness of a step asks of a loop that somewhere the step is disabled or taken. The more states a
// strongly connected set has, the easier that is to satisfy, so that it is enough to look at the
// strongly connected components (Tarjan, 1972) of the pending states: a fair one holds a fair loop, and
// every fair loop lies in a fair one.
#include "checker/lasso.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

#include "checker/invariant.hpp"

namespace mdcd::checker {
namespace {

using Edge = StateGraph::Edge;
constexpr StateNumber nowhere = StateGraph::nowhere;
constexpr StateNumber looks_interval = 1024; // states

// The pending part of the graph, cut into components.
class Components {
public:
    Components(const StateGraph& graph, unsigned claim, const std::function<void()>& look_at_clock)
        : graph_(graph), claim_(claim), look_at_clock_(look_at_clock) {
        component_.resize(graph.expanded(), nowhere);
        order_.resize(graph.expanded(), nowhere);
        low_.resize(graph.expanded(), nowhere);
        for (StateNumber state = 0; state < graph.expanded(); ++state)
            if (pending(state) && order_[state] == nowhere)
                explore_from(state);
    }

    [[nodiscard]] bool pending(StateNumber state) const {
        return state < graph_.expanded() && graph_.pending[claim_][state] && !graph_.is_outside(state);
    }
    [[nodiscard]] StateNumber count() const { return count_; }
    [[nodiscard]] StateNumber of(StateNumber state) const { return component_[state]; } // nowhere: not pending
    [[nodiscard]] bool inside(StateNumber state, const Edge& edge) const {
        return pending(edge.target) && component_[edge.target] == component_[state];
    }

private:
    struct Visit {
        StateNumber state = 0;
        std::size_t next_edge = 0;
    };

    // Tarjan's algorithm with a stack of its own: runs are far deeper than the call stack.
    void explore_from(StateNumber root) {
        enter(root);
        while (!visits_.empty()) {
            Visit& visit = visits_.back();
            const StateNumber state = visit.state;
            const std::span<const Edge> edges = graph_.edges_of(state);
            if (visit.next_edge < edges.size()) {
                const StateNumber target = edges[visit.next_edge++].target;
                if (!pending(target))
                    continue;
                if (order_[target] == nowhere)
                    enter(target);
                else if (component_[target] == nowhere) // still on the stack
                    low_[state] = std::min(low_[state], order_[target]);
                continue;
            }
            visits_.pop_back();
            if (!visits_.empty())
                low_[visits_.back().state] = std::min(low_[visits_.back().state], low_[state]);
            if (low_[state] == order_[state])
                close(state);
        }
    }

    void enter(StateNumber state) {
        if (entered_ % looks_interval == 0)
            look_at_clock_();
        order_[state] = low_[state] = entered_++;
        stack_.push_back(state);
        visits_.push_back({.state = state});
    }

    void close(StateNumber first) {
        StateNumber member = nowhere;
        while (member != first) {
            member = stack_.back();
            stack_.pop_back();
            component_[member] = count_;
        }
        ++count_;
    }

    const StateGraph& graph_;
    unsigned claim_;
    const std::function<void()>& look_at_clock_;
    std::vector<StateNumber> component_;
    std::vector<StateNumber> order_; // when a state was entered
    std::vector<StateNumber> low_;   // the earliest state on the stack that it leads back to
    std::vector<StateNumber> stack_;
    std::vector<Visit> visits_;
    StateNumber entered_ = 0;
    StateNumber count_ = 0;
};

// The steps enabled in a state, each once.
std::vector<StepIndex> enabled_steps(const StateGraph& graph, StateNumber state) {
    std::vector<StepIndex> steps;
    for (const Edge& edge : graph.edges_of(state)) // the model's order: those of one step are together
        if (const StepIndex step = graph.firing(edge).step; steps.empty() || steps.back() != step)
            steps.push_back(step);
    return steps;
}

class LassoFinder {
public:
    LassoFinder(const StateGraph& graph, unsigned claim, const std::vector<bool>& fair,
                const std::function<void()>& look_at_clock)
        : graph_(graph), fair_(fair), look_at_clock_(look_at_clock), components_(graph, claim, look_at_clock) {}

    std::optional<Lasso> run() {
        const std::vector<bool> fair_components = find_fair_components();
        for (StateNumber state = 0; state < graph_.expanded(); ++state) {
            if (!components_.pending(state))
                continue;
            if (graph_.edges_of(state).empty())
                return Lasso{.stem = graph_.path_to(state), .loop = {}};
            if (fair_components[components_.of(state)])
                return Lasso{.stem = graph_.path_to(state), .loop = loop_through(state)};
        }
        return {};
    }

private:
    // For each component whether it has an edge inside, and each step that is fair is disabled in one of its
    // states or taken inside.
    std::vector<bool> find_fair_components() const {
        std::vector<StateNumber> members(graph_.expanded());
        std::iota(members.begin(), members.end(), StateNumber{0});
        std::erase_if(members, [&](StateNumber state) { return !components_.pending(state); });
        std::ranges::stable_sort(members, {}, [&](StateNumber state) { return components_.of(state); });
        std::vector<bool> result(components_.count());
        for (std::size_t begin = 0; begin < members.size();) {
            std::size_t end = begin;
            while (end < members.size() && components_.of(members[end]) == components_.of(members[begin]))
                ++end;
            result[components_.of(members[begin])] = is_fair(std::span(members).subspan(begin, end - begin));
            begin = end;
        }
        return result;
    }

    bool is_fair(std::span<const StateNumber> members) const {
        std::unordered_map<StepIndex, std::size_t> enabled_in; // states of the component
        std::unordered_map<StepIndex, bool> taken;
        bool has_loop = false;
        for (const StateNumber state : members) {
            if (state % looks_interval == 0)
                look_at_clock_();
            for (const StepIndex step : enabled_steps(graph_, state))
                ++enabled_in[step];
            for (const Edge& edge : graph_.edges_of(state))
                if (components_.inside(state, edge))
                    has_loop = taken[graph_.firing(edge).step] = true;
        }
        return has_loop && std::ranges::all_of(enabled_in, [&](const auto& step_and_count) {
                   const auto& [step, count] = step_and_count;
                   return !fair_[step] || count < members.size() || taken.contains(step);
               });
    }

    // A fair loop through `root`, whose component is fair: visits, one step after the other, what each still
    // needs, and returns.
    std::vector<Firing> loop_through(StateNumber root) const {
        std::vector<Firing> loop;
        std::vector<bool> met = fair_;
        met.flip(); // what is not fair needs nothing
        StateNumber at = root;
        meet_disabled(at, met);
        const auto walk = [&](const Goal& goal) {
            for (const Edge& edge : nearest(at, goal)) {
                loop.push_back(graph_.firing(edge));
                met[loop.back().step] = true;
                at = edge.target;
                meet_disabled(at, met);
            }
        };
        for (std::size_t step = 0; step < met.size(); ++step)
            if (!met[step])
                walk([&](const Edge& edge) { return graph_.firing(edge).step == step || !enables(edge.target, step); });
        if (at != root || loop.empty())
            walk([&](const Edge& edge) { return edge.target == root; });
        return loop;
    }

    bool enables(StateNumber state, std::size_t step) const {
        return std::ranges::any_of(graph_.edges_of(state),
                                   [&](const Edge& edge) { return graph_.firing(edge).step == step; });
    }

    void meet_disabled(StateNumber state, std::vector<bool>& met) const {
        std::vector<bool> is_enabled(met.size());
        for (const Edge& edge : graph_.edges_of(state))
            is_enabled[graph_.firing(edge).step] = true;
        for (std::size_t step = 0; step < met.size(); ++step)
            if (!is_enabled[step])
                met[step] = true;
    }

    using Goal = std::function<bool(const Edge& edge)>;

    // The shortest walk inside the component of `from` that ends with an edge that satisfies `goal`.
    std::vector<Edge> nearest(StateNumber from, const Goal& goal) const {
        struct Arrival {
            StateNumber source;
            Edge edge;
        };
        std::unordered_map<StateNumber, Arrival> arrivals;
        std::vector<StateNumber> queue = {from};
        for (std::size_t next = 0; next < queue.size(); ++next) {
            const StateNumber state = queue[next];
            if (next % looks_interval == 0)
                look_at_clock_();
            for (const Edge& edge : graph_.edges_of(state)) {
                if (!components_.inside(state, edge))
                    continue;
                if (goal(edge)) {
                    std::vector<Edge> walk = {edge};
                    for (StateNumber back = state; back != from; back = arrivals.at(back).source)
                        walk.push_back(arrivals.at(back).edge);
                    std::ranges::reverse(walk);
                    return walk;
                }
                if (edge.target != from && arrivals.try_emplace(edge.target, Arrival{state, edge}).second)
                    queue.push_back(edge.target);
            }
        }
        invariant(false, "a strongly connected component that is not");
        return {};
    }

    const StateGraph& graph_;
    const std::vector<bool>& fair_;
    const std::function<void()>& look_at_clock_;
    Components components_;
};

} // namespace

std::optional<Lasso> find_fair_lasso(const StateGraph& graph, unsigned claim, const std::vector<bool>& fair,
                                     const std::function<void()>& look_at_clock) {
    return LassoFinder(graph, claim, fair, look_at_clock).run();
}

} // namespace mdcd::checker
