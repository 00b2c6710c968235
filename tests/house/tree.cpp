// Reads the work tree for the house rules.
// Knows no rule.
#include "tests/house/tree.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>

namespace mdcd::tests::house {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::set<std::string> ignored_names(const std::filesystem::path& root) {
    std::set<std::string> names = {".git"};
    if (!std::filesystem::exists(root / ".gitignore"))
        return names;
    for (std::string line : lines_of(read_file(root / ".gitignore"))) {
        if (!line.empty() && line.back() == '/')
            line.pop_back();
        names.insert(line);
    }
    return names;
}

} // namespace

std::string_view TextFile::name() const {
    return std::string_view(path).substr(path.rfind('/') + 1);
}

bool TextFile::is_in(std::string_view folder) const {
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

bool TextFile::is_cpp() const {
    return is_header() || path.ends_with(".cpp");
}

bool TextFile::is_header() const {
    return path.ends_with(".hpp");
}

Tree read_tree(const std::filesystem::path& root) {
    const std::set<std::string> ignored = ignored_names(root);
    Tree tree;
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
        if (!ignored.contains(entry.path().filename().string()))
            tree.top_level.push_back(entry.path().filename().string());
    }
    for (auto at = std::filesystem::recursive_directory_iterator(root);
         at != std::filesystem::recursive_directory_iterator(); ++at) {
        if (ignored.contains(at->path().filename().string())) {
            at.disable_recursion_pending();
            continue;
        }
        if (!at->is_regular_file())
            continue;
        const std::string text = read_file(at->path());
        if (text.find('\0') == std::string::npos)
            tree.files.push_back({at->path().lexically_relative(root).generic_string(), lines_of(text)});
    }
    std::ranges::sort(tree.top_level);
    std::ranges::sort(tree.files, {}, &TextFile::path);
    return tree;
}

} // namespace mdcd::tests::house
