// All processes of a system: starts them, starts again what dies, says what happens and how it stands, and ends them.
// Decides nothing for them.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mdcd::checker::cli::node {

// What a process says of itself, ten times a second.
struct NodeStatus {
    std::int64_t pid = 0;
    std::int64_t steps = 0;
    std::int64_t incarnation = 0;
    std::string phase = "starting";
    bool dirty = false;
    std::int64_t checkpoints = 0;
    std::int64_t logged = 0;
    std::int64_t sent = 0;
    std::int64_t taken = 0;
    std::int64_t outputs = 0;
    std::int64_t sessions = 0;
    std::int64_t refused = 0;
    bool idle = false;
    std::string waits_for;
};

struct SuperviseOptions {
    std::vector<std::string> names;
    std::function<std::vector<std::string>(const std::string& name)> command; // see Child
    std::uint64_t restarts_max = 10; // of one process without a step between them
    bool until_quiet = false;
    double seconds_max = 0; // 0: no limit
    // What happened, one line; and how it stands, for a live table (not called if empty).
    std::function<void(const std::string& line)> tell;
    std::function<void(const std::vector<NodeStatus>& table)> draw;
};

enum class SuperviseEnd { interrupted, quiet, time_is_up, gave_up };

struct Supervised {
    SuperviseEnd end = SuperviseEnd::interrupted;
    std::vector<NodeStatus> table; // the last that was said
    std::uint64_t restarts = 0;
    int exit_code = 0; // of the process that it gave up on
};

[[nodiscard]] Supervised supervise(const SuperviseOptions& options, const std::atomic<bool>& interrupted);

} // namespace mdcd::checker::cli::node
