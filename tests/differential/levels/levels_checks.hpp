// What tests of levels of trust have in common: a scope is explored to the end, every claim holds, the counts are the
// pinned ones. Knows no scope.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <string>

#include "model/levels/levels_outcomes.hpp"
#include "model/levels/scopes.hpp"

namespace mdcd::tests::levels {

using namespace mdcd::model::levels;
using mdcd::checker::Verdict;

struct Pinned {
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth = 0;
};

// What several scopes together have to show: every twin is reached, every note is seen.
class Together {
public:
    void add(const actors::SystemReport& report) {
        for (const actors::ClaimVerdict& each : report.claims)
            if (each.kind == actors::ClaimKind::reachable)
                (each.verdict == Verdict::reached ? reached_ : not_reached_).insert(each.claim);
        for (std::size_t point = 0; point < report.coverage_points.size(); ++point)
            if (report.search.coverage[point] != 0)
                seen_.insert(report.coverage_points[point]);
    }
    [[nodiscard]] std::string missing() const {
        std::string names;
        for (const std::string& each : not_reached_)
            if (!reached_.contains(each))
                names += each + "; ";
        for (const impl::NoteKind kind : covered_notes)
            if (!seen_.contains(std::string(impl::note_name(kind))))
                names += std::string(impl::note_name(kind)) + "; ";
        return names;
    }

private:
    std::set<std::string> reached_;
    std::set<std::string> not_reached_;
    std::set<std::string> seen_;
};

// Claims that are not as they should be; a twin may be missing in one scope.
inline std::string broken(const actors::SystemReport& report) {
    return claims_with(report, Verdict::violated) + claims_with(report, Verdict::inconclusive) +
           claims_with(report, Verdict::error);
}

inline std::set<std::string> not_reached(const actors::SystemReport& report) {
    std::set<std::string> names;
    for (const actors::ClaimVerdict& each : report.claims)
        if (each.verdict == Verdict::not_reached)
            names.insert(each.claim);
    return names;
}

inline void check_scope(const NamedScope& named, const Pinned& pinned, Together& together) {
    CAPTURE(named.name);
    const actors::SystemReport report = explore(named.scope, 2);
    CHECK(report.search.exhaustive);
    CHECK(broken(report) == "");
    CHECK(report.search.distinct_states == pinned.states);
    CHECK(report.search.transitions == pinned.transitions);
    CHECK(report.search.depth == pinned.depth);
    const std::vector<std::string> out = out_of_reach(named.name);
    CHECK(not_reached(report) == std::set<std::string>(out.begin(), out.end()));
    together.add(report);
}

} // namespace mdcd::tests::levels
