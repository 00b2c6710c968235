// The pinned verdicts that take minutes: the larger scopes, and the matrix of checkpointing rules on one-two.
// Too long for every change, so labelled `long`.
#include "tests/support/verdict_lines.hpp"

TEST_CASE("larger scopes under shipped presets") {
    mdcd::tests::check_file("golden/verdicts/scopes_long.txt");
}

TEST_CASE("the matrix of checkpointing rules on one-two") {
    mdcd::tests::check_file("golden/verdicts/matrix_long.txt");
}
