// The log of one process, run again on the handlers line by line: the first line that they would not have written is
// explained by field and by the guards that fired. Memory does not grow with the log.
// Knows no other process.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/cli/node/line_reader.hpp"
#include "checker/cli/node/log_line_reader.hpp"
#include "checker/cli/node/system_file.hpp"

namespace mdcd::checker::cli::node {

// The process did what the handlers would not, or what no process may: says where, and what they would have done.
class Deviation : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class ProcessReplay {
public:
    // Reads the first line. Throws traces::FileError, also if the file cannot be read or is empty.
    ProcessReplay(const std::string& file, const std::string& process);

    [[nodiscard]] const DescribedSystem& system() const { return *system_; }
    [[nodiscard]] const impl::runtime::ProcessCore& core() const { return *core_; }

    // The line that comes next; none at the end of the log.
    [[nodiscard]] const LogLine* next() const { return line_ ? &*line_ : nullptr; }
    [[nodiscard]] std::string place() const { return lines_.place(); } // of that line, or of the last one at the end
    [[nodiscard]] std::uint64_t line() const { return lines_.number(); }
    [[nodiscard]] const std::string& file() const { return lines_.file(); }
    [[nodiscard]] const std::string& name() const { return process_; }

    // That the process can take the message of that line, which is not the first that it has not taken. Throws
    // Deviation.
    void check_goes_past() const;
    // Runs its step; then the next line is to be read. Throws Deviation.
    [[nodiscard]] impl::runtime::StepRecord step();
    void read_next(); // throws traces::FileError if that line is none

    [[nodiscard]] std::uint64_t recoveries() const { return core_->summary().incarnation; }
    [[nodiscard]] std::uint64_t restarts() const { return restarts_; }

private:
    void forget(); // contents that nothing refers to any more
    void check_possible() const;
    [[noreturn]] void explain(const std::string& expected, const impl::runtime::StepRecord& record) const;

    std::string process_;
    LineReader lines_;
    std::string text_;
    std::optional<LogLine> line_;
    std::unique_ptr<DescribedSystem> system_;
    impl::runtime::Contents contents_;
    std::size_t contents_max_ = 0;
    std::unique_ptr<impl::runtime::ProcessCore> core_;
    std::uint64_t restarts_ = 0;
};

} // namespace mdcd::checker::cli::node
