// Names and writes the files of counterexamples.
// Knows nothing of what a trace holds.
#include "checker/cli/trace_files.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "checker/cli/usage_error.hpp"
#include "checker/engine/content_hash.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

// A file system takes 255 bytes; names of properties are short.
constexpr std::size_t scope_bytes_max = 60;
constexpr std::size_t rules_bytes_max = 140;

// The name of rules may hold assignments, that of a file must not hold slashes or blanks. What is too long ends in a
// hash of the whole.
std::string file_part(std::string name, std::size_t bytes_max) {
    for (char& each : name)
        if (each == '/' || each == '\\' || each == ' ')
            each = '_';
    if (name.size() <= bytes_max)
        return name;
    char hash[18];
    std::snprintf(hash, sizeof hash, "~%016llx", static_cast<unsigned long long>(engine::content_hash(1, name)));
    return name.substr(0, bytes_max - 17) + hash;
}

} // namespace

void make_folder(const std::string& option, const std::string& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error)
        throw UsageError(option + " " + directory + ": cannot be made: " + error.message());
}

std::string write_into(const std::string& option, const std::string& directory, const FileName& name,
                       const std::string& text) {
    make_folder(option, directory);
    const std::filesystem::path path =
        std::filesystem::path(directory) /
        (file_part(name.scope, scope_bytes_max) + "." + file_part(name.rules, rules_bytes_max) + "." + name.rest);
    std::ofstream out(path, std::ios::binary);
    out << text;
    if (!out.flush())
        throw UsageError(option + " " + directory + ": " + path.string() + " cannot be written");
    return path.string();
}

std::string numbered(const std::string& file, std::size_t number) {
    constexpr std::string_view ending = ".json";
    return number == 1
               ? file
               : file.substr(0, file.size() - ending.size()) + "." + std::to_string(number) + std::string(ending);
}

std::string write_trace_file(const traces::Trace& trace, const std::string& directory) {
    return write_into("--trace-dir", directory, {trace.scope_name, trace.rules_name, trace.property + ".json"},
                      traces::write_trace(trace));
}

TraceFiles write_traces(std::span<const model::CheckedProperty> properties, const std::string& scope,
                        const std::string& rules, const std::string& directory) {
    TraceFiles files;
    for (const model::CheckedProperty& each : properties) {
        files.emplace_back();
        if (!each.trace || each.verdict == Verdict::reached)
            continue;
        for (std::size_t more = 0; more <= each.more_traces.size(); ++more) {
            const traces::Trace& trace = more == 0 ? *each.trace : each.more_traces[more - 1];
            const std::string path =
                write_into("--trace-dir", directory, {scope, rules, numbered(each.property.name + ".json", more + 1)},
                           traces::write_trace(trace));
            if (more == 0)
                files.back() = path;
        }
    }
    return files;
}

} // namespace mdcd::checker::cli
