// What the protocol asks of the application that it guards: a state it can copy, and a way to deliver.
// The protocol never looks inside a state or a payload.
#pragma once

#include <concepts>
#include <type_traits>

namespace mdcd::impl {

// State: the application's state, or a handle to it that can be copied and restored (a checkpoint holds one).
// Payload: the content of an application message, or a handle to it.
// A::deliver(state, payload): passes a message to the application ("application_msg_reception" in the figures).
template <class A>
concept Application = std::is_trivially_copyable_v<typename A::State> &&
    std::is_trivially_copyable_v<typename A::Payload> && std::equality_comparable<typename A::State> &&
    std::equality_comparable<typename A::Payload> &&
    requires(typename A::State& state, const typename A::Payload& payload) {
    { A::deliver(state, payload) } -> std::same_as<void>;
};

} // namespace mdcd::impl
