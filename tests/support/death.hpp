// Runs what is expected to end its process, in a process of its own, and tells how it ended and what it said.
// Knows nothing of what is run.
#pragma once

#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mdcd::tests {

struct Death {
    int signal = 0;      // that ended the process; 0: it ended by itself
    std::string message; // what it wrote to its standard error
};

// `run` is called in a copy of this process; what it changes is not seen here.
template <class Run> [[nodiscard]] Death death_of(Run run) {
    std::FILE* const said = std::tmpfile();
    if (said == nullptr)
        throw std::runtime_error("no temporary file");
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child < 0)
        throw std::runtime_error("no new process");
    if (child == 0) {
        const rlimit no_core{0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        ::signal(SIGABRT, SIG_DFL); // the test framework's own handler would report it
        dup2(fileno(said), STDERR_FILENO);
        run();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    Death death;
    death.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    std::rewind(said);
    for (int c = std::fgetc(said); c != EOF; c = std::fgetc(said))
        death.message += static_cast<char>(c);
    std::fclose(said);
    return death;
}

} // namespace mdcd::tests
