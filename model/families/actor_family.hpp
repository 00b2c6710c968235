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
#include "traces/file_error.hpp"

namespace mdcd::model {

template <class Scope> struct FamilyScopeRow {
    std::string name; // without the family
    std::string description;
    Scope scope;
    checker::actors::ActorSystem (*system)(const Scope&) = nullptr;
    std::vector<std::string> out_of_reach = {}; // outcomes that are possible in other scopes, and not in this one
};

template <class Scope> struct FamilyRuleRow {
    FamilyRule rule;
    std::function<std::uint8_t(const Scope&)> get;
    std::function<void(Scope&, std::uint8_t)> set;
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

template <class Scope> class ActorFamily : public Family {
public:
    // `objection` says why a rule that is changed means nothing in this scope, or the rules do not fit it; "" if it
    // does mean something. Called with the scope as it is after all changes.
    using Objection = std::string (*)(const Scope& scope, const std::string& changed_rule);

    ActorFamily(std::string name, std::string description, std::vector<FamilyScopeRow<Scope>> scopes,
                std::vector<FamilyRuleRow<Scope>> rules, Objection objection)
        : name_(std::move(name)), description_(std::move(description)), scopes_(std::move(scopes)),
          rows_(std::move(rules)), objection_(objection) {
        add_protocol_rules(rows_);
        for (const FamilyRuleRow<Scope>& each : rows_)
            rules_.push_back(each.rule);
    }

    [[nodiscard]] std::string name() const override { return name_; }
    [[nodiscard]] std::string description() const override { return description_; }
    [[nodiscard]] std::vector<FamilyScope> scopes() const override {
        std::vector<FamilyScope> all;
        for (const FamilyScopeRow<Scope>& each : scopes_)
            all.push_back(described(each));
        return all;
    }
    [[nodiscard]] const std::vector<FamilyRule>& rules() const override { return rules_; }

    [[nodiscard]] std::vector<RuleValue> rules_in_force(const FamilyCase& what) const override {
        const Scope scope = changed(what);
        std::vector<RuleValue> values;
        for (const FamilyRuleRow<Scope>& each : rows_)
            values.push_back({each.rule.name, each.rule.values[each.get(scope)]});
        return values;
    }
    [[nodiscard]] std::vector<checker::Property> properties(const FamilyCase& what) const override {
        const FamilyScopeRow<Scope>& row = row_of(what);
        return properties_of(row.system(changed(what)), row.out_of_reach);
    }
    [[nodiscard]] FamilyCheck explore(const FamilyCase& what, const FamilyOptions& options) const override {
        const FamilyScopeRow<Scope>& row = row_of(what);
        std::string rules_name = name_;
        for (const RuleValue& each : what.changes)
            rules_name.append("+").append(each.rule).append("=").append(each.value);
        return explored(row.system(changed(what)), row.out_of_reach, described(row), rules_name, rules_in_force(what),
                        options);
    }

private:
    [[nodiscard]] FamilyScope described(const FamilyScopeRow<Scope>& row) const {
        return {name_ + "/" + row.name, row.description};
    }

    [[nodiscard]] const FamilyScopeRow<Scope>& row_of(const FamilyCase& what) const {
        for (const FamilyScopeRow<Scope>& each : scopes_)
            if (name_ + "/" + each.name == what.scope)
                return each;
        throw traces::FileError(what.scope, "", "no such scope");
    }

    [[nodiscard]] Scope changed(const FamilyCase& what) const {
        Scope scope = row_of(what).scope;
        for (const RuleValue& change : what.changes) {
            const auto row = std::ranges::find(rows_, change.rule, [](const auto& each) { return each.rule.name; });
            if (row == rows_.end())
                throw traces::FileError(what.scope, "", "no rule " + change.rule);
            const auto value = std::ranges::find(row->rule.values, change.value);
            if (value == row->rule.values.end())
                throw traces::FileError(what.scope, "", "no value " + change.value + " of rule " + change.rule);
            row->set(scope, static_cast<std::uint8_t>(value - row->rule.values.begin()));
        }
        for (const RuleValue& change : what.changes)
            if (const std::string reason = objection_(scope, change.rule); !reason.empty())
                throw traces::FileError(what.scope + " with " + change.rule + "=" + change.value, "", reason);
        return scope;
    }

    std::string name_;
    std::string description_;
    std::vector<FamilyScopeRow<Scope>> scopes_;
    std::vector<FamilyRuleRow<Scope>> rows_;
    std::vector<FamilyRule> rules_;
    Objection objection_;
};

} // namespace mdcd::model
