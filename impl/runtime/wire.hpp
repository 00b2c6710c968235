// What is on a connection: first a block of fixed size from each side that says who it is, then frames, each with its
// length. Nothing is believed that was not checked, and nothing is kept that is longer than it may be.
// Knows no socket and no link.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "impl/runtime/node_core.hpp"

namespace mdcd::impl::runtime {

inline constexpr std::uint16_t wire_version = 1;
inline constexpr std::size_t hello_bytes = 40;
inline constexpr std::size_t frame_bytes_max = 24 + packet_bytes_max;

struct Hello {
    Digest system;
    ProcessId process;
};

// Why a peer is refused. The words are short enough for a refusal, which is as long as a hello.
enum class Refusal : std::uint8_t {
    garbage,       // what it says is no hello
    other_version, // of the wire
    other_system,
    not_a_peer,  // not in the system, or the process itself, or not the one that was called
    oversize,    // a frame longer than frame_bytes_max
    malformed,   // a frame that is none, or with a packet of somebody else
    too_slow,    // no hello in time
    too_many,    // connections that have not said hello yet
    certificate, // none, not of the authority, or of somebody else
    other_user,  // of this machine, on a Unix socket
};
inline constexpr std::size_t refusal_count = 10;
[[nodiscard]] std::string_view refusal_text(Refusal refusal);

[[nodiscard]] std::string encode_hello(const Hello& hello);
[[nodiscard]] std::string encode_refusal(Refusal refusal);

struct HelloAnswer {
    std::optional<Hello> hello;
    std::optional<Refusal> refusal; // of what was said; none: the other side refuses, for `reason`
    std::string reason;
};
// `block` has hello_bytes.
[[nodiscard]] HelloAnswer decode_hello(std::string_view block, const Members& members, const Digest& system);

// With its length before it.
[[nodiscard]] std::string encode_frame(const NodeFrame& frame);

// At the start of `bytes`: the length of the frame there with its prefix, or none if that is not known yet. Throws
// OversizeFrame.
class OversizeFrame : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
[[nodiscard]] std::optional<std::size_t> frame_length(std::string_view bytes);

struct ReceivedFrame {
    LinkNumber number = 0;
    LinkNumber acknowledged = 0;
    LinkNumber confirmed = 0;
    std::string_view packet;
};
// Without the length. Throws MalformedBytes.
[[nodiscard]] ReceivedFrame decode_frame(std::string_view bytes);

} // namespace mdcd::impl::runtime
