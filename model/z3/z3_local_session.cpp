// Poses the questions, and asks further ones for an explanation.
// Sees views only, and no state.
#include "model/z3/z3_local_session.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "checker/content_hash.hpp"
#include "model/z3/cascade.hpp"
#include "model/z3/z3_explanation.hpp"
#include "model/z3/z3_query.hpp"

namespace mdcd::model {

namespace smt = checker::smt;

namespace {

std::string claim_name(PropertyId property) {
    return all_properties()[static_cast<std::size_t>(property)].name;
}

void state(smt::Query& query, PropertyId property, const View& view) {
    smt::Z3Logic logic(query);
    pose(logic, query, property, view);
}

// The formula as it would be asserted. Printed by Z3, so a change of predicate or translation shows.
std::uint64_t text_hash_of(z3::context& context, PropertyId property, const View& view) {
    smt::Query query(context, claim_name(property), smt::Parts::ignored);
    state(query, property, view);
    checker::ContentHash hash;
    const z3::expr_vector assertions = query.assertions();
    for (unsigned i = 0; i < assertions.size(); ++i)
        hash.add_text(assertions[static_cast<int>(i)].to_string());
    return hash.number();
}

// What a violation is to show beside being one.
enum class Wish {
    any,
    error, // an erroneous message does harm: the predicate's parts of that name
};

void require_wish(smt::Query& query, Wish wish) {
    if (wish == Wish::any)
        return;
    z3::expr harm = query.context().bool_val(false);
    for (const smt::Query::Part& part : query.parts())
        if (part.name.starts_with("error_"))
            harm = harm || part.term;
    query.require(harm);
}

// The choice of the unknowns that is largest in the first of them, then in the second, and so on.
smt::Result check_for_largest(smt::Solver& solver, const std::string& name, const smt::Solver::Build& build) {
    smt::Result best;
    for (std::size_t i = 0, count = 1; i < count;) {
        smt::Result larger = solver.check(name, [&](smt::Query& query) {
            build(query);
            for (std::size_t j = 0; j < best.unknowns.size() && j <= i; ++j) {
                const z3::expr& unknown = query.unknowns()[j].term;
                const z3::expr value = query.context().bv_val(best.unknowns[j], smt::Z3Logic::number_width);
                query.require(j < i ? unknown == value : z3::ugt(unknown, value));
            }
        });
        if (larger.answer == smt::Answer::satisfiable)
            best = std::move(larger);
        else if (best.answer != smt::Answer::satisfiable)
            return larger; // the first, which has no bounds from an earlier one
        else
            ++i; // or not known to be larger: what was found is a violation anyway
        count = best.unknowns.size();
    }
    return best;
}

smt::Result check_for_largest(smt::Solver& solver, PropertyId property, const View& view, Wish wish) {
    return check_for_largest(solver, claim_name(property), [&](smt::Query& query) {
        state(query, property, view);
        require_wish(query, wish);
    });
}

// Where the rollbacks would end that this hypothesis makes necessary: Z3 picks the line. The propagation link by link
// (cascade.cpp) must come to the same end.
std::vector<std::string> explain_cascade(smt::Solver& solver, const View& view, const Hypothesis<Native>& hypothesis) {
    const AllPlaces places = places_of(view);
    const smt::Result end = check_for_largest(solver, "the end of a cascade", [&](smt::Query& query) {
        smt::Z3Logic logic(query);
        Hypothesis<smt::Z3Logic> first_erroneous = no_fault(logic);
        for (unsigned component = 0; component < view.components; ++component)
            first_erroneous[component] = logic.number(hypothesis[component]);
        Line<smt::Z3Logic> line = filled<high_confidence_count_max>(logic.number(0));
        for (unsigned process = 0; process < view.process_count; ++process)
            line[process] = logic.unknown("line_" + process_name(view, process), 0,
                                          static_cast<std::uint8_t>(places[process].each.size() - 1));
        query.require(ends_cascade(logic, view, places, first_erroneous, line).term);
    });
    if (end.answer == smt::Answer::unknown)
        return {};
    std::optional<Line<Native>> line;
    if (end.answer == smt::Answer::satisfiable)
        line = answer_of(PropertyId::minimal_rollback, view, end).line;
    if (sends_only_grow(view, places) && line != cascade_of(view, hypothesis).end)
        throw Disagreement("Z3 and the propagation of rollbacks disagree about where a cascade ends: Z3: " +
                           (line ? line_of_places(view, *line) : "nowhere") + "; in this view:\n" + to_text(view));
    return {line ? "the latest line that is consistent then: " + line_of_places(view, *line)
                 : "no line of the states kept is consistent then"};
}

} // namespace

smt::Result Z3LocalSession::answer(PropertyId property, const View& view) {
    return smt::in_two_attempts([&](unsigned number) { return attempt(property, view, number); });
}

smt::Result Z3LocalSession::attempt(PropertyId property, const View& view, unsigned number) {
    return solver_.attempt(
        claim_name(property), [&](smt::Query& query) { state(query, property, view); }, smt::Parts::ignored, number);
}

std::optional<std::uint64_t> Z3LocalSession::text_hash(PropertyId property, const View& view) {
    try {
        return text_hash_of(texts_, property, view);
    } catch (const z3::exception&) { // no text, no memory
        return std::nullopt;
    }
}

std::string Z3LocalSession::text(PropertyId property, const View& view, const QuestionNotes& notes) {
    return to_smt_lib(property, view, notes);
}

Z3Explanation Z3LocalSession::explain(PropertyId property, const View& view) {
    smt::Solver solver(options_);
    // A fault that does harm says more than a loss that needs none.
    const bool has_errors = property != PropertyId::containment && property != PropertyId::minimal_rollback;
    smt::Result result;
    if (has_errors)
        result = check_for_largest(solver, property, view, Wish::error);
    if (result.answer != smt::Answer::satisfiable)
        result = check_for_largest(solver, property, view, Wish::any);
    Z3Explanation explanation{.answer = answer_of(property, view, result), .lines = {}};
    if (result.answer != smt::Answer::satisfiable)
        return explanation;
    ClaimParts parts;
    for (const smt::Valued& part : result.parts)
        parts.emplace(part.name, part.value);
    explanation.lines = property == PropertyId::minimal_rollback
                            ? explain_line(view, explanation.answer.line)
                            : explain_hypothesis(property, view, explanation.answer.first_erroneous, parts);
    if (property == PropertyId::no_cascading_rollback)
        for (std::string& line : explain_cascade(solver, view, explanation.answer.first_erroneous))
            explanation.lines.push_back(std::move(line));
    return explanation;
}

} // namespace mdcd::model
