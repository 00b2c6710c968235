// Loaded before libc (LD_PRELOAD) into the processes of a torture: a disk that is full writes half and then nothing,
// one that fails does not bring anything to the disk, a slow one takes its time; the clock of each process says
// something of its own. Does nothing until the page of faults says so. Knows no program.
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/torture/faults_of_machines.hpp"

namespace {

using mdcd::tests::torture::MachineFaults;
using mdcd::tests::torture::Trouble;

MachineFaults* open_faults() {
    const char* const path = std::getenv(mdcd::tests::torture::faults_variable);
    const int file = path == nullptr ? -1 : ::open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        return nullptr;
    void* const page = ::mmap(nullptr, sizeof(MachineFaults), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    return page == MAP_FAILED ? nullptr : static_cast<MachineFaults*>(page);
}

MachineFaults* const faults = open_faults();

// Whether the disk of this file is in that trouble now.
bool is_in(Trouble trouble, int file) {
    if (faults == nullptr || faults->trouble.load() != static_cast<std::uint32_t>(trouble))
        return false;
    struct stat about {};
    if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    char link[32] = "/proc/self/fd/"; // NOLINT: nothing here allocates
    char digits[12];                  // NOLINT
    std::size_t count = 0;
    for (int rest = file; rest > 0 || count == 0; rest /= 10)
        digits[count++] = static_cast<char>('0' + rest % 10);
    for (std::size_t at = std::strlen(link); count > 0; ++at)
        link[at] = digits[--count];
    char path[4096]; // NOLINT
    const ssize_t length = ::readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    char part[16] = "/"; // NOLINT
    std::size_t at = 1;
    for (const std::atomic<char>& each : faults->name)
        if (each.load() != '\0')
            part[at++] = each.load();
    part[at] = '/';
    return std::strstr(path, part) != nullptr;
}

// How many bytes there is room for: half of what is wanted, then nothing.
bool room_for(int file, std::size_t& size) {
    if (!is_in(Trouble::full_disk, file))
        return true;
    size /= 2;
    if (faults->half_writes.fetch_add(1) % 2 == 0 && size > 0)
        return true;
    faults->refused_writes.fetch_add(1);
    errno = ENOSPC;
    return false;
}

ssize_t write_at(int file, const void* bytes, std::size_t size, off_t place) {
    return room_for(file, size) ? ::syscall(SYS_pwrite64, file, bytes, size, place) : -1;
}

int synchronise(int file, long call) {
    if (is_in(Trouble::failed_sync, file)) {
        faults->refused_syncs.fetch_add(1);
        errno = EIO;
        return -1;
    }
    if (is_in(Trouble::slow_disk, file)) {
        faults->slow_syncs.fetch_add(1);
        const std::uint32_t time = faults->slow_ms.load();
        const timespec wait{.tv_sec = time / 1000, .tv_nsec = 1'000'000L * (time % 1000)};
        ::nanosleep(&wait, nullptr);
    }
    return static_cast<int>(::syscall(call, file));
}

} // namespace

// NOLINTBEGIN: libc's names
extern "C" {
ssize_t write(int file, const void* bytes, std::size_t size) {
    return room_for(file, size) ? ::syscall(SYS_write, file, bytes, size) : -1;
}
ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t place) {
    return write_at(file, bytes, size, place);
}
ssize_t pwrite64(int file, const void* bytes, std::size_t size, off64_t place) {
    return write_at(file, bytes, size, place);
}
int fsync(int file) {
    return synchronise(file, SYS_fsync);
}
int fdatasync(int file) {
    return synchronise(file, SYS_fdatasync);
}
int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const int result = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    const std::uint32_t jumps = faults == nullptr ? 0 : faults->jumps.load();
    if (result != 0 || clock != CLOCK_REALTIME || jumps == 0)
        return result;
    faults->wrong_clocks.fetch_add(1);
    // To and fro by up to an hour, each process by itself.
    time->tv_sec += (7919L * ::getpid() + 104'729L * jumps) % 7200 - 3600;
    return result;
}
}
// NOLINTEND
