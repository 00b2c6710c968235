// A family put together from tables: its scopes, each with the system that it becomes, and the rules that can be set
// in it, whose names and values are read off the enumerations. For the one source of each family, which is the only
// one that compiles its system. Knows no family.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "checker/actors/type_name.hpp"
#include "impl/rules.hpp"
#include "model/families/explored_system.hpp"
#include "model/families/family_runs.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {

template <class Scope> struct FamilyScopeRow {
    std::string name; // without the family
    std::string description;
    Scope scope;
    checker::actors::ActorSystem (*system)(const Scope&) = nullptr;
    std::vector<std::string> out_of_reach = {}; // outcomes that are possible in other scopes, and not in this one
    Measured (*measured)(const Scope&) = nullptr;
    std::string rules = {};                         // its own, by name; "": the first preset
    Questions (*questions)(const Scope&) = nullptr; // that are put to Z3
};

template <class Scope> struct FamilyRuleRow {
    FamilyRule rule;
    std::function<std::uint8_t(const Scope&)> get;
    std::function<void(Scope&, std::uint8_t)> set;
};

template <class Scope> struct FamilyPresetRow {
    FamilyPreset preset;
    std::function<void(Scope&)> apply;
};

template <class Scope, class Value>
FamilyRuleRow<Scope> rule_row(std::string_view name, std::string about, std::function<Value&(Scope&)> at) {
    FamilyRuleRow<Scope> row{.rule = {std::string(name), {}, std::move(about)}, .get = {}, .set = {}};
    for (const std::string_view value : checker::actors::names::of_enumerators<Value>)
        if (!value.empty())
            row.rule.values.emplace_back(value);
    row.get = [at](const Scope& scope) {
        Scope copy = scope;
        return static_cast<std::uint8_t>(at(copy));
    };
    row.set = [at](Scope& scope, std::uint8_t value) { at(scope) = static_cast<Value>(value); };
    return row;
}

// Of a member of the scope that is a rule; of a member of a member that is a struct of rules.
template <class Scope, auto member> FamilyRuleRow<Scope> scope_rule(std::string about) {
    using Value = std::remove_reference_t<decltype(std::declval<Scope&>().*member)>;
    return rule_row<Scope, Value>(checker::actors::names::of_value<member>(), std::move(about),
                                  [](Scope& scope) -> Value& { return scope.*member; });
}
template <class Scope, auto rules, auto member> FamilyRuleRow<Scope> own_rule(std::string about) {
    using Value = std::remove_reference_t<decltype((std::declval<Scope&>().*rules).*member)>;
    return rule_row<Scope, Value>(checker::actors::names::of_value<member>(), std::move(about),
                                  [](Scope& scope) -> Value& { return (scope.*rules).*member; });
}

// The rules of impl/rules.hpp, in `Scope::rules`.
template <class Scope> void add_protocol_rules(std::vector<FamilyRuleRow<Scope>>& rows) {
    for (const impl::RuleDescription& each : impl::rule_table())
        rows.push_back({.rule = {.name = std::string(each.name),
                                 .values = {each.values.begin(), each.values.end()},
                                 .about = std::string(each.gap),
                                 .is_own = false},
                        .get = [get = each.get](const Scope& scope) { return get(scope.rules); },
                        .set = [set = each.set](Scope& scope, std::uint8_t value) { set(scope.rules, value); }});
}

// All that a family is made of.
template <class Scope> struct FamilyTables {
    std::string name;
    std::string description;
    std::vector<FamilyPresetRow<Scope>> presets;
    std::vector<FamilyScopeRow<Scope>> scopes;
    std::vector<FamilyRuleRow<Scope>> rules;
    // Why no process reads a rule in this scope; "" if one does. Called with the scope as it is after all changes, the
    // rule itself set back to the scope's own value.
    std::string (*unread)(const Scope& scope, const std::string& rule) = nullptr;
    // Why the rules do not fit the scope once this one is changed; "" if they do. Called as `unread` is, but with the
    // changed value.
    std::string (*objection)(const Scope& scope, const std::string& changed_rule) = nullptr;
};

