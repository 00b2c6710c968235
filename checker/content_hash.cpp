// The one file that includes libsodium.
// Knows nothing of what is hashed.
#include "checker/content_hash.hpp"

#include <sodium.h>

namespace mdcd::checker {
namespace {

using State = crypto_generichash_state;

// Chooses the fastest implementation for this processor, once. A failure is one of the library's random numbers, which
// no hash needs: the portable implementation does.
void initialise() {
    static const int ready = sodium_init();
    static_cast<void>(ready);
}

} // namespace

ContentHash::ContentHash() {
    static_assert(sizeof(State) <= sizeof(state_) && alignof(State) <= 64);
    static_assert(bytes_count == crypto_generichash_BYTES);
    initialise();
    // The library writes the whole state: an object in the bytes, as its documentation has it.
    crypto_generichash_init(reinterpret_cast<State*>(state_.data()), nullptr, 0, bytes_count);
}

ContentHash& ContentHash::add(std::span<const std::byte> bytes) {
    crypto_generichash_update(reinterpret_cast<State*>(state_.data()),
                              reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return *this;
}

ContentHash& ContentHash::add(std::string_view bytes) {
    return add(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

ContentHash& ContentHash::add_text(std::string_view text) {
    return add_number(text.size()).add(text);
}

ContentHash& ContentHash::add_number(std::uint64_t number) {
    std::array<std::byte, 8> low_first{};
    for (std::size_t i = 0; i < low_first.size(); ++i)
        low_first[i] = static_cast<std::byte>(number >> (8 * i));
    return add(low_first);
}

ContentHash::Bytes ContentHash::bytes() const {
    alignas(64) std::array<std::byte, sizeof(state_)> copy = state_; // finishing spoils the state
    Bytes result{};
    crypto_generichash_final(reinterpret_cast<State*>(copy.data()), reinterpret_cast<unsigned char*>(result.data()),
                             result.size());
    return result;
}

std::uint64_t ContentHash::number() const {
    std::uint64_t number = 0;
    const Bytes all = bytes();
    for (std::size_t i = 0; i < 8; ++i)
        number |= static_cast<std::uint64_t>(all[i]) << (8 * i);
    return number;
}

std::string ContentHash::digits() const {
    static constexpr char digit[] = "0123456789abcdef";
    std::string text;
    for (const std::byte each : bytes()) {
        text += digit[static_cast<unsigned>(each) >> 4];
        text += digit[static_cast<unsigned>(each) & 15U];
    }
    return text;
}

std::string content_hash(std::string_view bytes) {
    return ContentHash().add(bytes).digits();
}

} // namespace mdcd::checker
