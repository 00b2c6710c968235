// Eight bytes at a time, read low byte first on every machine. For each word that is read the hash so far is mapped by
// a bijection: no word makes it forget what came before.
// Knows nothing of slots.
#include "checker/engine/table_hash.hpp"

#include <algorithm>
#include <cstddef>

#include "checker/engine/short_bytes.hpp"

namespace mdcd::checker::engine {
std::uint64_t table_hash(std::uint64_t seed, std::string_view bytes) {
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15U;
    std::uint64_t hash = mix(seed + golden) ^ (bytes.size() * golden);
    for (std::size_t at = 0; at < bytes.size(); at += 8)
        hash = mix((hash ^ little_word(bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at))) + golden);
    return mix(hash + golden);
}

} // namespace mdcd::checker::engine
