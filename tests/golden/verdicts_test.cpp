// State counts, verdicts and shortest lengths of every shipped scope under every preset, and of the matrix of
// checkpointing rules, as pinned in tests/golden/verdicts.
#include "tests/support/termination.hpp"
#include "tests/support/verdict_lines.hpp"

TEST_CASE("shipped scopes under shipped presets") {
    mdcd::tests::check_file("golden/verdicts/scopes.txt");
}

TEST_CASE("claims whose answers somebody else found otherwise") {
    mdcd::tests::check_file("golden/verdicts/judged_rightly.txt");
}

TEST_CASE("unordered channels") {
    mdcd::tests::check_file("golden/verdicts/unordered.txt");
}

TEST_CASE("runs without an end") {
    mdcd::tests::check_file("golden/verdicts/unbounded.txt");
}

TEST_CASE("scopes with recovery by messages") {
    mdcd::tests::check_file("golden/verdicts/asynchronous.txt");
}

TEST_CASE("every recovery terminates on the small scopes") {
    mdcd::tests::check_termination_of({{"async-tiny", "published"},
                                       {"async-tiny", "literal"},
                                       {"async-tiny", "repaired"},
                                       {"async-relay", "repaired"}});
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
