// The pending states of a graph that lie on fair loops: which rules of fairness its edges keep, and the parts that keep
// them all. For lasso.cpp. Knows graphs only, no model.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "checker/lasso.hpp"
#include "checker/state_graph.hpp"

namespace mdcd::checker {

using RuleNumber = std::uint32_t;

// Which rules an action belongs to, and which of them a state enables.
class FairnessRules {
public:
    FairnessRules(const StateGraph& graph, const std::vector<FairnessRule>& rules)
        : graph_(graph), rules_(rules), noted_(rules.size()) {
        for (RuleNumber rule = 0; rule < rules.size(); ++rule)
            for (const ActionNumber action : rules[rule].actions) {
                if (action >= of_action_.size())
                    of_action_.resize(action + std::size_t{1});
                of_action_[action].push_back(rule);
            }
    }

    [[nodiscard]] std::size_t size() const { return rules_.size(); }
    [[nodiscard]] bool is_strong(RuleNumber rule) const { return rules_[rule].kind == Fairness::strong; }
    [[nodiscard]] std::span<const RuleNumber> of(const StateGraph::Edge& edge) const {
        const ActionNumber action = graph_.action(edge);
        return action < of_action_.size() ? std::span<const RuleNumber>(of_action_[action])
                                          : std::span<const RuleNumber>{};
    }
    [[nodiscard]] bool takes(const StateGraph::Edge& edge, RuleNumber rule) const {
        return std::ranges::find(of(edge), rule) != of(edge).end();
    }
    [[nodiscard]] bool enables(StateNumber state, RuleNumber rule) const {
        return std::ranges::any_of(graph_.edges_of(state),
                                   [&](const StateGraph::Edge& edge) { return takes(edge, rule); });
    }
    // Each once. Valid until the next call.
    [[nodiscard]] const std::vector<RuleNumber>& enabled_in(StateNumber state) {
        ++now_;
        enabled_.clear();
        for (const StateGraph::Edge& edge : graph_.edges_of(state))
            for (const RuleNumber rule : of(edge))
                if (std::exchange(noted_[rule], now_) != now_)
                    enabled_.push_back(rule);
        return enabled_;
    }

private:
    const StateGraph& graph_;
    const std::vector<FairnessRule>& rules_;
    std::vector<std::vector<RuleNumber>> of_action_;
    std::vector<std::uint64_t> noted_; // when
    std::uint64_t now_ = 0;
    std::vector<RuleNumber> enabled_;
};

// Each part is a largest strongly connected set of pending states in which all rules can be kept.
class FairParts {
public:
    // `look_at_clock` is called now and then, and may throw. All must outlive it.
    FairParts(const StateGraph& graph, unsigned pending, FairnessRules& rules,
              const std::function<void()>& look_at_clock);

    [[nodiscard]] bool is_pending(StateNumber state) const {
        return state < graph_.expanded() && graph_.pending[pending_][state] && !graph_.is_outside(state);
    }
    [[nodiscard]] bool has(StateNumber state) const { return part_[state] != StateGraph::nowhere; }
    // Whether the edge of a state stays in its part.
    [[nodiscard]] bool inside(StateNumber state, const StateGraph::Edge& edge) const {
        return edge.target < graph_.expanded() && part_[edge.target] == part_[state] && has(state);
    }

private:
    struct Visit {
        StateNumber state = 0;
        std::size_t next_edge = 0;
    };

    void cut(const std::vector<StateNumber>& members);
    void explore_from(StateNumber root);
    void enter(StateNumber state);
    void close(StateNumber first);
    void look_at(std::span<const StateNumber> members);
    [[nodiscard]] bool has_loop(std::span<const StateNumber> members) const;

    const StateGraph& graph_;
    unsigned pending_;
    FairnessRules& rules_;
    const std::function<void()>& look_at_clock_;
    std::vector<StateNumber> part_;  // nowhere: on no fair loop
    std::vector<StateNumber> order_; // when a state was entered
    std::vector<StateNumber> low_;   // the earliest state on the stack that it leads back to
    std::vector<StateNumber> stack_;
    std::vector<Visit> visits_;
    std::vector<std::vector<StateNumber>> open_; // to be cut into components
    StateNumber number_ = 0;                     // of the states that are being cut
    StateNumber numbers_ = 0;                    // given so far
    StateNumber entered_ = 0;
    std::uint64_t looked_ = 0;
};

} // namespace mdcd::checker
