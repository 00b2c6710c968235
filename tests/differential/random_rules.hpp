// The protocol's own model under random sets of rules, on the fast search and on the plain one.
// Knows no set of rules by name.
#pragma once

#include "checker/report.hpp"
#include "model/system.hpp"

namespace mdcd::tests {

// The same counts, verdicts, coverage and shortest lengths. Returns what the fast search found.
checker::Report expect_equal(const model::System& system, unsigned workers);

// Under so many sets of rules, on small scopes in turn; some of them must fail, and not all.
void compare_random_rules(unsigned sets);

} // namespace mdcd::tests
