// O_EXCL and O_NOFOLLOW wherever a file is made: a name that another user has put there first is not taken for ours.
// Knows nothing of what is written.
#include "checker/whole_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <random>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mdcd::checker {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
    throw WriteError(path + ": cannot be written: " + reason);
}

[[noreturn]] void refuse(const std::string& path, int error) {
    refuse(path, std::strerror(error));
}

class OpenFile {
public:
    explicit OpenFile(int file) : file_(file) {}
    ~OpenFile() {
        if (file_ >= 0)
            ::close(file_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    [[nodiscard]] int number() const { return file_; }

    // 0, or why not all of it could be written.
    [[nodiscard]] int write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = ::write(file_, text.data(), text.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return errno;
            text.remove_prefix(static_cast<std::size_t>(written));
        }
        return 0;
    }
    [[nodiscard]] int close() { return ::close(std::exchange(file_, -1)) == 0 ? 0 : errno; }

private:
    int file_;
};

fs::path folder_of(const std::string& path) {
    const fs::path folder = fs::path(path).parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

// What is at a path now.
struct Place {
    bool exists = false;
    bool in_place = false; // a device, a pipe: there is nothing that could take its place
    mode_t mode = 0;       // of a file
};

Place look_at(const std::string& path) {
    struct stat itself {};
    if (lstat(path.c_str(), &itself) != 0) {
        if (errno == ENOENT)
            return {};
        refuse(path, errno);
    }
    struct stat target {};
    const bool has_target = stat(path.c_str(), &target) == 0;
    // Names of what is open already, such as /dev/stdout: links that nobody else can have made.
    if (has_target && (path.starts_with("/dev/") || path.starts_with("/proc/")) && !S_ISDIR(target.st_mode))
        return {.exists = true, .in_place = true, .mode = 0};
    if (S_ISLNK(itself.st_mode))
        refuse(path, "it is a symbolic link; name the file itself, or remove the link");
    if (S_ISDIR(itself.st_mode))
        refuse(path, EISDIR);
    if (faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0)
        refuse(path, errno);
    return {.exists = true, .in_place = !S_ISREG(itself.st_mode), .mode = itself.st_mode & 07777};
}

struct Beside {
    int file = -1;
    std::string name;
    int error = 0; // if there is no file
};

// A new file beside `path`, that nobody else has.
Beside open_beside(const std::string& path) {
    static constexpr int attempts_max = 16;
    std::random_device random;
    int error = EEXIST;
    for (int attempt = 0; attempt < attempts_max && error == EEXIST; ++attempt) {
        const std::string name = path + ".unfinished-" + std::to_string(random());
        const int file = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (file >= 0)
            return {.file = file, .name = name, .error = 0};
        error = errno;
    }
    return {.file = -1, .name = {}, .error = error};
}

// 0, or why no file can be made beside `path`.
int try_beside(const std::string& path) {
    const Beside beside = open_beside(path);
    if (beside.error != 0)
        return beside.error;
    close(beside.file);
    unlink(beside.name.c_str());
    return 0;
}

void sync_folder(const fs::path& folder) {
    const OpenFile file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.number() >= 0)
        fsync(file.number()); // else the file is safe, and only its name might be lost with the power
}

void write_in_place(const std::string& path, std::string_view text) {
    OpenFile file(open(path.c_str(), O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC));
    int error = file.number() < 0 ? errno : file.write(text);
    if (error == 0)
        error = file.close();
    if (error != 0)
        refuse(path, error);
}

} // namespace

void write_whole_file(const std::string& path, std::string_view text) {
    const Place place = look_at(path);
    if (place.in_place)
        return write_in_place(path, text);
    const Beside beside = open_beside(path);
    if (beside.error != 0)
        refuse(path, beside.error);
    OpenFile file(beside.file);
    int error = place.exists && fchmod(beside.file, place.mode) != 0 ? errno : file.write(text);
    if (error == 0 && fsync(beside.file) != 0)
        error = errno;
    if (error == 0)
        error = file.close();
    if (error == 0 && rename(beside.name.c_str(), path.c_str()) != 0)
        error = errno;
    if (error != 0) {
        unlink(beside.name.c_str());
        refuse(path, error);
    }
    sync_folder(folder_of(path));
}

void append_to_file(const std::string& path, std::string_view text) {
    OpenFile file(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC, 0666));
    int error = file.number() < 0 ? errno : file.write(text);
    if (error == 0)
        error = file.close();
    if (error != 0)
        refuse(path, error);
}

void make_folder(const std::string& path) {
    if (path.empty()) // the current one
        return;
    std::error_code error;
    fs::create_directories(path, error);
    if (error)
        throw WriteError(path + ": cannot be made: " + error.message());
}

void try_file(const std::string& path) {
    if (look_at(path).in_place)
        return;
    if (const int error = try_beside(path); error != 0)
        refuse(path, error);
}

void try_folder(const std::string& path) {
    fs::path there = fs::path(path).lexically_normal();
    if (there.filename().empty()) // ends with a slash
        there = there.parent_path();
    std::error_code error;
    while (!there.empty() && !fs::exists(fs::symlink_status(there, error)) && there != there.parent_path())
        there = there.parent_path();
    if (there.empty())
        there = ".";
    if (!fs::is_directory(there, error))
        refuse(path, there.string() + " is no folder");
    if (const int reason = try_beside((there / "mdcd").string()); reason != 0)
        refuse(path, reason);
}

} // namespace mdcd::checker
