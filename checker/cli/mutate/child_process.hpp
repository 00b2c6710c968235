// A program that is run to its end, or to the end of its time: arguments in, exit code and outputs back.
// Knows nothing of what it runs.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mdcd::checker::cli::mutate {

struct ChildCommand {
    std::vector<std::string> words;                                 // the first is looked for on the path
    std::vector<std::pair<std::string, std::string>> environment{}; // besides what there is
    double seconds_max = 0;                                         // 0: no limit
    std::optional<std::chrono::steady_clock::time_point> until{};   // ends it as an interrupt does
};

struct ChildResult {
    enum class End { exited, killed_by_signal, out_of_time, interrupted };
    End end = End::exited;
    int code = 0; // the exit code, or the signal
    std::string out;
    std::string err;
    double seconds = 0;
};

// Its standard input is empty. It and all that it starts are ended when its time is over or `interrupt` is set. Throws
// std::runtime_error if it cannot be started.
[[nodiscard]] ChildResult run_child(const ChildCommand& command, const std::atomic<bool>* interrupt);

} // namespace mdcd::checker::cli::mutate
