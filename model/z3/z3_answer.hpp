// What Z3 said about one property of one view, and what asking came to; no solver needed to read it.
// Decides nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/smt/answer.hpp"
#include "model/claims/predicates.hpp"
#include "model/claims/properties.hpp"

namespace mdcd::model {

inline constexpr std::array z3_properties = {PropertyId::containment, PropertyId::recoverability,
                                             PropertyId::no_cascading_rollback, PropertyId::minimal_rollback,
                                             PropertyId::recovered_consistently};

struct Z3Answer {
    checker::smt::Answer answer = checker::smt::Answer::unknown; // satisfiable: violated
    std::string reason;                                          // of `unknown`
    Hypothesis<Native> first_erroneous{};                        // of a violation: the fault hypothesis, by component
    Line<Native> line{};                                         // .. of minimal_rollback: the better line, by process

    [[nodiscard]] bool violated() const { return answer == checker::smt::Answer::satisfiable; }
};

// Why a claim fails in one state, in words and in values.
struct Z3Explanation {
    Z3Answer answer;
    std::vector<std::string> lines; // "cluster messages with number >= 3 are erroneous", ..
};

// Z3 and the native evaluation disagree: one of them, or the canonical form, is wrong. Says both and shows the view.
class Disagreement : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

// What asking about one property came to.
struct Z3Tally {
    PropertyId property = PropertyId::containment;
    std::uint64_t views = 0;      // asked about
    std::uint64_t queries = 0;    // that reached the solver
    std::uint64_t cache_hits = 0; // views whose answer was known from an equal view of this run
    std::uint64_t saved_hits = 0; // distinct ones whose answer an earlier run had saved
    std::uint64_t violated_views = 0;
    std::uint64_t unknowns = 0; // queries without an answer: the property is inconclusive
    std::string unknown_reason; // of the first
    double seconds = 0;         // in the solver, all threads together
    double slowest_seconds = 0;

    void add(const Z3Tally& other) {
        views += other.views;
        queries += other.queries;
        cache_hits += other.cache_hits;
        saved_hits += other.saved_hits;
        violated_views += other.violated_views;
        unknowns += other.unknowns;
        if (unknown_reason.empty())
            unknown_reason = other.unknown_reason;
        seconds += other.seconds;
        slowest_seconds = std::max(slowest_seconds, other.slowest_seconds);
    }
};
using Z3Tallies = std::array<Z3Tally, z3_properties.size()>; // in the order of z3_properties

} // namespace mdcd::model
