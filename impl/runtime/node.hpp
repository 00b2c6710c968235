// One process of a running system: the node core, its database, its files and its sessions, brought together. A step,
// its transaction, then what leaves; nothing else is decided here. Knows no application.
#pragma once

#include <cstdint>
#include <optional>
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
    std::optional<Certificates> certificates{};
    std::string folder; // of this process: database, log and outputs
    StoreDurability durability = StoreDurability::full;
    std::uint32_t tick_ms = 0;      // 0: as often as it can
    std::optional<Address> metrics; // where Prometheus asks
    int status = -1;                // a descriptor for lines about how it goes, or -1
};

enum class NodeEnd : std::uint8_t {
    asked,     // by a signal: all is stored
    forgotten, // a peer knows more than this process does, or the other way round: somebody's storage was lost
};

// In the folder of a process: where an operator's words are heard, one a connection, each a line.
//   status                      how it is
//   begin C1 C2, commit, abort  a change of the system, announced from here
// Answered by a line of JSON: status_line, with the result of the word, or {"error":".."}.
inline constexpr const char* operator_address = "unix:operator.sock";

// Until somebody ends it. Throws StoreError, StoreUnavailable, LineFileError, std::runtime_error.
[[nodiscard]] NodeEnd run_node(const NodeOptions& options);

} // namespace mdcd::impl::runtime
