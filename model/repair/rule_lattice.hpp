// The lattice of rule changes: sets of values that differ from those of the rules to start from, at most one for each
// rule, ordered by inclusion. Knows no verdict.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/inputs/rules_file.hpp"

namespace mdcd::model {

// One value that a rule could have instead.
struct RuleChange {
    const impl::RuleDescription* rule = nullptr;
    std::uint8_t value = 0;

    [[nodiscard]] std::string text() const; // "receiver_log=while_dirty"
};

// Positions in RuleLattice::changes(), ascending.
using ChangeSet = std::vector<std::uint16_t>;

[[nodiscard]] bool is_subset(const ChangeSet& smaller, const ChangeSet& larger);

class RuleLattice {
public:
    // `only`: the rules that may be changed, by name; empty: all. Throws traces::FileError for an unknown name.
    RuleLattice(const NamedRules& from, std::span<const std::string> only);

    [[nodiscard]] const NamedRules& from() const { return from_; }
    [[nodiscard]] std::span<const RuleChange> changes() const { return changes_; }
    [[nodiscard]] std::size_t rule_count() const { return rule_count_; }

    // All sets of that size, in the order of the table of rules.
    [[nodiscard]] std::vector<ChangeSet> level(std::size_t size) const;

    // "published+receiver_log=while_dirty"
    [[nodiscard]] NamedRules rules(const ChangeSet& set) const;
    // "checkpoint_trigger=every_new_sn, receiver_log=while_dirty"; "no change" of the empty set.
    [[nodiscard]] std::string text(const ChangeSet& set) const;

private:
    NamedRules from_;
    std::vector<RuleChange> changes_;
    std::size_t rule_count_ = 0;
};

} // namespace mdcd::model
