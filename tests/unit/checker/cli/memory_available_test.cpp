// What is free, read from trees of files like those that Linux shows: of the system, and of control groups of both
// versions, in containers that see their own group and in those that do not.
#include "checker/cli/memory_available.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch_folder.hpp"

using namespace mdcd::checker::cli;

namespace {

constexpr std::uint64_t mb = 1'000'000;

class Machine {
public:
    // `groups`: the content of /proc/self/cgroup.
    explicit Machine(const std::string& groups,
                     const std::string& meminfo = "MemTotal: 9 kB\nMemAvailable: 8000000 kB\n") {
        write("proc/meminfo", meminfo);
        write("proc/self/cgroup", groups);
    }
    void write(const std::string& name, const std::string& content) const {
        std::filesystem::create_directories(std::filesystem::path(folder_.path(name)).parent_path());
        static_cast<void>(folder_.write(name, content));
    }
    // A group of version 2 below the mount point.
    void group(const std::string& path, const std::string& limit, std::uint64_t use,
               const std::string& stat = "") const {
        const std::string folder = "groups/" + path + (path.empty() ? "" : "/");
        write(folder + "memory.max", limit + "\n");
        write(folder + "memory.current", std::to_string(use) + "\n");
        if (!stat.empty())
            write(folder + "memory.stat", stat);
    }
    void group_1(const std::string& path, const std::string& limit, std::uint64_t use,
                 const std::string& stat = "") const {
        const std::string folder = "groups/memory/" + path + (path.empty() ? "" : "/");
        write(folder + "memory.limit_in_bytes", limit + "\n");
        write(folder + "memory.usage_in_bytes", std::to_string(use) + "\n");
        write(folder + "memory.stat", stat);
    }
    [[nodiscard]] std::optional<std::uint64_t> available() const {
        return memory_available({.proc = folder_.path("proc"), .groups = folder_.path("groups")});
    }

private:
    mdcd::tests::ScratchFolder folder_;
};

} // namespace

TEST_CASE("this machine says something") {
    CHECK(memory_available().value_or(1) > 0);
}

TEST_CASE("without groups, what the system has available; where nothing is told, nothing") {
    CHECK(Machine("0::/\n").available() == 8'000'000ULL * 1024);
    CHECK(Machine("", "MemTotal: 9 kB\n").available() == std::nullopt);
    CHECK(memory_available({.proc = "/nowhere", .groups = "/nowhere"}) == std::nullopt);
}

TEST_CASE("copies of files and what the kernel can give up are free") {
    const Machine machine("0::/\n");
    machine.group("", "1000000000", 999 * mb,
                  "anon 100000000\nfile 890000000\nshmem 9000000\ninactive_file 500000000\nactive_file 300000000\n"
                  "slab_reclaimable 10000000\nslab_unreclaimable 1\n");
    CHECK(machine.available() == 811 * mb);
}

TEST_CASE("a full group has nothing left, which is an answer") {
    for (const std::uint64_t use : {1000 * mb, 1000 * mb + 1, 2000 * mb}) {
        const Machine machine("0::/\n");
        machine.group("", "1000000000", use);
        CHECK(machine.available() == 0);
    }
    const Machine odd("0::/\n"); // figures that are read one after the other need not fit
    odd.group("", "1000000000", 10 * mb, "inactive_file 500000000\n");
    CHECK(odd.available() == 1000 * mb);
}

TEST_CASE("a group has no more than the groups around it; \"max\" is no limit") {
    const Machine machine("0::/system.slice/job.service\n");
    machine.group("", "max", 0);
    machine.group("system.slice", "2000000000", 500 * mb);
    machine.group("system.slice/job.service", "max", 1 * mb);
    CHECK(machine.available() == 1500 * mb);
    machine.group("system.slice/job.service", "1000000000", 1 * mb);
    CHECK(machine.available() == 999 * mb);
}

TEST_CASE("version 1, with the path of the host that the container does not see") {
    const Machine machine("12:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/\n");
    machine.group_1("", "1000000000", 900 * mb,
                    "cache 700000000\ntotal_inactive_file 600000000\ntotal_active_file 50000000\n");
    CHECK(machine.available() == 750 * mb);
    machine.group_1("docker/abc", "800000000", 100 * mb);
    CHECK(machine.available() == 700 * mb);
}

TEST_CASE("version 1 writes no limit as a very large number") {
    const Machine machine("4:memory:/\n");
    machine.group_1("", "9223372036854771712", 900 * mb);
    CHECK(machine.available() == 8'000'000ULL * 1024);
}

TEST_CASE("lines that are none, and a path that leads out, are no harm") {
    const Machine machine("nonsense\n:\n0::/../../outside\n3:memoryless:/x\n");
    machine.group("", "1000000000", 400 * mb);
    CHECK(machine.available() == 600 * mb);
}

TEST_CASE("nothing left is a limit, and no answer is none") {
    CHECK(automatic_limit(1000) == 900);
    for (const std::uint64_t little : {0U, 1U, 9U})
        CHECK(automatic_limit(little) == 1);
    CHECK(automatic_limit(std::nullopt) == 0);
}
