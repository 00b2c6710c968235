// An array that grows while others read it: elements never move. Segment k is twice as long as segment
// k - 1, so that a few pointers reach every 32-bit index. Knows nothing of who publishes an index to whom.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <type_traits>

namespace mdcd::checker::engine {

// Elements start as zero bytes. An element may be read by whoever learnt its index from its writer (through
// a lock, an atomic, or a barrier).
template <class T> class SegmentedArray {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    SegmentedArray() = default;
    ~SegmentedArray() { clear(); }
    SegmentedArray(const SegmentedArray&) = delete;
    SegmentedArray& operator=(const SegmentedArray&) = delete;

    [[nodiscard]] T& operator[](std::uint32_t index) const {
        const Place place = place_of(index);
        return segments_[place.segment].load(std::memory_order_acquire)[place.offset];
    }

    // The same, and makes the element first if it is not there. Safe to call from several threads.
    // Throws std::bad_alloc.
    [[nodiscard]] T& make(std::uint32_t index) {
        const Place place = place_of(index);
        T* segment = segments_[place.segment].load(std::memory_order_acquire);
        if (segment == nullptr)
            segment = add_segment(place.segment);
        return segment[place.offset];
    }

    // The element, or null if its segment was never made.
    [[nodiscard]] T* find(std::uint32_t index) const {
        const Place place = place_of(index);
        T* const segment = segments_[place.segment].load(std::memory_order_acquire);
        return segment == nullptr ? nullptr : segment + place.offset;
    }

    // Nobody may be looking.
    void clear() {
        for (std::atomic<T*>& segment : segments_)
            std::free(segment.exchange(nullptr));
    }

private:
    struct Place {
        std::size_t segment;
        std::size_t offset;
    };
    static constexpr unsigned first_bits = 6;

    static Place place_of(std::uint32_t index) {
        const std::uint64_t shifted = std::uint64_t{index} + (1U << first_bits);
        const auto bits = static_cast<unsigned>(std::bit_width(shifted)) - 1;
        return {.segment = bits - first_bits, .offset = shifted ^ (std::uint64_t{1} << bits)};
    }

    T* add_segment(std::size_t number) {
        T* const fresh = static_cast<T*>(std::calloc(std::size_t{1} << (number + first_bits), sizeof(T)));
        if (fresh == nullptr)
            throw std::bad_alloc();
        T* expected = nullptr;
        if (segments_[number].compare_exchange_strong(expected, fresh, std::memory_order_acq_rel))
            return fresh;
        std::free(fresh);
        return expected;
    }

    std::array<std::atomic<T*>, 33 - first_bits> segments_{};
};

} // namespace mdcd::checker::engine
