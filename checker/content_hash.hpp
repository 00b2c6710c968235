// A name for content: whoever changes one bit of it changes the name, and nobody can make two contents with one name.
// Kept answers, checkpoints and builds are told apart by it (BLAKE2b with 32 bytes, of libsodium: ADR 29).
// Knows nothing of what is hashed. Tables of states have a faster hash (engine/table_hash.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mdcd::checker {

class ContentHash {
public:
    static constexpr std::size_t bytes_count = 32;
    using Bytes = std::array<std::byte, bytes_count>;

    ContentHash();

    // As they are: two calls are one with the bytes of both.
    ContentHash& add(std::span<const std::byte> bytes);
    ContentHash& add(std::string_view bytes);
    // With its length before it, so that several texts are never taken for others that are cut elsewhere.
    ContentHash& add_text(std::string_view text);
    ContentHash& add_number(std::uint64_t number);

    // Of all that was added. More may be added after it.
    [[nodiscard]] Bytes bytes() const;
    // The first eight of them, for where something else is compared as well.
    [[nodiscard]] std::uint64_t number() const;
    // 64 hexadecimal digits.
    [[nodiscard]] std::string digits() const;

private:
    alignas(64) std::array<std::byte, 384> state_; // crypto_generichash_state
};

// The digits of one text.
[[nodiscard]] std::string content_hash(std::string_view bytes);

} // namespace mdcd::checker
