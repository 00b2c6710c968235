// Rules as data: a preset lists every rule, other files name a preset to start from and the rules they change.
// Knows no rule by name.
#pragma once

#include <string>

#include "impl/rules.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

struct NamedRules {
    std::string name;
    std::string description;
    impl::Rules rules;
};

// {"name", "description"?, "from"?, "rules": {rule: value}}. Without "from" every rule must be listed. Throws
// traces::FileError with the path of what is wrong and the nearest known name.
[[nodiscard]] NamedRules rules_from(const traces::Value& value, const std::string& file, const std::string& path = "$");

// {rule: value} for every rule.
[[nodiscard]] traces::Value to_value(const impl::Rules& rules);

// The inverse of to_value; `file` and `path` are for messages.
[[nodiscard]] impl::Rules all_rules_from(const traces::Value& value, const std::string& file, const std::string& path);

// Applies "rule=value". Throws RequestError that says what is known.
void set_rule(impl::Rules& rules, const std::string& assignment);

// The rules in which two sets differ, "reclamation=by_cover, receiver_log=while_dirty"; "" if in none.
[[nodiscard]] std::string changes(const impl::Rules& from, const impl::Rules& to);

} // namespace mdcd::model
