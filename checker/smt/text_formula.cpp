// Evaluation only: no solver here. Small trees, evaluated once for each state.
// Knows no vocabulary.
#include "checker/smt/text_formula.hpp"

#include <algorithm>
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
            bound.values.push_back(0);
            while (bound.values.back() + 1 < node.number && value(node.operands[0], meaning, bound) != 0)
                ++bound.values.back();
            bindings.push_back({node.variable, sorts_[node.sort - first_finite_sort].elements.at(
                                                   static_cast<std::size_t>(bound.values.back()))});
            at = node.operands[0];
        } else if (node.operation == Operation::binding || node.operation == Operation::call) {
            bind(node, meaning, bound);
            at = node.operands.back();
        } else {
            return bindings;
        }
    }
}

// All operands but the last become bound; the arguments of a call begin a frame.
void TextFormula::bind(const Node& node, const Interpretation& meaning, Environment& bound) const {
    const std::size_t first = bound.values.size();
    for (std::size_t i = 0; i + 1 < node.operands.size(); ++i)
        bound.values.push_back(value(node.operands[i], meaning, bound));
    if (node.operation == Operation::call)
        bound.frame = first;
}

std::int64_t TextFormula::value(std::uint32_t at, const Interpretation& meaning, Environment& bound) const {
    const Node& node = nodes_[at];
    const auto operand = [&](std::size_t position) { return value(node.operands[position], meaning, bound); };
    switch (node.operation) {
    case Operation::constant:
        return node.number;
    case Operation::variable:
        return bound.values[bound.frame + static_cast<std::size_t>(node.number)];
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
    case Operation::difference:
        return total(node, meaning, bound);
    case Operation::binding:
    case Operation::call: {
        const std::size_t frame = bound.frame;
        const std::size_t size = bound.values.size();
        bind(node, meaning, bound);
        const std::int64_t result = value(node.operands.back(), meaning, bound);
        bound.values.resize(size);
        bound.frame = frame;
        return result;
    }
    case Operation::for_all:
    case Operation::exists:
        return quantified(node, meaning, bound);
    default:
        return holds_between(node, meaning, bound) ? 1 : 0;
    }
}

std::int64_t TextFormula::total(const Node& node, const Interpretation& meaning, Environment& bound) const {
    std::int64_t result = value(node.operands[0], meaning, bound);
    bool fits = true;
    if (node.operation == Operation::difference && node.operands.size() == 1)
        fits = !__builtin_sub_overflow(std::int64_t{0}, result, &result);
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
        const std::int64_t next = value(node.operands[i], meaning, bound);
        fits = fits && !(node.operation == Operation::sum ? __builtin_add_overflow(result, next, &result)
                                                          : __builtin_sub_overflow(result, next, &result));
    }
    invariant(fits, "the reader refuses sums that can be too large");
    return result;
}

bool TextFormula::holds_between(const Node& node, const Interpretation& meaning, Environment& bound) const {
    if (node.operation == Operation::distinctness)
        return are_distinct(node, meaning, bound);
    std::int64_t previous = value(node.operands[0], meaning, bound);
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
        const std::int64_t next = value(node.operands[i], meaning, bound);
        bool fine = previous == next;
        if (node.operation == Operation::at_most)
            fine = previous <= next;
        else if (node.operation == Operation::less)
            fine = previous < next;
        else if (node.operation == Operation::at_least)
            fine = previous >= next;
        else if (node.operation == Operation::greater)
            fine = previous > next;
        if (!fine)
            return false;
        previous = next;
    }
    return true;
}

bool TextFormula::are_distinct(const Node& node, const Interpretation& meaning, Environment& bound) const {
    std::vector<std::int64_t> values;
    for (const std::uint32_t operand : node.operands)
        values.push_back(value(operand, meaning, bound));
    std::ranges::sort(values);
    return std::ranges::adjacent_find(values) == values.end();
}

std::int64_t TextFormula::quantified(const Node& node, const Interpretation& meaning, Environment& bound) const {
    const bool decisive = node.operation == Operation::exists;
    bool result = !decisive;
    bound.values.push_back(0);
    for (std::int64_t element = 0; element < node.number && result != decisive; ++element) {
        bound.values.back() = element;
        if ((value(node.operands[0], meaning, bound) != 0) == decisive)
            result = decisive;
    }
    bound.values.pop_back();
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
