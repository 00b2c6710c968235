// The words of the language that formulas are written in: what applies to terms, and what cannot be a name.
// Knows no vocabulary.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "checker/smt/text_formula.hpp"

namespace mdcd::checker::smt {

inline constexpr SortIndex any_sort = 255;

struct Operator {
    const char* name;
    TextFormula::Operation operation;
    std::size_t arguments_min;
    std::size_t arguments_max;
    SortIndex takes; // any_sort: all of one sort
    SortIndex gives;
};

inline constexpr std::size_t no_max = 1U << 20;
inline constexpr std::array operators{
    Operator{"not", TextFormula::Operation::negation, 1, 1, boolean_sort, boolean_sort},
    Operator{"and", TextFormula::Operation::conjunction, 2, no_max, boolean_sort, boolean_sort},
    Operator{"or", TextFormula::Operation::disjunction, 2, no_max, boolean_sort, boolean_sort},
    Operator{"=>", TextFormula::Operation::implication, 2, no_max, boolean_sort, boolean_sort},
    Operator{"xor", TextFormula::Operation::distinctness, 2, 2, boolean_sort, boolean_sort},
    Operator{"=", TextFormula::Operation::equality, 2, no_max, any_sort, boolean_sort},
    Operator{"distinct", TextFormula::Operation::distinctness, 2, no_max, any_sort, boolean_sort},
    Operator{"<=", TextFormula::Operation::at_most, 2, no_max, integer_sort, boolean_sort},
    Operator{"<", TextFormula::Operation::less, 2, no_max, integer_sort, boolean_sort},
    Operator{">=", TextFormula::Operation::at_least, 2, no_max, integer_sort, boolean_sort},
    Operator{">", TextFormula::Operation::greater, 2, no_max, integer_sort, boolean_sort},
    Operator{"+", TextFormula::Operation::sum, 2, no_max, integer_sort, integer_sort},
    Operator{"-", TextFormula::Operation::difference, 1, no_max, integer_sort, integer_sort},
};

// What SMT-LIB 2.6 reserves (section 3.1), commands included, and the words of its theories of truths and integers.
inline constexpr std::array taken_words{"!",
                                        "_",
                                        "as",
                                        "BINARY",
                                        "DECIMAL",
                                        "HEXADECIMAL",
                                        "NUMERAL",
                                        "STRING",
                                        "exists",
                                        "let",
                                        "forall",
                                        "match",
                                        "par",
                                        "assert",
                                        "check-sat",
                                        "check-sat-assuming",
                                        "declare-const",
                                        "declare-datatype",
                                        "declare-datatypes",
                                        "declare-fun",
                                        "declare-sort",
                                        "define-fun",
                                        "define-fun-rec",
                                        "define-funs-rec",
                                        "define-sort",
                                        "echo",
                                        "exit",
                                        "get-assertions",
                                        "get-assignment",
                                        "get-info",
                                        "get-model",
                                        "get-option",
                                        "get-proof",
                                        "get-unsat-assumptions",
                                        "get-unsat-core",
                                        "get-value",
                                        "pop",
                                        "push",
                                        "reset",
                                        "reset-assertions",
                                        "set-info",
                                        "set-logic",
                                        "set-option",
                                        "true",
                                        "false",
                                        "ite",
                                        "*",
                                        "div",
                                        "mod",
                                        "abs",
                                        "lambda"};

[[nodiscard]] inline const Operator* operator_of(std::string_view name) {
    const auto* const found = std::ranges::find_if(operators, [&](const Operator& each) { return each.name == name; });
    return found == operators.end() ? nullptr : found;
}

[[nodiscard]] inline bool is_taken_by_language(std::string_view name) {
    return operator_of(name) != nullptr || std::ranges::find(taken_words, name) != taken_words.end();
}

} // namespace mdcd::checker::smt
