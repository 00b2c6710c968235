// A vector with a fixed capacity and no heap: what checkpoint arrays and logs are made of.
// Entries after the end are always value-initialised, so equal contents are equal objects.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "impl/limits.hpp"

namespace mdcd::impl {

template <class T, std::size_t Capacity> class FixedVector {
public:
    using value_type = T;
    static constexpr std::size_t capacity = Capacity;

    [[nodiscard]] constexpr std::size_t size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
    [[nodiscard]] constexpr T* begin() { return entries_.data(); }
    [[nodiscard]] constexpr T* end() { return entries_.data() + size_; }
    [[nodiscard]] constexpr const T* begin() const { return entries_.data(); }
    [[nodiscard]] constexpr const T* end() const { return entries_.data() + size_; }
    [[nodiscard]] constexpr T& operator[](std::size_t position) { return entries_[position]; }
    [[nodiscard]] constexpr const T& operator[](std::size_t position) const { return entries_[position]; }

    // `what` names the container in the message when it is full.
    constexpr void push_back(const T& value, const char* what) {
        if (size_ == Capacity)
            capacity_exceeded(what, Capacity);
        entries_[size_++] = value;
    }

    // Keeps the entries for which `keep(entry, position)` is true, in order; returns how many were removed.
    template <class Keep> constexpr std::size_t keep_if(Keep keep) {
        std::size_t kept = 0;
        for (std::size_t position = 0; position < size_; ++position) {
            if (!keep(entries_[position], position))
                continue;
            if (kept != position)
                entries_[kept] = entries_[position];
            ++kept;
        }
        const std::size_t removed = size_ - kept;
        truncate(kept);
        return removed;
    }

    constexpr void truncate(std::size_t size) {
        while (size_ > size)
            entries_[--size_] = T{};
    }
    constexpr void clear() { truncate(0); }

    friend constexpr bool operator==(const FixedVector&, const FixedVector&) = default;

private:
    std::array<T, Capacity> entries_{};
    std::size_t size_ = 0;
};

} // namespace mdcd::impl
