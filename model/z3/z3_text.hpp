// A question about a view as SMT-LIB 2 text, for people and for other solvers: every number and every set has a name
// and a comment that says which process or which messages it stands for. Asks nothing.
#pragma once

#include <string>
#include <string_view>

#include "checker/smt/answer.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/view.hpp"

namespace mdcd::model {

struct QuestionNotes {
    std::string origin = {}; // lines for the head: scope and rules
    bool canonical = false;  // the view is a canonical one: its processes and messages are nobody in particular
    checker::smt::Answer expected = checker::smt::Answer::unknown; // if it is known
};

// `sat` means violated.
[[nodiscard]] std::string to_smt_lib(PropertyId property, const View& view, const QuestionNotes& notes = {});

// Sixteen hexadecimal digits that stay the same from run to run, for file names.
[[nodiscard]] std::string digest_of_key(std::string_view key);

} // namespace mdcd::model
