// The reader of traces either returns a trace or throws FileError; what it returns survives being written, and every
// renderer takes it.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "traces/file_error.hpp"
#include "traces/render_html.hpp"
#include "traces/render_itf.hpp"
#include "traces/render_mermaid.hpp"
#include "traces/render_shiviz.hpp"
#include "traces/render_text.hpp"
#include "traces/trace_file.hpp"

namespace {

using namespace mdcd::traces;

std::optional<Trace> read(std::string_view text) {
    try {
        return read_trace(text, "input");
    } catch (const FileError&) {
        return std::nullopt;
    }
}

void render_all(const Trace& trace) {
    const bool all_there = !render_text(trace).empty() && !render_text(trace, {.color = true, .width = 20}).empty() &&
                           !render_mermaid(trace).empty() && !render_html(trace).empty() &&
                           !render_shiviz(trace).empty();
    if (!all_there) {
        std::abort();
    }
    try {
        static_cast<void>(render_itf(trace, "input"));
    } catch (const FileError&) { // its states are not known
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::optional<Trace> trace = read({reinterpret_cast<const char*>(data), size});
    if (trace) {
        const std::string written = write_trace(*trace);
        const std::optional<Trace> again = read(written);
        if (!again || *again != *trace || write_trace(*again) != written) {
            std::abort();
        }
        render_all(*trace);
    }
    return 0;
}
