// Lists the families, and finds scopes, rules and values by name. Whoever adds a family adds it here.
// Knows no actor.
#include "model/inputs/families.hpp"

#include <algorithm>
#include <array>

#include "model/hostile/hostile_family.hpp"
#include "model/inputs/request_error.hpp"
#include "model/levels/levels_family.hpp"
#include "model/upgrade/upgrade_family.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {
namespace {

std::string quoted_name(const std::string& text) {
    constexpr std::size_t shown_max = 60;
    return "'" + traces::cut(traces::printable(text), shown_max) + "'";
}

const Family* family_named(const std::string& name) {
    const auto all = families();
    const auto found = std::ranges::find_if(all, [&](const Family* each) { return each->name() == name; });
    return found == all.end() ? nullptr : *found;
}

std::string list_of(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& each : names)
        list += (list.empty() ? "" : ", ") + each;
    return list;
}

// "upgrade", "hostile or undefended"
std::string alternatives(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : " or ") + name;
    return list;
}

std::string own_rules(const Family& family, const std::string& scope) {
    for (const FamilyScope& each : family.scopes())
        if (each.name == scope)
            return each.rules;
    return "";
}

} // namespace

std::span<const Family* const> families() {
    static const std::array<const Family*, 3> all{&upgrade::upgrade_family(), &hostile::hostile_family(),
                                                  &levels::levels_family()};
    return all;
}

std::vector<std::string> family_scope_names() {
    std::vector<std::string> names;
    for (const Family* const family : families())
        for (const FamilyScope& each : family->scopes())
            names.push_back(each.name);
    return names;
}

bool is_family_scope(const std::string& name) {
    const std::size_t slash = name.find('/');
    return slash != std::string::npos && slash + 1 < name.size() &&
           name.find_first_of("./\\", slash + 1) == std::string::npos && family_named(name.substr(0, slash)) != nullptr;
}

const Family& family_of(const std::string& scope) {
    const Family* const family = family_named(scope.substr(0, scope.find('/')));
    std::vector<std::string> known;
    if (family != nullptr)
        for (const FamilyScope& each : family->scopes())
            known.push_back(each.name);
    if (std::ranges::find(known, scope) == known.end())
        throw traces::FileError(traces::cut(traces::printable(scope), 60), "",
                                "no such scope" + traces::did_you_mean(scope, known) +
                                    "; `mdcd list scopes` shows those of the family");
    return *family;
}

FamilyCase family_case(const std::string& scope, const std::string& rules) {
    const Family& family = family_of(scope);
    const std::string wanted = rules.empty() ? own_rules(family, scope) : rules;
    std::size_t begin = std::min(wanted.find('+'), wanted.size());
    FamilyCase result{scope, {}, wanted.substr(0, begin)};
    std::vector<std::string> known;
    for (const FamilyPreset& each : family.presets())
        known.push_back(each.name);
    if (std::ranges::find(known, result.preset) == known.end())
        throw RequestError(quoted_name(rules), "scopes of the family " + family.name() +
                                                   " have rules of their own: expected " + alternatives(known) +
                                                   ", perhaps with changes (" + family.name() + "+RULE=VALUE)");
    while (begin < wanted.size()) {
        const std::size_t end = std::min(wanted.find('+', begin + 1), wanted.size());
        change_rule(result, wanted.substr(begin + 1, end - begin - 1));
        begin = end;
    }
    return result;
}

void change_rule(FamilyCase& what, const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos)
        throw RequestError(quoted_name(assignment), "expected rule=value");
    const Family& family = family_of(what.scope);
    const std::string name = assignment.substr(0, equals);
    std::vector<std::string> known;
    for (const FamilyRule& each : family.rules())
        known.push_back(each.name);
    const auto rule = std::ranges::find(family.rules(), name, &FamilyRule::name);
    if (rule == family.rules().end())
        throw RequestError(quoted_name(name),
                           "the family " + family.name() + " has no such rule" + traces::did_you_mean(name, known));
    const std::string value = assignment.substr(equals + 1);
    if (std::ranges::find(rule->values, value) == rule->values.end())
        throw RequestError(quoted_name(assignment), "no such value" + traces::did_you_mean(value, rule->values) +
                                                        "; known are " + list_of(rule->values));
    std::erase_if(what.changes, [&](const RuleValue& each) { return each.rule == name; });
    what.changes.push_back({name, value});
}

bool fits(const FamilyCase& what, const std::string& assignment) {
    try {
        FamilyCase changed = what;
        change_rule(changed, assignment);
        static_cast<void>(family_of(what.scope).rules_in_force(changed));
        return true;
    } catch (const traces::FileError&) {
        return false;
    }
}

std::string rules_name(const FamilyCase& what) {
    std::string name = what.preset.empty() ? own_rules(family_of(what.scope), what.scope) : what.preset;
    for (const RuleValue& each : what.changes)
        name.append("+").append(each.rule).append("=").append(each.value);
    return name;
}

traces::Value to_value(const FamilyCase& what) {
    traces::Value::Record rules;
    for (const RuleValue& each : family_of(what.scope).rules_in_force(what))
        rules.emplace_back(each.rule, each.value);
    return traces::Value::Record{{"scope", what.scope}, {"rules", std::move(rules)}};
}

} // namespace mdcd::model
