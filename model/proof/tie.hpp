// Ties the proof's actions to the implementation: steps that impl really takes, from states that can be reached and
// from states made up at random, must be allowed by the action that is meant. Samples; it is a test, no proof.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "checker/random.hpp"
#include "impl/rules.hpp"
#include "model/proof/abstraction.hpp"
#include "model/proof/reading.hpp"
#include "model/system.hpp"

namespace mdcd::model::proof {

// A step of the implementation that its action does not allow, a lemma that is false after it, a recovery or a claim
// that is told otherwise.
struct TieFailure {
    std::string place; // an action, a claim, the start, or recovery
    std::string what;
    std::optional<ActionId> action = {};
    std::optional<Transition<Concrete>> seen = {}; // none: no window could be put on it; of an action alone all of it
};

// How often something was compared; and what was not, though it has to be.
struct TieReport {
    std::uint64_t steps = 0;
    std::uint64_t windows = 0;
    std::vector<std::uint64_t> steps_by_action = std::vector<std::uint64_t>(action_count, 0);
    std::uint64_t recoveries = 0; // of one process in one state
    std::uint64_t rollbacks = 0;  // of these
    std::uint64_t shadow_rollbacks = 0;
    std::uint64_t judged_states = 0;              // in which each claim was compared with the checker's
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
    std::uint64_t walks = 40;           // each to its end
    std::uint64_t made_up_states = 200; // all steps from each
    std::uint64_t windows_max = 24;     // on each step, drawn at random; 0: all
    std::uint64_t judged_walks = 24;    // of the walks: claims are compared in each state
    bool judge_lemmas = true;           // in the states walked through
};

// Every window on every initial state is the beginning that the proof starts from.
[[nodiscard]] TieReport tie_start(const System& system, Reading& reading);

// Both end with the walk, or the state, in which something does not fit. `reading` may have other rules than `system`:
// then they must not fit.
[[nodiscard]] TieReport tie_walks(const System& system, Reading& reading, const TieOptions& options);
[[nodiscard]] TieReport tie_made_up_states(const System& system, Reading& reading, const TieOptions& options);

// Walks again, and compares what one state shows after each step.
void for_each_walked(const System& system, const TieOptions& options, std::uint64_t walks,
                     const std::function<bool(const checker::GlobalState&, const Sent&)>& visit);

// A scope in which there is room for either: three active processes, several of everything.
[[nodiscard]] Scope tie_scope();

// One in which little is validated, so that most recoveries roll somebody back.
[[nodiscard]] Scope recovery_scope();

// What a firing from `state` does, as the abstraction wants it.
[[nodiscard]] ExplicitStep explicit_step(const System& system, const checker::GlobalState& state, const Sent& sent,
                                         const checker::Enabled& enabled);

// Of the subjects of a state so many, drawn at random; 0: all.
[[nodiscard]] std::vector<Subject> drawn_subjects(const ExplicitState& state, std::uint64_t count,
                                                  checker::Random& random);

// The windows `subjects` of one step.
void tie_step(Reading& reading, const ExplicitStep& step, const std::vector<Subject>& subjects, bool judge_lemmas,
              TieReport& report);

} // namespace mdcd::model::proof
