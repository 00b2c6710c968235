// Arrays that become large, straight from the system: they grow without copying, untouched pages cost nothing, and
// huge pages are asked for once they pay. Knows nothing of what is stored.
#pragma once

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace mdcd::checker::engine {

// Untyped and zero-filled. Throws std::bad_alloc when the system refuses.
class PageBlock {
public:
    PageBlock() = default;
    ~PageBlock() { release(); }
    PageBlock(const PageBlock&) = delete;
    PageBlock& operator=(const PageBlock&) = delete;
    void swap(PageBlock& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(bytes_, other.bytes_);
    }

    // At least `bytes`; what is there stays, at a new address perhaps.
    void reserve(std::size_t bytes);
    void release();

    [[nodiscard]] void* data() const { return data_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    void* data_ = nullptr;
    std::size_t bytes_ = 0;
};

// Elements beyond those written are zero. Not safe to grow while others look at it.
template <class T> class PageArray {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    [[nodiscard]] T* data() const { return static_cast<T*>(block_.data()); }
    [[nodiscard]] T& operator[](std::size_t index) const { return data()[index]; }
    [[nodiscard]] std::size_t capacity() const { return block_.bytes() / sizeof(T); }

    // Room for `count` elements, and for half as many again when it has to grow.
    void reserve(std::size_t count) {
        if (count > capacity())
            block_.reserve(std::max(count, capacity() + capacity() / 2) * sizeof(T));
    }
    // Room for `count` elements and no more than pages need.
    void extend(std::size_t count) { block_.reserve(count * sizeof(T)); }
    void swap(PageArray& other) noexcept { block_.swap(other.block_); }
    // Exactly `count` elements, all zero; what was there is given back first.
    void renew(std::size_t count) {
        block_.release();
        block_.reserve(count * sizeof(T));
    }
    // Writes zero into one element of each page of [begin, end), where nothing is written yet. A page that is read
    // before it is written faults twice, and the second time interrupts all threads: so tables are touched first.
    void touch(std::size_t begin, std::size_t end) const {
        for (std::size_t index = begin; index < end; index += page_bytes / sizeof(T))
            data()[index] = T{};
    }

private:
    static constexpr std::size_t page_bytes = 4096;

    PageBlock block_;
};

} // namespace mdcd::checker::engine
