// fork and exec, with one pipe back.
// Knows nothing of what the child does.
#include "checker/cli/node/child.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace mdcd::checker::cli::node {
namespace {

constexpr std::size_t unread_max = 1U << 16U; // a line that has no end is dropped

} // namespace

Child::Child(std::vector<std::string> command) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error(std::string("no pipe: ") + std::strerror(errno));
    for (std::string& each : command)
        if (each == "@status")
            each = std::to_string(ends[1]);
    std::vector<char*> arguments;
    for (std::string& each : command)
        arguments.push_back(each.data());
    arguments.push_back(nullptr);
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) {                   // from here to exec only what may be called between the two
        ::setpgid(0, 0);               // a Ctrl-C is for the parent, who ends all in their order
        std::signal(SIGUSR1, SIG_IGN); // until it knows what it means: to cut its sessions
#ifdef __linux__
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent)
            ::_exit(1);
#endif
        ::fcntl(ends[1], F_SETFD, 0);
        ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
        ::execv(arguments.front(), arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    status_ = ends[0];
    ::fcntl(status_, F_SETFL, O_NONBLOCK);
    if (pid_ < 0) {
        ::close(status_);
        throw std::runtime_error(std::string("cannot start a process: ") + std::strerror(errno));
    }
    (void)parent;
}

Child::~Child() {
    if (!reaped_) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(status_);
}

std::vector<std::string> Child::read_lines() {
    std::vector<std::string> lines;
    std::array<char, 4096> piece{};
    for (;;) {
        const ssize_t count = ::read(status_, piece.data(), piece.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        unread_.append(piece.data(), static_cast<std::size_t>(count));
    }
    for (std::size_t end = unread_.find('\n'); end != std::string::npos; end = unread_.find('\n')) {
        lines.push_back(unread_.substr(0, end));
        unread_.erase(0, end + 1);
    }
    if (unread_.size() > unread_max)
        unread_.clear();
    return lines;
}

std::optional<Child::End> Child::ended() {
    int how = 0;
    if (reaped_ || ::waitpid(pid_, &how, WNOHANG) != pid_)
        return std::nullopt;
    reaped_ = true;
    if (WIFEXITED(how))
        return End{WEXITSTATUS(how), "ended with exit code " + std::to_string(WEXITSTATUS(how))};
    return End{-1, "was ended by signal " + std::to_string(WTERMSIG(how))};
}

void Child::signal(int number) const {
    if (!reaped_)
        ::kill(pid_, number);
}

} // namespace mdcd::checker::cli::node
