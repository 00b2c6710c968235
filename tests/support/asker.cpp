// A program for Asker to start: it obeys messages, also one that tells it to die, and replies to any other with its
// reverse. Knows no question and no solver.
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checker/smt/asker.hpp"

namespace {

// As a fault does: no sanitizer and no handler comes between.
void die_by(int signal) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

// What a process that serves should not be able to do: "done" if it is.
std::string attempt(const std::string& what) {
    const char* const victim = std::getenv("MDCD_VICTIM");
    const std::string elsewhere = std::string(victim == nullptr ? "" : victim) + ".made";
    const auto told = [](long result) { return std::string(result < 0 ? std::strerror(errno) : "done"); };
    if (what == "create")
        return told(open("made-by-the-asker", O_CREAT | O_WRONLY, 0600));
    if (what == "create elsewhere")
        return told(open(elsewhere.c_str(), O_CREAT | O_WRONLY, 0600));
    if (what == "make folder")
        return told(mkdir(elsewhere.c_str(), 0700));
    if (what == "read")
        return told(open("/etc/passwd", O_RDONLY));
    if (what == "read again") { // with what was standard error
        close(STDERR_FILENO);
        return told(open("/etc/passwd", O_RDONLY));
    }
    if (what == "remove")
        return told(unlink(victim));
    if (what == "connect")
        return told(socket(AF_INET, SOCK_STREAM, 0));
    if (what == "run") {
        const pid_t child = fork();
        if (child == 0)
            _exit(0);
        return told(child);
    }
    if (what == "raise limits") {
        const rlimit more{.rlim_cur = 1000, .rlim_max = 1000};
        return told(setrlimit(RLIMIT_FSIZE, &more));
    }
    if (what == "start a thread") {
        std::thread([] {}).join();
        return "done";
    }
    return "filter " + std::to_string(prctl(PR_GET_SECCOMP)); // -1 where even that is filtered
}

std::string obey(std::string_view message) {
    const std::string text(message);
    if (text.starts_with("signal "))
        die_by(std::stoi(text.substr(7)));
    if (text.starts_with("exit "))
        _exit(std::stoi(text.substr(5)));
    if (text == "sleep")
        std::this_thread::sleep_for(std::chrono::minutes(5));
    if (text.starts_with("attempt "))
        return attempt(text.substr(8));
    return {text.rbegin(), text.rend()};
}

} // namespace

int main() {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    setrlimit(RLIMIT_CORE, &none);
    mdcd::checker::smt::serve(obey);
}
