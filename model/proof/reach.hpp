// Whether what a proof fails at really happens: the explicit engine's steps, breadth-first in small scopes, looking for
// a state that can be reached and from which the action breaks the lemma, or in which the claim is false.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/proof/proof.hpp"
#include "model/system.hpp"

namespace mdcd::model::proof {

struct ReachOptions {
    std::vector<std::string> scopes = {"tiny", "relay"}; // shipped ones, in this order
    std::uint64_t states_max = 4000;                     // of each scope
};

// In one scope.
struct Looked {
    std::string scope;
    std::uint64_t states = 0;
    bool all = false; // there are no others
};

struct Occurrence {
    bool reached = false;
    std::vector<Looked> looked;   // the last one is where it was reached, if it was
    std::vector<std::string> run; // a shortest one there, a sentence for each step
};

// The lemma holds before a step of that action in every window, and is false after it in some.
[[nodiscard]] Occurrence find_broken_lemma(const impl::Rules& rules, const Lemma& lemma, ActionId action,
                                           const ReachOptions& options = {});

// A state in which the checker finds the claim false.
[[nodiscard]] Occurrence find_false_claim(const impl::Rules& rules, const std::string& claim,
                                          const ReachOptions& options = {});

// "reached in relay: .." or "not reached within ..".
[[nodiscard]] std::vector<std::string> describe(const Occurrence& occurrence);

} // namespace mdcd::model::proof
