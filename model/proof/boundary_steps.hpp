// What happens to a process behind the line of defence (boundary_system.hpp), taken apart into the steps that the proof
// knows, and as windows show them. Knows no text of an action.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/proof/boundary_actions.hpp"
#include "model/proof/boundary_system.hpp"

namespace mdcd::model::proof::boundary {

struct SmallStep {
    ActionId action = ActionId::receives;
    impl::ProcessId actor;
    std::optional<Message> received;                 // as it is handed to the protocol, or replayed
    std::optional<Message> claimed;                  // what the cluster says
    std::optional<Channel> channel;                  // .. and by which channel
    impl::SequenceVector told;                       // what it is told
    std::optional<std::size_t> dropped;              // position of the checkpoint that goes, or that it goes back to
    std::optional<impl::OutputEntry<Watched>> again; // what a shadow sends again
    State before;
    State after;
};

// In order. Nothing, and a reason, if what impl did is not made of such steps.
struct TakenApart {
    std::vector<SmallStep> steps;
    std::string failure;
};
[[nodiscard]] TakenApart taken_apart(const State& before, const Event& event, const Happened& happened);

// What a window is to show.
struct Subject {
    Channel channel;
    impl::ProcessId process;
    std::optional<std::size_t> focus; // position in the checkpoint array
    std::optional<Message> logged;
    std::optional<impl::OutputEntry<Watched>> suppressed;
    std::optional<Message> carried; // under way, or held by a halted process
    std::optional<Message> told;
};
// So many, drawn at random; the actor is shown in half of them.
[[nodiscard]] std::vector<Subject> drawn_subjects(const State& state, impl::ProcessId actor, std::uint64_t count,
                                                  checker::Random& random);

[[nodiscard]] Window<Concrete> window_of(const State& state, const Subject& subject);
// The step as seen through the window that shows `after` after it.
[[nodiscard]] Transition<Concrete> transition_of(const SmallStep& step, const Subject& after);

} // namespace mdcd::model::proof::boundary
