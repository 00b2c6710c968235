// What a proof fails at is looked for among states that can be reached: a run where there is one, and how far it was
// looked where not. Knows the lemmas by name.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/inputs/library.hpp"
#include "model/proof/reach.hpp"

namespace mdcd::model::proof {
namespace {

Lemma lemma_named(const std::string& name, const impl::Rules& rules) {
    const std::vector<Lemma> all = lemmas(Claim::consistency, rules);
    return *std::ranges::find_if(all, [&](const Lemma& each) { return name == each.name; });
}

} // namespace

TEST_CASE("as published: the reception without a checkpoint is reached, and the run is a shortest one") {
    const impl::Rules& rules = preset("published").rules;
    const Occurrence found = find_broken_lemma(rules, lemma_named("index_covers_what_follows", rules),
                                               ActionId::active_receives, {.scopes = {"tiny"}});
    CHECK(found.reached);
    // Two messages of the cluster to one process, which takes a checkpoint before the first only.
    REQUIRE(found.run.size() == 4);
    CHECK(found.run[0].starts_with("L1 sends"));
    CHECK(found.run[3].starts_with("A"));
    const std::vector<std::string> lines = describe(found);
    CHECK(lines[0] == "reached in tiny: here is the run");
    CHECK(lines[4].starts_with("4. A"));
}

TEST_CASE("what is not reached is told with how far it was looked") {
    const impl::Rules& rules = preset("repaired").rules;
    const Lemma& lemma = lemma_named("index_covers_what_follows", rules);
    const Occurrence all =
        find_broken_lemma(rules, lemma, ActionId::active_receives, {.scopes = {"tiny"}, .states_max = 100000});
    CHECK_FALSE(all.reached);
    REQUIRE(all.looked.size() == 1);
    CHECK(all.looked[0].all);
    CHECK(describe(all)[0] == "not reached within all " + std::to_string(all.looked[0].states) + " states of tiny");
    const Occurrence some =
        find_broken_lemma(rules, lemma, ActionId::active_receives, {.scopes = {"tiny", "relay"}, .states_max = 50});
    CHECK(describe(some)[0] == "not reached within the first 50 states of tiny, the first 50 states of relay");
}

TEST_CASE("a claim that does not follow is looked for as the checker judges it") {
    impl::Rules rules = preset("repaired").rules;
    set_rule(rules, "recovery_line=local");
    const Occurrence found = find_false_claim(rules, "no_orphan", {.scopes = {"tiny"}, .states_max = 100000});
    CHECK(found.reached);
    CHECK(found.run.size() > 2);
    CHECK_FALSE(
        find_false_claim(preset("repaired").rules, "no_orphan", {.scopes = {"tiny"}, .states_max = 300}).reached);
}

} // namespace mdcd::model::proof
