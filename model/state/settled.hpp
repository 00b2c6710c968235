// What is settled: messages that every state which any process may be put into, now or later, contains at both ends,
// so that no recovery can undo, repeat or lose them. The first so many of each source; those may be forgotten.
// For clusters of one component whose recovery is atomic. Knows no channel: what every state of its receiver contains
// is under way no more.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "model/state/application.hpp"
#include "model/state/local.hpp"

namespace mdcd::model {

// One process of high confidence, over all states that it may be put into: its checkpoints and the one that it is in.
struct Standing {
    MessageSet received = 0; // by all of these states
    MessageSet held = 0;     // in a log, or received more than once by one of these states
    std::uint8_t sent = 0;   // messages of its own (shadow: of the cluster) that all of these states contain
};

[[nodiscard]] Standing standing_of(const ShadowLocal& local);
[[nodiscard]] Standing standing_of(const ActiveLocal& local);

struct Settled {
    std::uint8_t cluster = 0; // messages of the cluster up to this number
    std::array<std::uint8_t, scope_actives_max> active{};

    friend bool operator==(const Settled&, const Settled&) = default;
};

// `actives` in the order of their ids; `proved`: what acceptance tests have proved in truth (V).
[[nodiscard]] Settled settled(const Standing& shadow, std::span<const Standing> actives, unsigned proved);

} // namespace mdcd::model
