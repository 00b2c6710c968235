// The comparison of native and Z3 can fail: a logic with one wrong operation is caught, whichever it is.
// The wrong logics exist here only.
#include <doctest/doctest.h>

#include <map>
#include <span>
#include <string>
#include <vector>

#include "checker/smt/solver.hpp"
#include "model/z3/canonical_view.hpp"
#include "model/z3/z3_judge.hpp"
#include "model/z3/z3_query.hpp"
#include "tests/support/explored_views.hpp"
#include "tests/support/random_view.hpp"

using namespace mdcd;
using namespace mdcd::model;
using checker::smt::Query;
using checker::smt::Z3Logic;

namespace {

enum class Mistake {
    none,
    common_is_unite,
    unite_is_common,
    without_is_common,
    without_reversed,
    both_is_either,
    either_is_both,
    negation_is_nothing,
    at_most_is_less,
    at_most_is_signed_and_reversed,
    some_is_true,
    some_sees_low_half,
    entry_is_next,
    entry_is_first,
};
constexpr Mistake last_mistake = Mistake::entry_is_first;

class MistakenLogic : public Z3Logic {
public:
    MistakenLogic(Query& query, Mistake mistake) : Z3Logic(query), mistake_(mistake), context_(query.context()) {}

    Set common(const Set& one, const Set& other) {
        return mistake_ == Mistake::common_is_unite ? Z3Logic::unite(one, other) : Z3Logic::common(one, other);
    }
    Set unite(const Set& one, const Set& other) {
        return mistake_ == Mistake::unite_is_common ? Z3Logic::common(one, other) : Z3Logic::unite(one, other);
    }
    Set without(const Set& one, const Set& other) {
        return mistake_ == Mistake::without_is_common  ? Z3Logic::common(one, other)
               : mistake_ == Mistake::without_reversed ? Z3Logic::without(other, one)
                                                       : Z3Logic::without(one, other);
    }
    Bool both(const Bool& one, const Bool& other) {
        return mistake_ == Mistake::both_is_either ? Z3Logic::either(one, other) : Z3Logic::both(one, other);
    }
    Bool either(const Bool& one, const Bool& other) {
        return mistake_ == Mistake::either_is_both ? Z3Logic::both(one, other) : Z3Logic::either(one, other);
    }
    Bool negation(const Bool& truth) {
        return mistake_ == Mistake::negation_is_nothing ? truth : Z3Logic::negation(truth);
    }
    Bool at_most(const Number& one, const Number& other) {
        if (mistake_ == Mistake::at_most_is_less)
            return {z3::ult(one.term, other.term)};
        if (mistake_ == Mistake::at_most_is_signed_and_reversed)
            return {one.term >= other.term};
        return Z3Logic::at_most(one, other);
    }
    Bool some(const Set& set) {
        if (mistake_ == Mistake::some_is_true)
            return constant(true);
        if (mistake_ == Mistake::some_sees_low_half)
            return {set.term.extract(31, 0) != context_.bv_val(0, 32)};
        return Z3Logic::some(set);
    }
    Set entry(std::span<const std::uint64_t> sets, const Number& position) {
        return Z3Logic::entry(mistaken(sets), mistaken(position));
    }
    Number entry(std::span<const std::uint8_t> numbers, const Number& position) {
        return Z3Logic::entry(mistaken(numbers), mistaken(position));
    }

private:
    template <class Entry> std::span<const Entry> mistaken(std::span<const Entry> entries) const {
        return mistake_ == Mistake::entry_is_first ? entries.first(1) : entries;
    }
    Number mistaken(const Number& position) const {
        return mistake_ == Mistake::entry_is_next ? Number{position.term + context_.bv_val(1, number_width)} : position;
    }

    Mistake mistake_;
    z3::context& context_;
};

// How often the comparison fails. Views come from random ones and from a small exploration.
class Comparison {
public:
    explicit Comparison(Mistake mistake) : mistake_(mistake) {}

    void look(PropertyId property, const View& view, bool natively_violated) {
        Z3Answer answer;
        answer.answer = solver_
                            .check("mistaken",
                                   [&](Query& query) {
                                       MistakenLogic logic(query, mistake_);
                                       pose(logic, query, property, view);
                                   })
                            .answer;
        ++compared_;
        try {
            require_agreement(property, view, natively_violated, answer);
        } catch (const Disagreement&) {
            ++caught_;
        }
    }
    [[nodiscard]] unsigned compared() const { return compared_; }
    [[nodiscard]] unsigned caught() const { return caught_; }

private:
    checker::smt::Solver solver_;
    Mistake mistake_;
    unsigned compared_ = 0;
    unsigned caught_ = 0;
};

// Each distinct canonical view of a small exploration, with what the native evaluation says.
struct Question {
    PropertyId property;
    std::string key;
    bool violated;
};

std::vector<Question> explored_questions() {
    std::vector<Question> questions;
    std::map<std::pair<PropertyId, std::string>, bool> seen;
    Canonizer canonizer;
    const System system(tests::small_scope(2, {2, 1, 0, 0, 1}), {});
    (void)tests::explore_views(system, [&](const View& view, RecoveryStage stage, checker::PropertyBits bits) {
        for (const PropertyId property : z3_properties)
            if (System::asks(property, stage))
                seen.try_emplace({property, std::string(canonizer.key(property, view))},
                                 (bits >> static_cast<unsigned>(property) & 1) == 0);
    });
    for (const auto& [question, violated] : seen)
        questions.push_back({question.first, question.second, violated});
    return questions;
}

} // namespace

static_assert(Logic<MistakenLogic>);

TEST_CASE("each mistake in the translation is caught, and no mistake is not") {
    const std::vector<Question> questions = explored_questions();
    REQUIRE(questions.size() > 10);
    for (int number = 0; number <= static_cast<int>(last_mistake); ++number) {
        CAPTURE(number);
        Comparison comparison(static_cast<Mistake>(number));
        for (const Question& each : questions)
            comparison.look(each.property, CanonicalView(each.property, each.key).view(), each.violated);
        const unsigned in_exploration = comparison.caught();
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            const tests::RandomView random(seed);
            for (const PropertyId property : z3_properties)
                comparison.look(property, random.view, tests::violated_by_some_choice(property, random.view));
        }
        if (static_cast<Mistake>(number) == Mistake::none)
            CHECK(comparison.caught() == 0);
        else
            CHECK(comparison.caught() > 0);
        MESSAGE("mistake ", number, ": caught ", comparison.caught(), " times in ", comparison.compared(), ", ",
                in_exploration, " of them in the exploration");
    }
}
