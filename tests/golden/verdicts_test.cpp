// State counts, verdicts and shortest lengths of every shipped scope under every preset, and of the matrix of
// checkpointing rules, as pinned in tests/golden/verdicts.
#include "tests/support/verdict_lines.hpp"

TEST_CASE("shipped scopes under shipped presets") {
    mdcd::tests::check_file("golden/verdicts/scopes.txt");
}

TEST_CASE("the matrix of checkpointing rules") {
    mdcd::tests::check_file("golden/verdicts/matrix.txt");
}

TEST_CASE("no single change repairs the published rules") {
    mdcd::tests::check_file("golden/verdicts/one_change.txt");
    std::ifstream in(std::string(MDCD_SOURCE_DIR) + "/tests/golden/verdicts/one_change.txt");
    for (std::string line; std::getline(in, line);)
        if (line.front() != '#') {
            CAPTURE(line);
            CHECK(line.substr(line.find('|')).find('=') != std::string::npos);
        }
}
