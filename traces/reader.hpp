// Reading a value that a user wrote: every access says file and JSON path when it fails, and what was expected.
// Knows no document and no JSON text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "traces/value.hpp"

namespace mdcd::traces {

// A value, where it came from, and the path that led to it ("$.budgets.cluster_messages").
class Reader {
public:
    Reader(const Value& value, std::string file, std::string path = "$");

    [[nodiscard]] const Value& value() const { return *value_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] const std::string& path() const { return path_; }

    // Throws FileError(file, path, what).
    [[noreturn]] void fail(const std::string& what) const;

    // The value must be a record with no field outside `known` (the message names the nearest known one).
    void only_fields(std::span<const std::string> known) const;
    [[nodiscard]] bool has(std::string_view field) const;
    [[nodiscard]] Reader field(std::string_view name) const;                  // must exist
    [[nodiscard]] std::vector<Reader> items() const;                          // must be a list
    [[nodiscard]] std::vector<std::pair<std::string, Reader>> fields() const; // must be a record
    [[nodiscard]] std::int64_t integer(std::int64_t min, std::int64_t max) const;
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string name() const; // is_name()
    [[nodiscard]] std::string
    one_of(std::span<const std::string> names) const; // the message lists them and the nearest

private:
    const Value* value_;
    std::string file_;
    std::string path_;
};

} // namespace mdcd::traces
