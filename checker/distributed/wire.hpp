// Numbers and texts as bytes, for messages between ranks of one program: small numbers take little room.
// Knows nothing of what they mean, and nothing of files: a message that is cut short is a mistake of ours.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "checker/invariant.hpp"

namespace mdcd::checker::distributed {

class Writer {
public:
    // Seven bits a byte, the lowest first.
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            bytes_.push_back(static_cast<char>(value | 0x80));
        bytes_.push_back(static_cast<char>(value));
    }
    void text(std::string_view text) {
        number(text.size());
        bytes_.append(text);
    }

    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0;; shift += 7) {
            invariant(!rest_.empty() && shift < 64, "a message between ranks holds all its numbers");
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return value;
        }
    }
    [[nodiscard]] std::string_view text() {
        const std::uint64_t size = number();
        invariant(size <= rest_.size(), "a message between ranks holds all its texts");
        const std::string_view text = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return text;
    }

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

} // namespace mdcd::checker::distributed
