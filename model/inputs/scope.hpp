// The scope of a check: how many processes, how much may happen, which assumptions. Read from JSON files that
// users copy and edit; model/scopes/ has the shipped ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "traces/value.hpp"

namespace mdcd::model {

enum class ChannelModel : std::uint8_t { fifo, unordered };

// How strongly old and new versions agree on the messages that leave the cluster: on one total order over all
// components, or only on each component's own order.
enum class OrderAssumption : std::uint8_t { cluster, component };

// Where errors begin: in the cluster as a whole, at one number; or in each component by itself.
enum class FaultModel : std::uint8_t { cluster, independent };

// How recovery is looked at: asked of every state, all processes at once; or as steps of its own, with messages.
enum class RecoveryMode : std::uint8_t { atomic, asynchronous };

// A budget that is left out of a scope with `channel_capacity` and `unsettled`.
inline constexpr std::uint8_t unbounded_budget = 255;

struct Budgets {
    std::uint8_t cluster_messages = 0; // internal messages that leave the cluster (order = component: each component)
    std::uint8_t active_messages = 0;  // internal messages between active processes
    std::uint8_t messages_to_cluster = 0;     // internal messages of active processes to the cluster
    std::uint8_t low_acceptance_tests = 0;    // passed by the cluster's new versions, each with its external message
    std::uint8_t active_acceptance_tests = 0; // passed by active processes, each with its external message
    std::uint8_t cluster_outputs = 0; // external messages of the cluster that the old versions know too (the same)
    std::uint8_t low_internal_messages = 0;    // between new versions of the cluster's components
    std::uint8_t shadow_internal_messages = 0; // between old versions of the cluster's components
    std::uint8_t detections = 0;               // acceptance tests that fail for good (asynchronous recovery)
    std::uint8_t coverage_misses = 0;          // of all these tests, how many may have passed in an erroneous state
};

// An invariant of the user's (docs/invariants.md): a property of that name.
struct InvariantSource {
    std::string name;
    std::string text;   // SMT-LIB 2
    std::string origin; // the file or the place that it is from, for messages; not part of the scope
};
inline constexpr std::size_t invariant_count_max = 8;

struct Scope {
    std::string name;
    std::string description;
    std::uint8_t components = 1;       // p
    std::uint8_t active_processes = 1; // q
    Budgets budgets;
    std::uint8_t channel_capacity = 0; // messages in a channel; who would send more waits; 0: as many as are sent
    std::uint8_t unsettled = 0; // messages of one source that are not settled (settled.hpp); it waits; 0: no bound
    ChannelModel channels = ChannelModel::fifo;
    OrderAssumption order = OrderAssumption::cluster;
    FaultModel faults = FaultModel::cluster;
    RecoveryMode recovery = RecoveryMode::atomic;
    std::string rules = "published";     // the preset used when the user names none
    std::vector<std::string> properties; // empty: all
    std::vector<InvariantSource> invariants;
};

// How many numbers say where errors begin.
[[nodiscard]] inline unsigned fault_count(const Scope& scope) {
    return scope.faults == FaultModel::independent ? scope.components : 1U;
}
// The names of all properties of a scope: the model's own, then its invariants.
[[nodiscard]] std::vector<std::string> property_names(const Scope& scope);

// Throws traces::FileError (with the origin as file) if the name is no word, or is taken, or there are too many.
void add_invariant(Scope& scope, InvariantSource invariant);

// Why numbers cannot be renamed in this scope; a null pointer if they can.
[[nodiscard]] const char* why_not_renumbered(const Scope& scope);

// Whether runs may go on for ever. Only a search that renames numbers (renumbering.hpp) comes to an end then.
[[nodiscard]] bool is_unbounded(const Scope& scope);

// Throws traces::FileError with the path of what is wrong; `path` leads to the value.
[[nodiscard]] Scope scope_from(const traces::Value& value, const std::string& file, const std::string& path = "$");
[[nodiscard]] traces::Value to_value(const Scope& scope);

} // namespace mdcd::model
