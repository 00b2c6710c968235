// Ties the proof about a hostile cluster to the implementation: whatever impl/boundary.hpp and the handlers that it
// calls do to a process, on random runs and in altered states, must be allowed by the actions. It is a test, no proof.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/proof/argument_reading.hpp"
#include "model/proof/boundary_proof.hpp"
#include "model/proof/boundary_steps.hpp"

namespace mdcd::model::proof::boundary {

// The formulas that Z3 is given, computed on windows of real states.
class Reading : public ReadingOf<Transition<Concrete>> {
public:
    explicit Reading(const std::vector<Action>& read);

    // Why the action, or what every question takes for granted, does not allow it; "" if it is allowed.
    [[nodiscard]] std::string objection(ActionId action, const Transition<Concrete>& transition);
    struct ClaimReading {
        bool holds = true;
        bool influenced = false;
        bool influenced_and_clean = false;
    };
    [[nodiscard]] ClaimReading claim_of(const Window<Concrete>& window);

private:
    std::vector<ActionId> actions_;
};

struct TieReport {
    std::uint64_t events = 0; // of the implementation
    std::uint64_t windows = 0;
    std::vector<std::uint64_t> steps_by_action = std::vector<std::uint64_t>(action_count, 0);
    std::uint64_t judged_states = 0; // in which the claim was compared with what is so
    std::uint64_t influenced = 0;    // windows: somebody is influenced beyond V
    std::uint64_t influenced_and_clean = 0;
    std::string failure; // the first; "" if none
    Occurrences met;     // of those that were looked for
    std::optional<Transition<Concrete>> seen;

    void add(const TieReport& other);
    // Sentences: what was never met, so that nothing is known of it.
    [[nodiscard]] std::vector<std::string> not_met(const std::vector<Action>& actions) const;
};

struct TieOptions {
    impl::Rules protocol; // that the handlers are called with
    impl::BoundaryRules rules = {};
    std::uint64_t seed = 1;
    std::uint64_t walks = 60; // from the beginning, one with each of several numbers of processes in turn
    std::uint64_t events_max = 60;
    std::uint64_t windows_max = 8;          // on each step, drawn at random
    bool altered = true;                    // also events in states that nothing leads to
    std::vector<std::string> failures = {}; // of the proof, to be looked for: "action: lemma", or the claim
    bool judge_lemmas = true;
};
[[nodiscard]] TieReport tie(const std::vector<Action>& actions, const TieOptions& options);

// The shortest run found, at random, after which the claim is false: whether a refuted step really does harm.
struct FoundRun {
    std::vector<std::string> events; // empty: none was found
    std::uint64_t runs = 0;
    std::uint64_t states = 0;
};
[[nodiscard]] FoundRun find_run(const impl::Rules& protocol, const impl::BoundaryRules& rules, std::uint64_t seed,
                                std::uint64_t runs_max);

// Numbers of components and active processes for which a vector has an entry for each channel.
[[nodiscard]] std::vector<impl::Members> tie_members();

} // namespace mdcd::model::proof::boundary
