// Asks the system and the environment.
// Knows nothing of what is printed.
#include "checker/cli/terminal.hpp"

#include <cstdlib>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace mdcd::checker::cli {
namespace {

std::string_view environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string_view{} : value;
}

} // namespace

bool wants_color() {
    return isatty(STDOUT_FILENO) != 0 && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

std::size_t terminal_width(int descriptor) {
    winsize size{};
    if (isatty(descriptor) == 0 || ioctl(descriptor, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

std::size_t output_width() {
    const std::size_t width = terminal_width(STDOUT_FILENO);
    return width == 0 ? file_width : width;
}

} // namespace mdcd::checker::cli
