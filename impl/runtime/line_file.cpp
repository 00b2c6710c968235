// Plain system calls: a short write or a full disk is an error that says so.
// Knows nothing of what is in a line but its number.
#include "impl/runtime/line_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mdcd::impl::runtime {
namespace {

constexpr std::uint64_t lines_between_synchronisations = 512;

} // namespace

LineFile::LineFile(const std::string& path, const std::string& key, Store& store, Store::Lines which,
                   std::uint64_t through, StoreDurability durability)
    : path_(path), durability_(durability) {
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (file_ < 0)
        throw StoreUnavailable(path + ": cannot be opened: " + std::strerror(errno));
    last_ = safe_ = last_number(key);
    if (last_ > through)
        throw LineFileError(path + ": ends with line " + std::to_string(last_) + ", but the database knows only " +
                            std::to_string(through) + ": it is an older copy, or it has lost what was stored");
    std::vector<StoredLine> missing;
    store.for_each_line(which, last_, [&](const StoredLine& line) {
        if (line.number == last_ + missing.size() + 1)
            missing.push_back(line);
    });
    if (last_ + missing.size() != through)
        throw LineFileError(path + ": lines " + std::to_string(last_ + missing.size() + 1) + " to " +
                            std::to_string(through) + " are missing and nowhere else: the file was cut");
    append(missing);
}

LineFile::~LineFile() {
    ::close(file_);
}

// Of the last whole line; 0 if there is none.
std::uint64_t LineFile::last_number(const std::string& key) {
    struct stat about {};
    if (::fstat(file_, &about) != 0)
        throw StoreUnavailable(path_ + ": " + std::strerror(errno));
    // From the end backwards: the end of the last whole line, and its beginning.
    std::string tail;
    off_t begin = about.st_size;
    std::size_t end_of_line = std::string::npos;
    std::size_t before = std::string::npos;
    while (begin > 0) {
        const off_t size = std::min<off_t>(begin, 1 << 16);
        begin -= size;
        std::string piece(static_cast<std::size_t>(size), '\0');
        if (::pread(file_, piece.data(), piece.size(), begin) != size)
            throw StoreUnavailable(path_ + ": cannot be read: " + std::strerror(errno));
        tail.insert(0, piece);
        end_of_line = tail.rfind('\n');
        before = end_of_line == std::string::npos || end_of_line == 0 ? std::string::npos
                                                                      : tail.rfind('\n', end_of_line - 1);
        if (before != std::string::npos)
            break;
    }
    const off_t whole = end_of_line == std::string::npos ? 0 : begin + static_cast<off_t>(end_of_line) + 1;
    if (whole != about.st_size && ::ftruncate(file_, whole) != 0)
        throw StoreUnavailable(path_ + ": cannot be cut to its last whole line: " + std::strerror(errno));
    if (::lseek(file_, 0, SEEK_END) < 0)
        throw StoreUnavailable(path_ + ": " + std::strerror(errno));
    if (whole == 0)
        return 0;
    const std::size_t first = before == std::string::npos ? 0 : before + 1;
    const std::string line = tail.substr(first, end_of_line - first);
    const std::string field = "\"" + key + "\":";
    const std::size_t at = line.find(field);
    std::uint64_t number = 0;
    for (std::size_t place = at + field.size(); at != std::string::npos && place < line.size(); ++place) {
        if (line[place] < '0' || line[place] > '9' || number > std::uint64_t{1} << 53U)
            break;
        number = 10 * number + static_cast<std::uint64_t>(line[place] - '0');
    }
    if (number == 0)
        throw LineFileError(path_ + ": the last line has no " + field + " number: it was not written here");
    return number;
}

void LineFile::append(const std::vector<StoredLine>& lines) {
    std::string text;
    for (const StoredLine& line : lines)
        text.append(line.text).append(1, '\n');
    write_all(text);
    last_ += lines.size();
}

void LineFile::write_all(const std::string& text) {
    for (std::size_t written = 0; written < text.size();) {
        const ssize_t count = ::write(file_, text.data() + written, text.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            throw StoreUnavailable(path_ + ": cannot be written: " + std::strerror(errno));
        written += static_cast<std::size_t>(count);
    }
}

std::uint64_t LineFile::newly_safe() {
    if (last_ < safe_ + lines_between_synchronisations)
        return 0;
    if (durability_ == StoreDurability::full && ::fdatasync(file_) != 0)
        throw StoreUnavailable(path_ + ": cannot be brought to the disk: " + std::strerror(errno));
    safe_ = last_;
    return safe_;
}

} // namespace mdcd::impl::runtime
