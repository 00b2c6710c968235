// Ties the proof that each change of an upgrade has one outcome to the implementation: what impl/upgrade_protocol.hpp
// does with announcements, replies and decisions, on random runs, must be allowed by the actions. It is a test, no
// proof.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/rules.hpp"
#include "model/proof/change.hpp"
#include "model/proof/occurrence.hpp"

namespace mdcd::model::proof::change {

struct TieReport {
    std::uint64_t events = 0; // of the implementation
    std::uint64_t windows = 0;
    std::vector<std::uint64_t> steps_by_action = std::vector<std::uint64_t>(action_count, 0); // of a seat shown
    std::uint64_t begun = 0; // changes decided, by outcome
    std::uint64_t unchanged = 0;
    std::uint64_t committed = 0;
    std::uint64_t recovered = 0;
    std::uint64_t refused = 0; // commits that became recoveries
    std::uint64_t yields = 0;  // a coordinator has given way
    std::uint64_t stale = 0;   // a message of a change that is over has come to a seat shown
    Occurrences met;           // of those that were looked for
    std::string failure;       // the first; "" if none

    void add(const TieReport& other);
    // Sentences: what was never met, so that nothing is known of it.
    [[nodiscard]] std::vector<std::string> not_met() const;
};

struct TieOptions {
    impl::Rules protocol; // that the handlers are called with
    impl::UpgradeRules upgrade_rules = {};
    std::uint64_t seed = 1;
    std::uint64_t walks = 80;
    std::uint64_t events_max = 120;
    std::uint64_t windows_max = 3;          // on each step and change, drawn at random
    std::vector<std::string> failures = {}; // of the proof, to be looked for: "action: lemma", or a claim
    bool judge_lemmas = true;
};
[[nodiscard]] TieReport tie(const std::vector<Action>& actions, const TieOptions& options);

} // namespace mdcd::model::proof::change
