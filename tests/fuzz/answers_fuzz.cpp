// The reader of kept answers either returns an answer or throws FileError; what it returns survives being written.
// Whether the answer is true is asked elsewhere.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "model/repair/repair_answers.hpp"
#include "traces/file_error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mdcd;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const auto [key, answer] = model::answer_from_line(text, "input", 1);
        const std::string line = model::to_line(key, answer);
        if (line.find('\n') != std::string::npos)
            std::abort();
        const auto [key_again, again] = model::answer_from_line(line, "written", 1);
        if (key_again != key || model::to_line(key_again, again) != line)
            std::abort();
    } catch (const traces::FileError&) {
    }
    return 0;
}
