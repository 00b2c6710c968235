// Linux: /proc/self/maps says which file each stretch of code comes from.
// Knows no library by name.
#include "checker/loaded_code.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "checker/content_hash.hpp"

namespace mdcd::checker {
namespace {

constexpr const char* program = "/proc/self/exe"; // the one that runs, whatever bears its name by now

struct Stretch {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    std::string path;
};

// Those that can be executed and come from a file; "begin-end r-xp offset device inode   path".
std::vector<Stretch> code() {
    std::vector<Stretch> all;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        std::istringstream fields(line);
        Stretch stretch;
        char dash = 0;
        std::string rights, offset, device, inode;
        fields >> std::hex >> stretch.begin >> dash >> stretch.end >> rights >> offset >> device >> inode >> std::ws;
        std::getline(fields, stretch.path);
        if (rights.size() > 2 && rights[2] == 'x' && stretch.path.starts_with('/'))
            all.push_back(std::move(stretch));
    }
    return all;
}

std::optional<LoadedFile> loaded_file(const std::string& path, const std::string& own_path) {
    const bool is_program = path == own_path;
    auto hash = hash_of_file(is_program ? program : path); // "libz3.so (deleted)" is no file: another has its name
    if (!hash)
        return std::nullopt;
    return LoadedFile{.name = is_program ? "" : std::filesystem::path(path).filename().string(),
                      .hash = std::move(*hash)};
}

// As the maps show it, a removed one with " (deleted)" at its end.
std::string own_path() {
    std::error_code error;
    return std::filesystem::read_symlink(program, error).string();
}

} // namespace

std::optional<std::string> hash_of_file(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    ContentHash hash;
    std::vector<char> block(std::size_t{1} << 18);
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        hash.add(std::string_view(block.data(), static_cast<std::size_t>(file.gcount())));
    }
    return file.eof() ? std::optional(hash.digits()) : std::nullopt;
}

std::optional<std::vector<LoadedFile>> loaded_code() {
    const std::string own = own_path();
    std::map<std::string, LoadedFile> by_path;
    for (const Stretch& each : code()) {
        if (by_path.contains(each.path))
            continue;
        auto file = loaded_file(each.path, own);
        if (!file)
            return std::nullopt;
        by_path.emplace(each.path, std::move(*file));
    }
    std::vector<LoadedFile> files;
    for (auto& [path, file] : by_path)
        files.push_back(std::move(file));
    std::ranges::sort(files);
    if (files.empty() || !files.front().name.empty())
        return std::nullopt;
    return files;
}

std::optional<LoadedFile> loaded_code_at(const void* address) {
    const auto at = reinterpret_cast<std::uintptr_t>(address);
    for (const Stretch& each : code())
        if (each.begin <= at && at < each.end)
            return loaded_file(each.path, own_path());
    return std::nullopt;
}

std::string text_of(const std::vector<LoadedFile>& files) {
    std::string text;
    for (const LoadedFile& file : files)
        text += (text.empty() ? "" : "\n") + (file.name.empty() ? std::string("mdcd") : file.name) + " " + file.hash;
    return text;
}

} // namespace mdcd::checker
