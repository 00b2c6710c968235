// Whether every recovery of a pinned scope terminates under shipped rules, by the graph of all states.
// Knows no other claim.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "model/inputs/library.hpp"
#include "model/system.hpp"
#include "model/termination.hpp"
#include "tests/support/verdict_lines.hpp"

namespace mdcd::tests {

inline void check_termination_of(std::initializer_list<std::pair<const char*, const char*>> scopes_and_rules) {
    for (const auto& [scope, rules] : scopes_and_rules) {
        const std::string told = std::string(scope) + " under " + rules;
        CAPTURE(told);
        const model::System system(scope_named(scope), model::preset(rules).rules);
        const auto report = model::check_termination(system, {});
        CHECK(report.exhaustive);
        CHECK(report.verdicts.front().verdict == checker::Verdict::holds);
    }
}

} // namespace mdcd::tests
