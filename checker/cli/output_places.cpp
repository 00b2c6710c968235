// Compares places by what the file system says they are.
// Writes nothing.
#include "checker/cli/output_places.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace mdcd::checker::cli {
namespace {

namespace fs = std::filesystem;

// A file that is not there yet has a name only.
bool same_place(const std::string& one, const std::string& other) {
    std::error_code error;
    if (fs::exists(one, error) && fs::exists(other, error))
        return fs::equivalent(one, other, error);
    const auto place = [&error](const std::string& name) {
        return fs::weakly_canonical(fs::absolute(name, error), error);
    };
    return place(one) == place(other);
}

bool is_device(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    return fs::is_character_file(status) || fs::is_fifo(status) || fs::is_socket(status);
}

} // namespace

void expect_distinct(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs) {
    for (std::size_t position = 0; position < outputs.size(); ++position) {
        const std::string& output = outputs[position];
        if (output.empty() || is_device(output))
            continue;
        for (const std::string& input : inputs)
            if (!input.empty() && same_place(input, output))
                throw UsageError(output + " would be written over, and it is read: name another file");
        for (std::size_t other = position + 1; other < outputs.size(); ++other)
            if (!outputs[other].empty() && same_place(output, outputs[other]))
                throw UsageError(output + " is named for two results: name another file for one of them");
    }
}

void expect_own_folder(const std::string& folder, const std::vector<std::string>& own) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (entry.is_symlink(error) || std::ranges::find(own, name) == own.end())
            throw UsageError(folder + " holds " + name +
                             ", which this program has not made: name a folder that is empty " + "or not there");
    }
}

void expect_made_folder(const std::string& folder, const std::string& mark) {
    std::error_code error;
    const bool holds_something = fs::exists(folder, error) && !fs::is_empty(folder, error);
    if (holds_something && !fs::exists(fs::path(folder) / mark, error))
        throw UsageError(
            folder + " holds something that this program has not made: name a folder that is empty or not " + "there");
}

} // namespace mdcd::checker::cli
