// The outputs go through files without a name, so that neither can fill a pipe while the other is read. The child is a
// process group of its own: what it has started ends with it, and a key pressed at the terminal reaches it through us.
// Knows nothing of what it runs.
#include "checker/cli/mutate/child_process.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" char** environ; // NOLINT: POSIX wants it declared by whoever uses it

namespace mdcd::checker::cli::mutate {
namespace {

using Clock = std::chrono::steady_clock;

std::FILE* nameless_file() {
    std::FILE* const file = std::tmpfile();
    if (file == nullptr)
        throw std::runtime_error(std::string("no temporary file: ") + std::strerror(errno));
    fcntl(fileno(file), F_SETFD, FD_CLOEXEC); // other children are started at the same time
    return file;
}

std::string read_and_close(std::FILE* file) {
    std::string text;
    std::rewind(file);
    char block[1 << 16];
    for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, file)) > 0;)
        text.append(block, got);
    std::fclose(file);
    return text;
}

std::vector<std::string> environment_with(const ChildCommand& command) {
    std::vector<std::string> all;
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string entry = *each;
        bool replaced = false;
        for (const auto& [name, value] : command.environment)
            replaced |= entry.starts_with(name + "=");
        if (!replaced)
            all.push_back(entry);
    }
    for (const auto& [name, value] : command.environment)
        all.push_back(name + "=" + value);
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

pid_t start(const ChildCommand& command, std::FILE* out, std::FILE* err) {
    std::vector<std::string> words = command.words;
    std::vector<std::string> environment = environment_with(command);
    std::vector<char*> arguments = pointers_to(words);
    std::vector<char*> variables = pointers_to(environment);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, fileno(out), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(err), STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    pid_t child = -1;
    const int error =
        posix_spawnp(&child, arguments.front(), &actions, &attributes, arguments.data(), variables.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        throw std::runtime_error(command.words.front() + " cannot be started: " + std::strerror(error));
    return child;
}

// Waits in short sleeps: two signals and a deadline are to be seen at once, and a check takes seconds.
ChildResult::End wait_for(pid_t child, const ChildCommand& command, const std::atomic<bool>* interrupt,
                          Clock::time_point began, int& status) {
    auto pause = std::chrono::microseconds(500);
    for (;;) {
        const pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return WIFEXITED(status) ? ChildResult::End::exited : ChildResult::End::killed_by_signal;
        if (ended < 0 && errno != EINTR)
            throw std::runtime_error(std::string("waitpid: ") + std::strerror(errno));
        const Clock::time_point now = Clock::now();
        const std::chrono::duration<double> taken = now - began;
        const bool is_late = command.seconds_max > 0 && taken.count() > command.seconds_max;
        const bool is_interrupted =
            (interrupt != nullptr && interrupt->load()) || (command.until && now >= *command.until);
        if (is_late || is_interrupted) {
            kill(-child, SIGKILL);
            waitpid(child, &status, 0);
            return is_interrupted ? ChildResult::End::interrupted : ChildResult::End::out_of_time;
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::microseconds(20'000));
    }
}

} // namespace

ChildResult run_child(const ChildCommand& command, const std::atomic<bool>* interrupt) {
    std::FILE* const out = nameless_file();
    std::FILE* const err = nameless_file();
    const Clock::time_point began = Clock::now();
    ChildResult result;
    int status = 0;
    result.end = wait_for(start(command, out, err), command, interrupt, began, status);
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    result.out = read_and_close(out);
    result.err = read_and_close(err);
    result.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    return result;
}

} // namespace mdcd::checker::cli::mutate
