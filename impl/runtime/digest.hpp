// What names a content: 32 bytes of BLAKE2b. Equal names are equal contents, so handles can stand for contents.
// Knows nothing of what is named. The library that computes it is included in digest.cpp only.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_set>

namespace mdcd::impl::runtime {

struct Digest {
    std::array<std::uint8_t, 32> bytes{}; // all zero: of nothing at all, the empty content

    friend constexpr auto operator<=>(const Digest&, const Digest&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("bytes", self.bytes);
    }
};

// Any eight bytes of one are as good as others.
struct DigestHash {
    std::size_t operator()(const Digest& digest) const {
        std::uint64_t number = 0;
        std::memcpy(&number, digest.bytes.data(), sizeof number);
        return static_cast<std::size_t>(number);
    }
};
using DigestSet = std::unordered_set<Digest, DigestHash>;

[[nodiscard]] Digest digest_of(std::string_view bytes); // of the empty text: Digest{}

// 64 hexadecimal digits.
[[nodiscard]] std::string hex(const Digest& digest);

} // namespace mdcd::impl::runtime
