// A file of numbered lines that is written after the database has them: whatever a crash left of its end is completed
// from there, so that no line is missing and none is there twice.
// Knows nothing of what is in a line but its number.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "impl/runtime/store.hpp"

namespace mdcd::impl::runtime {

// The file is not the one that the database knows. What cannot be read or written now is StoreUnavailable.
class LineFileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class LineFile {
public:
    // `key`: the field with the number, "step". Cuts off an incomplete last line. `through`: the last line that there
    // must be, as the database says; what is missing is asked of it.
    LineFile(const std::string& path, const std::string& key, Store& store, Store::Lines which, std::uint64_t through,
             StoreDurability durability);
    ~LineFile();
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;

    void append(const std::vector<StoredLine>& lines);

    // Now and then the file is brought to the disk (if that is asked for at all); lines up to this one need not be kept
    // elsewhere. 0: nothing new.
    [[nodiscard]] std::uint64_t newly_safe();

private:
    void write_all(const std::string& text);
    [[nodiscard]] std::uint64_t last_number(const std::string& key);

    std::string path_;
    StoreDurability durability_;
    int file_ = -1;
    std::uint64_t last_ = 0;
    std::uint64_t safe_ = 0;
};

} // namespace mdcd::impl::runtime
