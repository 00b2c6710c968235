// Numbers and texts as the bytes of one message, and back. Whoever reads does not trust who wrote: what is missing
// reads as nothing and is told afterwards. Knows no meaning of what is in a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mdcd::checker::smt {

class MessageWriter {
public:
    void number(std::uint64_t value) {
        for (unsigned byte = 0; byte < sizeof value; ++byte)
            bytes_.push_back(static_cast<char>(value >> (8 * byte) & 0xff));
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

class MessageReader {
public:
    // `bytes` must outlive the reader and the texts it gives.
    explicit MessageReader(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        const std::string_view bytes = cut(sizeof value);
        for (std::size_t byte = 0; byte < bytes.size(); ++byte)
            value |= std::uint64_t{static_cast<unsigned char>(bytes[byte])} << (8 * byte);
        return value;
    }
    std::string_view text() { return cut(number()); }

    // The count of what follows, each of at least a byte.
    std::size_t count() {
        const std::uint64_t value = number();
        complete_ = complete_ && value <= rest_.size();
        return complete_ ? static_cast<std::size_t>(value) : 0;
    }

    [[nodiscard]] bool is_complete() const { return complete_; }             // nothing was missing so far
    [[nodiscard]] bool at_end() const { return complete_ && rest_.empty(); } // .. and nothing is left

private:
    std::string_view cut(std::uint64_t size) {
        complete_ = complete_ && size <= rest_.size();
        if (!complete_)
            return {};
        const std::string_view front = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(front.size());
        return front;
    }

    std::string_view rest_;
    bool complete_ = true;
};

} // namespace mdcd::checker::smt
