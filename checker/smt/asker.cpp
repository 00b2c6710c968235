// A pair of sockets rather than pipes: one descriptor for both ways, and no signal for who writes to the dead. The
// program is executed, not just forked: other threads may hold any lock, the allocator's or the solver's.
// Knows no solver.
#include "checker/smt/asker.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <thread>

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checker/smt/confinement.hpp"

extern "C" char** environ; // NOLINT: POSIX wants it declared by whoever uses it

namespace mdcd::checker::smt {
namespace {

using Clock = std::chrono::steady_clock;
using Deadline = std::optional<Clock::time_point>;

constexpr std::uint32_t message_bytes_max = std::uint32_t{1} << 28;

bool write_all(int socket, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t written = send(socket, bytes, size, MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

enum class Outcome : std::uint8_t { done, closed, late };

Outcome wait_for_bytes(int socket, const Deadline& deadline) {
    for (;;) {
        int milliseconds = -1;
        if (deadline) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
            milliseconds = static_cast<int>(std::clamp<decltype(left)>(left, 0, 1'000'000'000));
        }
        pollfd ready{.fd = socket, .events = POLLIN, .revents = 0};
        const int count = poll(&ready, 1, milliseconds);
        if (count > 0)
            return Outcome::done;
        if (count == 0)
            return Outcome::late;
        if (errno != EINTR)
            return Outcome::closed;
    }
}

Outcome read_all(int socket, char* bytes, std::size_t size, const Deadline& deadline) {
    while (size > 0) {
        if (const Outcome outcome = wait_for_bytes(socket, deadline); outcome != Outcome::done)
            return outcome;
        const ssize_t got = recv(socket, bytes, size, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return Outcome::closed;
        bytes += got;
        size -= static_cast<std::size_t>(got);
    }
    return Outcome::done;
}

bool write_message(int socket, std::string_view message) {
    const auto size = static_cast<std::uint32_t>(message.size());
    char head[sizeof size];
    std::memcpy(head, &size, sizeof size);
    return message.size() <= message_bytes_max && write_all(socket, head, sizeof head) &&
           write_all(socket, message.data(), message.size());
}

Outcome read_message(int socket, std::string& message, const Deadline& deadline = {}) {
    std::uint32_t size = 0;
    char head[sizeof size];
    if (const Outcome outcome = read_all(socket, head, sizeof head, deadline); outcome != Outcome::done)
        return outcome;
    std::memcpy(&size, head, sizeof size);
    if (size > message_bytes_max)
        return Outcome::closed;
    message.resize(size);
    return read_all(socket, message.data(), size, deadline);
}

std::string name_of_signal(int signal) {
    static constexpr struct {
        int number;
        const char* name;
    } known[] = {{SIGSEGV, "SIGSEGV"}, {SIGABRT, "SIGABRT"}, {SIGKILL, "SIGKILL"}, {SIGBUS, "SIGBUS"},
                 {SIGFPE, "SIGFPE"},   {SIGILL, "SIGILL"},   {SIGTERM, "SIGTERM"}, {SIGXCPU, "SIGXCPU"}};
    const auto* const found = std::ranges::find_if(known, [&](const auto& each) { return each.number == signal; });
    return std::to_string(signal) + (found == std::end(known) ? "" : std::string(" (") + found->name + ")");
}

// The program with one end of the connection as its standard input; what it prints goes where errors go.
int spawn(const std::vector<std::string>& command, int socket, pid_t& process) {
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t blocked; // from its first instruction on: whoever asks says when it ends
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    posix_spawnattr_setsigmask(&attributes, &blocked);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    const int error = posix_spawnp(&process, arguments.front(), &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

} // namespace

std::string Asker::start() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return std::string("could not be connected: ") + std::strerror(errno);
    const int error = spawn(command_, ends[1], process_);
    close(ends[1]);
    if (error == 0) {
        socket_ = ends[0];
        return "";
    }
    close(ends[0]);
    process_ = -1;
    return std::string("could not be started: ") + std::strerror(error);
}

std::string Asker::bury() {
    if (process_ < 0)
        return "";
    close(socket_);
    kill(process_, SIGKILL); // does nothing to the dead
    int status = 0;
    pid_t buried = -1;
    do
        buried = waitpid(process_, &status, 0);
    while (buried < 0 && errno == EINTR);
    process_ = socket_ = -1;
    if (buried < 0) // somebody else waits for all children
        return "has ended";
    return WIFSIGNALED(status) ? "was ended by signal " + name_of_signal(WTERMSIG(status))
                               : "ended with exit code " + std::to_string(WEXITSTATUS(status));
}

Asker::~Asker() {
    (void)bury();
}

Asker::Reply Asker::ask(std::string_view message, std::chrono::milliseconds time_max) {
    if (process_ < 0)
        if (std::string failure = start(); !failure.empty())
            return {.content = {}, .death = std::move(failure)};
    const Deadline deadline = time_max.count() > 0 ? Deadline(Clock::now() + time_max) : std::nullopt;
    Reply reply;
    Outcome outcome = Outcome::closed;
    if (write_message(socket_, message))
        outcome = read_message(socket_, reply.content, deadline);
    if (outcome == Outcome::done)
        return reply;
    reply.content.clear();
    reply.death = bury();
    if (outcome == Outcome::late)
        reply.death = "gave no sign for " + std::to_string(time_max.count() / 1000) + " s and was killed";
    return reply;
}

void serve(const std::function<std::string(std::string_view message)>& reply) {
    std::ofstream("/proc/self/oom_score_adj") << 1000; // where there is such a file
    (void)confine();                                   // what there is of it
    std::thread([] {                                   // nobody is left to reply to
        pollfd gone{.fd = STDIN_FILENO, .events = 0, .revents = 0};
        while (poll(&gone, 1, -1) < 0 && errno == EINTR)
            ;
        _exit(0);
    })
        .detach();
    std::string message;
    while (read_message(STDIN_FILENO, message) == Outcome::done && write_message(STDIN_FILENO, reply(message)))
        ;
}

} // namespace mdcd::checker::smt
