// Where counterexamples and questions go: files under names that stay the same from run to run. They are named before
// the report, which says where they are, and written after it: a full disk costs the files, and not the report. Knows
// no format.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/check/check.hpp"

namespace mdcd::checker::cli {

// A folder that an option names is tried before the work; throws WriteError. For the default one a warning will do:
// there may be nothing to write.
void try_trace_folder(const std::string& directory);
inline constexpr const char* default_trace_folder = "mdcd-traces";

// SCOPE.RULES.REST
struct FileName {
    std::string scope;
    std::string rules;
    std::string rest; // short, and without what a file name must not hold
};

// DIRECTORY/NAME, with what a file name must not hold replaced.
[[nodiscard]] std::string path_of(const std::string& directory, const FileName& name);

class PendingFiles {
public:
    // Returns the path. A file of that name is replaced only if it begins as `text` does: nothing of the user's own,
    // such as a scope that is named like a trace.
    std::string add(std::string path, std::string text);

    // For a folder that is known to hold nothing but what is made here: whatever has the name is replaced.
    std::string add_in_own_folder(std::string path, std::string text);

    // Writes all, with the folders around them. What cannot be written does not keep the others from it. Throws
    // WriteError that says how many were not.
    void write();

private:
    struct File {
        std::string path;
        std::string text;
        bool in_own_folder = false;
    };
    std::vector<File> files_;
};

// One path for each property in order; "" where there is none.
using TraceFiles = std::vector<std::string>;

// SCOPE.RULES.PROPERTY.json, and for the second and later ones of a property SCOPE.RULES.PROPERTY.2.json and so on:
// the names of all but the first are those of the first with a number.
[[nodiscard]] std::string numbered(const std::string& file, std::size_t number);

// DIRECTORY/SCOPE.RULES.PROPERTY.json for each counterexample; of what was reached only what is one of `witnesses`.
TraceFiles add_traces(PendingFiles& files, std::span<const model::CheckedProperty> properties, const std::string& scope,
                      const std::string& rules, const std::string& directory,
                      std::span<const std::string> witnesses = {});

// DIRECTORY/SCOPE.RULES.PROPERTY.json for one counterexample, under the names that the trace itself has. Returns the
// path.
std::string add_trace(PendingFiles& files, const traces::Trace& trace, const std::string& directory);

} // namespace mdcd::checker::cli
