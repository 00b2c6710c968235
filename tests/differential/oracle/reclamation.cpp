// The claims about memory reclamation: nothing that is needed goes, nothing that is of no use stays.
// Written from the documents; knows nothing of the model.
#include <algorithm>

#include "tests/differential/oracle/claims.hpp"

namespace oracle {
namespace {

bool is_free(const State& state, const Application& application) {
    return covers(state.validated, application.depends);
}

// (a) No state is left that is free of what is beyond V, and reclamation took the last that seemed to be.
bool lost_last_free_state(const State& state, const Process& process) {
    if (!process.dropped || is_free(state, process.application))
        return false;
    return std::ranges::none_of(process.checkpoints,
                                [&](const Checkpoint& checkpoint) { return is_free(state, checkpoint.application); });
}

// (b) A logged input was purged that the process had received, and recovery does not bring it back.
bool lost_input(const Process& process, const Recovered& recovered) {
    return std::ranges::any_of(process.purged, [&](const Identity& id) {
        return process.application.received.contains(id) && !recovered.process.application.received.contains(id);
    });
}

// (c) The shadow's log lacks an unproved message that its latest state free of unvalidated dependence had generated.
bool lost_output(const World& world, const State& state, int component) {
    const Process& shadow = state.shadow[static_cast<std::size_t>(component)];
    const Application* latest = is_free(state, shadow.application) ? &shadow.application : nullptr;
    for (const Checkpoint& checkpoint : shadow.checkpoints) {
        if (is_free(state, shadow.application))
            break;
        if (is_free(state, checkpoint.application))
            latest = &checkpoint.application;
    }
    if (latest == nullptr)
        return false;
    for (const ClusterMessage& message : messages_of(world, state, component)) {
        if (message.id.n > latest->generated)
            continue;
        const bool proved =
            message.external ? state.outputs.contains(message.id) : covers(state.validated, message.truth);
        const auto& log = message.external ? shadow.external_log : shadow.output_log;
        const auto same = [&](const Suppressed& entry) { return entry.id == message.id; };
        if (!proved && std::ranges::none_of(log, same))
            return true;
    }
    return false;
}

// Something is kept that no recovery can use which decides on at least what the process knows.
bool keeps_in_vain(const Process& process) {
    std::vector<const Checkpoint*> useful;
    for (std::size_t i = 0; i < process.checkpoints.size(); ++i) {
        const bool last = i + 1 == process.checkpoints.size();
        const Number& next_later = last ? process.low_sn : process.checkpoints[i + 1].low_sn;
        if (covers(process.valid_sn, next_later))
            return true;
        useful.push_back(&process.checkpoints[i]);
    }
    return std::ranges::any_of(process.input_log, [&](const LoggedInput& entry) {
        return std::ranges::all_of(useful, [&](const Checkpoint* checkpoint) {
            return checkpoint->application.received.contains(entry.message.id);
        });
    });
}

} // namespace

bool violates_reclamation_safety(const World& world, const State& state, const Outcome& outcome) {
    for (std::size_t i = 0; i < state.shadow.size(); ++i) {
        const Process& process = state.shadow[i];
        if (lost_last_free_state(state, process) || lost_input(process, outcome.shadow[i]))
            return true;
        if (lost_output(world, state, static_cast<int>(i)))
            return true;
    }
    for (std::size_t i = 0; i < state.active.size(); ++i) {
        const Process& process = state.active[i];
        if (lost_last_free_state(state, process) || lost_input(process, outcome.active[i]))
            return true;
    }
    return false;
}

bool violates_reclamation_completeness(const World&, const State& state, const Outcome&) {
    return std::ranges::any_of(state.shadow, keeps_in_vain) || std::ranges::any_of(state.active, keeps_in_vain);
}

} // namespace oracle
