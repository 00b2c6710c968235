// The scope of a check: how many processes, how much may happen, which assumptions. Read from JSON files that
// users copy and edit; model/scopes/ has the shipped ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

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

} // namespace mdcd::model
