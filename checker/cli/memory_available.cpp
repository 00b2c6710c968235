// Linux: /proc/meminfo, and the limit and use of the control group (version 2) that the process is in.
// Knows no search.
#include "checker/cli/memory_available.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace mdcd::checker::cli {
namespace {

constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();

std::uint64_t number_in(const std::string& path) {
    std::uint64_t number = unknown;
    std::ifstream file(path);
    return file >> number ? number : unknown; // "max" is no number
}

std::uint64_t of_system() {
    std::ifstream file("/proc/meminfo");
    std::string name;
    std::uint64_t kilobytes = 0;
    std::string unit;
    while (file >> name >> kilobytes) {
        if (name == "MemAvailable:")
            return kilobytes * 1024;
        std::getline(file, unit);
    }
    return unknown;
}

std::uint64_t of_group() {
    std::ifstream file("/proc/self/cgroup");
    std::string line;
    while (std::getline(file, line))
        if (line.starts_with("0::")) {
            const std::string folder = "/sys/fs/cgroup" + line.substr(3);
            const std::uint64_t most = number_in(folder + "/memory.max");
            const std::uint64_t used = number_in(folder + "/memory.current");
            return most == unknown || used == unknown ? unknown : most - std::min(most, used);
        }
    return unknown;
}

} // namespace

std::uint64_t memory_available() {
    const std::uint64_t available = std::min(of_system(), of_group());
    return available == unknown ? 0 : available;
}

} // namespace mdcd::checker::cli
