// The reader of JSON either returns a value or throws FileError; what it returns survives being written, in both forms.
// Knows no document: any text will do.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "traces/file_error.hpp"
#include "traces/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mdcd::traces;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const Value value = parse_json(text, "input");
        if (parse_json(to_json(value), "written") != value || parse_json(to_text(value), "compact") != value) {
            std::abort();
        }
    } catch (const FileError&) {
        return 0;
    }
    return 0;
}
