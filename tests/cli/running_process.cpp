// Starts a process with its pipes.
// What it writes to its standard error goes nowhere.
#include "tests/cli/running_process.hpp"

#include <array>
#include <csignal>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mdcd::tests::cli {
namespace {

constexpr int patience_ms = 60'000;

std::array<int, 2> new_pipe() {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        throw std::runtime_error("no pipe");
    for (int& end : ends) {
        const int moved = fcntl(end, F_DUPFD_CLOEXEC, 10); // clear of the numbers that the child gets
        close(end);
        end = moved;
    }
    return ends;
}

[[noreturn]] void become(std::vector<std::string> command, int out, int in_pipe, int out_pipe) {
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    dup2(in_pipe, 3);
    dup2(out_pipe, 4);
    std::vector<char*> arguments;
    for (std::string& each : command)
        arguments.push_back(each.data());
    arguments.push_back(nullptr);
    execvp(arguments.front(), arguments.data());
    _exit(127);
}

} // namespace

RunningProcess::RunningProcess(const std::vector<std::string>& command) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto out = new_pipe();
    const auto to = new_pipe();
    const auto from = new_pipe();
    child_ = fork();
    if (child_ < 0)
        throw std::runtime_error("no new process");
    if (child_ == 0)
        become(command, out[1], to[0], from[1]);
    for (const int end : {out[1], to[0], from[1]})
        close(end);
    out_ = out[0];
    to_pipe_ = to[1];
    from_pipe_ = from[0];
}

RunningProcess::~RunningProcess() {
    if (child_ > 0)
        static_cast<void>(end_by(SIGKILL));
    for (const int end : {out_, to_pipe_, from_pipe_})
        close(end);
}

std::string RunningProcess::read_line() {
    std::string line;
    for (char c = 0; read(out_, &c, 1) == 1 && c != '\n';)
        line += c;
    return line;
}

void RunningProcess::write_pipe(const std::string& bytes) {
    for (std::size_t written = 0; written < bytes.size();) {
        const ssize_t count = write(to_pipe_, bytes.data() + written, bytes.size() - written);
        if (count <= 0)
            throw std::runtime_error("the process does not read its pipe");
        written += static_cast<std::size_t>(count);
    }
}

std::string RunningProcess::read_pipe(char end) {
    for (;;) {
        const std::size_t found = unread_.find(end);
        if (found != std::string::npos) {
            const std::string message = unread_.substr(0, found);
            unread_.erase(0, found + 1);
            return message;
        }
        pollfd ready{.fd = from_pipe_, .events = POLLIN, .revents = 0};
        char buffer[65536];
        const ssize_t count = poll(&ready, 1, patience_ms) == 1 ? read(from_pipe_, buffer, sizeof buffer) : 0;
        if (count <= 0)
            throw std::runtime_error("the process does not answer on its pipe");
        unread_.append(buffer, static_cast<std::size_t>(count));
    }
}

int RunningProcess::end_by(int signal) {
    kill(child_, signal);
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::uint64_t RunningProcess::resident_bytes() const {
    std::ifstream status("/proc/" + std::to_string(child_) + "/status");
    for (std::string word; status >> word;)
        if (std::uint64_t kilobytes = 0; word == "VmRSS:" && status >> kilobytes)
            return kilobytes * 1024;
    return 0;
}

} // namespace mdcd::tests::cli
