// The guards of impl say the same of values and of formulas: every guard that is written over a logic, under every
// value of every rule, for all small numbers. Knows the guards by name.
#include <doctest/doctest.h>

#include <array>

#include "impl/boundary.hpp"
#include "impl/levels_rules.hpp"
#include "model/proof/cluster_logic.hpp"

namespace mdcd::model::proof {
namespace {

namespace guards = impl::guards;
using checker::smt::Formulas;
using checker::smt::Number;
using checker::smt::Truth;
using impl::shared_number;

// Three truths and four numbers as values, and the unknowns that stand for them.
struct Arguments {
    Formulas formulas;
    std::array<Truth, 3> truths{formulas.unknown_truth("p"), formulas.unknown_truth("q"), formulas.unknown_truth("r")};
    std::array<Number, 4> numbers{formulas.unknown_number("a"), formulas.unknown_number("b"),
                                  formulas.unknown_number("c"), formulas.unknown_number("d")};
};
struct Drawn {
    std::array<bool, 3> truths{};
    std::array<impl::SequenceNumber, 4> numbers{};

    [[nodiscard]] impl::SequenceVector vector(std::size_t place) const { return shared_number(numbers[place]); }
};

// What guards come to, in one order: truths, and numbers.
template <class T, class N> struct Results {
    std::vector<T> truths;
    std::vector<N> numbers;
};

template <class L, class Vector>
void ask_receptions(const auto& p, const auto& n, const Vector& v, const impl::Rules& rules, auto& results) {
    results.truths.push_back(guards::is_news<L>(v[0], v[1], v[2], rules));
    results.truths.push_back(guards::contaminates<L>(p[0], p[1], p[2], rules));
    results.truths.push_back(guards::is_worth_keeping<L>(p[0], p[1], rules));
    results.truths.push_back(guards::is_logged<L>(p[0], p[1], p[2], rules));
    results.truths.push_back(guards::is_withheld<L>(p[0], rules));
    results.numbers.push_back(guards::checkpoint_index<L>(v[0], v[1], rules));
    results.numbers.push_back(guards::shadow_input_index<L>(v[0], v[1], rules));
    results.numbers.push_back(guards::shadow_output_index<L>(v[0], v[1], rules));
    results.numbers.push_back(guards::low_sn_after_reception<L>(v[0], v[1], rules));
    results.numbers.push_back(guards::low_sn_after_notification<L>(v[0], v[1], rules));
    results.numbers.push_back(guards::reclaimed_by<L>(v[0], v[1], rules));
    results.numbers.push_back(guards::recovers_by<L>(v[0], v[1], rules));
    results.numbers.push_back(guards::cover<L>(v[0], v[1], rules));
    results.truths.push_back(guards::is_reclaimable<L>(v[0], v[1], v[2], rules));
    results.truths.push_back(guards::keeps_input<L>(p[0], p[1], rules));
    results.truths.push_back(guards::is_dirty<L>(p[0]));
    results.truths.push_back(guards::keeps_output<L>(v[0], v[1]));
    results.truths.push_back(guards::keeps_counted_output<L>(n[0], n[1]));
    results.truths.push_back(guards::is_replayed<L>(p[0], p[1], rules));
    results.truths.push_back(guards::survives_recovery<L>(p[0], p[1], rules));
    results.truths.push_back(guards::is_resent<L>({.rolled_back = p[0],
                                                   .checkpoint_index = v[0],
                                                   .checkpoint_count = n[1],
                                                   .index = v[1],
                                                   .count = n[2],
                                                   .number = v[2]},
                                                  v[3], rules));
    results.truths.push_back(guards::resends<L>(n[0], n[1]));
    results.truths.push_back(guards::is_behind<L>(n[0], n[1]));
    results.truths.push_back(guards::is_behind<L>(n[0], n[1]) &&
                             guards::is_suppressed<L>(n[2], guards::suppressed_through<L>(n[1], rules)));
}

void compare(const Arguments& symbolic, const Results<Truth, Number>& formulas, const impl::Rules& rules) {
    checker::smt::Evaluation evaluation(formulas.truths, formulas.numbers);
    for (unsigned choice = 0; choice < 8 * 256; ++choice) {
        Drawn drawn;
        std::vector<std::int64_t> given;
        for (std::size_t place = 0; place < 3; ++place)
            given.push_back(drawn.truths[place] = ((choice >> place) & 1U) != 0);
        for (std::size_t place = 0; place < 4; ++place)
            given.push_back(drawn.numbers[place] = (choice >> (3 + 2 * place)) & 3U);
        REQUIRE(given.size() == symbolic.formulas.unknowns().size());

        Results<bool, impl::SequenceVector> values;
        const std::array vectors{drawn.vector(0), drawn.vector(1), drawn.vector(2), drawn.vector(3)};
        ask_receptions<impl::Values>(drawn.truths, drawn.numbers, vectors, rules, values);
        REQUIRE(evaluation(given) == values.truths);
        const std::vector<std::int64_t> numbers = evaluation.numbers();
        REQUIRE(numbers.size() == values.numbers.size());
        for (std::size_t place = 0; place < numbers.size(); ++place)
            REQUIRE(numbers[place] == values.numbers[place][0]);
    }
}

void compare(const impl::Rules& rules) {
    Arguments symbolic;
    Results<Truth, Number> formulas;
    ask_receptions<OneEntry>(symbolic.truths, symbolic.numbers, symbolic.numbers, rules, formulas);
    compare(symbolic, formulas, rules);
}

} // namespace

TEST_CASE("a guard says the same of values and of formulas, under every value of every rule") {
    compare(impl::Rules{});
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::uint8_t value = 1; value < rule.values.size(); ++value) {
            impl::Rules rules;
            rule.set(rules, value);
            CAPTURE(rule.name);
            compare(rules);
        }
}

