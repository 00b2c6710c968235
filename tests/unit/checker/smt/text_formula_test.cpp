// Formulas of users: what is understood means what SMT-LIB says (Z3 agrees on random formulas and meanings), every
// mistake has a place, and nothing costs more than its length or a bound.
#include "checker/smt/text_formula.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "checker/model_error.hpp"
#include "checker/random.hpp"
#include "checker/smt/solver.hpp"
#include "tests/support/rounds.hpp"

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
    constexpr unsigned count = mdcd::tests::rounds(300);
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

TEST_CASE("let and functions bind as they should, also within each other") {
    CHECK(is_true("(assert (let ((a red)) (let ((b a) (a blue)) (and (= b red) (= a blue)))))"));
    CHECK(is_true(
        "(assert (let ((t (exists ((c Color)) (warm c))) (u (forall ((c Color)) (warm c)))) (and t (not u))))"));
    CHECK(is_true("(define-fun twice ((n Int)) Int (+ n n))"
                  "(define-fun apart ((c Color) (n Int)) Int (- (let ((d (depth c))) (twice d)) n))"
                  "(assert (forall ((x Color) (y Color)) (=> (near x y) (< (apart x (twice (depth y))) 3))))"
                  "(assert (= (apart blue (apart green (twice 1))) 4))"));
    CHECK(is_true(
        "(define-fun some () Color green)(assert (exists ((some Color)) (= some red)))(assert (= some green))"));
    const TextFormula nested("(define-fun all ((n Int)) Bool (forall ((c Color)) (< (depth c) n)))"
                             "(assert (let ((n 3)) (all n)))",
                             colors());
    const auto bindings = nested.counterexample(Meaning{});
    REQUIRE(bindings.size() == 1);
    CHECK(bindings[0].variable == "c");
    CHECK(bindings[0].element == "blue");
}

TEST_CASE("what a formula costs is known from its text, and bounded") {
    CHECK(TextFormula("(assert (warm red))", colors()).steps() == 3);
    CHECK(TextFormula("(assert (forall ((c Color) (d Color)) (near c d)))", colors()).steps() ==
          1 + 1 + 3 * (1 + 3 * 3));
    std::string nested = "(assert ";
    for (int i = 0; i < 25; ++i)
        nested += "(forall ((p" + std::to_string(i) + " Color)) ";
    CHECK(starts(mistake_in(nested + "(warm p0)" + std::string(26, ')')), "1:286: this would take 1328602 steps"));
    std::string doubling = "(define-fun f0 ((n Int)) Bool (= n bound))";
    for (int i = 1; i < 60; ++i)
        doubling += "(define-fun f" + std::to_string(i) + " ((n Int)) Bool (or (f" + std::to_string(i - 1) + " n) (f" +
                    std::to_string(i - 1) + " 7)))";
    CHECK(mistake_in(doubling + "(assert (f59 1))").find("this would take ") != std::string::npos);
    std::string deep = "(define-fun g0 ((n Int)) Int n)";
    for (int i = 1; i < 2000; ++i)
        deep += "(define-fun g" + std::to_string(i) + " ((n Int)) Int (+ 1 (g" + std::to_string(i - 1) + " n)))";
    CHECK(mistake_in(deep + "(assert (= 1 (g1999 1)))").find("nested deeper than 2000") != std::string::npos);
    std::string sharing = "(assert (let ((a0 (= bound 1)))"; // cheap: what is bound is evaluated once
    for (int i = 1; i < 60; ++i)
        sharing += "(let ((a" + std::to_string(i) + " (or a" + std::to_string(i - 1) + " (not a" +
                   std::to_string(i - 1) + "))))";
    CHECK(is_true(sharing + "a59" + std::string(61, ')')));
    std::string growing = "(assert (let ((a0 bound))";
    for (int i = 1; i < 70; ++i)
        growing +=
            "(let ((a" + std::to_string(i) + " (+ a" + std::to_string(i - 1) + " a" + std::to_string(i - 1) + ")))";
    CHECK(mistake_in(growing + "(> a69 0)" + std::string(71, ')')).find("beyond 64 bits") != std::string::npos);
    std::string doubled =
        "(define-fun d0 ((x Int)) Int (+ x x))"; // each application twice as large as what it is given
    for (int i = 1; i < 6; ++i)
        doubled += "(define-fun d" + std::to_string(i) + " ((x Int)) Int (d" + std::to_string(i - 1) + " (d" +
                   std::to_string(i - 1) + " x)))";
    CHECK(is_true(doubled + "(assert (= 131072 (d4 2)))")); // 2 * 2^16
    CHECK(mistake_in(doubled + "(assert (= 0 (d5 (d5 2))))").find("beyond 64 bits") != std::string::npos);
    std::string many = "(assert (or";
    for (int i = 0; i < 20000; ++i)
        many += " true";
    CHECK(mistake_in(many + "))").find("more than 20000 parts") != std::string::npos);
    CHECK(starts(mistake_in(std::string((1 << 20) + 1, ' ')), "1:1: larger than 1048576 bytes"));
}

