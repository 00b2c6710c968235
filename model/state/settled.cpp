// Intersects over the states of each process, then unites over processes.
// Knows no rule.
#include "model/state/settled.hpp"

#include <algorithm>
#include <bit>

namespace mdcd::model {
namespace {

Standing standing_of(const Guarded& process) {
    const History& now = process.application;
    Standing standing{.received = now.received, .held = now.duplicated, .sent = now.sent};
    for (const Checkpoint& checkpoint : process.checkpoints) {
        standing.received &= checkpoint.application.received;
        standing.held |= checkpoint.application.duplicated;
        standing.sent = std::min(standing.sent, checkpoint.application.sent);
    }
    for (const auto& entry : process.input_log)
        standing.held |= as_set(entry.message.payload.id);
    return standing;
}

} // namespace

Standing standing_of(const ShadowLocal& local) {
    Standing standing = standing_of(local.process.guarded);
    for (const auto* const log : {&local.process.output_log, &local.process.external_log})
        for (const auto& entry : *log)
            standing.held |= as_set(entry.payload.id);
    return standing;
}

Standing standing_of(const ActiveLocal& local) {
    return standing_of(local.process.guarded);
}

Settled settled(const Standing& shadow, std::span<const Standing> actives, unsigned proved) {
    MessageSet received = shadow.received;
    MessageSet held = shadow.held;
    for (const Standing& active : actives) {
        received |= active.received;
        held |= active.held;
    }
    const auto first = [&](std::uint8_t source, unsigned most) {
        const MessageSet messages = received & ~held & first_messages(source, most);
        return static_cast<std::uint8_t>(std::countr_one(messages >> bits_of(source).first));
    };
    Settled settled;
    settled.cluster = first(0, std::min<unsigned>(shadow.sent, proved));
    for (std::size_t active = 0; active < actives.size(); ++active)
        settled.active[active] = first(static_cast<std::uint8_t>(first_active_source + active), actives[active].sent);
    return settled;
}

} // namespace mdcd::model
