// Formats one line of progress.
// Knows nothing of the search but its numbers.
#include "checker/cli/progress_line.hpp"

#include <cstdio>

#include <unistd.h>

namespace mdcd::checker::cli {

std::function<void(const Progress&)> progress_line(const std::string& when) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (when == "off" || (when == "auto" && !terminal))
        return {};
    return [terminal](const Progress& at) {
        std::fprintf(
            stderr,
            "%s%7.0f s  %12llu states  %9.0f/s  depth %llu  frontier %llu  %.0f MB  table %2.0f %%  memo %.2f %%%s",
            terminal ? "\r\033[K" : "", at.seconds, static_cast<unsigned long long>(at.distinct), at.states_per_second,
            static_cast<unsigned long long>(at.depth), static_cast<unsigned long long>(at.frontier),
            static_cast<double>(at.memory_bytes) / 1e6, 100 * at.table_load, 100 * at.memo_hit_rate,
            terminal ? "" : "\n");
        for (const std::string& field : at.growing)
            std::fprintf(stderr, "%smdcd: warning: %s and still growing: if nothing bounds it, the search has no end%s",
                         terminal ? "\r\033[K" : "", field.c_str(), "\n");
        std::fflush(stderr);
    };
}

void end_progress_line(const std::function<void(const Progress&)>& line) {
    if (line && isatty(STDERR_FILENO) != 0)
        std::fprintf(stderr, "\r\033[K");
}

} // namespace mdcd::checker::cli
