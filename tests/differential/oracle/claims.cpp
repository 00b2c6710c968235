// The claims that are short to say, and the list of all. The fault hypothesis needs no loop: k occurs only in
// "k <= what something depends on", on the side of the violation, so the first number beyond V is the worst.
#include "tests/differential/oracle/claims.hpp"

#include <algorithm>

namespace oracle {
namespace {

bool violates_containment(const World&, const State& state, const Outcome&) {
    const auto wrong = [&](const Process& process) {
        return !process.dirty && !covers(state.validated, process.application.depends);
    };
    return std::ranges::any_of(state.shadow, wrong) || std::ranges::any_of(state.active, wrong);
}

bool violates_device_safety(const World&, const State& state, const Outcome&) {
    return state.unsafe_output;
}

bool violates_unique_sn(const World&, const State& state, const Outcome&) {
    return state.number_twice;
}

bool violates_output_exactly_once(const World& world, const State& state, const Outcome& outcome) {
    for (int component = 0; component < world.scope.components; ++component) {
        for (const ClusterMessage& message : messages_of(world, state, component)) {
            if (!message.external)
                continue;
            const auto same = [&](const auto& other) { return other.id == message.id; };
            const auto& resent = outcome.resent_external[static_cast<std::size_t>(component)];
            const auto times = static_cast<std::ptrdiff_t>(state.outputs.count(message.id)) +
                               std::ranges::count_if(resent, same) + std::ranges::count_if(outcome.generated, same);
            if (times != 1)
                return true;
        }
    }
    return false;
}

bool ascends(const std::vector<Suppressed>& resent) {
    const auto not_above = [](const Suppressed& a, const Suppressed& b) { return a.number >= b.number; };
    return std::ranges::adjacent_find(resent, not_above) == resent.end();
}

bool violates_takeover_order(const World& world, const State& state, const Outcome& outcome) {
    for (int component = 0; component < world.scope.components; ++component) {
        const auto& internal = outcome.resent[static_cast<std::size_t>(component)];
        const auto& external = outcome.resent_external[static_cast<std::size_t>(component)];
        if (!ascends(internal) || !ascends(external))
            return true;
        const int generated = outcome.shadow[static_cast<std::size_t>(component)].process.application.generated;
        for (const ClusterMessage& message : messages_of(world, state, component)) {
            if (message.id.n > generated)
                continue;
            const bool validated = covers(state.validated, message.truth);
            const bool proved = message.external ? state.outputs.contains(message.id) : validated;
            const auto same = [&](const Suppressed& entry) { return entry.id == message.id; };
            if (!proved && std::ranges::none_of(message.external ? external : internal, same))
                return true;
        }
    }
    return false;
}

} // namespace

const std::vector<Claim>& claims() {
    static const std::vector<Claim> all = {
        {"containment", violates_containment},
        {"device_safety", violates_device_safety},
        {"recoverability", violates_recoverability},
        {"no_cascading_rollback", violates_no_cascading_rollback},
        {"minimal_rollback", violates_minimal_rollback},
        {"reclamation_safety", violates_reclamation_safety},
        {"reclamation_completeness", violates_reclamation_completeness},
        {"output_exactly_once", violates_output_exactly_once},
        {"takeover_order", violates_takeover_order},
        {"unique_sn", violates_unique_sn},
    };
    return all;
}

} // namespace oracle
