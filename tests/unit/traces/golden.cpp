// Compares what a renderer made with the reviewed files in tests/golden/traces.
// Knows no renderer: a text and the name of a file.
#include "golden.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "traces/json.hpp"

namespace mdcd::traces::examples {

std::string golden_difference(const std::string& file_name, const std::string& text) {
    const std::string file = MDCD_SOURCE_DIR "/tests/golden/traces/" + file_name;
    const char* rewrite = std::getenv("MDCD_REWRITE_GOLDEN");
    if (rewrite != nullptr && std::string(rewrite) == "1") {
        std::ofstream(file, std::ios::binary) << text;
        return "";
    }
    std::istringstream expected(read_text_file(file));
    std::istringstream made(text);
    std::string expected_line;
    std::string made_line;
    for (int number = 1;; ++number) {
        const bool more_expected = static_cast<bool>(std::getline(expected, expected_line));
        const bool more_made = static_cast<bool>(std::getline(made, made_line));
        if (!more_expected && !more_made) {
            return expected.str() == text ? "" : file + ": the ends of lines differ";
        }
        if (more_expected != more_made || expected_line != made_line) {
            return file + ":" + std::to_string(number) + "\n expected: " + (more_expected ? expected_line : "(end)") +
                   "\n made:     " + (more_made ? made_line : "(end)");
        }
    }
}

} // namespace mdcd::traces::examples
