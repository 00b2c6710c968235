// Formulas of users: what is understood means what SMT-LIB says (Z3 agrees on random formulas and meanings), and every
// mistake has a place.
#include "checker/smt/text_formula.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "checker/random.hpp"
#include "checker/smt/solver.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::smt;

namespace {

constexpr SortIndex color = first_finite_sort;

Vocabulary colors() {
    return {.sorts = {{"Color", {"red", "green", "blue"}}},
            .symbols = {{"warm", {color}, boolean_sort},
                        {"depth", {color}, integer_sort},
                        {"near", {color, color}, boolean_sort},
                        {"bound", {}, integer_sort}}};
}

struct Meaning final : Interpretation {
    std::array<std::int64_t, 3> warm{1, 0, 0};
    std::array<std::int64_t, 3> depth{1, 2, 3};
    std::array<std::int64_t, 9> near{1, 1, 0, 1, 1, 0, 0, 0, 1};
    std::int64_t bound = 2;

    [[nodiscard]] std::int64_t value(std::size_t symbol, std::span<const std::int64_t> arguments) const override {
        const auto at = [&](std::size_t position) { return static_cast<std::size_t>(arguments[position]); };
        return symbol == 0 ? warm[at(0)] : symbol == 1 ? depth[at(0)] : symbol == 2 ? near[3 * at(0) + at(1)] : bound;
    }
};

bool is_true(const std::string& text) {
    return TextFormula(text, colors()).is_true(Meaning{});
}

// "LINE:COLUMN: WHAT"
std::string mistake_in(const std::string& text) {
    try {
        (void)TextFormula(text, colors());
    } catch (const FormulaError& error) {
        return std::to_string(error.line) + ":" + std::to_string(error.column) + ": " + error.what();
    }
    return "none";
}

bool starts(const std::string& text, const std::string& start) {
    CAPTURE(text);
    CHECK(text.starts_with(start));
    return true;
}

// A formula of the vocabulary as text, closed but for the variables c0 .. of Color.
class RandomFormula {
public:
    explicit RandomFormula(std::uint64_t seed) : random_(seed, 3) {}

    std::string truth(unsigned depth, unsigned variables) {
        const auto sub = [&] { return truth(depth - 1, variables); };
        switch (random_.below(depth == 0 ? 5 : 13)) {
        case 0:
            return "(warm " + element(variables) + ")";
        case 1:
            return "(near " + element(variables) + " " + element(variables) + ")";
        case 2:
            return "(= " + element(variables) + " " + element(variables) + ")";
        case 3:
            return "(" + one_of({"<", "<=", ">", ">=", "="}) + " " + number(2, variables) + " " + number(2, variables) +
                   " " + number(1, variables) + ")";
        case 4:
            return "(distinct " + number(1, variables) + " " + number(1, variables) + " " + number(1, variables) + ")";
        case 5:
            return "(not " + sub() + ")";
        case 6:
            return "(and " + sub() + " " + sub() + " " + sub() + ")";
        case 7:
            return "(or " + sub() + " " + sub() + ")";
        case 8:
            return "(=> " + sub() + " " + sub() + " " + sub() + ")";
        case 9:
            return "(" + one_of({"xor", "=", "distinct"}) + " " + sub() + " " + sub() + ")";
        case 10:
            return "(ite " + sub() + " " + sub() + " " + sub() + ")";
        case 11:
            return "(let ((t " + sub() + ")) (or t (not t) " + sub() + "))";
        default: {
            const std::string first = "c" + std::to_string(variables);
            const std::string second = "c" + std::to_string(variables + 1);
            return "(" + one_of({"forall", "exists"}) + " ((" + first + " Color) (" + second + " Color)) " +
                   truth(depth - 1, variables + 2) + ")";
        }
        }
    }

private:
    std::string one_of(const std::vector<std::string>& words) { return words[random_.below(words.size())]; }
    std::string element(unsigned variables) {
        if (variables > 0 && !random_.one_in(3))
            return "c" + std::to_string(random_.below(variables));
        return one_of({"red", "green", "blue"});
    }
    std::string number(unsigned depth, unsigned variables) {
        if (depth > 0 && random_.one_in(2))
            return "(" + one_of({"+", "-"}) + " " + number(depth - 1, variables) + " " + number(depth - 1, variables) +
                   ")";
        return random_.one_in(2)   ? "(depth " + element(variables) + ")"
               : random_.one_in(2) ? "bound"
               : random_.one_in(2) ? "(- 1)"
                                   : std::to_string(random_.below(4));
    }

    Random random_;
};

// The same text to Z3, with the meaning spelled out.
Answer by_z3(const std::string& text, const Meaning& meaning) {
    z3::context context;
    z3::solver solver(context);
    const std::array<std::string, 3> names{"red", "green", "blue"};
    std::string whole = "(declare-datatypes ((Color 0)) (((red) (green) (blue))))\n"
                        "(define-fun bound () Int " +
                        std::to_string(meaning.bound) + ")\n";
    const auto table = [&](const std::string& variable, auto value) {
        return "(ite (= " + variable + " red) " + value(0) + " (ite (= " + variable + " green) " + value(1) + " " +
               value(2) + "))";
    };
    const auto truth = [](std::int64_t value) { return std::string(value != 0 ? "true" : "false"); };
    whole += "(define-fun warm ((c Color)) Bool " + table("c", [&](std::size_t i) { return truth(meaning.warm[i]); }) +
             ")\n";
    whole += "(define-fun depth ((c Color)) Int " +
             table("c", [&](std::size_t i) { return std::to_string(meaning.depth[i]); }) + ")\n";
    whole += "(define-fun near ((c Color) (d Color)) Bool " +
             table("c",
                   [&](std::size_t i) {
                       return table("d", [&](std::size_t j) { return truth(meaning.near[3 * i + j]); });
                   }) +
             ")\n";
    solver.from_string((whole + text).c_str());
    const z3::check_result result = solver.check();
    return result == z3::sat ? Answer::satisfiable : result == z3::unsat ? Answer::unsatisfiable : Answer::unknown;
}

} // namespace

