// Reads in pieces, so that a line without an end costs no more than its bound.
// Blocks on nothing: what is no regular file is refused before it is opened.
#include "checker/cli/node/line_reader.hpp"

#include <filesystem>
#include <utility>

#include "traces/file_error.hpp"

namespace mdcd::checker::cli::node {
namespace {

constexpr std::size_t line_bytes_max = std::size_t{256} << 20U;
constexpr std::streamsize piece_bytes = 1 << 16;

} // namespace

LineReader::LineReader(const std::string& file, const std::string& what) : file_(file) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(file, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        throw traces::FileError(file, "", "is not a regular file; expected " + what);
    in_.open(file, std::ios::binary);
    if (!in_)
        throw traces::FileError(file, "", "cannot be read; expected " + what);
}

bool LineReader::read(std::string& line) {
    std::size_t end = ahead_.find('\n', taken_);
    while (end == std::string::npos && in_) {
        ahead_.erase(0, std::exchange(taken_, 0));
        if (ahead_.size() > line_bytes_max)
            throw traces::FileError(file_ + ", line " + std::to_string(number_ + 1), "", "has more than 256 MiB");
        const std::size_t before = ahead_.size();
        ahead_.resize(before + static_cast<std::size_t>(piece_bytes));
        in_.read(ahead_.data() + before, piece_bytes);
        ahead_.resize(before + static_cast<std::size_t>(in_.gcount()));
        end = ahead_.find('\n', before);
    }
    if (in_.bad())
        throw traces::FileError(file_, "", "cannot be read to its end");
    if (taken_ == ahead_.size())
        return false;
    ++number_;
    if (end == std::string::npos)
        throw traces::FileError(place(), "", "has no end: the file was cut, or the process is writing it just now");
    line.assign(ahead_, taken_, end - taken_);
    taken_ = end + 1;
    return true;
}

} // namespace mdcd::checker::cli::node
