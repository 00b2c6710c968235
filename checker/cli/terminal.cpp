// Asks the system and the environment.
// Knows nothing of what is printed.
#include "checker/cli/terminal.hpp"

#include <cstdlib>
#include <string_view>

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

} // namespace mdcd::checker::cli
