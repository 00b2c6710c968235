// What comes of a scope of a family under some rules, to be compared: counts, verdicts, lengths, what was passed.
// Knows no family.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "model/inputs/families.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests {

using namespace model;

struct Outcome {
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth = 0;
    std::vector<std::tuple<std::string, checker::Verdict, std::optional<std::uint64_t>>> properties;
    std::vector<std::uint64_t> coverage;
    std::vector<FamilyMeasure> measures;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

inline Outcome outcome_of(const FamilyCase& what) {
    FamilyOptions options;
    options.measure = true;
    options.search.workers = 2;
    const FamilyCheck check = family_of(what.scope).explore(what, options);
    CHECK(check.report.exhaustive);
    Outcome outcome{.states = check.report.distinct_states,
                    .transitions = check.report.transitions,
                    .depth = check.report.depth,
                    .properties = {},
                    .coverage = {check.report.coverage.begin(), check.report.coverage.end()},
                    .measures = check.measures};
    for (const FamilyProperty& each : check.properties)
        outcome.properties.emplace_back(each.property.name, each.verdict, each.steps);
    return outcome;
}

inline bool is_read(const std::string& scope, const std::string& rule) {
    const std::vector<std::string> read = family_of(scope).rules_read({scope, {}});
    return std::ranges::find(read, rule) != read.end();
}

} // namespace mdcd::tests
