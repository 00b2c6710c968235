// The tree keeps the rules of the house.
// Says which file and line does not, and why the rule is there.
#include <doctest/doctest.h>

#include "tests/house/rules.hpp"

namespace mdcd::tests::house {

TEST_CASE("the tree keeps the rules of the house") {
    const Tree tree = read_tree(MDCD_SOURCE_DIR);
    REQUIRE(tree.files.size() > 20);
    for (const Rule& rule : all_rules()) {
        std::vector<Complaint> complaints;
        rule.check(tree, complaints);
        for (const Complaint& each : complaints)
            FAIL_CHECK(each.file << ":" << each.line << ": " << each.text << "  [" << rule.name << ": " << rule.reason
                                 << "]");
    }
}

} // namespace mdcd::tests::house
