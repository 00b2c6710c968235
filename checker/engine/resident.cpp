// Linux: the second number of /proc/self/statm, in pages.
// Knows nothing of searches.
#include "checker/engine/resident.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace mdcd::checker::engine {

std::uint64_t resident_bytes() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#else
    const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    char text[128] = {};
    const ssize_t size = read(file, text, sizeof(text) - 1);
    close(file);
    char* end = text;
    if (size <= 0 || std::strtoull(text, &end, 10) == 0)
        return 0;
    return std::strtoull(end, nullptr, 10) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
#endif
}

void give_back_memory() {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

} // namespace mdcd::checker::engine
