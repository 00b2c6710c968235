// Ties the proof for any number of components to the implementation: steps that impl really takes, from states that can
// be reached and from states that were altered at random, must be allowed by the actions that they are made of; what
// impl makes of each process at recovery, and what the checker says of it, must be what the claims say. It is a test,
// no proof.
#pragma once

#include "model/proof/argument_reading.hpp"
#include "model/proof/cluster_abstraction.hpp"
#include "model/proof/cluster_claims.hpp"
#include "model/proof/cluster_proof.hpp"
#include "model/system.hpp"

namespace mdcd::model::proof::cluster {

// The formulas that Z3 is given, computed on windows of real states.
class Reading : public ReadingOf<Transition<Concrete>> {
public:
    // A test may read other actions than those of the proof.
    explicit Reading(std::span<const Action> read = actions());

    [[nodiscard]] std::string objection(ActionId action, const Transition<Concrete>& transition) {
        return ReadingOf::objection(static_cast<std::size_t>(action), transition);
    }
    struct ClaimReading {
        bool holds = true;
        bool telling = false; // it is a case that the claim is there for
    };
    [[nodiscard]] std::vector<ClaimReading> claims_of(const Transition<Concrete>& transition);     // before it
    [[nodiscard]] RecoveredWindow<Concrete> recovered_of(const Transition<Concrete>& transition) { // before it
        return (*recovery_)(values_of(transition));
    }

private:
    std::optional<PartReading<RecoveredWindow<Concrete>>> recovery_;
};

struct TieFailure {
    std::string place; // an action, a claim, the start, or recovery
    std::string what;
    std::optional<Transition<Concrete>> seen = {};
};

struct TieReport {
    std::uint64_t steps = 0; // of the model
    std::uint64_t windows = 0;
    std::vector<std::uint64_t> steps_by_action = std::vector<std::uint64_t>(action_count, 0);
    std::uint64_t recoveries = 0;       // of one process in one state
    std::uint64_t rollbacks = 0;        // of these
    std::uint64_t shadow_rollbacks = 0; // of these
    std::uint64_t judged_states = 0;
    std::vector<std::uint64_t> violated_by_claim; // of these, in the order of claims()
    std::vector<std::uint64_t> telling_by_claim;  // cases that the claim is there for
    std::optional<TieFailure> failure;            // the first

    TieReport();
    void add(const TieReport& other);
    // Sentences: what was never met, so that nothing is known of it.
    [[nodiscard]] std::vector<std::string> not_met() const;
};

struct TieOptions {
    std::uint64_t seed = 1;
    std::uint64_t walks = 40;         // each to its end
    std::uint64_t altered_states = 4; // made of each state of every fourth walk
    std::uint64_t windows_max = 16;   // on each small step, drawn at random
    bool judge_lemmas = true;
    bool judge_claims = true;
};

// Every window on the initial state is the beginning that the proof starts from.
[[nodiscard]] TieReport tie_start(const System& system, Reading& reading);
// Steps of random runs and of what random alterations make of their states.
[[nodiscard]] TieReport tie_walks(const System& system, Reading& reading, const TieOptions& options);
// Recoveries and claims in the states of random runs.
[[nodiscard]] TieReport tie_recoveries(const System& system, Reading& reading, const TieOptions& options);

// All steps from one state, each in so many windows; 0: in every one.
void tie_state(const System& system, Reading& reading, const checker::GlobalState& state, const Sent& sent,
               const TieOptions& options, checker::Random& random, TieReport& report);
// What recovery makes of one state, and what the checker says of it.
void tie_recovery(const System& system, Reading& reading, const checker::GlobalState& state, const Sent& sent,
                  const TieOptions& options, TieReport& report);

// What the checker says of each claim in a state, in the order of claims().
[[nodiscard]] std::vector<bool> judged_claims(const System& system, const checker::GlobalState& state);

// Scopes with room for everything: three components, two active processes, messages inside the cluster on both sides.
[[nodiscard]] Scope tie_scope();
[[nodiscard]] Scope recovery_scope(); // in which little is validated
[[nodiscard]] Scope output_scope();   // in which little else happens than messages to devices

} // namespace mdcd::model::proof::cluster