TEST_CASE("words are shortened where they are shown, however long") {
    const std::string word(1'000'000, 'x');
    const std::string text = "unknown word '" + std::string(40, 'x') + "..'";
    CHECK(starts(mistake_in("(assert " + word + ")"), "1:9: " + text));
    CHECK(starts(mistake_in("(assert (" + word + " 1))"), "1:10: " + text));
    CHECK(starts(mistake_in("(assert (forall ((c " + word + ")) true))"), "1:21: unknown sort 'x"));
    for (const std::string& each :
         {"(assert " + word + ")", "(assert true " + word + ")", "(" + word + " 1)", word,
          "(assert (forall ((c " + word + ")) true))", "(assert (let ((" + word + " 1)) true))",
          "(assert (! true :" + word + "))", "(define-fun " + word + " () Bool true)", "(assert |" + word + "|)",
          "(assert \"" + word + "\")", "(assert (= 1 1" + word + "))",
          "(assert (= 1 " + std::string(1'000'000, '9') + "))"}) {
        const std::string mistake = mistake_in(each);
        CHECK(mistake != "none");
        CHECK(mistake.size() < 300);
    }
}

TEST_CASE("mistakes have a place") {
    CHECK(starts(mistake_in(""), "1:1: nothing is asserted"));
    CHECK(starts(mistake_in("; only a comment\n"), "1:1: nothing is asserted"));
    CHECK(starts(mistake_in("\n  (assert (hot red))"), "2:12: unknown word 'hot'"));
    CHECK(starts(mistake_in("(assert (warm 3))"), "1:15: expected Color, found Int"));
    CHECK(starts(mistake_in("(assert (near red))"), "1:10: 'near' takes (Color Color), found 1 argument"));
    CHECK(starts(mistake_in("(assert (= red 1))"), "1:16: expected Color, found Int"));
    CHECK(starts(mistake_in("(assert (not true false))"), "1:10: 'not' takes 1, found 2"));
    CHECK(starts(mistake_in("(assert (and true))"), "1:10: 'and' takes 2 or more, found 1"));
    CHECK(starts(mistake_in("(assert (-))"), "1:10: '-' takes 1 or more, found 0"));
    CHECK(starts(mistake_in("(assert (ite true 1 red))"), "1:21: expected Int, found Color"));
    CHECK(starts(mistake_in("(assert bound)"), "1:9: expected Bool, found Int"));
    CHECK(starts(mistake_in("(assert (= bound depth))"), "1:18: 'depth' takes (Color): write (depth ..)"));
    CHECK(starts(mistake_in("(assert (forall ((warm Color)) (warm red)))"), "1:33: 'warm' is a variable here"));
    CHECK(starts(mistake_in("(assert (forall ((c Colour)) (warm c)))"), "1:21: unknown sort 'Colour'"));
    CHECK(starts(mistake_in("(assert\n (forall ((n Int)) (< n bound)))"), "2:12: the variable 'n' is of sort Int"));
    CHECK(starts(mistake_in("(assert (forall () true))"), "1:18: expected a variable and its sort"));
    CHECK(starts(mistake_in("(assert (forall ((c Color) (c Color)) true))"), "1:29: there is a variable 'c'"));
    CHECK(starts(mistake_in("(assert (let ((a 1) (a 2)) true))"), "1:22: 'a' is bound twice"));
    CHECK(starts(mistake_in("(assert (let () true))"), "1:15: expected a name and a term"));
    CHECK(starts(mistake_in("(assert (= 1\n (mod bound 2)))"), "2:3: 'mod' cannot stand here"));
    CHECK(starts(mistake_in("(assert ((_ at-most 1) true))"), "1:10: expected a function, found ("));
    CHECK(starts(mistake_in("(assert (_ bv1 8))"), "1:10: '_' cannot stand here"));
    CHECK(starts(mistake_in("(assert (= \"a\" \"b\"))"), "1:12: expected a term, found '\"a\"'"));
    CHECK(starts(mistake_in("(assert (! true :pattern (x)))"), "1:17: ':pattern' is not understood"));
    CHECK(starts(mistake_in("(assert (warm red)"), "1:1: this bracket is not closed"));
    CHECK(starts(mistake_in("(assert (warm red)))"), "1:20: expected a command"));
    CHECK(starts(mistake_in("assert"), "1:1: expected a command"));
    CHECK(starts(mistake_in("(assert (warm red))\n(check-sat)"), "2:2: 'check-sat' is not understood here"));
    CHECK(starts(mistake_in("(|assert| true)"), "1:2: 'assert' is not understood here"));
    CHECK(starts(mistake_in("(declare-const x Color)(assert (warm x))"), "1:2: 'declare-const' is not"));
    CHECK(starts(mistake_in("(define-fun warm ((c Color)) Bool true)(assert (warm red))"), "1:13: there is a word"));
    CHECK(starts(mistake_in("(define-fun and () Bool true)(assert and)"), "1:13: 'and' is a word of the language"));
    CHECK(starts(mistake_in("(define-fun |assert| () Bool true)(assert true)"), "1:13: 'assert' is a word"));
    CHECK(starts(mistake_in("(define-fun f () Bool f)(assert f)"), "1:23: unknown word 'f'"));
    CHECK(starts(mistake_in("(assert (= bound 12345678901))"), "1:18: a number beyond"));
    CHECK(starts(mistake_in("(assert (= bound 1.5))"), "1:18: a number with decimals"));
    CHECK(starts(mistake_in("(assert true) |x"), "1:15: this quoted symbol does not end"));
    CHECK(starts(mistake_in(std::string("(assert true)\n\0", 15)), "2:1: the byte 0x00 cannot stand here"));
    CHECK(starts(mistake_in(std::string("(assert true);\0", 15)), "1:15: a zero byte"));
    CHECK(starts(mistake_in(std::string(300, '(') + std::string(300, ')')), "1:2: expected the name of a command"));
    std::string deep = "(assert ";
    for (int i = 0; i < 300; ++i)
        deep += "(not ";
    CHECK(starts(mistake_in(deep), "1:1004: nested deeper than 200"));
}

// Case 01 and its kin: what Z3 4.8.12 reads in another way than the standard says.
TEST_CASE("what another reader would take apart differently is refused") {
    CHECK(starts(mistake_in("(assert true)\n(define-fun |a\\| | () Bool true) (set-option :regular-output-channel "
                            "\"pwned.txt\") (echo \"text\") (assert true) ;|)\n"),
                 "2:15: '\\' cannot stand in a quoted symbol"));
    CHECK(starts(mistake_in("(assert true) ; \r(echo \"x\")"), "1:17: a carriage return"));
    CHECK(starts(mistake_in("(assert (= |a|b 1))"), "1:15: expected a blank or a bracket"));
    CHECK(starts(mistake_in("(assert true)\v"), "1:14: the byte 0x0b cannot stand here"));
    CHECK(starts(mistake_in("(assert true)(echo \"x\")"), "1:15: 'echo' is not understood"));
    CHECK(starts(mistake_in("(assert true)(eval true)"), "1:15: 'eval' is not understood"));
}
