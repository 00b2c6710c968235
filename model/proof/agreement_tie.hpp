// Ties the proof that a recovery has one outcome to the implementation: what impl/recovery_protocol.hpp does with
// announcements, replies and decisions, on random runs, must be allowed by the actions. It is a test, no proof.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/rules.hpp"
#include "model/proof/agreement.hpp"
#include "model/proof/occurrence.hpp"

namespace mdcd::model::proof::agreement {

struct TieReport {
    std::uint64_t events = 0; // of the implementation
    std::uint64_t windows = 0;
    std::vector<std::uint64_t> steps_by_action = std::vector<std::uint64_t>(action_count, 0); // of a process shown
    std::uint64_t recoveries = 0; // that somebody has decided
    std::uint64_t yields = 0;     // a coordinator has given way
    std::uint64_t left = 0;       // a process shown goes on to the next recovery
    std::uint64_t handed_on = 0;  // a coordinator has heard of a decision
    Occurrences met;              // of those that were looked for
    std::string failure;          // the first; "" if none

    void add(const TieReport& other);
    // Sentences: what was never met, so that nothing is known of it.
    [[nodiscard]] std::vector<std::string> not_met() const;
};

struct TieOptions {
    impl::Rules protocol; // that the handlers are called with
    std::uint64_t seed = 1;
    std::uint64_t walks = 80;
    std::uint64_t events_max = 60;
    std::uint64_t windows_max = 6;          // on each step, drawn at random
    std::vector<std::string> failures = {}; // of the proof, to be looked for: "action: lemma", or a claim
    bool judge_lemmas = true;
};
[[nodiscard]] TieReport tie(const std::vector<Action>& actions, const TieOptions& options);

} // namespace mdcd::model::proof::agreement
