// What one process has given to its device, beside what its log accounts for: line by line the same, and as many.
// Knows no other process and no handler.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/cli/node/line_reader.hpp"
#include "impl/runtime/process_core.hpp"

namespace mdcd::checker::cli::node {

class OutputFile {
public:
    // A file that is not there is one without a line. Throws traces::FileError as LineReader does.
    OutputFile(const std::string& file, const std::string& process);

    // What the handlers output in a step. Throws Deviation if the next lines say something else.
    void compare(const std::vector<impl::runtime::DeviceOutput>& outputs);

    // At the end of the log. Throws traces::FileError: lines are left over, so the end of the log is missing; or lines
    // are missing here.
    void finish();

private:
    [[nodiscard]] bool read_line();

    std::string file_;
    std::string process_;
    std::optional<LineReader> lines_; // none: there is no file
    std::string line_;
    std::uint64_t missing_ = 0;
};

} // namespace mdcd::checker::cli::node
