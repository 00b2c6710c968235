// Words and numbers of reports, and limits as sentences.
// Not for headers that users compile.
#pragma once

#include <cstdint>
#include <string>

#include "checker/report.hpp"

namespace mdcd::checker::actors {

[[nodiscard]] std::string word(Verdict verdict);                          // "not reached"
[[nodiscard]] std::string with_commas(std::uint64_t number);              // "1,234"
[[nodiscard]] std::string counted(std::size_t number, const char* thing); // "2 steps"

// What Report::limit says with a word, as a sentence.
[[nodiscard]] std::string limit_in_words(const std::string& limit);

inline constexpr const char* first_violation = "the first violation"; // as Report::limit says it

} // namespace mdcd::checker::actors
