// A formula that was read, written anew as SMT-LIB 2: only words of ours, however the text was written that it was read
// from. Variables are v0, v1, .. by their places, functions f1, f2, .. by the nodes that they are. Other solvers read
// it where two readings are compared. Knows no vocabulary but the one it is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "checker/smt/text_formula.hpp"

namespace mdcd::tests {

namespace formula_text {

using namespace checker::smt;
using Operation = TextFormula::Operation;
using Node = TextFormula::Node;

inline std::string sort_name(const Vocabulary& vocabulary, SortIndex sort) {
    return sort == boolean_sort   ? "Bool"
           : sort == integer_sort ? "Int"
                                  : vocabulary.sorts[sort - first_finite_sort].name;
}

inline const char* word_of(Operation operation) {
    switch (operation) {
    case Operation::negation:
        return "not";
    case Operation::conjunction:
        return "and";
    case Operation::disjunction:
        return "or";
    case Operation::implication:
        return "=>";
    case Operation::equality:
        return "=";
    case Operation::distinctness:
        return "distinct";
    case Operation::choice:
        return "ite";
    case Operation::at_most:
        return "<=";
    case Operation::less:
        return "<";
    case Operation::at_least:
        return ">=";
    case Operation::greater:
        return ">";
    case Operation::sum:
        return "+";
    default:
        return "-";
    }
}

class Writer {
public:
    Writer(const TextFormula& formula, const Vocabulary& vocabulary)
        : nodes_(formula.nodes()), vocabulary_(vocabulary) {}

    std::string write(const std::string& name) {
        std::string text;
        std::set<std::uint32_t> written;
        for (const Node& node : nodes_) {
            if (node.operation != Operation::call || !written.insert(node.operands.back()).second)
                continue;
            std::string parameters;
            for (std::size_t i = 0; i + 1 < node.operands.size(); ++i)
                parameters += "(v" + std::to_string(i) + " " + sort_name(vocabulary_, sort_of(node.operands[i])) + ")";
            text += "(define-fun f" + std::to_string(node.operands.back()) + " (" + parameters + ") " +
                    sort_name(vocabulary_, node.sort) + " " + term(node.operands.back(), node.operands.size() - 1) +
                    ")\n";
        }
        return text + "(define-fun " + name + " () Bool " + term(static_cast<std::uint32_t>(nodes_.size() - 1), 0) +
               ")\n";
    }

private:
    [[nodiscard]] SortIndex sort_of(std::uint32_t at) const {
        const Node& node = nodes_[at];
        const bool binds = node.operation == Operation::for_all || node.operation == Operation::exists;
        return binds ? boolean_sort : node.sort;
    }

    // `bound`: values that the frame holds here.
    std::string term(std::uint32_t at, std::size_t bound) {
        const Node& node = nodes_[at];
        switch (node.operation) {
        case Operation::constant:
            return constant(node);
        case Operation::variable:
            return "v" + std::to_string(node.number);
        case Operation::symbol:
            return applied(vocabulary_.symbols[static_cast<std::size_t>(node.number)].name, node, bound);
        case Operation::for_all:
        case Operation::exists:
            return std::string(node.operation == Operation::exists ? "(exists" : "(forall") + " ((v" +
                   std::to_string(bound) + " " + sort_name(vocabulary_, node.sort) + ")) " +
                   term(node.operands[0], bound + 1) + ")";
        case Operation::binding: {
            std::string values;
            for (std::size_t i = 0; i + 1 < node.operands.size(); ++i)
                values += "(v" + std::to_string(bound + i) + " " + term(node.operands[i], bound + i) + ")";
            return "(let (" + values + ") " + term(node.operands.back(), bound + node.operands.size() - 1) + ")";
        }
        case Operation::call: {
            std::string arguments;
            for (std::size_t i = 0; i + 1 < node.operands.size(); ++i)
                arguments += " " + term(node.operands[i], bound + i);
            const std::string function = "f" + std::to_string(node.operands.back());
            return arguments.empty() ? function : "(" + function + arguments + ")";
        }
        default:
            if (node.operation == Operation::conjunction && node.operands.size() == 1)
                return term(node.operands[0], bound); // a text with one assertion
            return applied(word_of(node.operation), node, bound);
        }
    }

    std::string applied(const std::string& word, const Node& node, std::size_t bound) {
        if (node.operands.empty())
            return word;
        std::string text = "(" + word;
        for (const std::uint32_t operand : node.operands)
            text += " " + term(operand, bound);
        return text + ")";
    }

    [[nodiscard]] std::string constant(const Node& node) const {
        if (node.sort == boolean_sort)
            return node.number != 0 ? "true" : "false";
        if (node.sort == integer_sort)
            return std::to_string(node.number);
        return vocabulary_.sorts[node.sort - first_finite_sort].elements[static_cast<std::size_t>(node.number)];
    }

    std::span<const Node> nodes_;
    const Vocabulary& vocabulary_;
};

} // namespace formula_text

// Sorts and symbols of the vocabulary, as declarations: elements are distinct, and all that there is.
inline std::string declarations_of(const checker::smt::Vocabulary& vocabulary) {
    using namespace checker::smt;
    std::string text;
    for (const FiniteSort& sort : vocabulary.sorts) {
        text += "(declare-datatypes ((" + sort.name + " 0)) ((";
        for (const std::string& element : sort.elements)
            text += "(" + element + ")";
        text += ")))\n";
    }
    for (const Symbol& symbol : vocabulary.symbols) {
        text += "(declare-fun " + symbol.name + " (";
        for (const SortIndex argument : symbol.arguments)
            text += formula_text::sort_name(vocabulary, argument) + " ";
        text += ") " + formula_text::sort_name(vocabulary, symbol.result) + ")\n";
    }
    return text;
}

// `define-fun`s and, last, one of `name` that is the formula.
inline std::string definition_of(const checker::smt::TextFormula& formula, const checker::smt::Vocabulary& vocabulary,
                                 const std::string& name) {
    return formula_text::Writer(formula, vocabulary).write(name);
}

} // namespace mdcd::tests
