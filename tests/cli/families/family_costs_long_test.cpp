// What the parts of the line of defence against a hostile cluster cost: the figures of docs/trust.md, which
// `mdcd compare` prints, held against the table there. The scopes are explored to the end.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {

TEST_CASE("the table of costs in docs/trust.md is what mdcd compare prints") {
    const ScratchFolder folder;
    const Finished table =
        run_mdcd({"compare", "hostile/costs_one", "hostile/costs_two", "--rules", "hostile", "--rules",
                  "undefended+low_sn=vector", "--rules", "hostile+boundary_checkpoint=by_confidence", "--rules",
                  "hostile+low_tests=prove", "--rules", "hostile+detector=none", "--rules", "hostile+assertion=none",
                  "--format", "markdown"},
                 folder.path("."));
    CHECK(table.exit_code == 10); // without a part of it some claim fails
    std::ifstream in(std::string(MDCD_SOURCE_DIR) + "/docs/trust.md", std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(in), {}};
    std::istringstream lines(table.out);
    std::size_t figures = 0;
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("| checkpoints kept |") || line.starts_with("| log entries kept |") ||
            line.starts_with("| events undone by a recovery |") || line.starts_with("| states |")) {
            CAPTURE(line);
            CHECK(contains(page, line + "\n"));
            ++figures;
        }
    CHECK(figures == 8);
}

} // namespace mdcd::tests::cli
