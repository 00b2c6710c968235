// Names the files of counterexamples, and writes them when the report is out.
// Knows nothing of what a trace holds.
#include "checker/cli/trace_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>

#include "checker/content_hash.hpp"
#include "checker/whole_file.hpp"
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
    return name.substr(0, bytes_max - 17) + "~" + content_hash(name).substr(0, 16);
}

// What is there begins as what comes, or is no file that has content.
bool may_take_the_place(const std::string& path, const std::string& text) {
    constexpr std::size_t beginning = 12; // {, a new line, and "format": or ; scope and a name
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) == 0)
        return true;
    std::string there(beginning, '\0');
    std::ifstream(path, std::ios::binary).read(there.data(), static_cast<std::streamsize>(beginning));
    return there == text.substr(0, beginning);
}

} // namespace

void try_trace_folder(const std::string& directory) {
    try {
        try_folder(directory);
    } catch (const WriteError& error) {
        if (directory != default_trace_folder)
            throw;
        std::cerr
            << "mdcd: warning: there will be no files of counterexamples, unless --trace-dir names another place: "
            << error.what() << '\n';
    }
}

std::string path_of(const std::string& directory, const FileName& name) {
    return (std::filesystem::path(directory) /
            (file_part(name.scope, scope_bytes_max) + "." + file_part(name.rules, rules_bytes_max) + "." + name.rest))
        .string();
}

std::string PendingFiles::add(std::string path, std::string text) {
    return files_.emplace_back(File{std::move(path), std::move(text), false}).path;
}

std::string PendingFiles::add_in_own_folder(std::string path, std::string text) {
    return files_.emplace_back(File{std::move(path), std::move(text), true}).path;
}

void PendingFiles::write() {
    std::size_t failures = 0;
    std::string first;
    for (const auto& [path, text, in_own_folder] : std::exchange(files_, {})) {
        try {
            if (!in_own_folder && !may_take_the_place(path, text))
                throw WriteError(path + ": there is a file of another kind, and it stays: remove it, or name another "
                                        "folder");
            make_folder(std::filesystem::path(path).parent_path().string());
            write_whole_file(path, text);
        } catch (const WriteError& error) {
            if (failures++ == 0)
                first = error.what();
        }
    }
    if (failures > 0)
        throw WriteError(first + (failures == 1 ? "" : "; and " + std::to_string(failures - 1) + " more files"));
}

std::string numbered(const std::string& file, std::size_t number) {
    constexpr std::string_view ending = ".json";
    return number == 1
               ? file
               : file.substr(0, file.size() - ending.size()) + "." + std::to_string(number) + std::string(ending);
}

std::string add_trace(PendingFiles& files, const traces::Trace& trace, const std::string& directory) {
    return files.add(path_of(directory, {trace.scope_name, trace.rules_name, trace.property + ".json"}),
                     traces::write_trace(trace));
}

TraceFiles add_traces(PendingFiles& files, std::span<const model::CheckedProperty> properties, const std::string& scope,
                      const std::string& rules, const std::string& directory, std::span<const std::string> witnesses) {
    TraceFiles names;
    for (const model::CheckedProperty& each : properties) {
        names.emplace_back();
        const bool wanted =
            each.verdict != Verdict::reached || std::ranges::find(witnesses, each.property.name) != witnesses.end();
        if (!each.trace || !wanted)
            continue;
        for (std::size_t more = 0; more <= each.more_traces.size(); ++more) {
            const traces::Trace& trace = more == 0 ? *each.trace : each.more_traces[more - 1];
            const std::string path =
                files.add(path_of(directory, {scope, rules, numbered(each.property.name + ".json", more + 1)}),
                          traces::write_trace(trace));
            if (more == 0)
                names.back() = path;
        }
    }
    return names;
}

} // namespace mdcd::checker::cli
