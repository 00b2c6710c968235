// Open addressing with few probes: what finds no place is worked out again, which costs time only.
// Knows nothing of slots.
#include "checker/engine/move_table.hpp"

namespace mdcd::checker::engine {

MoveTable::MoveTable(std::atomic<std::uint64_t>& meter) : meter_(meter) {
    renew(size_min);
}

void MoveTable::add(Id id, Id effect, Move move) {
    const std::uint64_t key = key_of(id, effect);
    std::uint64_t at = home_of(key);
    for (unsigned probe = 0; probe < probes_max; ++probe, at = (at + 1) & (size_ - 1)) {
        std::atomic_ref place(words_[2 * at]);
        std::uint64_t expected = 0;
        if (place.load(std::memory_order_relaxed) == 0 &&
            place.compare_exchange_strong(expected, busy, std::memory_order_relaxed)) {
            std::atomic_ref(words_[2 * at + 1])
                .store(std::uint64_t{move.next} << 32 | move.hash, std::memory_order_relaxed);
            place.store(key, std::memory_order_release);
            added_.fetch_add(1, std::memory_order_relaxed);
            return;
        }
    }
    refused_.fetch_add(1, std::memory_order_relaxed);
}

void MoveTable::tend() {
    const std::uint64_t wanted = added_ + refused_;
    if (size_ == size_max) {
        if (refused_ > size_ / 2)
            renew(size_max);
        return;
    }
    if (2 * wanted < size_)
        return;
    PageArray<std::uint64_t> before;
    before.swap(words_);
    const std::uint64_t size_before = size_;
    renew(size_ * 4 <= wanted ? size_ * 8 : size_ * 2);
    for (std::uint64_t at = 0; at < size_before; ++at)
        if (const std::uint64_t key = before[2 * at]; key != 0) {
            const std::uint64_t word = before[2 * at + 1];
            add(static_cast<Id>(key >> 32), static_cast<Id>(key),
                {.next = static_cast<Id>(word >> 32), .hash = static_cast<std::uint32_t>(word)});
        }
}

void MoveTable::forget() {
    renew(size_min);
}

void MoveTable::renew(std::uint64_t size) {
    meter_ -= bytes();
    size_ = size;
    words_.renew(2 * size);
    words_.touch(0, 2 * size);
    meter_ += bytes();
    added_ = 0;
    refused_ = 0;
}

} // namespace mdcd::checker::engine
