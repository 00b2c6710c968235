// Write to one side, sync, rename, sync the folder: at any moment the name means a complete file.
// Knows nothing of what the file holds.
#include "checker/engine/checked_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checker/checkpoint_error.hpp"

namespace mdcd::checker::engine {
namespace {

[[noreturn]] void complain(const std::string& what, const std::string& path) {
    throw CheckpointError(what + " '" + path + "': " + std::strerror(errno));
}

void sync_folder(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    const int file = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return; // the file itself is safe; only its name might be lost with the power
    fsync(file);
    close(file);
}

} // namespace

CheckedWriter::CheckedWriter(std::string path) : path_(std::move(path)), unfinished_(path_ + ".unfinished") {
    unlink(unfinished_.c_str()); // of a run that was killed
    file_ = open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (file_ < 0)
        complain("cannot write", unfinished_);
    block_.reserve(checked_block_bytes);
}

CheckedWriter::~CheckedWriter() {
    if (file_ < 0)
        return;
    close(file_);
    unlink(unfinished_.c_str());
}

void CheckedWriter::bytes(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const std::size_t count = std::min(bytes.size(), checked_block_bytes - block_.size());
        block_.insert(block_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
        bytes = bytes.subspan(count);
        if (block_.size() == checked_block_bytes)
            flush();
    }
}

void CheckedWriter::flush() {
    hash_.add(block_);
    write_out(block_);
    block_.clear();
}

void CheckedWriter::write_out(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            complain("cannot write", unfinished_);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void CheckedWriter::commit() {
    if (!block_.empty())
        flush();
    write_out(hash_.bytes());
    if (fsync(file_) != 0)
        complain("cannot write", unfinished_);
    if (close(std::exchange(file_, -1)) != 0 || rename(unfinished_.c_str(), path_.c_str()) != 0)
        complain("cannot write", path_);
    sync_folder(path_);
}

CheckedReader::CheckedReader(const std::string& path, std::function<void()> look_at_clock)
    : path_(path), look_at_clock_(std::move(look_at_clock)) {
    file_ = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); // a pipe must not make it wait
    if (file_ < 0)
        complain("cannot read", path);
    try {
        verify();
    } catch (...) {
        close(file_);
        throw;
    }
}

CheckedReader::~CheckedReader() {
    close(file_);
}

void CheckedReader::verify() {
    struct stat status {};
    if (fstat(file_, &status) != 0)
        complain("cannot read", path_);
    if (!S_ISREG(status.st_mode))
        throw CheckpointError("cannot read '" + path_ + "': it is not a regular file");
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size < ContentHash::bytes_count)
        refuse("it is too short");
    content_ = size - ContentHash::bytes_count;
    std::vector<std::byte> block(checked_block_bytes);
    ContentHash hash;
    for (std::uint64_t at = 0; at < content_; at += checked_block_bytes) {
        const std::span<std::byte> part = std::span(block).first(std::min<std::uint64_t>(block.size(), content_ - at));
        look_at_clock_();
        read_in(part);
        hash.add(part);
    }
    ContentHash::Bytes expected{};
    read_in(expected);
    if (hash.bytes() != expected)
        refuse("its checksum is wrong");
    if (lseek(file_, 0, SEEK_SET) != 0)
        complain("cannot read", path_);
    left_ = content_;
}

void CheckedReader::go_to(std::uint64_t bytes_left) {
    if (bytes_left > content_)
        refuse("it is too short");
    if (lseek(file_, static_cast<off_t>(content_ - bytes_left), SEEK_SET) < 0)
        complain("cannot read", path_);
    left_ = bytes_left;
}

void CheckedReader::bytes(std::span<std::byte> bytes) {
    if (bytes.size() > left_)
        refuse("it ends too early");
    if (bytes.size() > checked_block_bytes)
        look_at_clock_();
    read_in(bytes);
    left_ -= bytes.size();
}

void CheckedReader::read_in(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = read(file_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            complain("cannot read", path_);
        if (count == 0)
            refuse("it ends too early");
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

std::string CheckedReader::text() {
    const std::uint64_t size = number();
    if (size > left_)
        refuse("it ends too early");
    std::string text(size, '\0');
    items(std::span<char>(text));
    return text;
}

void CheckedReader::refuse(const std::string& reason) const {
    throw CheckpointError("the checkpoint '" + path_ + "' is damaged: " + reason);
}

} // namespace mdcd::checker::engine
