// What the parts of a formula cost to evaluate, at most: visits of a part, and how deep they are nested, both as if
// definitions were put in. Found while the formula is read, each part once.
// Knows no text.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "checker/smt/text_formula.hpp"

namespace mdcd::checker::smt {

class FormulaCosts {
public:
    struct Cost {
        std::uint64_t steps = 0;
        std::uint64_t depth = 0;
    };
    static constexpr std::uint64_t too_many = std::uint64_t{1} << 40; // no larger number is told apart
    static constexpr std::uint64_t depth_max = 2000;                  // calls within each other that any stack bears

    // `nodes` must outlive this.
    explicit FormulaCosts(const std::vector<TextFormula::Node>& nodes) : nodes_(nodes) {}

    // Of the node that has been added last.
    Cost add() {
        const TextFormula::Node& node = nodes_[costs_.size()];
        using TextOperation = TextFormula::Operation;
        const bool repeats = node.operation == TextOperation::for_all || node.operation == TextOperation::exists;
        const std::uint64_t times = repeats ? static_cast<std::uint64_t>(node.number) : 1;
        Cost cost{.steps = 1, .depth = 1};
        for (const std::uint32_t operand : node.operands) {
            cost.steps = std::min(too_many, cost.steps + times * costs_[operand].steps);
            cost.depth = std::max(cost.depth, 1 + costs_[operand].depth);
        }
        costs_.push_back(cost);
        return cost;
    }

    [[nodiscard]] Cost of(std::uint32_t node) const { return costs_[node]; }

private:
    const std::vector<TextFormula::Node>& nodes_;
    std::vector<Cost> costs_;
};

} // namespace mdcd::checker::smt
