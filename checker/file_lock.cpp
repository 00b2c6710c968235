// flock: belongs to the open file, so two searches of one process exclude each other, too.
// Knows nothing of what it guards.
#include "checker/file_lock.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "checker/whole_file.hpp"

namespace mdcd::checker {

FileLock::FileLock(const std::string& path)
    : file_(open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666)) {
    if (file_ < 0 && errno == ELOOP)
        throw WriteError(path + ": cannot be locked: it is a symbolic link");
    if (file_ < 0)
        return;
    if (take(file_, Wait::no))
        return;
    close(std::exchange(file_, -1));
    throw WriteError(path + ": another mdcd is at work here; wait for its end, or give this one another place");
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

FileLock::~FileLock() {
    if (file_ >= 0)
        close(file_);
}

bool FileLock::take(int file, Wait wait) {
    while (flock(file, LOCK_EX | (wait == Wait::no ? LOCK_NB : 0)) != 0) {
        if (errno == EINTR)
            continue;
        return errno != EWOULDBLOCK;
    }
    return true;
}

} // namespace mdcd::checker
