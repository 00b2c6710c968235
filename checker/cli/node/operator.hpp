// An operator's words to the processes of a running system: asked through the socket that each of them has in its
// folder. Knows no command line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "traces/value.hpp"

namespace mdcd::checker::cli::node {

// The processes that have a folder in that of the run, in order of their names. Throws traces::FileError if none has.
[[nodiscard]] std::vector<std::string> processes_in(const std::string& folder);

// What the process says; none if nobody listens there, or no answer came in time.
[[nodiscard]] std::optional<traces::Value> ask(const std::string& folder, const std::string& process,
                                               const std::string& words);

} // namespace mdcd::checker::cli::node
