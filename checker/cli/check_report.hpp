// What `mdcd check` prints and which exit code it comes to. Decides nothing about properties.
// Knows nothing of searching.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "checker/cli/check_options.hpp"
#include "checker/cli/exit_code.hpp"
#include "checker/cli/trace_files.hpp"
#include "model/check/check.hpp"

namespace mdcd::checker::cli {

// The verdict that makes a property pass: as expected by the user, otherwise holds or reached.
[[nodiscard]] Verdict expected_verdict(const model::CheckedProperty& property, const Expectations& expectations);

// How far the search went, in words that cannot be mistaken for more.
[[nodiscard]] std::string extent(const Report& report);

// Coverage points that the run never passed although the rules in force allow them.
[[nodiscard]] std::vector<std::string> never_fired(const model::Check& check);

[[nodiscard]] ExitCode exit_code_of(const model::Check& check, const Expectations& expectations, bool strict);

// Which counterexamples are told.
enum class Runs : std::uint8_t {
    none,
    first, // the shortest, on one screen
    all,   // each of them with everything; what several properties share is told once
};

struct ReportStyle {
    bool color = false;
    bool verbose = false; // a row for each property; what the search and Z3 did for it
    Runs runs = Runs::first;
    std::size_t width = 0;      // of the terminal; 0: none, lines of the summary are not broken then
    bool strict = false;        // as exit_code_of takes it
    std::string trace_dir = {}; // where open questions were written
};

void print_text(std::ostream& out, const model::Check& check, const Expectations& expectations, const TraceFiles& files,
                const ReportStyle& style);
void print_json(std::ostream& out, const model::Check& check, const Expectations& expectations, const TraceFiles& files,
                bool strict);

} // namespace mdcd::checker::cli
