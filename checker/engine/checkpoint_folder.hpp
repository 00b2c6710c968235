// The folder in which a search keeps its checkpoint: one search at a time.
// Knows nothing of what is in a checkpoint.
#pragma once

#include <string>

#include "checker/file_lock.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

// The file in `folder`.
[[nodiscard]] std::string checkpoint_path(const std::string& folder);

// Something is in the checkpoint's place, of whatever kind it is.
[[nodiscard]] bool has_checkpoint(const std::string& folder);

// Throws CheckpointError if a search is to have checkpoints and has no identity.
void expect_identity(const SearchOptions& options);

// For a search that begins, and until it ends. "" is no folder, and no lock. Throws WriteError if another search is at
// work in the folder, CheckpointError if it holds a checkpoint and `resume` is false: what is saved is not begun over.
[[nodiscard]] FileLock lock_checkpoints(const std::string& folder, bool resume);

} // namespace mdcd::checker::engine
