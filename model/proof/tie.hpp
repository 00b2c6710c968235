// Ties the proof's actions to the implementation: steps that impl really takes, from states that can be reached and
// from states made up at random, must be allowed by the action that is meant. Samples; it is a test, no proof.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "checker/random.hpp"
#include "impl/rules.hpp"
#include "model/proof/abstraction.hpp"
#include "model/system.hpp"

namespace mdcd::model::proof {

// A step of the implementation that its action does not allow, or a lemma that is false after it.
struct TieFailure {
    std::string what;
    ActionId action = ActionId::low_sends;
    std::optional<Transition<Concrete>> seen; // none: no window could be put on the step
};

struct TieReport {
    std::uint64_t steps = 0;
    std::uint64_t windows = 0;
    std::vector<std::uint64_t> steps_by_action = std::vector<std::uint64_t>(action_count, 0);
    std::optional<TieFailure> failure; // the first

    void add(const TieReport& other);
};

// Evaluates actions and lemmas on windows, with the formulas that Z3 is given.
class Reading {
public:
    explicit Reading(const impl::Rules& rules);

    // Why the action does not allow it; "" if it does.
    [[nodiscard]] std::string objection(ActionId action, const Transition<Concrete>& transition);
    // The names of the lemmas, and of "well_formed", that are false of the window after a step.
    [[nodiscard]] std::vector<std::string> false_lemmas(const Transition<Concrete>& transition);
    // The names of the claims that are false of the window before a step and the other process there.
    [[nodiscard]] std::vector<std::string> false_claims(const Transition<Concrete>& transition);

private:
    checker::smt::Formulas formulas_;
    std::vector<checker::smt::Evaluation> actions_;
    std::vector<std::string> lemma_names_;
    std::optional<checker::smt::Evaluation> lemmas_;
    std::optional<checker::smt::Evaluation> claims_;
};

struct TieOptions {
    std::uint64_t seed = 1;
    std::uint64_t walks = 40;           // each to its end
    std::uint64_t made_up_states = 200; // all steps from each
    std::uint64_t windows_max = 24;     // on each step, drawn at random; 0: all
    bool judge_lemmas = true;           // in the states walked through
};

// Both end with the walk, or the state, in which something does not fit. `reading` may have other rules than `system`:
// then they must not fit.
[[nodiscard]] TieReport tie_walks(const System& system, Reading& reading, const TieOptions& options);
[[nodiscard]] TieReport tie_made_up_states(const System& system, Reading& reading, const TieOptions& options);

// A scope in which there is room for either: three active processes, several of everything.
[[nodiscard]] Scope tie_scope();

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