TEST_CASE("so does the stamp of the line of defence") {
    for (const impl::BoundaryStamp stamp : {impl::BoundaryStamp::by_channel, impl::BoundaryStamp::at_least_claimed}) {
        Formulas formulas;
        const impl::BoundaryRules rules{.boundary_stamp = stamp};
        const Number own = formulas.unknown_number("own");
        const Number claimed = formulas.unknown_number("claimed");
        const std::array numbers{guards::stamp<OneEntry>(own, claimed, rules)};
        checker::smt::Evaluation evaluation({}, numbers);
        for (impl::SequenceNumber first = 0; first < 5; ++first)
            for (impl::SequenceNumber second = 0; second < 5; ++second) {
                static_cast<void>(evaluation(std::array<std::int64_t, 2>{first, second}));
                CHECK(evaluation.numbers()[0] == guards::stamp(first, second, rules));
            }
    }
}

TEST_CASE("of two entries a cover can be denied, and what holds of both is said of both") {
    Formulas formulas;
    const auto entries = [&](std::int64_t any, std::int64_t own) {
        return cluster::Entries<Number>{{formulas.number(any), formulas.number(own)}};
    };
    const auto is_news = [&](const auto& low_sn, const auto& number) -> bool {
        const std::array truths{
            guards::is_news<cluster::ShownEntries>(low_sn, entries(0, 0), number, cluster::readings())};
        return checker::smt::Evaluation(truths)({})[0];
    };
    CHECK_FALSE(is_news(entries(2, 3), entries(2, 3)));
    CHECK(is_news(entries(2, 3), entries(3, 0)));
    CHECK(is_news(entries(2, 3), entries(0, 4)));
    CHECK_FALSE(is_news(entries(2, 3), entries(0, 1)));
}

TEST_CASE("the readings of the proof for several components are those of the preset") {
    const impl::Rules& rules = cluster::readings();
    CHECK(rules == impl::readings_under_levels()); // what model/rules/repaired_vector.json says
    CHECK(cluster::unknown_to_proof(rules).empty());
}

} // namespace mdcd::model::proof
