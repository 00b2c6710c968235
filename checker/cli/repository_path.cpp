// Looks for the root of a repository upwards from a file.
// A container without git gets its checkout without `.git`; that is what the other ways are for.
#include "checker/cli/repository_path.hpp"

#include <cstdlib>
#include <system_error>

namespace mdcd::checker::cli {

namespace {

using std::filesystem::path;

bool is_there(const path& file) {
    std::error_code ignored;
    return std::filesystem::exists(file, ignored);
}

// "" if none of the folders around it is one.
path repository_around(const path& file) {
    for (path folder = file.parent_path();; folder = folder.parent_path()) {
        if (is_there(folder / ".git")) // a folder, or the file of a worktree or submodule
            return folder;
        if (folder == folder.parent_path())
            return {};
    }
}

// "" if it does not lie below.
std::string below(const path& root, const path& file) {
    if (root.empty())
        return {};
    const path relative = file.lexically_relative(root.lexically_normal());
    return relative.empty() || *relative.begin() == ".." || relative == "." ? "" : relative.generic_string();
}

} // namespace

Surroundings surroundings() {
    Surroundings around{.folder = std::filesystem::current_path(), .checkout = {}};
    for (const char* name : {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"}) {
        const char* const value = std::getenv(name);
        if (around.checkout.empty() && value != nullptr)
            around.checkout = value;
    }
    return around;
}

std::string repository_path(const std::string& file, const Surroundings& around) {
    const path plain = path(file).lexically_normal();
    const path absolute = (around.folder / plain).lexically_normal();
    if (!is_there(absolute))
        return plain.generic_string();
    for (const path& root : {repository_around(absolute), around.checkout, around.folder}) {
        const std::string relative = below(root, absolute);
        if (!relative.empty())
            return relative;
    }
    return plain.generic_string();
}

} // namespace mdcd::checker::cli
