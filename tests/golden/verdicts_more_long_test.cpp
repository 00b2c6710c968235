// Pinned verdicts that take seconds each and stood among those of every run of the tests: the large ones of the shipped
// scopes, and the matrix of checkpointing rules on feedback. Half a minute in all, so labelled `long`.
#include "tests/support/verdict_lines.hpp"

TEST_CASE("shipped scopes of half a million states and more") {
    mdcd::tests::check_file("golden/verdicts/scopes_more_long.txt");
}

TEST_CASE("the matrix of checkpointing rules on feedback") {
    mdcd::tests::check_file("golden/verdicts/matrix_more_long.txt");
}
