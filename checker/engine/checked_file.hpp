// A file of plain data with a checksum at its end, that appears under its name only when it is complete.
// Knows nothing of what is in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "checker/content_hash.hpp"

namespace mdcd::checker::engine {

inline constexpr std::size_t checked_block_bytes = std::size_t{1} << 16; // read and written at once

// Throws CheckpointError when the system refuses something.
class CheckedWriter {
public:
    // Writes beside `path`, into a file that it makes; what is at `path` stays until commit(). Whoever may have a rival
    // locks the folder first.
    explicit CheckedWriter(std::string path);
    ~CheckedWriter();
    CheckedWriter(const CheckedWriter&) = delete;
    CheckedWriter& operator=(const CheckedWriter&) = delete;

    void bytes(std::span<const std::byte> bytes);
    template <class T> void items(std::span<const T> items) {
        static_assert(std::is_trivially_copyable_v<T>);
        bytes(std::as_bytes(items));
    }
    void number(std::uint64_t value) { items(std::span<const std::uint64_t>(&value, 1)); }
    void text(std::string_view text) {
        number(text.size());
        items(std::span<const char>(text));
    }

    // All is on the disk, then takes the place of `path`.
    void commit();

private:
    void flush();
    void write_out(std::span<const std::byte> bytes);

    std::string path_;
    std::string unfinished_;
    int file_ = -1;
    std::vector<std::byte> block_;
    ContentHash hash_;
};

// Throws CheckpointError: no such file or something else than a file, a wrong checksum, or more asked for than is
// there.
class CheckedReader {
public:
    // Verifies the whole file first. `look_at_clock` is called now and then, and may throw.
    explicit CheckedReader(
        const std::string& path, std::function<void()> look_at_clock = [] {});
    ~CheckedReader();
    CheckedReader(const CheckedReader&) = delete;
    CheckedReader& operator=(const CheckedReader&) = delete;

    void bytes(std::span<std::byte> bytes);
    template <class T> void items(std::span<T> items) {
        static_assert(std::is_trivially_copyable_v<T>);
        bytes(std::as_writable_bytes(items));
    }
    [[nodiscard]] std::uint64_t number() {
        std::uint64_t value = 0;
        items(std::span(&value, 1));
        return value;
    }
    [[nodiscard]] std::string text();

    [[nodiscard]] std::uint64_t bytes_left() const { return left_; }
    // Goes on from where so many bytes are left.
    void go_to(std::uint64_t bytes_left);

private:
    void verify();
    void read_in(std::span<std::byte> bytes);
    [[noreturn]] void refuse(const std::string& reason) const;

    std::string path_;
    std::function<void()> look_at_clock_;
    int file_ = -1;
    std::uint64_t content_ = 0; // bytes before the checksum
    std::uint64_t left_ = 0;    // .. that have not been read
};

} // namespace mdcd::checker::engine
