// A process that runs beside the test: its output can be read line by line, and a signal ends it.
// Knows nothing of what the program does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace mdcd::tests::cli {

class RunningProcess {
public:
    // Its descriptors 3 and 4 are the ends of two pipes, for programs that are driven that way.
    explicit RunningProcess(const std::vector<std::string>& command);
    ~RunningProcess(); // kills it, if it still runs
    RunningProcess(const RunningProcess&) = delete;
    RunningProcess& operator=(const RunningProcess&) = delete;

    // The next line of its standard output, without its end; "" at the end of the output.
    [[nodiscard]] std::string read_line();

    // Into its descriptor 3, out of its descriptor 4. Reading waits up to a minute for `end`; throws
    // std::runtime_error then, or if the process has ended.
    void write_pipe(const std::string& bytes);
    [[nodiscard]] std::string read_pipe(char end);

    // Sends the signal and waits: the exit code, or 128 + the number of the signal that ended it.
    [[nodiscard]] int end_by(int signal);

    // What it holds in memory now; 0 if it has ended.
    [[nodiscard]] std::uint64_t resident_bytes() const;

private:
    pid_t child_ = -1;
    int out_ = -1;
    int to_pipe_ = -1;
    int from_pipe_ = -1;
    std::string unread_;
};

} // namespace mdcd::tests::cli
