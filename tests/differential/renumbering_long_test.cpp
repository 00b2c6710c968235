// Renaming of numbers, as far as minutes go: what is compared, and how, is in renumbering.hpp.
// Renamings that forget too much have to be found out.
#include "tests/differential/renumbering.hpp"

using namespace mdcd;

TEST_CASE("renaming numbers commutes with every step under many rules") {
    const tests::Tally tally = tests::walks(1500, {});
    CHECK(tally.different == 0);
    CHECK(tally.moved * 1000 <= tally.states);
    MESSAGE(tally.states, " states, ", tally.settled, " with settled messages, ", tally.groups, " with groups, ",
            tally.active, " with settled messages of A1, ", tally.moved, " moved");
}

TEST_CASE("renamings that forget too much are found out") {
    CHECK(tests::is_found_out([](model::NumberSummary& summary) { summary.use.notified = 0; }, 2500));
    CHECK(tests::is_found_out([](model::NumberSummary& summary) { summary.use.carried = 0; }));
}

TEST_CASE("shipped scopes of seconds, with and without renaming of numbers") {
    tests::compare_shipped(
        {"tiny", "relay", "low-test", "feedback", "shadow-log", "small", "one-one", "three-actives"});
}

TEST_CASE("two hundred random sets of rules, with and without renaming of numbers") {
    tests::compare_renumbered_rules(200);
}