TEST_CASE("assertions are joined, definitions are put in") {
    CHECK(is_true("(assert (warm red)) ; a comment\n(assert (= 2 (depth green)))"));
    CHECK_FALSE(is_true("(assert (warm red))(assert (warm blue))"));
    CHECK(is_true("(define-fun deep ((c Color)) Bool (> (depth c) bound))"
                  "(assert (forall ((c Color)) (=> (deep c) (= c blue))))"));
    CHECK(is_true("(assert (exists ((a Color) (b Color)) (and (warm a) (not (warm b)) (near a b))))"));
    CHECK(is_true("(assert (let ((a (depth red))) (= (+ a a) bound)))"));
    CHECK(is_true("(assert (! (= (- 3) (- bound 5)) :named |any name|))"));
}

TEST_CASE("random formulas mean what Z3 says they mean") {
    unsigned truths = 0;
    constexpr unsigned count = 300;
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        Random random(seed, 4);
        Meaning meaning;
        for (std::int64_t& each : meaning.warm)
            each = static_cast<std::int64_t>(random.below(2));
        for (std::int64_t& each : meaning.depth)
            each = static_cast<std::int64_t>(random.below(4));
        for (std::int64_t& each : meaning.near)
            each = static_cast<std::int64_t>(random.below(2));
        const std::string text = "(assert " + RandomFormula(seed).truth(3, 0) + ")";
        CAPTURE(text);
        const bool truth = TextFormula(text, colors()).is_true(meaning);
        truths += truth ? 1 : 0;
        CHECK(by_z3(text, meaning) == (truth ? Answer::satisfiable : Answer::unsatisfiable));
    }
    CHECK(truths > count / 5);
    CHECK(truths < count - count / 5);
}

TEST_CASE("a formula that is false says for which elements") {
    const TextFormula formula("(assert (warm red))\n(assert (forall ((a Color) (b Color)) (=> (warm a) (near a b))))",
                              colors());
    REQUIRE_FALSE(formula.is_true(Meaning{}));
    const auto bindings = formula.counterexample(Meaning{});
    REQUIRE(bindings.size() == 2);
    CHECK(bindings[0].variable == "a");
    CHECK(bindings[0].element == "red");
    CHECK(bindings[1].element == "blue");
    CHECK(TextFormula("(assert (warm blue))", colors()).counterexample(Meaning{}).empty());
}

TEST_CASE("mistakes have a place") {
    CHECK(starts(mistake_in(""), "1:1: nothing is asserted"));
    CHECK(starts(mistake_in("; only a comment\n"), "1:1: nothing is asserted"));
    CHECK(starts(mistake_in("\n  (assert (hot red))"), "2:12: unknown constant hot"));
    CHECK(starts(mistake_in("(assert (warm 3))"), "1:16: unknown constant warm (Int)"));
    CHECK(starts(mistake_in("(assert bound)"), "1:"));
    CHECK(
        starts(mistake_in("(assert (forall ((c Colour)) (warm c)))"), "1:21: invalid sorted variables: unknown sort"));
    CHECK(starts(mistake_in("(assert\n (forall ((n Int)) (< n bound)))"), "2:12: the variable 'n' is of sort Int"));
    CHECK(starts(mistake_in("(assert (= 1\n (mod bound 2)))"), "2:3: 'mod' is not understood here"));
    CHECK(starts(mistake_in("(assert (warm red)"), "1:1: this bracket is not closed"));
    CHECK(starts(mistake_in("(assert (warm red)))"), "1:20: expected a command"));
    CHECK(starts(mistake_in("assert"), "1:1: expected a command"));
    CHECK(starts(mistake_in("(assert (warm red))\n(check-sat)"), "2:2: 'check-sat' is not understood here"));
    CHECK(starts(mistake_in("(declare-const x Color)(assert (warm x))"), "1:2: 'declare-const' is not"));
    CHECK(starts(mistake_in("(assert (= bound 12345678901))"), "1:18: a number beyond"));
    CHECK(starts(mistake_in("(assert (= bound 1.5))"), "1:"));
    CHECK(starts(mistake_in("(assert true) |x"), "1:15: this quoted symbol does not end"));
    CHECK(starts(mistake_in(std::string("(assert true)\n\0", 15)), "2:1: a zero byte"));
    CHECK(starts(mistake_in(std::string(300, '(') + std::string(300, ')')), "1:2: expected the name of a command"));
    CHECK(starts(mistake_in("(assert " + std::string(300, '(')), "1:208: nested deeper than 200"));
    std::string doubling = "(assert (let ((a0 (= bound 1)))";
    for (int i = 1; i < 60; ++i)
        doubling += "(let ((a" + std::to_string(i) + " (or a" + std::to_string(i - 1) + " (not a" +
                    std::to_string(i - 1) + "))))";
    doubling += "a59" + std::string(61, ')');
    CHECK(starts(mistake_in(doubling), "1:1: more than 20000 parts"));
}
