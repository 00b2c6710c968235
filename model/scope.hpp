// The scope of a check: how many processes, how much may happen, which assumptions. Read from JSON files that
// users copy and edit; model/scopes/ has the shipped ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/rules.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

enum class ChannelModel : std::uint8_t { fifo, unordered };

struct Budgets {
    std::uint8_t cluster_messages = 0;        // internal messages that leave the cluster
    std::uint8_t active_messages = 0;         // internal messages between active processes
    std::uint8_t messages_to_cluster = 0;     // internal messages of active processes to the cluster
    std::uint8_t low_acceptance_tests = 0;    // passed by the cluster's new versions, each with its external message
    std::uint8_t active_acceptance_tests = 0; // passed by active processes, each with its external message
};

struct Scope {
    std::string name;
    std::string description;
    std::uint8_t components = 1;       // p
    std::uint8_t active_processes = 1; // q
    Budgets budgets;
    ChannelModel channels = ChannelModel::fifo;
    std::string rules = "published";     // the preset used when the user names none
    std::vector<std::string> properties; // empty: all
};

// Throws traces::FileError with the path of what is wrong.
[[nodiscard]] Scope scope_from(const traces::Value& value, const std::string& file);
[[nodiscard]] traces::Value to_value(const Scope& scope);

// A rules file: a preset to start from and the rules changed.
struct NamedRules {
    std::string name;
    impl::Rules rules;
};

// Presets are data: model/rules/*.json, each a complete list of rules.
[[nodiscard]] impl::Rules rules_from(const traces::Value& value, const std::string& file, const std::string& directory);
[[nodiscard]] traces::Value to_value(const impl::Rules& rules);

// Applies "rule=value"; throws traces::FileError naming the nearest known rule or value.
void set_rule(impl::Rules& rules, const std::string& assignment);

} // namespace mdcd::model
