// The bytes of a channel slot: its messages one after the other, each with two length bytes.
// Knows nothing of what a message says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mdcd::checker {

inline constexpr std::size_t message_bytes_max = 0xffff;

// Whether these bytes are messages, each with its length, and nothing else.
[[nodiscard]] bool is_channel(std::string_view bytes);

// The messages of a channel, in order. The views point into `channel`. Throws ModelError if its bytes are no messages.
[[nodiscard]] std::vector<std::string_view> messages_of(std::string_view channel);

// Appends at the end (fifo). Throws ModelError if the message is longer than message_bytes_max.
void append_message(std::string& channel, std::string_view message);

// Inserts in sorted place (bag): equal multisets have equal bytes.
void insert_message(std::string& channel, std::string_view message);

// Inserts in sorted place what is not there yet (set).
void include_message(std::string& channel, std::string_view message);

// Removes message number `position` (0 is the oldest).
void remove_message(std::string& channel, std::size_t position);

} // namespace mdcd::checker
