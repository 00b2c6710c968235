// Interning: hash, look under the stripe's lock, copy what is new into the stripe's arena.
// Knows nothing of what a value means.
#include "checker/engine/value_table.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "checker/engine/table_hash.hpp"

namespace mdcd::checker::engine {

Id ValueTable::intern(std::string_view bytes) {
    const std::uint64_t hash = table_hash(seed_, bytes);
    return index_.find_or_make(
        hash, [&](Id id) { return entries_[id].hash == hash && this->bytes(id) == bytes; },
        [&] { return add(bytes, hash); }, [&](Id id) { return entries_[id].hash; });
}

Id ValueTable::add(std::string_view bytes, std::uint64_t hash) {
    if (bytes.size() > 0xffffffffU || size_.load() >= no_id - 1)
        throw std::bad_alloc();
    const Id id = size_.fetch_add(1);
    entries_.make(id) = {.data = keep(arenas_[StripedIndex::stripe_of(hash)], bytes),
                         .hash = hash,
                         .length = static_cast<std::uint32_t>(bytes.size())};
    charge(sizeof(Entry) + 8); // and its place in the index
    return id;
}

const char* ValueTable::keep(Arena& arena, std::string_view bytes) {
    const std::size_t needed = (bytes.size() + 7) / 8 * 8;
    if (needed > arena.left) {
        const std::size_t chunk = std::max(needed, std::size_t{256} << std::min<std::size_t>(10, arena.chunks.size()));
        arena.chunks.push_back(std::make_unique_for_overwrite<char[]>(chunk));
        arena.free = arena.chunks.back().get();
        arena.left = chunk;
        charge(chunk);
    }
    char* const place = arena.free;
    if (!bytes.empty())
        std::memcpy(place, bytes.data(), bytes.size());
    arena.free += needed;
    arena.left -= needed;
    return place;
}

void ValueTable::charge(std::uint64_t bytes) {
    meter_ += bytes;
    charged_ += bytes;
}

void ValueTable::clear() {
    entries_.clear();
    index_.clear();
    for (Arena& arena : arenas_)
        arena = {};
    size_ = 0;
    meter_ -= charged_.exchange(0);
}

} // namespace mdcd::checker::engine
