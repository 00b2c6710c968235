// Invariants that users write in SMT-LIB 2 over a fixed vocabulary (docs/invariants.md): properties like any other,
// with no recompiling. A text becomes a formula once; it is evaluated on every state, without a solver.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "checker/smt/text_formula.hpp"
#include "model/claims/summary.hpp"
#include "model/claims/view.hpp"
#include "model/inputs/scope.hpp"
#include "model/state/layout.hpp"

namespace mdcd::model {

// One word of the vocabulary.
struct VocabularyWord {
    std::string name;
    std::string arguments; // "Process Int", for people
    std::string result;
    std::string meaning; // one sentence
};

// All words, with the sorts first; what `mdcd list vocabulary` shows.
[[nodiscard]] std::vector<VocabularyWord> vocabulary_words();

// What a state is, for the vocabulary.
struct InvariantFacts {
    const View& view;
    std::span<const SlotSummary* const> processes; // high-confidence ones, in the order of view.processes
};

// The comment that an invariant begins with, its first line; or a sentence that says little.
[[nodiscard]] std::string claim_of(const InvariantSource& source);

class UserInvariant {
public:
    // Throws traces::FileError naming the file or place that `source` is from, with line and column.
    UserInvariant(const InvariantSource& source, const Scope& scope);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] bool holds(const InvariantFacts& facts) const;

    // Why it does not hold, as far as its outermost `forall`s say: "for p = A1, m = c2"; "" if it has none.
    [[nodiscard]] std::string counterexample(const InvariantFacts& facts) const;

private:
    class Meaning;

    std::string name_;
    std::vector<unsigned> message_bits_; // of the elements of Message
    checker::smt::TextFormula formula_;
};

} // namespace mdcd::model
