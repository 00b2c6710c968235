// Formats one line of progress, no longer than the terminal is wide: what wraps could not be overwritten.
// Knows nothing of the search but its numbers.
#include "checker/cli/progress_line.hpp"

#include <chrono>
#include <cstdio>
#include <memory>

#include <unistd.h>

#include "checker/cli/terminal.hpp"
#include "checker/cli/text_table.hpp"

namespace mdcd::checker::cli {
namespace {

constexpr const char* clear_line = "\r\033[K";

bool shows(const std::string& when) {
    return when == "on" || (when == "auto" && isatty(STDERR_FILENO) != 0);
}

bool to_terminal() {
    return isatty(STDERR_FILENO) != 0;
}

// Lines stay, and the progress line comes anew below them.
void print_line(const std::string& text) {
    std::fprintf(stderr, "%s%s\n", to_terminal() ? clear_line : "", text.c_str());
    std::fflush(stderr);
}

} // namespace

std::string progress_text(const Progress& at, std::size_t width) {
    const std::vector<std::string> parts = {// what matters most first
                                            decimal(at.seconds, 0) + " s",
                                            grouped(at.distinct) + " states",
                                            "depth " + grouped(at.depth),
                                            grouped(static_cast<std::uint64_t>(at.states_per_second)) + "/s",
                                            grouped(at.frontier) + " to do",
                                            decimal(static_cast<double>(at.memory_bytes) / 1e6, 0) + " MB",
                                            "table " + decimal(100 * at.table_load, 0) + " %",
                                            "memo " + decimal(100 * at.memo_hit_rate, 2) + " %"};
    std::string text;
    for (const std::string& part : parts) {
        const std::string longer = text + (text.empty() ? "" : "  ") + part;
        if (width > 0 && longer.size() > width)
            break;
        text = longer;
    }
    return text.empty() ? parts.front().substr(0, width) : text;
}

std::function<void(const Progress&)> progress_line(const std::string& when) {
    if (!shows(when))
        return {};
    return [](const Progress& at) {
        for (const std::string& field : at.growing)
            print_line("mdcd: warning: " + field + " and still growing: if nothing bounds it, the search has no end");
        if (!to_terminal())
            return print_line(progress_text(at, 0));
        const std::size_t width = terminal_width(STDERR_FILENO); // asked each time: windows change
        std::fprintf(stderr, "%s%s", clear_line, progress_text(at, width == 0 ? 79 : width - 1).c_str());
        std::fflush(stderr);
    };
}

std::function<void(const PropertyVerdict&)> decision_line(const std::string& when) {
    if (!shows(when))
        return {};
    const auto start = std::chrono::steady_clock::now();
    return [start](const PropertyVerdict& decided) {
        if (decided.verdict != Verdict::violated)
            return;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        const std::uint64_t steps = decided.path ? decided.path->firings.size() : 0;
        print_line("after " + decimal(seconds, 1) + " s: " + decided.property + " is violated in " +
                   plural(steps, "step"));
    };
}

void end_progress_line(const std::function<void(const Progress&)>& line) {
    if (line && to_terminal())
        std::fprintf(stderr, "%s", clear_line);
}

} // namespace mdcd::checker::cli
