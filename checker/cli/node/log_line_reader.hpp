// One line of a log as an input for the handlers, and the claims of the line that can be checked without them.
// Knows no handler and no other line.
#pragma once

#include <cstdint>
#include <string>

#include "impl/runtime/process_core.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli::node {

struct LogLine {
    std::uint64_t step = 0;
    std::string process;
    impl::runtime::Input input;
    std::string packet; // of kind receive
};

// Only what is before the outcome of the step is looked at: the rest is compared as text with what the handlers write.
// `place`: "DIR/A1/log.ndjson, line 17", for messages. Throws traces::FileError: another format, no such fields, or a
// digest that is not that of the packet in the line.
[[nodiscard]] LogLine read_log_line(const std::string& text, const std::string& place,
                                    const impl::runtime::SystemDescription& system);

// The same without the members, which a first line brings itself: the system in it.
[[nodiscard]] traces::Value read_first_line(const std::string& text, const std::string& place);

} // namespace mdcd::checker::cli::node
