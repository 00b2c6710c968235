// Formulas that are built once and read twice: every operation means the same when computed and when Z3 reads it.
// Knows no protocol.
#include <doctest/doctest.h>

#include "checker/random.hpp"
#include "checker/smt/induction.hpp"
#include "tests/support/rounds.hpp"

namespace mdcd::checker::smt {
namespace {

// A random formula over two truths and two numbers.
class Maker {
public:
    Maker(Formulas& formulas, Random& random)
        : formulas_(formulas), random_(random), truths_{formulas.unknown_truth("p"), formulas.unknown_truth("q")},
          numbers_{formulas.unknown_number("m"), formulas.unknown_number("n")} {}

    Truth truth(unsigned depth) {
        if (depth == 0)
            return random_.one_in(5) ? formulas_.constant(random_.one_in(2)) : truths_[random_.below(2)];
        const auto part = [&] { return truth(depth - 1); };
        const auto amount = [&] { return number(depth - 1); };
        switch (random_.below(8)) {
        case 0:
            return !part();
        case 1:
            return part() && part();
        case 2:
            return part() || part();
        case 3:
            return part() == part();
        case 4:
            return amount() <= amount();
        case 5:
            return amount() < amount();
        case 6:
            return amount() == amount();
        default:
            return choose(part(), part(), part());
        }
    }

    Number number(unsigned depth) {
        if (depth == 0)
            return random_.one_in(3) ? formulas_.number(static_cast<std::int64_t>(random_.below(3)))
                                     : numbers_[random_.below(2)];
        switch (random_.below(4)) {
        case 0:
            return number(depth - 1) + static_cast<std::int64_t>(random_.below(3));
        case 3:
            return number(depth - 1) + number(depth - 1);
        case 1:
            return larger(number(depth - 1), number(depth - 1));
        default:
            return choose(truth(depth - 1), number(depth - 1), number(depth - 1));
        }
    }

    // That the unknowns have these values.
    Truth is(const std::vector<std::int64_t>& values) {
        return truths_[0] == formulas_.constant(values[0] != 0) && truths_[1] == formulas_.constant(values[1] != 0) &&
               numbers_[0] == formulas_.number(values[2]) && numbers_[1] == formulas_.number(values[3]);
    }

private:
    Formulas& formulas_;
    Random& random_;
    Truth truths_[2];
    Number numbers_[2];
};

bool computed(Truth truth, const std::vector<std::int64_t>& values) {
    return Evaluation(std::vector{truth})(values)[0];
}

} // namespace

TEST_CASE("each operation, computed") {
    Formulas formulas;
    const Truth p = formulas.unknown_truth("p");
    const Number m = formulas.unknown_number("m");
    const Number n = formulas.unknown_number("n");
    const std::vector<std::int64_t> values{1, 3, 5};
    CHECK(computed(p, values));
    CHECK_FALSE(computed(!p, values));
    CHECK(computed(m <= n, values));
    CHECK_FALSE(computed(n <= m, values));
    CHECK(computed(m < n, values));
    CHECK_FALSE(computed(m < m + 0, values));
    CHECK(computed(larger(m, n) == n, values));
    CHECK(computed(m + 2 == n, values));
    CHECK(computed(choose(p, m, n) == m, values));
    CHECK(computed(choose(!p, m, n) == n, values));
    CHECK(computed(implies(!p, m == n), values));
    CHECK_FALSE(computed(implies(p, m == n), values));
    CHECK_FALSE(computed(p == (m == n), values));
    CHECK(Evaluation(std::vector<Truth>{})(values).empty());
}

TEST_CASE("what is constant leaves no trace, and equal parts are one") {
    Formulas formulas;
    const Truth yes = formulas.constant(true);
    const Truth p = formulas.unknown_truth("p");
    const Number n = formulas.unknown_number("n");
    CHECK((yes && p).node() == p.node());
    CHECK((p || !yes).node() == p.node());
    CHECK((p && !yes).node() == (!yes).node());
    CHECK(choose(yes, n, n + 1).node() == n.node());
    CHECK(choose(p, n, n).node() == n.node());
    CHECK((n + 1 <= n + 1).node() == yes.node());
    CHECK((n + 1).node() == (n + 1).node());
    CHECK((n + 1).node() != (n + 2).node());
}

TEST_CASE("Z3 reads a formula as it is computed") {
    Random random(11);
    unsigned true_ones = 0;
    constexpr unsigned formula_count = mdcd::tests::rounds(60);
    for (unsigned round = 0; round < formula_count; ++round) {
        Formulas formulas;
        Maker maker(formulas, random);
        const Truth truth = maker.truth(4);
        const std::vector<std::int64_t> values{
            static_cast<std::int64_t>(random.below(2)), static_cast<std::int64_t>(random.below(2)),
            static_cast<std::int64_t>(random.below(4)), static_cast<std::int64_t>(random.below(4))};
        const bool expected = computed(truth, values);
        true_ones += expected;
        const Truth claim = expected ? truth : !truth;
        const Findings findings =
            prove(formulas, {{"values", {maker.is(values)}, {{"as computed", claim}}}}, InductionOptions{});
        CHECK(findings.groups[0][0].verdict == Finding::Verdict::proved);
    }
    CHECK(true_ones > 0);
    CHECK(true_ones < formula_count);
}

TEST_CASE("the largest number that a formula names, or adds up to") {
    Formulas formulas;
    const Truth p = formulas.unknown_truth("p");
    const Number m = formulas.unknown_number("m");
    const Number n = formulas.unknown_number("n");
    CHECK(largest_named_number(p) == 0);
    CHECK(largest_named_number(m <= n) == 0);
    CHECK(largest_named_number(m + 1 <= larger(n, m + n)) == 1);
    CHECK(largest_named_number(p && n <= formulas.number(50)) == 50);
    CHECK(largest_named_number(m <= choose(p, n + 1, n + 1 + 1) + 1) == 3);
    (void)(n <= formulas.number(70)); // not part of the next
    CHECK(largest_named_number(m <= n + 1) == 1);
}

TEST_CASE("numbers are computed with the truths") {
    Formulas formulas;
    const Number m = formulas.unknown_number("m");
    const Number n = formulas.unknown_number("n");
    const std::vector<Truth> truths{m <= n};
    const std::vector<Number> numbers{m + n, larger(m, n) + 1};
    Evaluation evaluation(truths, numbers);
    const std::vector<std::int64_t> values{7, 5};
    CHECK_FALSE(evaluation(values)[0]);
    CHECK(evaluation.numbers() == std::vector<std::int64_t>{12, 8});
    Evaluation alone({}, numbers);
    CHECK(alone(values).empty());
    CHECK(alone.numbers() == std::vector<std::int64_t>{12, 8});
}

} // namespace mdcd::checker::smt
