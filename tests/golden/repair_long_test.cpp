// The lattice of all changes that act on the two scopes that tell repairs apart: two sets, and no other. Left out are
// the rules of clusters of several components, of external messages and of recovery by messages. And of a cluster of
// two under one total order: none. What the search leaves out, and why, is tested with the library.
#include <algorithm>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "impl/rules.hpp"
#include "model/inputs/library.hpp"
#include "model/repair/repair.hpp"

TEST_CASE("of all sets of changes to the published rules two are minimal repairs of relay and feedback") {
    using namespace mdcd::model;
    const std::vector<std::string_view> idle{"stop_low", "shadow_sn", "low_sn", "shadow_internal", "external_index"};
    RepairOptions options{.check = {}, .only = {}, .changes_max = 0};
    std::size_t lattice = 1;
    for (const mdcd::impl::RuleDescription& rule : mdcd::impl::rule_table())
        if (std::ranges::find(idle, rule.name) == idle.end()) {
            options.only.emplace_back(rule.name);
            lattice *= rule.values.size();
        }
    options.check.search.workers = 0;
    const Repair result = repair({load_scope("relay"), load_scope("feedback")}, preset("published"), options);
    std::size_t refuted = 0;
    for (const ExaminedSet& set : result.sets)
        refuted += set.verdict == SetVerdict::refuted;
    CHECK(refuted == result.sets.size() - 2);
    CHECK(result.sets.size() + result.left_out == lattice);
    REQUIRE(result.repairs.size() == 2);
    CHECK(
        result.lattice.text(result.sets[result.repairs[0]].changes) ==
        "validated_register=everywhere, propagation_mark=any_internal, reclamation=by_cover, receiver_log=while_dirty");
    CHECK(result.lattice.text(result.sets[result.repairs[1]].changes) ==
          "validated_register=everywhere, checkpoint_trigger=every_new_sn, receiver_log=while_dirty");
}

TEST_CASE("no set of rules makes every claim hold of a cluster of two that fails as a whole") {
    using namespace mdcd::model;
    const std::vector<std::string_view> idle{"stop_low", "external_index"};
    RepairOptions options{.check = {}, .only = {}, .changes_max = 0};
    options.check.z3 = Z3Use::off;
    std::size_t lattice = 1;
    for (const mdcd::impl::RuleDescription& rule : mdcd::impl::rule_table())
        if (std::ranges::find(idle, rule.name) == idle.end()) {
            options.only.emplace_back(rule.name);
            lattice *= rule.values.size();
        }
    const Repair result = repair({load_scope("two-in-order")}, preset("repaired"), options);
    CHECK(lattice == 1179648);
    CHECK(result.repairs.empty());
    CHECK(result.left_out == 0);
    CHECK(result.sets.size() == lattice);
    CHECK(std::ranges::all_of(result.sets, [](const ExaminedSet& set) { return set.verdict == SetVerdict::refuted; }));
}
