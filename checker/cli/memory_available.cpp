// Linux: /proc/meminfo, and limit and use of the control groups that the process is in, of both versions. What a group
// uses counts the copies of files that it has read, which the system drops when memory is wanted: they are free.
// Knows no search.
#include "checker/cli/memory_available.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace mdcd::checker::cli {
namespace {

namespace fs = std::filesystem;
using Bytes = std::optional<std::uint64_t>;

// Version 1 writes "no limit" as the largest number of whole pages.
constexpr std::uint64_t no_limit_from = std::uint64_t{1} << 62;

Bytes smaller(Bytes one, Bytes other) {
    return one && other ? std::min(*one, *other) : one ? one : other;
}

Bytes number_in(const fs::path& path) {
    std::uint64_t number = 0;
    std::ifstream file(path);
    return file >> number ? Bytes(number) : Bytes(); // "max" is no number
}

Bytes of_system(const fs::path& proc) {
    std::ifstream file(proc / "meminfo");
    std::string name;
    std::uint64_t kilobytes = 0;
    std::string unit;
    while (file >> name >> kilobytes) {
        if (name == "MemAvailable:")
            return kilobytes * 1024;
        std::getline(file, unit);
    }
    return {};
}

// How a version of control groups calls things.
struct Version {
    std::string_view controller; // as in /proc/self/cgroup; "" is version 2
    std::string_view folder;     // below the mount point
    const char* limit;
    const char* use;
    std::string_view prefix; // in memory.stat, of figures that count the groups below
};
constexpr Version version_2{"", "", "memory.max", "memory.current", ""};
constexpr Version version_1{"memory", "memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_"};

// Copies of files, and what the kernel keeps only as long as nobody wants the room. Not those in memory alone
// (shared memory, tmpfs), which are not on these lists.
std::uint64_t reclaimable(const fs::path& stat, std::string_view prefix) {
    std::uint64_t sum = 0;
    std::ifstream file(stat);
    std::string name;
    std::uint64_t bytes = 0;
    while (file >> name >> bytes)
        for (const std::string_view each : {"inactive_file", "active_file", "slab_reclaimable"})
            if (name == std::string(prefix).append(each))
                sum += bytes;
    return sum;
}

Bytes of_one_group(const fs::path& folder, const Version& version) {
    const Bytes limit = number_in(folder / version.limit);
    const Bytes use = number_in(folder / version.use);
    if (!limit || !use || *limit >= no_limit_from)
        return {};
    const std::uint64_t held = *use - std::min(*use, reclaimable(folder / "memory.stat", version.prefix));
    return *limit - std::min(*limit, held);
}

// A group has no more than the groups around it. The path is the host's where the container does not see its own: then
// only the outermost folder is there, and it is that of the container.
Bytes of_group(const fs::path& root, std::string_view path, const Version& version) {
    Bytes bytes = of_one_group(root, version);
    fs::path folder = root;
    for (const fs::path& part : fs::path(path).relative_path()) {
        if (part == "..") // outside of what this process sees
            break;
        folder /= part;
        bytes = smaller(bytes, of_one_group(folder, version));
    }
    return bytes;
}

bool lists(std::string_view controllers, std::string_view wanted) {
    for (std::size_t begin = 0; begin <= controllers.size();) {
        const std::size_t end = std::min(controllers.find(',', begin), controllers.size());
        if (controllers.substr(begin, end - begin) == wanted)
            return true;
        begin = end + 1;
    }
    return false;
}

// Lines "hierarchy:controllers:path".
Bytes of_groups(const MemorySources& sources) {
    Bytes bytes;
    std::ifstream file(fs::path(sources.proc) / "self" / "cgroup");
    for (std::string line; std::getline(file, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string_view whole = line;
        for (const Version& version : {version_1, version_2})
            if (lists(whole.substr(first + 1, second - first - 1), version.controller))
                bytes = smaller(bytes,
                                of_group(fs::path(sources.groups) / version.folder, whole.substr(second + 1), version));
    }
    return bytes;
}

} // namespace

std::optional<std::uint64_t> memory_available(const MemorySources& sources) {
    return smaller(of_system(sources.proc), of_groups(sources));
}

std::uint64_t automatic_limit(std::optional<std::uint64_t> available) {
    return available ? std::max<std::uint64_t>(*available / 10 * 9, 1) : 0;
}

} // namespace mdcd::checker::cli
