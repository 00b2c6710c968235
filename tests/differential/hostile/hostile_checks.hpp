// What tests of a hostile cluster have in common: a scope is explored to the end, every claim holds, the counts are the
// pinned ones. Knows no scope.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <string>

#include "model/hostile/hostile_outcomes.hpp"
#include "model/hostile/hostile_scopes.hpp"

namespace mdcd::tests::hostile {

using namespace model::hostile;

struct Pinned {
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth = 0;
};

// What several scopes together have to show: every twin is reached, every event and note is seen.
class Together {
public:
    void add(const actors::SystemReport& report) {
        for (const actors::ClaimVerdict& each : report.claims)
            if (each.kind == actors::ClaimKind::reachable)
                (each.verdict == checker::Verdict::reached ? reached_ : not_reached_).insert(each.claim);
        for (std::size_t point = 0; point < report.coverage_points.size(); ++point)
            if (report.search.coverage[point] != 0)
                seen_.insert(report.coverage_points[point]);
    }
    [[nodiscard]] std::string missing() const {
        std::string names;
        for (const std::string& each : not_reached_)
            if (!reached_.contains(each))
                names += each + "; ";
        const auto expect = [&](std::string_view point) {
            if (!seen_.contains(std::string(point)))
                names += std::string(point) + "; ";
        };
        for (std::size_t event = 0; event < impl::boundary_event_count; ++event)
            expect(actors::names::of_enumerators<impl::BoundaryEvent>[event]);
        for (const impl::NoteKind kind : covered_notes)
            expect(impl::note_name(kind));
        return names;
    }

private:
    std::set<std::string> reached_;
    std::set<std::string> not_reached_;
    std::set<std::string> seen_;
};

// Claims that are not as they should be; a twin may be missing in one scope.
inline std::string broken(const actors::SystemReport& report) {
    using checker::Verdict;
    return claims_with(report, Verdict::violated) + claims_with(report, Verdict::inconclusive) +
           claims_with(report, Verdict::error);
}

// The violated claims with the lengths of their shortest runs, all of which are told.
inline std::string violations(const actors::SystemReport& report) {
    CHECK(report.search.exhaustive);
    CHECK(claims_with(report, checker::Verdict::error) == "");
    CHECK(claims_with(report, checker::Verdict::inconclusive) == "");
    for (const actors::ClaimVerdict& each : report.claims)
        if (each.verdict == checker::Verdict::violated && each.run)
            MESSAGE(each.claim, "\n", actors::to_text(*each.run));
    return claims_with(report, checker::Verdict::violated);
}

inline void check_counts(const actors::SystemReport& report, const Pinned& pinned) {
    CHECK(report.search.exhaustive);
    CHECK(broken(report) == "");
    CHECK(report.search.distinct_states == pinned.states);
    CHECK(report.search.transitions == pinned.transitions);
    CHECK(report.search.depth == pinned.depth);
}

// Twins that are not reached, and those that the scope says cannot be.
inline std::set<std::string> not_reached(const actors::SystemReport& report) {
    std::set<std::string> names;
    for (const actors::ClaimVerdict& each : report.claims)
        if (each.verdict == checker::Verdict::not_reached)
            names.insert(each.claim);
    return names;
}
inline std::set<std::string> named_out_of_reach(const std::string& scope) {
    const std::vector<std::string> names = out_of_reach(scope);
    return {names.begin(), names.end()};
}

inline void check_scope(const NamedScope& named, const Pinned& pinned, Together& together) {
    CAPTURE(named.name);
    const actors::SystemReport report = explore(named.scope, 2);
    check_counts(report, pinned);
    CHECK(not_reached(report) == named_out_of_reach(named.name));
    CHECK(report.whole_runs->states == pinned.states); // whether recovery ends: judged on all of them
    together.add(report);
}

} // namespace mdcd::tests::hostile
