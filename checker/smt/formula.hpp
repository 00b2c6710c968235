// Formulas over truths and unbounded integers, built once and read twice: computed on given values here, and handed to
// the solver (induction.hpp). A formula is a directed graph without cycles; equal parts are one node.
// Knows no solver and no protocol.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace mdcd::checker::smt {

class Formulas;

// A formula that is true or false, and one that is a number. Both refer to the Formulas they were made by, which must
// outlive them; operands of one formula must come from the same one.
class Truth {
public:
    Truth() = default; // may only be assigned to

    [[nodiscard]] std::uint32_t node() const { return node_; }
    [[nodiscard]] Formulas& owner() const { return *owner_; }

private:
    friend class Formulas;
    Truth(Formulas& owner, std::uint32_t node) : owner_(&owner), node_(node) {}

    Formulas* owner_ = nullptr;
    std::uint32_t node_ = 0;
};

class Number {
public:
    Number() = default; // may only be assigned to

    [[nodiscard]] std::uint32_t node() const { return node_; }
    [[nodiscard]] Formulas& owner() const { return *owner_; }

private:
    friend class Formulas;
    Number(Formulas& owner, std::uint32_t node) : owner_(&owner), node_(node) {}

    Formulas* owner_ = nullptr;
    std::uint32_t node_ = 0;
};

enum class Operation : std::uint8_t {
    constant, // `value`
    unknown,  // number `value` of the unknowns
    negation,
    both,
    either,
    equal,   // of truths or of numbers
    at_most, // the first number is at most the second
    plus,    // the number plus `value`
    sum,     // of two numbers
    choice,  // if the first then the second else the third
};

struct Node {
    Operation operation = Operation::constant;
    bool is_truth = true;
    std::array<std::uint32_t, 3> operands{}; // smaller than the node itself
    std::int64_t value = 0;
    friend auto operator<=>(const Node&, const Node&) = default;
};

struct Unknown {
    std::string name;
    bool is_truth = true; // otherwise a number, 0 or larger
};

// Owns all nodes. Not for several threads at once.
class Formulas {
public:
    Formulas() = default;
    Formulas(const Formulas&) = delete; // formulas refer to it
    Formulas& operator=(const Formulas&) = delete;

    [[nodiscard]] Truth constant(bool truth) { return {*this, add({.is_truth = true, .value = truth ? 1 : 0})}; }
    [[nodiscard]] Number number(std::int64_t value) { return {*this, add({.is_truth = false, .value = value})}; }
    [[nodiscard]] Truth unknown_truth(const std::string& name);
    [[nodiscard]] Number unknown_number(const std::string& name);

    [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }
    [[nodiscard]] std::span<const Unknown> unknowns() const { return unknowns_; }

    // For the operators below.
    [[nodiscard]] Truth truth_of(Operation operation, std::uint32_t first, std::uint32_t second = 0,
                                 std::uint32_t third = 0);
    [[nodiscard]] Number number_of(Operation operation, std::uint32_t first, std::uint32_t second = 0,
                                   std::uint32_t third = 0, std::int64_t value = 0);

private:
    std::uint32_t add(const Node& node);
    [[nodiscard]] bool is(std::uint32_t node, bool truth) const;

    std::vector<Node> nodes_;
    std::vector<Unknown> unknowns_;
    std::map<Node, std::uint32_t> known_;
};

[[nodiscard]] Truth operator!(Truth truth);
[[nodiscard]] Truth operator&&(Truth one, Truth other);
[[nodiscard]] Truth operator||(Truth one, Truth other);
[[nodiscard]] Truth operator==(Truth one, Truth other);
[[nodiscard]] Truth implies(Truth premise, Truth conclusion);
[[nodiscard]] Truth choose(Truth condition, Truth then, Truth otherwise);

[[nodiscard]] Truth operator==(Number one, Number other);
[[nodiscard]] Truth operator<=(Number one, Number other);
[[nodiscard]] Truth operator<(Number one, Number other);
[[nodiscard]] Number operator+(Number number, std::int64_t value);
[[nodiscard]] Number operator+(Number one, Number other);
[[nodiscard]] Number larger(Number one, Number other);
[[nodiscard]] Number choose(Truth condition, Number then, Number otherwise);

// The largest number that a formula names, by itself or by adding up what it adds to one of its unknowns: 1 for
// n + 1 <= m, 50 for n <= 50. A formula that only compares names no large one, and so says the same of all numbers.
[[nodiscard]] std::int64_t largest_named_number(Truth formula);

// Computes formulas on values of the unknowns.
class Evaluation {
public:
    explicit Evaluation(std::span<const Truth> formulas, std::span<const Number> numbers = {});

    // `values`: one for each unknown, in the order in which they were made; a truth is 0 or 1. Returns the truth of
    // each formula. Numbers must stay far from the ends of 64 bits.
    [[nodiscard]] std::vector<bool> operator()(std::span<const std::int64_t> values);

    // Of the numbers, on the values that were given last.
    [[nodiscard]] std::vector<std::int64_t> numbers() const;

private:
    const Formulas* formulas_ = nullptr;
    std::vector<std::uint32_t> order_; // what the formulas need, operands first
    std::vector<std::uint32_t> roots_;
    std::vector<std::uint32_t> number_roots_;
    std::vector<std::int64_t> results_;
};

} // namespace mdcd::checker::smt
