// The signal handler does nothing but set a flag.
// Knows nobody who reads it.
#include "checker/cli/interrupt.hpp"

#include <csignal>

namespace mdcd::checker::cli {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

extern "C" void on_interrupt(int signal) {
    interrupted = true;
    std::signal(signal, SIG_DFL);
}

} // namespace

const std::atomic<bool>& interrupt_flag() {
    static const bool installed = [] {
        std::signal(SIGINT, on_interrupt);
        std::signal(SIGTERM, on_interrupt);
        return true;
    }();
    (void)installed;
    return interrupted;
}

} // namespace mdcd::checker::cli
