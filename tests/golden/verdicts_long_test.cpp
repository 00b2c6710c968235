// The pinned verdicts that take minutes: the larger scopes, and the matrix of checkpointing rules on one-two-short.
// Too long for every change, so labelled `long`.
#include "tests/support/termination.hpp"
#include "tests/support/verdict_lines.hpp"

TEST_CASE("larger scopes under shipped presets") {
    mdcd::tests::check_file("golden/verdicts/scopes_long.txt");
}

TEST_CASE("two coordinators, and larger scopes with recovery by messages") {
    mdcd::tests::check_file("golden/verdicts/asynchronous_long.txt");
}

TEST_CASE("every recovery terminates on the larger scopes") {
    mdcd::tests::check_termination_of({{"async-rivals", "published"},
                                       {"async-rivals", "repaired"},
                                       {"async-rivals", "literal"},
                                       {"async-output", "repaired"}});
}

TEST_CASE(
    "recovery by messages with one to three active processes and one or two components, 10 million states and more") {
    mdcd::tests::check_file("golden/verdicts/recovery_long.txt");
}

TEST_CASE("every recovery terminates there") {
    mdcd::tests::check_termination_of({{"recovery-one-two-tests", "repaired_vector"},
                                       {"recovery-one-three", "repaired_vector"},
                                       {"recovery-two-one", "repaired_vector"},
                                       {"recovery-two-two", "repaired_vector"}});
}

TEST_CASE("the matrix of checkpointing rules on one-two-short") {
    mdcd::tests::check_file("golden/verdicts/matrix_long.txt");
}
