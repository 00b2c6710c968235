// The same as for byte strings, without the bytes.
// Knows nothing of states.
#include "checker/engine/pair_table.hpp"

#include <new>

namespace mdcd::checker::engine {

Id PairTable::intern(IdPair pair, std::uint64_t hash) {
    return index_.find_or_make(
        hash, [&](Id id) { return pairs_[id] == pair; },
        [&] {
            if (size_.load() >= no_id - 1)
                throw std::bad_alloc();
            const Id id = size_.fetch_add(1);
            pairs_.make(id) = pair;
            hashes_.make(id) = hash;
            meter_ += sizeof(IdPair) + sizeof(std::uint64_t) + 8; // 8: about what the index takes for it
            return id;
        },
        [&](Id id) { return hashes_[id]; });
}

} // namespace mdcd::checker::engine
