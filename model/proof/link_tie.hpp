// Ties the proof about links to the implementation: what two ends of impl/link.hpp do, with crashes, sessions and
// frames that are lost, repeated and reordered, must be allowed by the actions. It is a test, no proof.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/proof/link_proof.hpp"
#include "model/proof/occurrence.hpp"

namespace mdcd::model::proof::link {

struct TieReport {
    std::uint64_t steps = 0;
    std::uint64_t windows = 0;
    std::vector<std::uint64_t> steps_by_action = std::vector<std::uint64_t>(action_count, 0);
    std::uint64_t duplicates = 0; // frames that brought what was known
    Occurrences met;              // of those that were looked for
    std::string failure;          // the first; "" if none

    // Sentences: what was never met, so that nothing is known of it.
    [[nodiscard]] std::vector<std::string> not_met() const;
};

struct TieOptions {
    impl::LinkRules rules = {}; // of the ends
    std::uint64_t seed = 1;
    std::uint64_t walks = 40;
    std::uint64_t steps_max = 200;
    std::uint64_t windows_max = 4;          // on each step, drawn at random
    std::vector<std::string> failures = {}; // of the proof, to be looked for: "action: lemma", or a claim
    bool judge_lemmas = true;               // claims as well
};
[[nodiscard]] TieReport tie(const std::vector<Action>& actions, const TieOptions& options);

} // namespace mdcd::model::proof::link
