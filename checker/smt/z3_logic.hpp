// Formulas as Z3 expressions, for predicates that are templates over a logic (truths, small numbers, sets of up to 64
// things): a set is a bit vector of 64 bits, a number one of 8. Each kind is a type of its own, so that a mistake in a
// predicate is one for the compiler. Knows no predicate.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <z3++.h>

#include "checker/smt/query.hpp"

namespace mdcd::checker::smt {

class Z3Logic {
public:
    struct Bool {
        z3::expr term;
    };
    struct Number {
        z3::expr term;
    };
    struct Set {
        z3::expr term;
    };
    static constexpr unsigned number_width = 8;
    static constexpr unsigned set_width = 64;

    // Named parts go to `query`, which must outlive this.
    explicit Z3Logic(Query& query) : query_(query), context_(query.context()) {}

    [[nodiscard]] Bool constant(bool truth) { return {context_.bool_val(truth)}; }
    [[nodiscard]] Number number(std::uint8_t value) { return {context_.bv_val(unsigned{value}, number_width)}; }
    [[nodiscard]] Set set(std::uint64_t value) { return {context_.bv_val(value, set_width)}; }

    // A number that is known, with what it is. The names are for logics that write formulas for people.
    [[nodiscard]] Number fact(const char*, unsigned, unsigned, std::uint8_t value) { return number(value); }

    // A number to be chosen.
    [[nodiscard]] Number unknown(const std::string& name, std::uint8_t lowest, std::uint8_t highest) {
        return {query_.unknown(name, number_width, lowest, highest)};
    }

    [[nodiscard]] Bool both(const Bool& one, const Bool& other) { return {one.term && other.term}; }
    [[nodiscard]] Bool either(const Bool& one, const Bool& other) { return {one.term || other.term}; }
    [[nodiscard]] Bool negation(const Bool& truth) { return {!truth.term}; }
    [[nodiscard]] Bool at_most(const Number& one, const Number& other) { return {z3::ule(one.term, other.term)}; }
    [[nodiscard]] Set unite(const Set& one, const Set& other) { return {one.term | other.term}; }
    [[nodiscard]] Set common(const Set& one, const Set& other) { return {one.term & other.term}; }
    [[nodiscard]] Set without(const Set& one, const Set& other) { return {one.term & ~other.term}; }
    [[nodiscard]] Bool some(const Set& set) { return {set.term != context_.bv_val(0U, set_width)}; }

    // The last entry stands for every position after it: predicates bound the positions themselves.
    [[nodiscard]] Set entry(std::span<const std::uint64_t> sets, const Number& position) {
        return {chosen(sets, position, [this](std::uint64_t each) { return set(each).term; })};
    }
    [[nodiscard]] Number entry(std::span<const std::uint8_t> numbers, const Number& position) {
        return {chosen(numbers, position, [this](std::uint8_t each) { return number(each).term; })};
    }

    template <class Term> [[nodiscard]] Term named(const char* name, const Term& term) {
        return {query_.name_part(name, term.term)};
    }
    // .. of one of several, from 0.
    template <class Term> [[nodiscard]] Term named(const char* name, unsigned which, const Term& term) {
        return {query_.name_part(name + ("_" + std::to_string(which + 1)), term.term)};
    }

protected:
    [[nodiscard]] Query& query() const { return query_; }

private:
    template <class Entry, class Make>
    [[nodiscard]] z3::expr chosen(std::span<const Entry> entries, const Number& position, Make make) {
        z3::expr result = make(entries.back());
        for (std::size_t i = entries.size() - 1; i-- > 0;)
            result = z3::ite(position.term == context_.bv_val(static_cast<unsigned>(i), number_width), make(entries[i]),
                             result);
        return result;
    }

    Query& query_;
    z3::context& context_;
};

} // namespace mdcd::checker::smt
