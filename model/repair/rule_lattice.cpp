// Enumerates sets of changes level by level.
// Knows no rule by name.
#include "model/repair/rule_lattice.hpp"

#include <algorithm>

#include "model/inputs/request_error.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {

std::string RuleChange::text() const {
    return std::string(rule->name) + "=" + std::string(rule->values[value]);
}

bool is_subset(const ChangeSet& smaller, const ChangeSet& larger) {
    return std::ranges::includes(larger, smaller);
}

RuleLattice::RuleLattice(const NamedRules& from, std::span<const std::string> only) : from_(from) {
    std::vector<std::string> known;
    for (const impl::RuleDescription& rule : impl::rule_table())
        known.emplace_back(rule.name);
    for (const std::string& name : only)
        if (std::ranges::find(known, name) == known.end())
            throw RequestError("rule " + name, "no such rule" + traces::did_you_mean(name, known));
    for (const impl::RuleDescription& rule : impl::rule_table()) {
        if (!only.empty() && std::ranges::find(only, rule.name) == only.end())
            continue;
        ++rule_count_;
        for (std::size_t value = 0; value < rule.values.size(); ++value)
            if (value != rule.get(from.rules))
                changes_.push_back({&rule, static_cast<std::uint8_t>(value)});
    }
}

std::vector<ChangeSet> RuleLattice::level(std::size_t size) const {
    std::vector<ChangeSet> sets{ChangeSet{}};
    for (std::size_t length = 0; length < size; ++length) {
        std::vector<ChangeSet> longer;
        for (const ChangeSet& set : sets) {
            const std::size_t begin = set.empty() ? 0 : set.back() + std::size_t{1};
            for (std::size_t next = begin; next < changes_.size(); ++next) {
                if (!set.empty() && changes_[next].rule == changes_[set.back()].rule)
                    continue; // another value of the same rule
                longer.push_back(set);
                longer.back().push_back(static_cast<std::uint16_t>(next));
            }
        }
        sets = std::move(longer);
    }
    return sets;
}

NamedRules RuleLattice::rules(const ChangeSet& set) const {
    NamedRules rules = from_;
    for (const std::uint16_t each : set) {
        changes_[each].rule->set(rules.rules, changes_[each].value);
        rules.name += "+" + changes_[each].text();
    }
    return rules;
}

std::string RuleLattice::text(const ChangeSet& set) const {
    std::string text;
    for (const std::uint16_t each : set)
        text += (text.empty() ? "" : ", ") + changes_[each].text();
    return text.empty() ? "no change" : text;
}

} // namespace mdcd::model
