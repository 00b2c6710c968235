// The lines of a file that a running system has written: each is there whole, or the file was cut; and none is longer
// than a line can be, whatever the file is.
// Knows nothing of what is in a line.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace mdcd::checker::cli::node {

class LineReader {
public:
    // `what` the file is, for complaints. Throws traces::FileError if it is no regular file or cannot be read.
    LineReader(const std::string& file, const std::string& what);

    // Without its end; false at the end of the file. Throws traces::FileError.
    [[nodiscard]] bool read(std::string& line);

    [[nodiscard]] std::uint64_t number() const { return number_; } // of the last line that was read, from 1
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] std::string place() const { return file_ + ", line " + std::to_string(number_); }

private:
    std::string file_;
    std::ifstream in_;
    std::string ahead_;     // read
    std::size_t taken_ = 0; // of it
    std::uint64_t number_ = 0;
};

} // namespace mdcd::checker::cli::node
