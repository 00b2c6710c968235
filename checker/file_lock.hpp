// One process at a time: the system's lock on a file, given up with the process however it ends.
// Knows nothing of what it guards.
#pragma once

#include <string>

namespace mdcd::checker {

class FileLock {
public:
    // Takes no lock.
    FileLock() = default;
    // Makes the file if it is not there. Throws WriteError if another process has the lock, or if a link is in the
    // file's place. Where the system has no locks, or the file cannot be made, there is none: is_held() says so.
    explicit FileLock(const std::string& path);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

    [[nodiscard]] bool is_held() const { return file_ >= 0; }

    // On a file or folder that is open already, and which the caller closes: waits for it, or else false if another
    // has it. True where the system has no locks.
    enum class Wait { yes, no };
    [[nodiscard]] static bool take(int file, Wait wait);

private:
    int file_ = -1;
};

} // namespace mdcd::checker
