// Walks the script of what leaves the cluster.
// Knows no process state.
#include "model/state/script.hpp"

#include <algorithm>

namespace mdcd::model {

std::vector<ScriptEntry> next_messages(const Scope& scope, const Script& script, std::uint8_t component,
                                       const SentCounts& sent) {
    SentCounts seen{};
    for (const ScriptEntry& entry : script.entries)
        if (++seen[entry.component] > sent[entry.component])
            return entry.component == component ? std::vector{entry} : std::vector<ScriptEntry>{};

    const auto external = static_cast<std::size_t>(
        std::ranges::count_if(script.entries, [](const ScriptEntry& entry) { return entry.external(); }));
    std::vector<ScriptEntry> all;
    if (script.entries.size() == cluster_message_count_max - 1)
        return all; // there are no more numbers
    if (script.forgotten + script.entries.size() - external < scope.budgets.cluster_messages)
        for (std::uint8_t active = 0; active < scope.active_processes; ++active)
            all.push_back({component, active});
    if (external < scope.budgets.cluster_outputs)
        all.push_back({component, device_receiver});
    return all;
}

MessageId cluster_message(const Scope& scope, std::uint8_t component, std::uint8_t number) {
    if (scope.components == 1)
        return {0, number};
    return {static_cast<std::uint8_t>(first_component_source + component), number};
}

std::vector<ResolvedMessage> resolved_messages(const Scope& scope, const Script& script) {
    SentCounts sent{};
    SentCounts internal{};
    std::uint8_t internal_together = 0;
    std::vector<ResolvedMessage> all;
    for (const ScriptEntry& entry : script.entries) {
        const std::uint8_t own = static_cast<std::uint8_t>(entry.external() ? 0 : 1);
        internal[entry.component] = static_cast<std::uint8_t>(internal[entry.component] + own);
        internal_together = static_cast<std::uint8_t>(internal_together + own);
        const bool independent = scope.faults == FaultModel::independent;
        all.push_back({.id = cluster_message(scope, entry.component, ++sent[entry.component]),
                       .external = entry.external(),
                       .receiver = entry.receiver,
                       .entry = independent ? entry.component : std::uint8_t{0},
                       .number = independent ? internal[entry.component] : internal_together});
    }
    return all;
}

} // namespace mdcd::model
