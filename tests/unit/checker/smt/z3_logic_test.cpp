// Every operation of the logic means what it says: compared with plain arithmetic, by asking for the formula and for
// its opposite.
#include "checker/smt/z3_logic.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>

#include "checker/smt/solver.hpp"

using namespace mdcd::checker::smt;

namespace {

// Whether a closed formula is true.
bool is_true(Solver& solver, const std::function<Z3Logic::Bool(Z3Logic&)>& formula) {
    const auto ask = [&](bool opposite) {
        return solver
            .check("test",
                   [&](Query& query) {
                       Z3Logic logic(query);
                       const z3::expr term = formula(logic).term;
                       query.require(opposite ? !term : term);
                   })
            .answer;
    };
    const Answer truth = ask(false);
    const Answer falsehood = ask(true);
    REQUIRE(truth != Answer::unknown);
    REQUIRE(falsehood != Answer::unknown);
    REQUIRE(truth != falsehood);
    return truth == Answer::satisfiable;
}

constexpr std::array<std::uint64_t, 5> some_sets = {0, 1, 0x8000000000000001U, 0x8000000000000003U, ~std::uint64_t{0}};

} // namespace

TEST_CASE("truths") {
    Solver solver;
    for (const bool one : {false, true}) {
        CHECK(is_true(solver, [&](Z3Logic& l) { return l.constant(one); }) == one);
        CHECK(is_true(solver, [&](Z3Logic& l) { return l.negation(l.constant(one)); }) == !one);
        for (const bool other : {false, true}) {
            CHECK(is_true(solver, [&](Z3Logic& l) { return l.both(l.constant(one), l.constant(other)); }) ==
                  (one && other));
            CHECK(is_true(solver, [&](Z3Logic& l) { return l.either(l.constant(one), l.constant(other)); }) ==
                  (one || other));
        }
    }
}

TEST_CASE("numbers are not negative, up to the last") {
    Solver solver;
    constexpr std::array<std::uint8_t, 5> some_numbers = {0, 1, 127, 128, 255};
    for (const std::uint8_t one : some_numbers)
        for (const std::uint8_t other : some_numbers)
            CHECK(is_true(solver, [&](Z3Logic& l) { return l.at_most(l.number(one), l.number(other)); }) ==
                  (one <= other));
}

TEST_CASE("sets") {
    Solver solver;
    const auto equal = [](Z3Logic& l, const Z3Logic::Set& found, std::uint64_t expected) {
        return Z3Logic::Bool{found.term == l.set(expected).term};
    };
    for (const std::uint64_t one : some_sets) {
        CHECK(is_true(solver, [&](Z3Logic& l) { return l.some(l.set(one)); }) == (one != 0));
        for (const std::uint64_t other : some_sets) {
            CHECK(
                is_true(solver, [&](Z3Logic& l) { return equal(l, l.unite(l.set(one), l.set(other)), one | other); }));
            CHECK(
                is_true(solver, [&](Z3Logic& l) { return equal(l, l.common(l.set(one), l.set(other)), one & other); }));
            CHECK(is_true(solver,
                          [&](Z3Logic& l) { return equal(l, l.without(l.set(one), l.set(other)), one & ~other); }));
        }
    }
}

TEST_CASE("entries of a list, at a position that is chosen") {
    Solver solver;
    const std::array<std::uint8_t, 4> numbers = {7, 0, 255, 7};
    for (std::uint8_t position = 0; position < some_sets.size(); ++position)
        CHECK(is_true(solver, [&](Z3Logic& l) {
            return Z3Logic::Bool{l.entry(some_sets, l.number(position)).term == l.set(some_sets[position]).term};
        }));
    for (std::uint8_t position = 0; position < numbers.size(); ++position)
        CHECK(is_true(solver, [&](Z3Logic& l) {
            return Z3Logic::Bool{l.entry(numbers, l.number(position)).term == l.number(numbers[position]).term};
        }));
    // Backwards: the only position with 255 is found.
    const Result result = solver.check("test", [&](Query& query) {
        Z3Logic logic(query);
        query.require(logic.entry(numbers, logic.unknown("position", 0, 3)).term == logic.number(255).term);
    });
    REQUIRE(result.answer == Answer::satisfiable);
    CHECK(result.unknowns == std::vector<std::uint64_t>{2});
}

TEST_CASE("unknowns keep to their bounds, both ends included") {
    Solver solver;
    for (const std::uint8_t value : std::array<std::uint8_t, 4>{2, 3, 5, 6}) {
        const Result result = solver.check("test", [&](Query& query) {
            Z3Logic logic(query);
            query.require(logic.unknown("number", 3, 5).term == logic.number(value).term);
        });
        CHECK((result.answer == Answer::satisfiable) == (value >= 3 && value <= 5));
    }
}
