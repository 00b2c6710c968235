// BLAKE2b of libsodium, as the checker names contents (ADR 29). The runtime stands on impl alone, so it asks the
// library itself. Knows no content.
#include "impl/runtime/digest.hpp"

#include <sodium.h>

#include <cstdio>
#include <cstdlib>

namespace mdcd::impl::runtime {
namespace {

void initialise() {
    static const bool initialised = [] {
        if (sodium_init() < 0) {
            std::fputs("mdcd: libsodium cannot be initialised\n", stderr);
            std::abort();
        }
        return true;
    }();
    (void)initialised;
}

} // namespace

Digest digest_of(std::string_view bytes) {
    Digest digest;
    if (bytes.empty())
        return digest;
    initialise();
    crypto_generichash(digest.bytes.data(), digest.bytes.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size(), nullptr, 0);
    return digest;
}

std::string hex(const Digest& digest) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text(2 * digest.bytes.size(), '0');
    auto place = text.begin();
    for (const std::uint8_t byte : digest.bytes) {
        *place++ = digits[byte >> 4U];
        *place++ = digits[byte & 15U];
    }
    return text;
}

} // namespace mdcd::impl::runtime
