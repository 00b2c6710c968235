// One process of a running system: the node core, its database, its files and its sessions, brought together. A step,
// its transaction, then what leaves; nothing else is decided here. Knows no application.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/runtime/network.hpp"
#include "impl/runtime/store.hpp"

namespace mdcd::impl::runtime {

struct NodeOptions {
    SystemDescription system;
    const Program* program = nullptr;
    ProcessId self;
    std::vector<Address> addresses; // by position
    std::string folder;             // of this process: database, log and outputs
    StoreDurability durability = StoreDurability::full;
    std::uint32_t tick_ms = 0; // 0: as often as it can
    int status = -1;           // a descriptor for lines about how it goes, or -1
};

enum class NodeEnd : std::uint8_t {
    asked,     // by a signal: all is stored
    forgotten, // a peer knows more than this process does, or the other way round: somebody's storage was lost
};

// Until somebody ends it. Throws StoreError, StoreUnavailable, LineFileError, std::runtime_error.
[[nodiscard]] NodeEnd run_node(const NodeOptions& options);

} // namespace mdcd::impl::runtime
