// Weak fairness asks of a loop that somewhere the action is disabled or taken: the more states a strongly connected
// set has, the easier that is, so that it is enough to look at the strongly connected components (Tarjan, 1972) of the
// pending states. Strong fairness asks that an action which is enabled somewhere is taken: where a component cannot,
// the states that enable it are left out, and what remains is cut into components again (Emerson and Lei, 1987).
#include "checker/fair_parts.hpp"

namespace mdcd::checker {
namespace {

using Edge = StateGraph::Edge;
constexpr std::uint64_t looks_interval = 1024; // states

} // namespace

FairParts::FairParts(const StateGraph& graph, unsigned pending, FairnessRules& rules,
                     const std::function<void()>& look_at_clock)
    : graph_(graph), pending_(pending), rules_(rules), look_at_clock_(look_at_clock) {
    part_.resize(graph.expanded(), StateGraph::nowhere);
    order_.resize(graph.expanded(), StateGraph::nowhere);
    low_.resize(graph.expanded(), StateGraph::nowhere);
    std::vector<StateNumber> all;
    for (StateNumber state = 0; state < graph.expanded(); ++state)
        if (is_pending(state)) {
            part_[state] = 0;
            all.push_back(state);
        }
    open_.push_back(std::move(all));
    while (!open_.empty()) {
        const std::vector<StateNumber> members = std::move(open_.back());
        open_.pop_back();
        cut(members);
    }
}

// All members carry the same number, and nobody else does.
void FairParts::cut(const std::vector<StateNumber>& members) {
    if (members.empty())
        return;
    number_ = part_[members.front()];
    for (const StateNumber state : members)
        order_[state] = StateGraph::nowhere;
    for (const StateNumber state : members)
        if (part_[state] == number_ && order_[state] == StateGraph::nowhere)
            explore_from(state);
}

// Tarjan's algorithm with a stack of its own: runs are far deeper than the call stack.
void FairParts::explore_from(StateNumber root) {
    enter(root);
    while (!visits_.empty()) {
        Visit& visit = visits_.back();
        const StateNumber state = visit.state;
        const std::span<const Edge> edges = graph_.edges_of(state);
        if (visit.next_edge < edges.size()) {
            const StateNumber target = edges[visit.next_edge++].target;
            if (target >= graph_.expanded() || part_[target] != number_)
                continue; // elsewhere, or closed
            if (order_[target] == StateGraph::nowhere)
                enter(target);
            else
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

void FairParts::enter(StateNumber state) {
    if (++looked_ % looks_interval == 0)
        look_at_clock_();
    order_[state] = low_[state] = entered_++;
    stack_.push_back(state);
    visits_.push_back({.state = state});
}

void FairParts::close(StateNumber first) {
    const auto begin = std::ranges::find(stack_.rbegin(), stack_.rend(), first).base() - 1;
    const std::span<const StateNumber> members(begin, stack_.end());
    const StateNumber fresh = ++numbers_;
    for (const StateNumber member : members)
        part_[member] = fresh;
    look_at(members);
    stack_.erase(begin, stack_.end());
}

// A component: it keeps all rules, or never can, or what is left of it may.
void FairParts::look_at(std::span<const StateNumber> members) {
    const auto give_up = [&] {
        for (const StateNumber state : members)
            part_[state] = StateGraph::nowhere;
    };
    if (!has_loop(members))
        return give_up();
    std::vector<std::size_t> enabled_in(rules_.size()); // so many states
    std::vector<bool> taken(rules_.size());
    for (const StateNumber state : members) {
        if (++looked_ % looks_interval == 0)
            look_at_clock_();
        for (const RuleNumber rule : rules_.enabled_in(state))
            ++enabled_in[rule];
        for (const Edge& edge : graph_.edges_of(state))
            if (inside(state, edge))
                for (const RuleNumber rule : rules_.of(edge))
                    taken[rule] = true;
    }
    std::vector<bool> avoided(rules_.size());
    for (RuleNumber rule = 0; rule < rules_.size(); ++rule) {
        if (taken[rule] || enabled_in[rule] < (rules_.is_strong(rule) ? 1 : members.size()))
            continue;
        if (!rules_.is_strong(rule))
            return give_up();
        avoided[rule] = true;
    }
    if (std::ranges::find(avoided, true) == avoided.end())
        return;
    std::vector<StateNumber> left;
    for (const StateNumber state : members)
        if (std::ranges::any_of(rules_.enabled_in(state), [&](RuleNumber rule) { return avoided[rule]; }))
            part_[state] = StateGraph::nowhere;
        else
            left.push_back(state);
    open_.push_back(std::move(left));
}

bool FairParts::has_loop(std::span<const StateNumber> members) const {
    return std::ranges::any_of(members, [&](StateNumber state) {
        return std::ranges::any_of(graph_.edges_of(state), [&](const Edge& edge) { return inside(state, edge); });
    });
}

} // namespace mdcd::checker
