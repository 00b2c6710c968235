// Hashes for tables. They spread and order states, and never decide whether two are equal: the engine compares content
// for that. The same content has the same hash in every run and on every machine. What must tell one content from
// another by its hash alone is checker/content_hash.hpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace mdcd::checker::engine {

// A bijection of 64-bit words in which each input bit moves about half of the output bits
// (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t word) {
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
    return word ^ (word >> 31);
}

[[nodiscard]] std::uint64_t table_hash(std::uint64_t seed, std::string_view bytes);

} // namespace mdcd::checker::engine
