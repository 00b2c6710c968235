// The proof that a hostile cluster is contained, for any number of messages, components and active processes: questions
// and what Z3 found, under the line of defence as it is, and with each of its parts taken away.
// Knows no scope: that the actions are what the implementation does is checked elsewhere (boundary_tie.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/smt/induction.hpp"
#include "model/proof/boundary_lemmas.hpp"

namespace mdcd::model::proof::boundary {

struct ProofOptions {
    impl::BoundaryRules rules = {};
    std::vector<std::string> without = {};               // lemmas to leave out, by name
    std::optional<std::vector<Action>> changed = {};     // in place of those of the rules: for tests
    std::function<Truth(const Step&)> also_assumed = {}; // taken for granted as well; then nothing is proved
    checker::smt::InductionOptions induction = {};
};

using ProofCell = CellOf<Transition<Concrete>>;
using ProofRow = RowOf<Transition<Concrete>>;
using Proof = ProofOf<Transition<Concrete>>;

[[nodiscard]] Argument argument(const ProofOptions& options, const Step& step);

[[nodiscard]] Proof prove(const ProofOptions& options);

// The line of defence with one part taken away: each value that is not the first.
struct Weakening {
    std::string rule;
    std::string value;
    impl::BoundaryRules rules;
};
[[nodiscard]] std::vector<Weakening> weakenings();

} // namespace mdcd::model::proof::boundary
