// The lock is a file of its own: the checkpoint itself is replaced again and again.
// Knows nothing of what is in a checkpoint.
#include "checker/engine/checkpoint_folder.hpp"

#include <filesystem>

#include "checker/checkpoint_error.hpp"

namespace mdcd::checker::engine {

std::string checkpoint_path(const std::string& folder) {
    return (std::filesystem::path(folder) / "search.checkpoint").string();
}

bool has_checkpoint(const std::string& folder) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(checkpoint_path(folder), error));
}

void expect_identity(const SearchOptions& options) {
    if (!options.checkpoint_dir.empty() && options.identity.empty())
        throw CheckpointError("checkpoints want SearchOptions::identity: without it nothing says which model, in which "
                              "build, '" +
                              options.checkpoint_dir + "' belongs to");
}

FileLock lock_checkpoints(const std::string& folder, bool resume) {
    if (folder.empty())
        return {};
    FileLock lock((std::filesystem::path(folder) / "search.lock").string());
    if (!resume && has_checkpoint(folder))
        throw CheckpointError("'" + checkpoint_path(folder) +
                              "' is there already: resume it, or remove it to begin anew");
    return lock;
}

} // namespace mdcd::checker::engine
