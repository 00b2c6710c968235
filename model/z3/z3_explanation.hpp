// Puts into words what Z3 found: the hypothesis or the line, and which parts of the claim fail under it.
// Asks nothing.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/claims/predicates.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/view.hpp"

namespace mdcd::model {

// What the named parts of a predicate (predicates.hpp) are: truths 0 or 1, sets of messages.
using ClaimParts = std::map<std::string, std::uint64_t>;

[[nodiscard]] std::vector<std::string> explain_hypothesis(PropertyId property, const View& view,
                                                          const Hypothesis<Native>& first_erroneous,
                                                          const ClaimParts& parts);

// One sentence for each test that this hypothesis takes to have missed an error.
[[nodiscard]] std::vector<std::string> missed_tests(const View& view, const Hypothesis<Native>& hypothesis);

// One line for each process that need not go back as far.
[[nodiscard]] std::vector<std::string> explain_line(const View& view, const Line<Native>& line);

} // namespace mdcd::model
