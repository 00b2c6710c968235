// Evaluation only: no solver here. Small trees, evaluated once for each state.
// Knows no vocabulary.
#include "checker/smt/text_formula.hpp"

#include <array>

#include "checker/invariant.hpp"

namespace mdcd::checker::smt {

bool TextFormula::is_true(const Interpretation& meaning) const {
    Environment bound;
    return value(static_cast<std::uint32_t>(nodes_.size() - 1), meaning, bound) != 0;
}

std::vector<TextFormula::Binding> TextFormula::counterexample(const Interpretation& meaning) const {
    std::vector<Binding> bindings;
    Environment bound;
    auto at = static_cast<std::uint32_t>(nodes_.size() - 1);
    for (;;) {
        const Node& node = nodes_[at];
        if (node.operation == Operation::conjunction) {
            std::size_t operand = 0;
            while (operand + 1 < node.operands.size() && value(node.operands[operand], meaning, bound) != 0)
                ++operand;
            at = node.operands[operand];
        } else if (node.operation == Operation::for_all) {
            bound.push_back(0);
            while (bound.back() + 1 < node.number && value(node.operands[0], meaning, bound) != 0)
                ++bound.back();
            bindings.push_back({node.variable, sorts_[node.sort - first_finite_sort].elements.at(
                                                   static_cast<std::size_t>(bound.back()))});
            at = node.operands[0];
        } else {
            return bindings;
        }
    }
}

std::int64_t TextFormula::value(std::uint32_t at, const Interpretation& meaning, Environment& bound) const {
    const Node& node = nodes_[at];
    const auto operand = [&](std::size_t position) { return value(node.operands[position], meaning, bound); };
    switch (node.operation) {
    case Operation::constant:
        return node.number;
    case Operation::variable:
        return bound[bound.size() - 1 - static_cast<std::size_t>(node.number)];
    case Operation::symbol:
        return applied(node, meaning, bound);
    case Operation::negation:
        return operand(0) == 0 ? 1 : 0;
    case Operation::conjunction:
    case Operation::disjunction: {
        const bool decisive = node.operation == Operation::disjunction;
        for (std::size_t i = 0; i < node.operands.size(); ++i)
            if ((operand(i) != 0) == decisive)
                return decisive ? 1 : 0;
        return decisive ? 0 : 1;
    }
    case Operation::implication:
        for (std::size_t i = 0; i + 1 < node.operands.size(); ++i)
            if (operand(i) == 0)
                return 1;
        return operand(node.operands.size() - 1);
    case Operation::choice:
        return operand(0) != 0 ? operand(1) : operand(2);
    case Operation::sum:
    case Operation::difference: {
        std::int64_t result = operand(0);
        if (node.operation == Operation::difference && node.operands.size() == 1)
            return -result;
        for (std::size_t i = 1; i < node.operands.size(); ++i)
            result += node.operation == Operation::sum ? operand(i) : -operand(i);
        return result;
    }
    case Operation::for_all:
    case Operation::exists:
        return quantified(node, meaning, bound);
    default:
        return holds_between(node, meaning, bound) ? 1 : 0;
    }
}

bool TextFormula::holds_between(const Node& node, const Interpretation& meaning, Environment& bound) const {
    std::vector<std::int64_t> values;
    for (const std::uint32_t operand : node.operands)
        values.push_back(value(operand, meaning, bound));
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
        bool fine = true;
        if (node.operation == Operation::equality)
            fine = values[i] == values[i + 1];
        else if (node.operation == Operation::at_most)
            fine = values[i] <= values[i + 1];
        else if (node.operation == Operation::less)
            fine = values[i] < values[i + 1];
        else if (node.operation == Operation::at_least)
            fine = values[i] >= values[i + 1];
        else if (node.operation == Operation::greater)
            fine = values[i] > values[i + 1];
        else
            for (std::size_t j = i + 1; j < values.size(); ++j)
                fine &= values[i] != values[j];
        if (!fine)
            return false;
    }
    return true;
}

std::int64_t TextFormula::quantified(const Node& node, const Interpretation& meaning, Environment& bound) const {
    const bool decisive = node.operation == Operation::exists;
    bool result = !decisive;
    bound.push_back(0);
    for (std::int64_t element = 0; element < node.number && result != decisive; ++element) {
        bound.back() = element;
        if ((value(node.operands[0], meaning, bound) != 0) == decisive)
            result = decisive;
    }
    bound.pop_back();
    return result ? 1 : 0;
}

std::int64_t TextFormula::applied(const Node& node, const Interpretation& meaning, Environment& bound) const {
    std::array<std::int64_t, 8> arguments{};
    invariant(node.operands.size() <= arguments.size(), "no symbol has so many arguments");
    for (std::size_t i = 0; i < node.operands.size(); ++i)
        arguments[i] = value(node.operands[i], meaning, bound);
    return meaning.value(static_cast<std::size_t>(node.number), {arguments.data(), node.operands.size()});
}

} // namespace mdcd::checker::smt
