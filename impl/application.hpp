// What the protocol asks of the application that it guards: a state it can copy, a way to deliver, and, of whoever has
// external messages, an acceptance test. The protocol never looks inside a state, a payload or an output.
// docs/embedding.md walks through a small one.
#pragma once

#include <concepts>
#include <type_traits>

namespace mdcd::impl {

// Required:
//   State      the application's state, or a handle to it; copied into checkpoints
//   Payload    the content of an application message, or a handle to it; copied into logs and messages
//   deliver(state, payload)     passes a message to the application ("application_msg_reception" in the figures)
// Optional, for states that are handles or hold more than a checkpoint needs:
//   snapshot(state) -> State    what a checkpoint is to hold; default: a copy
//   restore(state, snapshot)    goes back to it; default: an assignment
template <class A>
concept Application = std::is_trivially_copyable_v<typename A::State> &&
    std::is_trivially_copyable_v<typename A::Payload> && std::equality_comparable<typename A::State> &&
    std::equality_comparable<typename A::Payload> &&
    requires(typename A::State& state, const typename A::Payload& payload) {
    { A::deliver(state, payload) } -> std::same_as<void>;
};

// An application with external messages (output.hpp).
//   Output     the content of an external message
//   acceptance_test(state, output) -> bool    whether this output of this state is plausible ("AT" in the figures)
//   compensate(state, output) -> bool         tries to correct an output that is not; whether it could
//                                             ("error_compensation"). The state stays as it is.
template <class A>
concept TestedApplication = Application<A> && requires(const typename A::State& state, typename A::Output& output) {
    { A::acceptance_test(state, output) } -> std::same_as<bool>;
    { A::compensate(state, output) } -> std::same_as<bool>;
};

template <Application A> [[nodiscard]] constexpr typename A::State snapshot_of(const typename A::State& state) {
    if constexpr (requires { A::snapshot(state); })
        return A::snapshot(state);
    else
        return state;
}

template <Application A> constexpr void restore(typename A::State& state, const typename A::State& snapshot) {
    if constexpr (requires { A::restore(state, snapshot); })
        A::restore(state, snapshot);
    else
        state = snapshot;
}

} // namespace mdcd::impl
