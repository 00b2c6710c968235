// The table of rules: complete, unambiguous, and each row reads and writes its own rule.
// Knows no value by name: what values do is in rule_values_test.cpp.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "impl/rules.hpp"

using namespace mdcd::impl;

namespace {

bool is_snake_case(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

} // namespace

TEST_CASE("every rule has a row") {
    CHECK(rule_table().size() == sizeof(Rules)); // each rule is one byte
}

TEST_CASE("names of rules, and of the values of one rule, are unique") {
    std::set<std::string_view> names;
    for (const RuleDescription& rule : rule_table()) {
        CAPTURE(rule.name);
        CHECK(is_snake_case(rule.name));
        CHECK(names.insert(rule.name).second);
        CHECK(rule.values.size() >= 2);
        std::set<std::string_view> values;
        for (const std::string_view value : rule.values) {
            CHECK(is_snake_case(value));
            CHECK(values.insert(value).second);
        }
    }
}

TEST_CASE("every rule says where in the paper and what is open, in one sentence") {
    std::set<std::string_view> gaps;
    for (const RuleDescription& rule : rule_table()) {
        CAPTURE(rule.name);
        CHECK(!rule.source.empty());
        CHECK(rule.gap.ends_with('.'));
        CHECK(std::ranges::count(rule.gap, '.') == 1);
        CHECK(gaps.insert(rule.gap).second);
    }
}

TEST_CASE("the first value of each rule is the default") {
    for (const RuleDescription& rule : rule_table()) {
        CAPTURE(rule.name);
        CHECK(rule.get(Rules{}) == 0);
    }
}

TEST_CASE("a value that is set is read back, and nothing else changes") {
    for (const RuleDescription& rule : rule_table())
        for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
            CAPTURE(rule.name);
            CAPTURE(rule.values[value]);
            Rules rules;
            rule.set(rules, value);
            CHECK(rule.get(rules) == value);
            CHECK((rules == Rules{}) == (value == 0));
            for (const RuleDescription& other : rule_table())
                if (other.name != rule.name)
                    CHECK(other.get(rules) == 0);
            rule.set(rules, 0);
            CHECK(rules == Rules{});
        }
}

TEST_CASE("a rule is found by its whole name only") {
    for (const RuleDescription& rule : rule_table())
        CHECK(find_rule(rule.name) == &rule);
    CHECK(find_rule("") == nullptr);
    CHECK(find_rule("reclamatio") == nullptr);
    CHECK(find_rule("reclamation ") == nullptr);
    CHECK(find_rule("Reclamation") == nullptr);
}
