// Where a file stands in its repository: how code hosts want it named in reports, wherever the program was started.
// Knows nothing of reports, and asks no version control.
#pragma once

#include <filesystem>
#include <string>

namespace mdcd::checker::cli {

// Where a program that reports may be: its folder, and the checkout that the pipeline says it works in ("": unknown).
struct Surroundings {
    std::filesystem::path folder;
    std::filesystem::path checkout;
};

// Of this process: GITHUB_WORKSPACE and CI_PROJECT_DIR (GitLab) name a checkout.
[[nodiscard]] Surroundings surroundings();

// Relative to the nearest folder around it that holds `.git`; else to the checkout, else to the folder, if it lies
// below. A file that lies nowhere there, and the name of a file that does not exist (a shipped gate's), stay as they
// are.
[[nodiscard]] std::string repository_path(const std::string& file, const Surroundings& around = surroundings());

} // namespace mdcd::checker::cli
