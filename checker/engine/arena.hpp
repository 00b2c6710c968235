// Memory for small objects that are all given back at once. One thread at a time.
// Knows nothing of what the bytes mean.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "checker/engine/page_array.hpp"

namespace mdcd::checker::engine {

class Arena {
public:
    // `meter` is told of memory taken, in bytes.
    explicit Arena(std::atomic<std::uint64_t>& meter) : meter_(meter) {}
    ~Arena() { clear(); }
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    // `alignment`: a multiple of 16, and at most a page.
    [[nodiscard]] std::byte* allocate(std::size_t bytes, std::size_t alignment = 16) {
        const std::size_t skipped = (alignment - reinterpret_cast<std::uintptr_t>(free_) % alignment) % alignment;
        std::size_t needed = skipped + (bytes + 15) / 16 * 16;
        if (needed > left_) {
            needed -= skipped;
            add_chunk(needed);
            free_ += needed;
            left_ -= needed;
            return free_ - needed;
        }
        free_ += needed;
        left_ -= needed;
        return free_ - needed + skipped;
    }

    template <class T> [[nodiscard]] T* copy(std::span<const T> items) {
        static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 16);
        T* const place = reinterpret_cast<T*>(allocate(items.size_bytes()));
        std::uninitialized_copy(items.begin(), items.end(), place);
        return place;
    }

    void clear() {
        chunks_.clear();
        free_ = nullptr;
        left_ = 0;
        meter_ -= taken_;
        taken_ = 0;
    }

private:
    void add_chunk(std::size_t needed) {
        const std::size_t size = std::max(needed, std::clamp<std::size_t>(taken_, 4096, std::size_t{1} << 22));
        chunks_.push_back(std::make_unique<PageBlock>());
        chunks_.back()->reserve(size);
        free_ = static_cast<std::byte*>(chunks_.back()->data());
        left_ = size;
        taken_ += size;
        meter_ += size;
    }

    std::atomic<std::uint64_t>& meter_;
    std::vector<std::unique_ptr<PageBlock>> chunks_;
    std::byte* free_ = nullptr;
    std::size_t left_ = 0;
    std::uint64_t taken_ = 0;
};

} // namespace mdcd::checker::engine
