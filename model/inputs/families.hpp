// The families that the program knows, and what users say of them: "upgrade/again", "begin_drain=none".
// Knows nothing of what a family explores.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/families/family.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

[[nodiscard]] std::span<const Family* const> families();

[[nodiscard]] std::vector<std::string> family_scope_names(); // of all families

// Whether a name means a scope of a family, there or not: that of a family, a slash, and no dot or slash after it.
[[nodiscard]] bool is_family_scope(const std::string& name);

// The family of a scope that is_family_scope. Throws traces::FileError that names the nearest scope if it has none of
// that name.
[[nodiscard]] const Family& family_of(const std::string& scope);

// A scope, under rules as reports name them: a preset of the family, perhaps with changes ("upgrade+begin_drain=none");
// "": the scope's own. Throws traces::FileError for what there is not.
[[nodiscard]] FamilyCase family_case(const std::string& scope, const std::string& rules);

// Adds "rule=value". Throws RequestError that names the nearest rule or value.
void change_rule(FamilyCase& what, const std::string& assignment);

// Whether "rule=value" exists and means something in the scope of the case.
[[nodiscard]] bool fits(const FamilyCase& what, const std::string& assignment);

// That of the preset, with the changes: "upgrade+begin_drain=none".
[[nodiscard]] std::string rules_name(const FamilyCase& what);

// What a case is, in full.
[[nodiscard]] traces::Value to_value(const FamilyCase& what);

} // namespace mdcd::model
