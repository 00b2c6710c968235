// The whole lattice of rule changes on the two scopes that tell repairs apart: two sets, and no other.
// What the search leaves out, and why, is tested with the library.
#include <doctest/doctest.h>

#include "model/library.hpp"
#include "model/repair.hpp"

TEST_CASE("of all sets of changes to the published rules two are minimal repairs of relay and feedback") {
    using namespace mdcd::model;
    RepairOptions options{.check = {}, .only = {}, .changes_max = 0};
    options.check.search.workers = 0;
    const Repair result = repair({load_scope("relay"), load_scope("feedback")}, preset("published"), options);
    std::size_t refuted = 0;
    for (const ExaminedSet& set : result.sets)
        refuted += set.verdict == SetVerdict::refuted;
    CHECK(refuted == result.sets.size() - 2);
    std::size_t lattice = 1;
    for (const auto& rule : mdcd::impl::rule_table())
        lattice *= rule.values.size();
    CHECK(result.sets.size() + result.left_out == lattice);
    REQUIRE(result.repairs.size() == 2);
    CHECK(result.lattice.text(result.sets[result.repairs[0]].changes) ==
          "propagation_mark=any_internal, reclamation=by_cover, receiver_log=while_dirty");
    CHECK(result.lattice.text(result.sets[result.repairs[1]].changes) ==
          "checkpoint_trigger=every_new_sn, receiver_log=while_dirty");
}
