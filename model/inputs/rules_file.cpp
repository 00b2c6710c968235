// Reads and writes rules by name, from the one table of rules.
// Knows no rule by name.
#include "model/inputs/rules_file.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "model/inputs/library.hpp"
#include "model/inputs/request_error.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/markup.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using impl::RuleDescription;
using traces::Reader;
using traces::Value;

namespace {

std::vector<std::string> rule_names() {
    std::vector<std::string> names;
    for (const RuleDescription& rule : impl::rule_table())
        names.emplace_back(rule.name);
    return names;
}

std::vector<std::string> value_names(const RuleDescription& rule) {
    return {rule.values.begin(), rule.values.end()};
}

// Sets what the record lists.
void read_rules(impl::Rules& rules, const Reader& reader) {
    reader.only_fields(rule_names());
    for (const auto& [name, value] : reader.fields()) {
        const RuleDescription& rule = *impl::find_rule(name);
        const std::string chosen = value.one_of(value_names(rule));
        for (std::size_t position = 0; position < rule.values.size(); ++position)
            if (rule.values[position] == chosen)
                rule.set(rules, static_cast<std::uint8_t>(position));
    }
}

void expect_all(const Reader& reader) {
    for (const RuleDescription& rule : impl::rule_table())
        if (!reader.has(rule.name))
            reader.fail("rule '" + std::string(rule.name) +
                        "' is missing (name a preset in \"from\" to start from one)");
}

} // namespace

NamedRules rules_from(const Value& value, const std::string& file, const std::string& path) {
    const Reader reader(value, file, path);
    const std::array<std::string, 4> known{"name", "description", "from", "rules"};
    reader.only_fields(known);
    NamedRules named;
    named.name = reader.field("name").name();
    if (reader.has("description"))
        named.description = reader.field("description").text();
    if (reader.has("from"))
        named.rules = preset(reader.field("from").one_of(preset_names())).rules;
    else
        expect_all(reader.field("rules"));
    read_rules(named.rules, reader.field("rules"));
    return named;
}

Value to_value(const impl::Rules& rules) {
    Value::Record record;
    for (const RuleDescription& rule : impl::rule_table())
        record.emplace_back(std::string(rule.name), std::string(rule.values[rule.get(rules)]));
    return record;
}

impl::Rules all_rules_from(const Value& value, const std::string& file, const std::string& path) {
    const Reader reader(value, file, path);
    expect_all(reader);
    impl::Rules rules;
    read_rules(rules, reader);
    return rules;
}

namespace {

// What somebody wrote, fit for a message.
std::string quoted(const std::string& text) {
    constexpr std::size_t shown_max = 60;
    return "'" + traces::shortened(traces::printable(text), shown_max) + "'";
}

} // namespace

void set_rule(impl::Rules& rules, const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos)
        throw RequestError(quoted(assignment), "expected rule=value");
    const std::string name = assignment.substr(0, equals);
    const RuleDescription* const rule = impl::find_rule(name);
    if (rule == nullptr)
        throw RequestError(quoted(name), "no such rule" + traces::did_you_mean(name, rule_names()));
    const std::string chosen = assignment.substr(equals + 1);
    const std::vector<std::string> known = value_names(*rule);
    const auto value = std::ranges::find(known, chosen);
    if (value == known.end()) {
        std::string list;
        for (const std::string& each : known)
            list += (list.empty() ? "" : ", ") + each;
        throw RequestError(quoted(assignment),
                           "no such value" + traces::did_you_mean(chosen, known) + "; known are " + list);
    }
    rule->set(rules, static_cast<std::uint8_t>(value - known.begin()));
}

std::string changes(const impl::Rules& from, const impl::Rules& to) {
    std::string text;
    for (const RuleDescription& rule : impl::rule_table()) {
        if (rule.get(from) == rule.get(to))
            continue;
        text += text.empty() ? "" : ", ";
        text.append(rule.name).append("=").append(rule.values[rule.get(to)]);
    }
    return text;
}

} // namespace mdcd::model
