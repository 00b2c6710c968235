// What no state of a scope can be: an expectation that it is not so could never fail, and so would check nothing.
// Knows no state.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"

namespace mdcd::model {

// The largest number that a message, a counter or a budget has in the scope; how many there are of anything, at most.
[[nodiscard]] std::uint64_t largest_number(const Scope& scope);
[[nodiscard]] std::uint64_t largest_count(const Scope& scope);

// Throws ExpectationError if a number in one of the words, by itself or in a name (c9, A1.2, passed_AT(3)), is above
// `largest` or has a leading zero, or if the word is named after a process (A9.1) that is none of `processes`.
void expect_numbers_up_to(std::uint64_t largest, const std::vector<std::string>& words,
                          const std::vector<std::string>& processes);

// Throws ExpectationError if a word without a number is not, and does not begin, one of those that a step's text has,
// or that is said of recovery.
enum class TextKind : std::uint8_t { step, recovery };
void expect_words_of(TextKind kind, const std::vector<std::string>& words, const std::vector<std::string>& processes);

// Of a kind of finding: throws ExpectationError if the property that it belongs to says nothing under these rules in
// the scope, or if the subject, a process or not, is of the wrong sort.
void expect_finding_applies(const std::string& kind, const Scope& scope, const impl::Rules& rules);
void expect_finding_subject(const std::string& kind, const std::string& subject, bool is_process);

} // namespace mdcd::model