template <class Scope> class ActorFamily : public Family {
public:
    explicit ActorFamily(FamilyTables<Scope> tables) : tables_(std::move(tables)) {
        add_protocol_rules(tables_.rules);
        for (const FamilyRuleRow<Scope>& each : tables_.rules)
            rules_.push_back(each.rule);
    }

    [[nodiscard]] std::string name() const override { return tables_.name; }
    [[nodiscard]] std::string description() const override { return tables_.description; }
    [[nodiscard]] std::vector<FamilyScope> scopes() const override {
        std::vector<FamilyScope> all;
        for (const FamilyScopeRow<Scope>& each : tables_.scopes)
            all.push_back(described(each));
        return all;
    }
    [[nodiscard]] const std::vector<FamilyRule>& rules() const override { return rules_; }
    [[nodiscard]] std::vector<FamilyPreset> presets() const override {
        std::vector<FamilyPreset> all;
        for (const FamilyPresetRow<Scope>& each : tables_.presets)
            all.push_back(each.preset);
        return all;
    }

    [[nodiscard]] std::vector<std::string> rules_read(const FamilyCase& what) const override {
        return read_in(changed(what));
    }
    [[nodiscard]] std::vector<RuleValue> rules_in_force(const FamilyCase& what) const override {
        const Scope scope = changed(what);
        std::vector<RuleValue> values;
        for (const FamilyRuleRow<Scope>& each : tables_.rules)
            values.push_back({each.rule.name, each.rule.values[each.get(scope)]});
        return values;
    }
    [[nodiscard]] std::vector<checker::Property> properties(const FamilyCase& what) const override {
        const FamilyScopeRow<Scope>& row = row_of(what);
        return properties_of(row.system(changed(what)), row.out_of_reach);
    }
    [[nodiscard]] std::vector<std::string> judged_by_z3(const FamilyCase& what) const override {
        const FamilyScopeRow<Scope>& row = row_of(what);
        return row.questions == nullptr ? std::vector<std::string>{} : row.questions(changed(what)).claims;
    }
    [[nodiscard]] FamilyCheck explore(const FamilyCase& what, const FamilyOptions& options) const override {
        return explored(system_of(what), options);
    }
    [[nodiscard]] std::optional<checker::RunDifference> replay(const FamilyCase& what,
                                                               const traces::Trace& trace) const override {
        return replayed(system_of(what), trace);
    }
    [[nodiscard]] ShortenedFamilyRun shorten(const FamilyCase& what, const traces::Trace& trace,
                                             const std::string& file, std::uint64_t search_states_max,
                                             unsigned workers) const override {
        return shortened(system_of(what), trace, file, search_states_max, workers);
    }
    [[nodiscard]] std::unique_ptr<FamilyWalk> walk(const FamilyCase& what) const override {
        return walked(system_of(what));
    }
    [[nodiscard]] std::string page(const FamilyCase& what, const std::vector<std::string>& along) const override {
        return walking_page(system_of(what), along);
    }

private:
    [[nodiscard]] ExploredSystem system_of(const FamilyCase& what) const {
        const FamilyScopeRow<Scope>& row = row_of(what);
        std::string rules_name = what.preset.empty() ? described(row).rules : what.preset;
        for (const RuleValue& each : what.changes)
            rules_name.append("+").append(each.rule).append("=").append(each.value);
        const Scope scope = changed(what);
        return {.system = row.system(scope),
                .out_of_reach = row.out_of_reach,
                .scope = described(row),
                .rules_name = std::move(rules_name),
                .rules = rules_in_force(what),
                .measured = row.measured == nullptr ? Measured{} : row.measured(scope),
                .questions = row.questions == nullptr ? Questions{} : row.questions(scope)};
    }

    [[nodiscard]] FamilyScope described(const FamilyScopeRow<Scope>& row) const {
        return {tables_.name + "/" + row.name, row.description,
                row.rules.empty() ? tables_.presets.front().preset.name : row.rules};
    }

    [[nodiscard]] const FamilyScopeRow<Scope>& row_of(const FamilyCase& what) const {
        for (const FamilyScopeRow<Scope>& each : tables_.scopes)
            if (tables_.name + "/" + each.name == what.scope)
                return each;
        throw traces::FileError(what.scope, "", "no such scope");
    }

    [[nodiscard]] const FamilyRuleRow<Scope>& rule_of(const std::string& scope, const std::string& rule) const {
        const auto row = std::ranges::find(tables_.rules, rule, [](const auto& each) { return each.rule.name; });
        if (row == tables_.rules.end())
            throw traces::FileError(scope, "", "no rule " + rule);
        return *row;
    }

    [[nodiscard]] std::vector<std::string> read_in(const Scope& scope) const {
        std::vector<std::string> names;
        for (const FamilyRuleRow<Scope>& each : tables_.rules)
            if (tables_.unread(scope, each.rule.name).empty())
                names.push_back(each.rule.name);
        return names;
    }

    [[nodiscard]] Scope under_preset(const FamilyCase& what) const {
        Scope scope = row_of(what).scope;
        if (what.preset.empty())
            return scope;
        for (const FamilyPresetRow<Scope>& each : tables_.presets)
            if (each.preset.name == what.preset) {
                each.apply(scope);
                return scope;
            }
        throw traces::FileError(what.scope, "", "no preset " + what.preset);
    }

    void expect_read(const FamilyCase& what, const Scope& scope, const Scope& before, const RuleValue& change) const {
        const FamilyRuleRow<Scope>& row = rule_of(what.scope, change.rule);
        Scope as_it_was = scope;
        row.set(as_it_was, row.get(before));
        if (const std::string reason = tables_.unread(as_it_was, change.rule); !reason.empty() && !what.even_unread)
            throw traces::FileError(what.scope + " with " + change.rule + "=" + change.value, "",
                                    "no process reads " + change.rule + " in this scope: " + reason +
                                        traces::did_you_mean(change.rule, read_in(as_it_was)));
        if (const std::string reason = tables_.objection(scope, change.rule); !reason.empty())
            throw traces::FileError(what.scope + " with " + change.rule + "=" + change.value, "", reason);
    }

    [[nodiscard]] Scope changed(const FamilyCase& what) const {
        const Scope before = under_preset(what);
        Scope scope = before;
        for (const RuleValue& change : what.changes) {
            const FamilyRuleRow<Scope>& row = rule_of(what.scope, change.rule);
            const auto value = std::ranges::find(row.rule.values, change.value);
            if (value == row.rule.values.end())
                throw traces::FileError(what.scope, "", "no value " + change.value + " of rule " + change.rule);
            row.set(scope, static_cast<std::uint8_t>(value - row.rule.values.begin()));
        }
        for (const RuleValue& change : what.changes)
            expect_read(what, scope, before, change);
        return scope;
    }

    FamilyTables<Scope> tables_;
    std::vector<FamilyRule> rules_;
};

} // namespace mdcd::model
