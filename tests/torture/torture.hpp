// A real system under faults: processes are killed, paused, told to end, cut off from each other; whoever keeps them
// alive is killed too; strangers knock; disks are full, fail or are slow, and clocks jump. Every fault is counted when
// it has happened, by kind. Knows no protocol: what came of it is judged by the bill and by `mdcd validate`.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace mdcd::tests::torture {

class MachinePage;

enum class Fault : std::uint8_t {
    kill,          // SIGKILL of a process
    end,           // SIGTERM: it ends in its order, and is started again
    pause,         // SIGSTOP, for a while
    cut,           // all its sessions break
    kill_keeper,   // SIGKILL of `mdcd run`; it is started again
    garbage,       // a stranger says what is no hello
    other_system,  // .. or a hello of another system
    other_version, // .. of another version
    impostor,      // .. or says that it is a peer, and then a frame that is too long
    crowd,         // 50 strangers who say nothing
    full_disk,     // of one process, for a while: half a write, then none
    failed_sync,   // nothing that is written reaches the disk
    slow_disk,     // each synchronisation takes a tenth of a second or two
    clock_jump,    // the clock of each process, by up to an hour, to and fro
};
inline constexpr std::size_t fault_count = 14;
inline constexpr std::array<const char*, fault_count> fault_names = {
    "kill",          "end",      "pause", "cut",       "kill_keeper", "garbage",   "other_system",
    "other_version", "impostor", "crowd", "full_disk", "failed_sync", "slow_disk", "clock_jump"};

class System {
public:
    // Starts it. `file` and `folder`: of `mdcd run`.
    System(std::string file, std::string folder, std::uint32_t seed);
    ~System();
    System(const System&) = delete;
    System& operator=(const System&) = delete;

    // One fault of that kind to a process of chance; false if it could not be made, because the process is just not
    // there. What it is is counted.
    bool inject(Fault fault);
    [[nodiscard]] const std::array<std::uint64_t, fault_count>& counts() const { return counts_; }

    // Whether it ended by itself, since all was quiet.
    [[nodiscard]] bool wait_for_the_end(int seconds);
    [[nodiscard]] bool has_ended() const { return ended_; }
    [[nodiscard]] std::string output(); // of the last `mdcd run`
    [[nodiscard]] std::string errors(); // of all of them and of their processes

private:
    struct Keeper;

    void start();
    [[nodiscard]] std::optional<pid_t> any_process(std::string& name);
    [[nodiscard]] bool knock(const std::string& name, Fault fault);
    [[nodiscard]] bool trouble_disk(const std::string& name, Fault fault);
    [[nodiscard]] bool move_clocks();

    std::string file_;
    std::string folder_;
    std::mt19937 random_;
    std::unique_ptr<MachinePage> page_;
    std::unique_ptr<Keeper> keeper_;
    std::vector<int> crowd_;
    std::array<std::uint64_t, fault_count> counts_{};
    bool ended_ = false;
};

} // namespace mdcd::tests::torture
