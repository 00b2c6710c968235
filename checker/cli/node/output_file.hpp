// What one process has given to its device, beside what its log accounts for: line by line the same, and as many.
// Knows no other process and no handler.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "impl/runtime/process_core.hpp"

namespace mdcd::checker::cli::node {

class OutputFile {
public:
    // A file that is not there is one without a line. Throws traces::FileError if it is something else than a file.
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
    std::ifstream in_;
    std::uint64_t number_ = 0; // of the line
    std::string line_;
    std::uint64_t missing_ = 0;
};

} // namespace mdcd::checker::cli::node
