// The scopes in which levels of trust are explored to the end, by name, and how one is explored.
// Knows no verdict.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/levels/system.hpp"

namespace mdcd::model::levels {

struct NamedScope {
    std::string name;
    std::string what;
    Scope scope;
};

inline Scope scope_of(std::vector<std::string> components, std::vector<impl::Level> levels,
                      std::vector<std::string> actives) {
    Scope scope;
    scope.components = std::move(components);
    scope.levels = std::move(levels);
    scope.actives = std::move(actives);
    return scope;
}

// Seconds each.
inline std::vector<NamedScope> short_scopes() {
    return {
        {"two_levels", "each component speaks to an active process once", scope_of({"1", "1"}, {0, 1}, {"d"})},
        {"two_levels_twice", "the lower component speaks twice, and the active process tests twice",
         scope_of({"11", "1"}, {0, 1}, {"dd"})},
        {"upward", "the lower component speaks to the higher one, and then to the active process",
         scope_of({"b1", "1"}, {0, 1}, {"d"})},
        {"downward", "the higher component speaks to the active process, and then to the lower one",
         scope_of({"1", "1a"}, {0, 1}, {"d"})},
        {"both_ways", "the components speak to each other", scope_of({"b", "1a"}, {0, 1}, {"d"})},
        {"down_through_active", "the active process speaks to the lower component once it has output",
         scope_of({"1", "1"}, {0, 1}, {"da"})},
        {"up_through_active", ".. to the higher one", scope_of({"1", "1"}, {0, 1}, {"db"})},
        {"own_test", "the higher component outputs, and tests what it has heard of the lower one",
         scope_of({"b", "1d"}, {0, 1}, {"d"})},
        {"one_each", "each component speaks to an active process of its own, which hear of each other",
         scope_of({"1", "2"}, {0, 1}, {"2", "d"})},
        {"two_of_a_level", "two components of the lowest level, one above them",
         scope_of({"1", "1", "1"}, {0, 0, 1}, {"d"})},
        {"two_of_three", "the lowest and the highest of three levels speak to the active process",
         scope_of({"1", "", "1"}, {0, 1, 2}, {"d"})},
        {"past_a_level", "the lowest of three levels speaks to the highest, and that to the active process",
         scope_of({"c", "", "1"}, {0, 1, 2}, {"d"})},
    };
}

// Up to half a minute each, and up to seven gigabytes: a state is a whole system.
inline std::vector<NamedScope> long_scopes() {
    return {
        {"two_actives", "what one active process passes on to another", scope_of({"1", "1"}, {0, 1}, {"2d", "d"})},
        {"three_levels", "each of three levels speaks to the active process",
         scope_of({"1", "1", "1"}, {0, 1, 2}, {"d"})},
        {"three_upward", "each of three levels speaks to the one above it",
         scope_of({"b", "c", "1"}, {0, 1, 2}, {"d"})},
        {"both_ways_twice", "the components speak to each other, and the higher one twice to the active process",
         scope_of({"b", "11a"}, {0, 1}, {"d"})},
    };
}

// The smallest in which another value of a rule breaks a claim, where two_levels and downward do not do.
inline std::vector<NamedScope> rule_scopes() {
    return {
        {"own_output", "the higher component outputs once it has spoken", scope_of({"", "1d"}, {0, 1}, {"d"})},
        {"news_in_turn", "one component speaks to two active processes in turn", scope_of({"121"}, {0}, {"d", "d"})},
        {"old_version_hears", "two active processes speak to the component, and one of them tests",
         scope_of({"1"}, {0}, {"ad", "a"})},
        {"guarded_version", "the lower component speaks to the higher one, which has a checkpoint to go back to",
         scope_of({"b", "1"}, {0, 1}, {"d"})},
    };
}

inline NamedScope scope_named(std::string_view name) {
    for (const std::vector<NamedScope>& all : {short_scopes(), long_scopes(), rule_scopes()})
        for (const NamedScope& each : all)
            if (each.name == name)
                return each;
    actors::refuse("levels: no scope of the name '" + std::string(name) + "'");
}

// The scope under one other value of one rule, both by name.
inline Scope with_rule(Scope scope, std::string_view rule, std::string_view value) {
    for (const impl::LevelRuleDescription& each : impl::level_rule_table())
        for (std::size_t number = 0; each.name == rule && number < each.values.size(); ++number)
            if (each.values[number] == value) {
                each.set(scope.level_rules, static_cast<std::uint8_t>(number));
                return scope;
            }
    actors::refuse("levels: no rule '" + std::string(rule) + "' with the value '" + std::string(value) + "'");
}

// Claims with this verdict, in their order; of violations with the length of the shortest run.
inline std::string claims_with(const actors::SystemReport& report, checker::Verdict verdict) {
    std::string names;
    for (const actors::ClaimVerdict& each : report.claims)
        if (each.verdict == verdict)
            names +=
                (names.empty() ? "" : ", ") + each.claim +
                (verdict == checker::Verdict::violated && each.path ? " " + std::to_string(each.path->firings.size())
                                                                    : "");
    return names;
}

inline actors::SystemReport explore(const Scope& scope, unsigned workers = 1) {
    actors::CheckOptions options;
    options.search.workers = workers;
    return actors::check(system_of(scope), options);
}

} // namespace mdcd::model::levels
