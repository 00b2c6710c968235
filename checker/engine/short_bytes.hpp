// Copies and compares byte strings that are short more often than not: a few moves in place of a call.
// Knows nothing of what they mean.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mdcd::checker::engine {

template <class Word> [[nodiscard]] inline Word word_from(const char* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, sizeof(word));
    return word;
}

// They must not overlap.
inline void copy_bytes(char* to, std::string_view bytes) {
    const char* const from = bytes.data();
    const std::size_t size = bytes.size();
    const auto ends = [&]<class Word>(Word) { // the first and the last word, which overlap perhaps
        const Word first = word_from<Word>(from);
        const Word last = word_from<Word>(from + size - sizeof(Word));
        std::memcpy(to, &first, sizeof(Word));
        std::memcpy(to + size - sizeof(Word), &last, sizeof(Word));
    };
    if (size > 16)
        std::memcpy(to, from, size);
    else if (size >= 8)
        ends(std::uint64_t{});
    else if (size >= 4)
        ends(std::uint32_t{});
    else
        for (std::size_t i = 0; i < size; ++i)
            to[i] = from[i];
}

[[nodiscard]] inline bool are_equal(std::string_view some, std::string_view others) {
    const std::size_t size = some.size();
    if (size != others.size())
        return false;
    const char* const a = some.data();
    const char* const b = others.data();
    if (size > 16)
        return std::memcmp(a, b, size) == 0;
    if (size >= 8)
        return word_from<std::uint64_t>(a) == word_from<std::uint64_t>(b) &&
               word_from<std::uint64_t>(a + size - 8) == word_from<std::uint64_t>(b + size - 8);
    if (size >= 4)
        return word_from<std::uint32_t>(a) == word_from<std::uint32_t>(b) &&
               word_from<std::uint32_t>(a + size - 4) == word_from<std::uint32_t>(b + size - 4);
    for (std::size_t i = 0; i < size; ++i)
        if (a[i] != b[i])
            return false;
    return true;
}

// The first `size` bytes, at most 8, as a word, the first byte lowest on every machine; what they are not, is zero.
[[nodiscard]] inline std::uint64_t little_word(const char* bytes, std::size_t size) {
    if constexpr (std::endian::native == std::endian::little) {
        if (size == 8)
            return word_from<std::uint64_t>(bytes);
        if (size >= 4)
            return word_from<std::uint32_t>(bytes) | std::uint64_t{word_from<std::uint32_t>(bytes + size - 4)}
                                                         << (8 * (size - 4));
    }
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < size; ++i)
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return word;
}

} // namespace mdcd::checker::engine
