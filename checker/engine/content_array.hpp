// Byte strings by number, one after the other in one block. As long as all have one length, they take just that; else 5
// bytes more each, for where they begin. Knows nothing of what they mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>

#include "checker/engine/checked_file.hpp"
#include "checker/engine/page_array.hpp"
#include "checker/engine/short_bytes.hpp"

namespace mdcd::checker::engine {

// Lengths of some strings.
struct Lengths {
    std::uint64_t total = 0;
    std::uint64_t shortest = ~std::uint64_t{0};
    std::uint64_t longest = 0;
    void add(std::uint64_t length) {
        total += length;
        shortest = length < shortest ? length : shortest;
        longest = length > longest ? length : longest;
    }
};

class ContentArray {
public:
    [[nodiscard]] std::uint64_t size() const { return count_; }
    // The view stays valid until strings are added.
    [[nodiscard]] std::string_view operator[](std::uint64_t number) const {
        if (!mixed_)
            return {data_.data() + number * length_, length_};
        const std::uint64_t begin = begin_of(number);
        return {data_.data() + begin, begin_of(number + 1) - begin};
    }
    void prefetch(std::uint64_t number) const {
        if (mixed_)
            __builtin_prefetch(&begins_[number * begin_bytes]);
        else
            __builtin_prefetch(data_.data() + number * length_);
    }
    [[nodiscard]] std::uint64_t bytes() const { return end_ + (mixed_ ? (count_ + 1) * begin_bytes : 0); }

    // Makes room for `count` strings more, of these lengths; returns where the first begins. They must be put there
    // before anybody looks, by any threads. Throws std::bad_alloc.
    std::uint64_t extend(std::uint64_t count, const Lengths& lengths);
    // Returns where the next one begins.
    std::uint64_t put(std::uint64_t number, std::uint64_t begin, std::string_view bytes) {
        copy_bytes(data_.data() + begin, bytes);
        if (mixed_)
            set_begin(number, begin);
        return begin + bytes.size();
    }

    void write(CheckedWriter& file, std::uint64_t count) const;
    // Into an empty one. False if it is no such array.
    [[nodiscard]] bool read(CheckedReader& file, std::uint64_t count, const std::function<void()>& look_at_clock);

private:
    static constexpr std::size_t begin_bytes = 5;
    static constexpr std::uint64_t end_max = std::uint64_t{1} << (8 * begin_bytes);

    [[nodiscard]] std::uint64_t begin_of(std::uint64_t number) const {
        std::uint32_t low = 0;
        std::memcpy(&low, &begins_[number * begin_bytes], sizeof(low));
        return low | std::uint64_t{begins_[number * begin_bytes + 4]} << 32;
    }
    void set_begin(std::uint64_t number, std::uint64_t begin) {
        const auto low = static_cast<std::uint32_t>(begin);
        std::memcpy(&begins_[number * begin_bytes], &low, sizeof(low));
        begins_[number * begin_bytes + 4] = static_cast<unsigned char>(begin >> 32);
    }
    void mix();

    PageArray<char> data_;
    PageArray<unsigned char> begins_; // only if mixed; one more than there are strings
    std::uint64_t count_ = 0;
    std::uint64_t end_ = 0;    // of the last one
    std::uint64_t length_ = 0; // of each, unless mixed
    bool mixed_ = false;
};

} // namespace mdcd::checker::engine
