// A line is compared as text with the one that the same output writes now.
// What comes after a crash and before the next start can lack its end; that is told and is no pass.
#include "checker/cli/node/output_file.hpp"

#include <filesystem>

#include "checker/cli/node/process_replay.hpp"
#include "impl/runtime/log_line.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"

namespace mdcd::checker::cli::node {

OutputFile::OutputFile(const std::string& file, const std::string& process) : file_(file), process_(process) {
    std::error_code error;
    if (std::filesystem::symlink_status(file, error).type() != std::filesystem::file_type::not_found)
        lines_.emplace(file, "the outputs of " + process);
}

bool OutputFile::read_line() {
    return lines_ && lines_->read(line_);
}

void OutputFile::compare(const std::vector<impl::runtime::DeviceOutput>& outputs) {
    for (const impl::runtime::DeviceOutput& each : outputs) {
        if (!read_line()) {
            ++missing_;
            continue;
        }
        const std::string expected = impl::runtime::output_line(process_, each);
        if (line_ != expected)
            throw Deviation(lines_->place() + ": " + process_ + " is said to have output " +
                            traces::cut(traces::printable(line_), 200) + ", but by its log it is " +
                            traces::cut(traces::printable(expected), 200));
    }
}

void OutputFile::finish() {
    if (missing_ > 0)
        throw traces::FileError(file_, "",
                                "ends " + std::to_string(missing_) + (missing_ == 1 ? " output" : " outputs") +
                                    " before the log of " + process_ +
                                    ": lines are missing (after a crash, a node that starts again writes them)");
    if (read_line())
        throw traces::FileError(lines_->place(), "",
                                "the log of " + process_ + " accounts for " + std::to_string(lines_->number() - 1) +
                                    (lines_->number() == 2 ? " output" : " outputs") +
                                    " only: the end of the log is missing, or the line was added");
}

} // namespace mdcd::checker::cli::node
