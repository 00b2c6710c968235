// Renaming of numbers, as far as seconds go: what is compared, and how, is in renumbering.hpp.
// A renaming that forgets too much has to be found out.
#include "tests/differential/renumbering.hpp"

using namespace mdcd;

TEST_CASE("renaming numbers commutes with every step and changes no property") {
    const tests::Tally tally = tests::walks(30, {});
    CHECK(tally.different == 0);
    CHECK(tally.moved * 1000 <= tally.states);
    CHECK(tally.settled > 500);
    CHECK(tally.groups > 50);
    CHECK(tally.active > 500);
}

TEST_CASE("a renaming that forgets what the shadow has yet to generate is found out") {
    CHECK(tests::is_found_out([](model::NumberSummary& summary) { summary.standing.sent = 15; }));
}

TEST_CASE("shipped scopes, with and without renaming of numbers") {
    tests::compare_shipped({"tiny", "relay"});
}

TEST_CASE("random sets of rules, with and without renaming of numbers") {
    tests::compare_renumbered_rules(12);
}

TEST_CASE("runs without an end: the same count by hand, with any number of workers") {
    const impl::Rules rules = model::preset("repaired").rules;
    const std::uint64_t by_hand = tests::count_by_hand(tests::unbounded_scope(1), rules);
    CHECK(by_hand > 1000);
    for (const unsigned workers : {1U, 2U, 3U})
        CHECK(tests::run(tests::unbounded_scope(1), rules, {.actives = false, .renumbering = true}, workers)
                  .distinct_states == by_hand);
}

TEST_CASE("up to both renamings: the same verdicts from fewer states") {
    const model::Scope scope = model::load_scope("unbounded-two");
    for (const char* const preset : {"published", "repaired"}) {
        const impl::Rules rules = model::preset(preset).rules;
        const checker::Report numbers = tests::run(scope, rules, {.actives = false, .renumbering = true}, 2);
        const checker::Report both = tests::run(scope, rules, {.actives = true, .renumbering = true}, 2);
        CHECK(both.exhaustive);
        CHECK(both.depth == numbers.depth);
        CHECK(2 * both.distinct_states >= numbers.distinct_states);
        CHECK(3 * both.distinct_states < 2 * numbers.distinct_states);
        for (std::size_t property = 0; property < both.verdicts.size(); ++property) {
            CHECK(both.verdicts[property].verdict == numbers.verdicts[property].verdict);
            if (both.verdicts[property].path)
                CHECK(both.verdicts[property].path->firings.size() == numbers.verdicts[property].path->firings.size());
        }
    }
}
