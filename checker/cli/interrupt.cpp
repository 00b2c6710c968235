// The signal handler does nothing but set a flag.
// Knows nobody who reads it.
#include "checker/cli/interrupt.hpp"

#include <csignal>

#include <unistd.h>

namespace mdcd::checker::cli {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

// A person who presses Ctrl-C again wants an end.
extern "C" void on_first_request(int signal) {
    interrupted = true;
    std::signal(signal, SIG_DFL);
}

// The system repeats these while what was found is being saved: the processor time's limit each second, a terminal's
// end once from the shell and once from the kernel.
extern "C" void on_repeated_request(int, siginfo_t* sent, void*) {
    const bool by_own_write = sent->si_signo == SIGXFSZ && sent->si_pid == getpid(); // which fails, and that is told
    if (!by_own_write)
        interrupted = true;
}

void install_repeated(int signal) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_IGN) // nohup
        return;
    struct sigaction action {};
    action.sa_sigaction = on_repeated_request;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

} // namespace

const std::atomic<bool>& interrupt_flag() {
    static const bool installed = [] {
        for (const int signal : {SIGINT, SIGTERM})
            std::signal(signal, on_first_request);
        for (const int signal : {SIGHUP, SIGXCPU})
            install_repeated(signal);
        return true;
    }();
    (void)installed;
    return interrupted;
}

void tell_of_failed_writes() {
    install_repeated(SIGXFSZ);
}

} // namespace mdcd::checker::cli
