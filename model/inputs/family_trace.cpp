// Rules are read one by one, and become changes of the preset that their name begins with.
// Knows no step of a run.
#include "model/inputs/family_trace.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "model/inputs/families.hpp"
#include "traces/file_error.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {
namespace {

std::string scope_from(const traces::Trace& trace, const std::string& file) {
    static const std::array<std::string, 2> known{"name", "description"};
    const traces::Reader scope(trace.scope, file, "$.scope");
    scope.only_fields(known);
    const std::string name = scope.field("name").text();
    const std::vector<std::string> names = family_scope_names();
    if (std::ranges::find(names, name) == names.end())
        scope.field("name").fail("there is no scope '" + name + "'" + traces::did_you_mean(name, names) +
                                 "; `mdcd list scopes` shows those of families");
    for (const FamilyScope& each : family_of(name).scopes())
        if (each.name == name && scope.field("description").text() != each.description)
            scope.field("description")
                .fail("another scope than " + name + " is here; expected \"" + each.description + "\"");
    return name;
}

// The preset that the name of the rules begins with; "" if it is none.
std::string preset_in(const std::string& rules_name, const Family& family) {
    const std::string name = rules_name.substr(0, rules_name.find('+'));
    const std::vector<FamilyPreset> presets = family.presets();
    return std::ranges::find(presets, name, &FamilyPreset::name) == presets.end() ? "" : name;
}

} // namespace

bool is_of_a_family(const traces::Trace& trace) {
    const traces::Value* const name = trace.scope.find("name");
    return name != nullptr && name->text() != nullptr && is_family_scope(*name->text());
}

FamilyCase case_of_trace(const traces::Trace& trace, const std::string& file) {
    FamilyCase what{.scope = scope_from(trace, file), .changes = {}, .preset = {}, .even_unread = true};
    const Family& family = family_of(what.scope);
    what.preset = preset_in(trace.rules_name, family);
    const traces::Reader rules(trace.rules, file, "$.rules");
    std::vector<std::string> known;
    for (const FamilyRule& each : family.rules())
        known.push_back(each.name);
    rules.only_fields(known);
    const std::vector<RuleValue> before = family.rules_in_force(what);
    for (const FamilyRule& each : family.rules()) {
        const RuleValue told{each.name, rules.field(each.name).one_of(each.values)};
        if (std::ranges::find(before, told) == before.end())
            what.changes.push_back(told);
    }
    try {
        static_cast<void>(family.rules_in_force(what));
    } catch (const traces::FileError& error) {
        rules.fail(error.what());
    }
    return what;
}

std::optional<std::string> difference_in_rules(const traces::Trace& trace) {
    FamilyCase named;
    try {
        named = family_case(*trace.scope.find("name")->text(), trace.rules_name);
        named.even_unread = true;
        if (*to_value(named).find("rules") == trace.rules)
            return std::nullopt;
    } catch (const traces::FileError&) { // a name that somebody made up
        return std::nullopt;
    }
    return "the rules are not those of " + trace.rules_name;
}

} // namespace mdcd::model
