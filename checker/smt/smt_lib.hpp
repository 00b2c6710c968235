// Questions over formulas as SMT-LIB 2, for people and for any other solver: what is shared is defined once, what is
// assumed is asserted part by part with a sentence each. Written from the formulas themselves: Z3 has no part in it.
#pragma once

#include <string>
#include <vector>

#include "checker/smt/answer.hpp"
#include "checker/smt/formula.hpp"

namespace mdcd::checker::smt {

struct WrittenTruth {
    std::string comment;
    Truth truth;
};

// Whether the conclusion follows from the premises: "unsat" if it does.
struct WrittenQuestion {
    std::vector<std::string> comments; // lines, for the head of the text
    std::vector<WrittenTruth> premises;
    WrittenTruth conclusion;
    Answer expected = Answer::unknown; // no status is written for that one
};

// All formulas must have the same owner. A comment may be of any length; line ends in it become spaces.
[[nodiscard]] std::string to_smt_lib(const WrittenQuestion& question);

} // namespace mdcd::checker::smt
