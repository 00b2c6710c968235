// What leaves the cluster, as far as it is resolved: whichever side, new versions or old ones, gets to a message first
// resolves it, and the other side follows (the interface assumption of the paper). Knows no channel and no rule.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "impl/fixed_vector.hpp"
#include "model/inputs/scope.hpp"
#include "model/state/application.hpp"

namespace mdcd::model {

inline constexpr std::uint8_t device_receiver = 15; // as the receiver of an external message

struct ScriptEntry {
    std::uint8_t component = 0;
    std::uint8_t receiver = 0; // an active process, or device_receiver

    [[nodiscard]] constexpr bool external() const { return receiver == device_receiver; }
    friend constexpr bool operator==(const ScriptEntry&, const ScriptEntry&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("component", self.component);
        visit("receiver", self.receiver);
    }
};

// Of the whole cluster (order = cluster), or of one component (order = component).
struct Script {
    impl::FixedVector<ScriptEntry, cluster_message_count_max> entries;
    std::uint8_t forgotten = 0; // entries that renaming numbers took away, where a budget counts them

    friend constexpr bool operator==(const Script&, const Script&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("entries", self.entries);
        bool renamed = self.forgotten > 0; // states that nobody has renamed are written as ever
        if constexpr (requires { visit.at_end(); })
            renamed = !visit.at_end();
        if (renamed)
            visit("forgotten", self.forgotten);
    }
};

// How many messages of each component one side has sent (or generated).
using SentCounts = std::array<std::uint8_t, impl::component_count_max>;

// The messages that `component` may send next on the side that has sent so much: one if the script says which, every
// possible one if it does not say yet, none if it is not this component's turn or the budgets are spent.
[[nodiscard]] std::vector<ScriptEntry> next_messages(const Scope& scope, const Script& script, std::uint8_t component,
                                                     const SentCounts& sent);

// The identity of the number-th message of a component.
[[nodiscard]] MessageId cluster_message(const Scope& scope, std::uint8_t component, std::uint8_t number);

// The component whose message that is; it must be one that leaves the cluster.
[[nodiscard]] constexpr std::uint8_t component_of(MessageId id) {
    return id.source == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(id.source - first_component_source);
}

// A resolved message, with its place in the order of errors: erroneous iff the fault hypothesis has a number of at most
// `number` at `entry`. External messages have the number of the internal one before them.
struct ResolvedMessage {
    MessageId id;
    bool external = false;
    std::uint8_t receiver = 0; // an active process, or device_receiver
    std::uint8_t entry = 0;
    std::uint8_t number = 0;
};
[[nodiscard]] std::vector<ResolvedMessage> resolved_messages(const Scope& scope, const Script& script);

} // namespace mdcd::model
