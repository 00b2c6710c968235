// The picture of docs/trust.md is what `mdcd show` draws of the run that is found today.
// With MDCD_REWRITE_GOLDEN set, it is drawn anew.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/cli/process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {

TEST_CASE("a run in which no header is forged, drawn") {
    const ScratchFolder folder;
    CHECK(run_mdcd({"check", "hostile/undefended_content", "--property", "contained", "--trace-dir", "runs"},
                   folder.path("."))
              .exit_code == 10);
    const Finished drawn = run_mdcd(
        {"show", "runs/hostile_undefended_content.undefended.contained.json", "--as", "svg"}, folder.path("."));
    CHECK(drawn.exit_code == 0);
    const std::string file = std::string(MDCD_SOURCE_DIR) + "/docs/trust/content.svg";
    if (std::getenv("MDCD_REWRITE_GOLDEN") != nullptr) {
        std::filesystem::create_directories(std::filesystem::path(file).parent_path());
        std::ofstream(file, std::ios::binary) << drawn.out;
    }
    std::ifstream in(file, std::ios::binary);
    const std::string committed{std::istreambuf_iterator<char>(in), {}};
    CHECK_MESSAGE(committed == drawn.out, "run again with MDCD_REWRITE_GOLDEN=1 and look at the picture");
}

} // namespace mdcd::tests::cli
