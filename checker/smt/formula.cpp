// Building folds what is constant: rules are decided while a formula is built, and leave no trace in it.
// Knows no solver.
#include "checker/smt/formula.hpp"

#include <algorithm>
#include <cstdlib>

namespace mdcd::checker::smt {

std::uint32_t Formulas::add(const Node& node) {
    const auto [place, is_new] = known_.try_emplace(node, static_cast<std::uint32_t>(nodes_.size()));
    if (is_new)
        nodes_.push_back(node);
    return place->second;
}

bool Formulas::is(std::uint32_t node, bool truth) const {
    return nodes_[node].operation == Operation::constant && nodes_[node].is_truth &&
           nodes_[node].value == (truth ? 1 : 0);
}

Truth Formulas::unknown_truth(const std::string& name) {
    unknowns_.push_back({name, true});
    return {*this, add({Operation::unknown, true, {}, static_cast<std::int64_t>(unknowns_.size()) - 1})};
}

Number Formulas::unknown_number(const std::string& name) {
    unknowns_.push_back({name, false});
    return {*this, add({Operation::unknown, false, {}, static_cast<std::int64_t>(unknowns_.size()) - 1})};
}

Truth Formulas::truth_of(Operation operation, std::uint32_t first, std::uint32_t second, std::uint32_t third) {
    const bool conjunction = operation == Operation::both;
    if (operation == Operation::negation && (is(first, true) || is(first, false)))
        return constant(is(first, false));
    if (conjunction || operation == Operation::either) {
        if (is(first, !conjunction) || is(second, !conjunction))
            return constant(!conjunction);
        if (is(first, conjunction) || first == second)
            return {*this, second};
        if (is(second, conjunction))
            return {*this, first};
    }
    if ((operation == Operation::equal || operation == Operation::at_most) && first == second)
        return constant(true);
    if (operation == Operation::choice && (is(first, true) || second == third))
        return {*this, second};
    if (operation == Operation::choice && is(first, false))
        return {*this, third};
    return {*this, add({operation, true, {first, second, third}, 0})};
}

Number Formulas::number_of(Operation operation, std::uint32_t first, std::uint32_t second, std::uint32_t third,
                           std::int64_t value) {
    if (operation == Operation::choice && (is(first, true) || second == third))
        return {*this, second};
    if (operation == Operation::choice && is(first, false))
        return {*this, third};
    return {*this, add({operation, false, {first, second, third}, value})};
}

Truth operator!(Truth truth) {
    return truth.owner().truth_of(Operation::negation, truth.node());
}
Truth operator&&(Truth one, Truth other) {
    return one.owner().truth_of(Operation::both, one.node(), other.node());
}
Truth operator||(Truth one, Truth other) {
    return one.owner().truth_of(Operation::either, one.node(), other.node());
}
Truth operator==(Truth one, Truth other) {
    return one.owner().truth_of(Operation::equal, one.node(), other.node());
}
Truth implies(Truth premise, Truth conclusion) {
    return !premise || conclusion;
}
Truth choose(Truth condition, Truth then, Truth otherwise) {
    return condition.owner().truth_of(Operation::choice, condition.node(), then.node(), otherwise.node());
}

Truth operator==(Number one, Number other) {
    return one.owner().truth_of(Operation::equal, one.node(), other.node());
}
Truth operator<=(Number one, Number other) {
    return one.owner().truth_of(Operation::at_most, one.node(), other.node());
}
Truth operator<(Number one, Number other) {
    return !(other <= one);
}
Number operator+(Number number, std::int64_t value) {
    return number.owner().number_of(Operation::plus, number.node(), 0, 0, value);
}
Number operator+(Number one, Number other) {
    return one.owner().number_of(Operation::sum, one.node(), other.node());
}
Number larger(Number one, Number other) {
    return choose(one <= other, other, one);
}
Number choose(Truth condition, Number then, Number otherwise) {
    return condition.owner().number_of(Operation::choice, condition.node(), then.node(), otherwise.node());
}

std::int64_t largest_named_number(Truth formula) {
    const std::span<const Node> nodes = formula.owner().nodes();
    std::vector<bool> needed(formula.node() + std::size_t{1}, false);
    needed[formula.node()] = true;
    for (std::size_t node = needed.size(); node-- > 0;)
        if (needed[node] && nodes[node].operation != Operation::constant && nodes[node].operation != Operation::unknown)
            for (const std::uint32_t operand : nodes[node].operands)
                needed[operand] = true;
    std::int64_t largest = 0;
    std::vector<std::int64_t> named(needed.size(), 0); // by the number at that node
    for (std::size_t node = 0; node < needed.size(); ++node) {
        const Node& each = nodes[node];
        const auto& [first, second, third] = each.operands;
        if (!needed[node] || each.is_truth)
            continue;
        if (each.operation == Operation::constant)
            named[node] = each.value;
        else if (each.operation == Operation::plus)
            named[node] = named[first] + each.value;
        else if (each.operation == Operation::sum)
            named[node] = named[first] + named[second];
        else if (each.operation == Operation::choice)
            named[node] = std::max(named[second], named[third]);
        largest = std::max(largest, std::abs(named[node]));
    }
    return largest;
}

Evaluation::Evaluation(std::span<const Truth> formulas, std::span<const Number> numbers) {
    if (formulas.empty() && numbers.empty())
        return;
    formulas_ = formulas.empty() ? &numbers[0].owner() : &formulas[0].owner();
    const std::span<const Node> nodes = formulas_->nodes();
    std::vector<bool> needed(nodes.size(), false);
    for (const Truth& each : formulas) {
        roots_.push_back(each.node());
        needed[each.node()] = true;
    }
    for (const Number& each : numbers) {
        number_roots_.push_back(each.node());
        needed[each.node()] = true;
    }
    for (std::size_t node = nodes.size(); node-- > 0;) {
        const Operation operation = nodes[node].operation;
        if (!needed[node] || operation == Operation::constant || operation == Operation::unknown)
            continue;
        for (const std::uint32_t operand : nodes[node].operands)
            needed[operand] = true; // an operand that is not used is node 0: cheap, and harmless
    }
    for (std::size_t node = 0; node < nodes.size(); ++node)
        if (needed[node])
            order_.push_back(static_cast<std::uint32_t>(node));
    results_.resize(nodes.size());
}

std::vector<bool> Evaluation::operator()(std::span<const std::int64_t> values) {
    const auto result = [this](std::uint32_t node) { return results_[node]; };
    const std::span<const Node> nodes = formulas_ == nullptr ? std::span<const Node>{} : formulas_->nodes();
    for (const std::uint32_t place : order_) {
        const Node& node = nodes[place];
        const auto& [first, second, third] = node.operands;
        std::int64_t& value = results_[place];
        switch (node.operation) {
        case Operation::constant:
            value = node.value;
            break;
        case Operation::unknown:
            value = values[static_cast<std::size_t>(node.value)];
            break;
        case Operation::negation:
            value = result(first) == 0 ? 1 : 0;
            break;
        case Operation::both:
            value = result(first) & result(second);
            break;
        case Operation::either:
            value = result(first) | result(second);
            break;
        case Operation::equal:
            value = result(first) == result(second) ? 1 : 0;
            break;
        case Operation::at_most:
            value = result(first) <= result(second) ? 1 : 0;
            break;
        case Operation::plus:
            value = result(first) + node.value;
            break;
        case Operation::sum:
            value = result(first) + result(second);
            break;
        case Operation::choice:
            value = result(first) != 0 ? result(second) : result(third);
            break;
        }
    }
    std::vector<bool> truths;
    for (const std::uint32_t root : roots_)
        truths.push_back(results_[root] != 0);
    return truths;
}

std::vector<std::int64_t> Evaluation::numbers() const {
    std::vector<std::int64_t> values;
    for (const std::uint32_t root : number_roots_)
        values.push_back(results_[root]);
    return values;
}

} // namespace mdcd::checker::smt
