// A line of a log as mdcd writes it, read without a parser: what log_line() writes is always in the same order and has
// no spaces. What is written in any other way is left to the reader (log_line_reader.hpp), which says what is wrong.
// Knows no handler and no other line.
#pragma once

#include <optional>
#include <string_view>

#include "checker/cli/node/log_line_reader.hpp"

namespace mdcd::checker::cli::node {

// None if the line is not written like that, or if a digest in it is not that of its packet.
[[nodiscard]] std::optional<LogLine> scan_log_line(std::string_view text,
                                                   const impl::runtime::SystemDescription& system);

} // namespace mdcd::checker::cli::node
