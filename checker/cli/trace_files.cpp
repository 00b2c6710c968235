// Names and writes the files of counterexamples.
// Knows nothing of what a trace holds.
#include "checker/cli/trace_files.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "checker/cli/usage_error.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

// The name of rules may hold assignments, that of a file must not hold slashes or blanks.
std::string file_part(std::string name) {
    for (char& each : name)
        if (each == '/' || each == '\\' || each == ' ')
            each = '_';
    return name;
}

std::string write_file(const traces::Trace& trace, const std::string& scope, const std::string& rules,
                       const std::string& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error)
        throw UsageError("--trace-dir " + directory + ": cannot be made: " + error.message());
    const std::filesystem::path path =
        std::filesystem::path(directory) / (file_part(scope) + "." + file_part(rules) + "." + trace.property + ".json");
    std::ofstream out(path, std::ios::binary);
    out << traces::write_trace(trace);
    if (!out.flush())
        throw UsageError("--trace-dir " + directory + ": " + path.string() + " cannot be written");
    return path.string();
}

} // namespace

std::string write_trace_file(const traces::Trace& trace, const std::string& directory) {
    return write_file(trace, trace.scope_name, trace.rules_name, directory);
}

TraceFiles write_traces(std::span<const model::CheckedProperty> properties, const std::string& scope,
                        const std::string& rules, const std::string& directory) {
    TraceFiles files;
    for (const model::CheckedProperty& each : properties) {
        files.emplace_back();
        if (!each.trace || each.verdict == Verdict::reached)
            continue;
        files.back() = write_file(*each.trace, scope, rules, directory);
    }
    return files;
}

} // namespace mdcd::checker::cli
