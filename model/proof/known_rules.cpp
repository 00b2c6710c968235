// Values by name, so that a new one cannot slip in under the number of another.
// Says nothing of what they mean: handlers.cpp, actions.cpp, recovery.cpp and lemmas.cpp do.
#include "model/proof/known_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace mdcd::model::proof {

namespace {

struct KnownRule {
    std::string_view name;
    std::array<std::string_view, 3> values; // "": none
};

constexpr std::array known_rules{
    KnownRule{"dirty_delivery", {"deliver", "literal"}},
    KnownRule{"notification_sn", {"advance", "keep"}},
    KnownRule{"validated_register", {"shadow_only", "everywhere"}},
    KnownRule{"first_checkpoint", {"dirty_and_newer", "dirty_only"}},
    KnownRule{"checkpoint_trigger", {"published", "every_new_sn"}},
    KnownRule{"propagation_mark", {"active_only", "any_internal"}},
    KnownRule{"checkpoint_index", {"message_sn", "local_sn"}},
    KnownRule{"reclamation", {"by_index", "by_cover"}},
    KnownRule{"receiver_log", {"clean_only", "while_dirty"}},
    KnownRule{"shadow_input_index", {"low_sn", "shadow_sn"}},
    KnownRule{"shadow_output_index", {"shadow_sn", "low_sn"}},
    KnownRule{"resend", {"all_in_log", "from_checkpoint_index", "before_checkpoint_above_validated"}},
    KnownRule{"suppress_until", {"inclusive", "exclusive"}},
    KnownRule{"rollback_scope", {"all_protocol_state", "application_only"}},
    KnownRule{"recovery_line", {"agreed", "local"}},
    KnownRule{"in_transit", {"discard_unvalidated", "deliver"}},
    // Of one component, with recovery by all at once: it has stopped, and shares its counters with nobody.
    KnownRule{"stop_low", {"all_first", "detector_only"}},
    KnownRule{"shadow_sn", {"shared", "per_component"}},
    KnownRule{"low_sn", {"shared_atomic", "shared_broadcast", "vector"}},
    // No claim of the proof is about messages inside the cluster, or about external ones.
    KnownRule{"shadow_internal", {"exchange", "literal"}},
    KnownRule{"external_index", {"internal_sn", "own_counter"}},
};

} // namespace

std::vector<std::string> unknown_to_proof(const impl::Rules& rules, std::span<const impl::RuleDescription> table) {
    std::vector<std::string> unknown;
    for (const impl::RuleDescription& rule : table) {
        const std::uint8_t position = rule.get(rules);
        const std::string value(position < rule.values.size() ? rule.values[position] : "a value without a name");
        const auto known = std::ranges::find(known_rules, rule.name, &KnownRule::name);
        if (known == known_rules.end()) {
            unknown.push_back("the proof does not know the rule " + std::string(rule.name) + " (" + value +
                              "); those it knows are in model/proof/known_rules.cpp");
            continue;
        }
        if (position < rule.values.size() &&
            std::ranges::find(known->values, rule.values[position]) != known->values.end())
            continue;
        std::string names;
        for (const std::string_view each : known->values)
            names += each.empty() ? "" : (names.empty() ? "" : ", ") + std::string(each);
        unknown.push_back("the proof does not know " + std::string(rule.name) + "=" + value + "; it knows " + names);
    }
    return unknown;
}

} // namespace mdcd::model::proof
