// Runs the program as a user does: arguments in, exit code and the two outputs back.
// Knows nothing of what the program prints.
#pragma once

#include <string>
#include <vector>

namespace mdcd::tests::cli {

struct Finished {
    int exit_code = -1; // 128 + the signal's number if a signal ended it
    std::string out;
    std::string err;
};

// `command` is looked for on the path. Its standard input is empty. Throws std::runtime_error if it cannot be started;
// a shell's 127 is returned as it is.
[[nodiscard]] Finished run_command(const std::vector<std::string>& command, const std::string& folder = "");

// The program of this build.
[[nodiscard]] Finished run_mdcd(std::vector<std::string> arguments, const std::string& folder = "");

// However it is broken into lines.
[[nodiscard]] inline std::string in_one_line(std::string text) {
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at))
        text.replace(at, text.find_first_not_of(" \n", at) - at, " ");
    return text;
}

} // namespace mdcd::tests::cli
