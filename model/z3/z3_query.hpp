// The question of one property about one view, posed to Z3: declares the unknowns within their bounds and requires the
// predicate of predicates.hpp. Includes the solver's headers: for z3_judge.cpp and for tests that pose a question in a
// logic of their own, and for nobody else.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "checker/invariant.hpp"
#include "checker/smt/query.hpp"
#include "checker/smt/z3_logic.hpp"
#include "model/claims/predicates.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/view.hpp"
#include "model/claims/view_text.hpp"

namespace mdcd::model {

static_assert(Logic<checker::smt::Z3Logic>);

// The largest number that can be asked for: with it, nothing in the view is erroneous in that component.
[[nodiscard]] inline std::uint8_t beyond_all_numbers(const View& view, unsigned component) {
    std::uint8_t largest = view.validated[component];
    const auto look = [&](const Numbers& numbers) { largest = std::max(largest, numbers[component]); };
    for (unsigned process = 0; process < view.process_count; ++process) {
        look(view.processes[process].depends);
        look(view.processes[process].recovered_depends);
    }
    for (unsigned test = 0; view.misses > 0 && test < view.tests->size(); ++test)
        look((*view.tests)[test]);
    look(view.surviving_depends);
    look(view.resent_depends);
    invariant(largest < 255, "a number after the largest fits");
    return static_cast<std::uint8_t>(largest + 1);
}

// A whole array of unknowns; those that are not declared are 0, and no predicate looks at them.
template <std::size_t size, class Number> [[nodiscard]] std::array<Number, size> filled(const Number& number) {
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
        return std::array<Number, size>{((void)i, number)...};
    }
    (std::make_index_sequence<size>{});
}

template <Logic L> [[nodiscard]] Hypothesis<L> no_fault(L& logic) {
    return {filled<impl::component_count_max>(logic.number(0)), filled<miss_count_max>(logic.number(0))};
}

// L: Z3Logic, or a logic that derives from it.
template <Logic L> void pose(L& logic, checker::smt::Query& query, PropertyId property, const View& view) {
    if (property == PropertyId::minimal_rollback) {
        Line<L> line = filled<high_confidence_count_max>(logic.number(0));
        for (unsigned process = 0; process < view.process_count; ++process)
            line[process] = logic.unknown("line_" + process_name(view, process), 0,
                                          static_cast<std::uint8_t>(view.processes[process].candidates->size() - 1));
        query.require(violates_minimal_rollback(logic, view, line).term);
        return;
    }
    Hypothesis<L> first_erroneous = no_fault(logic);
    for (unsigned component = 0; component < view.components; ++component)
        first_erroneous[component] =
            logic.unknown("first_erroneous_" + std::to_string(component + 1), 1, beyond_all_numbers(view, component));
    // The number after the last test: no test. The largest, so that who asks for large values is told of few misses.
    for (unsigned miss = 0; miss < view.misses; ++miss)
        first_erroneous.missed[miss] = logic.unknown("missed_test_" + std::to_string(miss + 1), 1,
                                                     static_cast<std::uint8_t>(view.tests->size() + 1));
    if (property == PropertyId::containment) {
        query.require(violates_containment(logic, view, first_erroneous).term);
    } else if (predicate_of(property) == PropertyId::recoverability) {
        query.require(violates_recoverability(logic, view, first_erroneous).term);
    } else {
        invariant(property == PropertyId::no_cascading_rollback, "a property that quantifies over unknowns");
        query.require(violates_no_cascading_rollback(logic, view, first_erroneous).term);
    }
}

} // namespace mdcd::model
