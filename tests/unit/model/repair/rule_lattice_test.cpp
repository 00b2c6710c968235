// Sets of rule changes: how many there are, that none has two values of one rule, and how they are called.
// Nothing is explored here.
#include <doctest/doctest.h>

#include <set>

#include "model/inputs/library.hpp"
#include "model/repair/rule_lattice.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests {

using namespace model;

TEST_CASE("the whole lattice: every set of values that differ, each once, each with the rules it says") {
    const std::vector<std::string> only{"receiver_log", "resend", "reclamation"}; // 2, 3 and 2 values
    const RuleLattice lattice(preset("published"), only);
    CHECK(lattice.rule_count() == 3);
    CHECK(lattice.changes().size() == 4);
    const std::vector<std::size_t> counts{1, 4, 5, 2};
    std::set<ChangeSet> seen;
    for (std::size_t size = 0; size < counts.size(); ++size) {
        const std::vector<ChangeSet> level = lattice.level(size);
        CHECK(level.size() == counts[size]);
        for (const ChangeSet& set : level) {
            CHECK(seen.insert(set).second);
            const NamedRules rules = lattice.rules(set);
            std::set<std::string> changed;
            for (const std::uint16_t each : set)
                changed.insert(std::string(lattice.changes()[each].rule->name));
            CHECK(changed.size() == size);
            CHECK(changes(preset("published").rules, rules.rules) == (set.empty() ? "" : lattice.text(set)));
            CHECK(load_rules(rules.name).rules == rules.rules); // a name says what it means
        }
    }
    CHECK(lattice.level(4).empty());
    CHECK(lattice.text({}) == "no change");
}

TEST_CASE("all rules, from any preset") {
    const RuleLattice published(preset("published"), {});
    CHECK(published.rule_count() == impl::rule_table().size());
    std::size_t others = 0;
    for (const impl::RuleDescription& rule : impl::rule_table())
        others += rule.values.size() - 1;
    CHECK(published.level(1).size() == others);
    const RuleLattice literal(preset("literal"), {});
    for (const RuleChange& change : literal.changes())
        CHECK(change.value != change.rule->get(preset("literal").rules));
}

TEST_CASE("inclusion") {
    CHECK(is_subset({}, {}));
    CHECK(is_subset({}, {3}));
    CHECK(is_subset({3}, {1, 3}));
    CHECK(!is_subset({1, 3}, {3}));
    CHECK(!is_subset({2}, {1, 3}));
}

TEST_CASE("an unknown rule is named, with the nearest known one") {
    const std::vector<std::string> wrong{"reciever_log"};
    try {
        const RuleLattice lattice(preset("published"), wrong);
        FAIL("accepted");
    } catch (const traces::FileError& error) {
        CHECK(std::string(error.what()).find("did you mean 'receiver_log'") != std::string::npos);
    }
}

} // namespace mdcd::tests
