// What one process sends to another as bytes: a message with everything that the protocol piggybacks on it, the
// sender's vector clock, and the content that the message's handle stands for. Its digest names it in logs. Knows no
// link and no session.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "impl/limits.hpp"
#include "impl/recovery_state.hpp"
#include "impl/rules.hpp"
#include "impl/runtime/stored_application.hpp"
#include "impl/upgrade_room.hpp"
#include "impl/upgrade_rules.hpp"
#include "impl/upgrade_state.hpp"

namespace mdcd::impl::runtime {

using StoredMessage = Message<StoredApplication>;
using StoredChange = ChangeMessage<StoredApplication>; // with the message, and what the life of an upgrade needs

// Not of the agreement, and no notification.
[[nodiscard]] constexpr bool is_of_application(const StoredChange& message) {
    return message.kind == ChangeKind::ordinary && message.message.kind == MessageKind::application;
}

// What all processes of one system must agree on.
struct SystemDescription {
    // Of one upgrade: new versions, old versions, active processes. If upgrades begin and end: seats, first and second
    // ones of each component that can be upgraded, in the place of the two versions.
    Members members;
    bool upgrades = false;
    Rules rules;
    UpgradeRules upgrade_rules;
    Capacities capacities; // of each seat: less than impl/limits.hpp where they are to be reached
    std::string text;      // the whole of it, in one line of JSON: for the log, and for the digest
    Digest digest;         // of the text
};

// Everybody in one order: new versions, old versions, active processes.
[[nodiscard]] std::size_t process_count(const Members& members);
[[nodiscard]] std::size_t position_of(const Members& members, ProcessId process);
[[nodiscard]] ProcessId process_at(const Members& members, std::size_t position);
[[nodiscard]] bool belongs(const Members& members, ProcessId process);

// "L1", "S2", "A1": as the paper and the model call them; "C1a", "C2b", "A1" if they are seats.
[[nodiscard]] std::string name_of(ProcessId process, bool upgrades = false);
[[nodiscard]] std::string name_in(const SystemDescription& system, ProcessId process);

// Where upgrades begin and end.
[[nodiscard]] SeatId seat_of(const Members& members, ProcessId process);
[[nodiscard]] ProcessId process_in(const Members& members, SeatId seat);
[[nodiscard]] Seats seats_of(const Members& members);

using Clock = std::array<std::uint64_t, process_count_max>; // by position

struct Packet {
    StoredChange change; // its payload, or the state in a start, is the handle of the content: handle_of_content
    Clock clock{};
    std::string_view content;
};

inline constexpr std::size_t content_bytes_max = std::size_t{16} << 20U; // of one message
inline constexpr std::size_t packet_bytes_max = content_bytes_max + 512;

// Where the handle of a message's content stands: that of its payload, or of the state from which a version starts.
[[nodiscard]] inline Digest& handle_of_content(StoredChange& change) {
    return change.kind == ChangeKind::start ? change.application : change.message.payload;
}

[[nodiscard]] std::string encode(const SystemDescription& system, const Packet& packet);

// `content` points into `bytes`; whoever keeps it makes the handle. Throws MalformedBytes, also if it is not of that
// sender.
[[nodiscard]] Packet decode(const SystemDescription& system, ProcessId sender, std::string_view bytes);

} // namespace mdcd::impl::runtime
