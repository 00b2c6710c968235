// Values by name, so that a new one cannot slip in under the number of another.
// Says nothing of what they mean: the texts of actions and claims do.
#include "model/proof/cluster_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace mdcd::model::proof::cluster {

namespace {

struct ProvedRule {
    std::string_view name;
    std::array<std::string_view, 2> values; // "": none
};

constexpr std::array proved_rules{
    ProvedRule{"dirty_delivery", {"deliver"}},
    ProvedRule{"notification_sn", {"advance"}},
    ProvedRule{"validated_register", {"everywhere"}},
    ProvedRule{"first_checkpoint", {"dirty_and_newer"}},
    ProvedRule{"checkpoint_trigger", {"every_new_sn"}},
    // prgt_bit decides on nothing where every new number causes a checkpoint.
    ProvedRule{"propagation_mark", {"active_only", "any_internal"}},
    ProvedRule{"checkpoint_index", {"message_sn"}},
    ProvedRule{"reclamation", {"by_index"}},
    ProvedRule{"receiver_log", {"while_dirty"}},
    // Logged inputs are purged by position.
    ProvedRule{"shadow_input_index", {"low_sn", "shadow_sn"}},
    ProvedRule{"shadow_output_index", {"shadow_sn"}},
    ProvedRule{"resend", {"all_in_log"}},
    ProvedRule{"suppress_until", {"inclusive"}},
    ProvedRule{"rollback_scope", {"all_protocol_state"}},
    ProvedRule{"recovery_line", {"agreed"}},
    ProvedRule{"in_transit", {"discard_unvalidated"}},
    // All have stopped where recovery is by all at once.
    ProvedRule{"stop_low", {"all_first", "detector_only"}},
    ProvedRule{"shadow_sn", {"per_component"}},
    ProvedRule{"low_sn", {"vector"}},
    ProvedRule{"shadow_internal", {"exchange"}},
    ProvedRule{"external_index", {"own_counter"}},
};

} // namespace

const impl::Rules& readings() {
    static const impl::Rules rules = [] {
        impl::Rules all;
        for (const ProvedRule& each : proved_rules) {
            const impl::RuleDescription& rule = *impl::find_rule(each.name);
            const auto value = std::ranges::find(rule.values, each.values.front());
            rule.set(all, static_cast<std::uint8_t>(value - rule.values.begin()));
        }
        return all;
    }();
    return rules;
}

bool made_for_several(const impl::Rules& rules) {
    const impl::RuleDescription* const rule = impl::find_rule("low_sn");
    return rule->values[rule->get(rules)] == "vector";
}

std::vector<std::string> unknown_to_proof(const impl::Rules& rules, std::span<const impl::RuleDescription> table) {
    std::vector<std::string> unknown;
    for (const impl::RuleDescription& rule : table) {
        const std::uint8_t position = rule.get(rules);
        const std::string value(position < rule.values.size() ? rule.values[position] : "a value without a name");
        const auto known = std::ranges::find(proved_rules, rule.name, &ProvedRule::name);
        if (known == proved_rules.end()) {
            unknown.push_back("the proof for several components does not know the rule " + std::string(rule.name) +
                              " (" + value + "); those it knows are in model/proof/cluster_rules.cpp");
            continue;
        }
        if (position < rule.values.size() &&
            std::ranges::find(known->values, rule.values[position]) != known->values.end())
            continue;
        std::string names;
        for (const std::string_view each : known->values)
            names += each.empty() ? "" : (names.empty() ? "" : ", ") + std::string(each);
        unknown.push_back("the proof for several components does not know " + std::string(rule.name) + "=" + value +
                          "; it knows " + names);
    }
    return unknown;
}

} // namespace mdcd::model::proof::cluster
