// What names a content: 32 bytes of BLAKE2b. Equal names are equal contents, so handles can stand for contents.
// Knows nothing of what is named. The library that computes it is included in digest.cpp only.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace mdcd::impl::runtime {

struct Digest {
    std::array<std::uint8_t, 32> bytes{}; // all zero: of nothing at all, the empty content

    friend constexpr auto operator<=>(const Digest&, const Digest&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("bytes", self.bytes);
    }
};

[[nodiscard]] Digest digest_of(std::string_view bytes); // of the empty text: Digest{}

// 64 hexadecimal digits.
[[nodiscard]] std::string hex(const Digest& digest);

} // namespace mdcd::impl::runtime
