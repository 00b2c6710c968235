// Collects what is written down elsewhere: no sentence about the protocol stands here.
// Knows no command.
#include "checker/cli/glossary.hpp"

#include <algorithm>

#include "checker/cli/exit_code.hpp"
#include "impl/rules.hpp"
#include "model/claims/properties.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::checker::cli {
namespace {

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    return begin == std::string_view::npos ? ""
                                           : std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

// Without links, which lead nowhere from a terminal: "[ADR 24](adr/..)" is "ADR 24".
std::string without_links(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t middle = text.find("](", at);
        const std::size_t end = middle == std::string_view::npos ? middle : text.find(')', middle);
        if (text[at] != '[' || end == std::string_view::npos || text.find('[', at + 1) < middle) {
            plain += text[at];
            continue;
        }
        plain += text.substr(at + 1, middle - at - 1);
        at = end;
    }
    return plain;
}

// "new version, `low` (L1, ..)" as {"new version", "low"}.
std::vector<std::string> names_in(std::string_view cell) {
    std::vector<std::string> names(1);
    int depth = 0;
    for (const char each : cell) {
        depth += each == '(' ? 1 : each == ')' ? -1 : 0;
        if (each == ',' && depth == 0)
            names.emplace_back();
        else if (depth == 0 && each != ')' && each != '`')
            names.back() += each;
    }
    for (std::string& name : names)
        name = trimmed(name);
    std::erase(names, "");
    return names;
}

std::string kind_words(PropertyKind kind) {
    switch (kind) {
    case PropertyKind::always:
        return "must be true in every state that can be reached";
    case PropertyKind::reachable:
        return "must be true in some state that can be reached: shows that a claim is not empty";
    case PropertyKind::eventually:
        return "must become true in every run";
    }
    return "";
}

Explanation of_rule(const impl::RuleDescription& rule) {
    std::string values;
    for (const std::string_view value : rule.values)
        values.append(values.empty() ? "values: " : ", ").append(value);
    return {std::string(rule.name),
            "rule",
            {std::string(rule.gap) + " (" + std::string(rule.source) + ")", values,
             "change it by --set " + std::string(rule.name) + "=VALUE; docs/readings.md says what each value does"}};
}

// A claim or a rule that several families share is explained once for each, with the family's name.
void add_family(const model::Family& family, std::vector<Explanation>& all) {
    const std::string kind = " of the family " + family.name();
    for (const model::FamilyPreset& each : family.presets())
        all.push_back({each.name, "preset" + kind, {each.description}});
    std::vector<std::string> properties;
    for (const model::FamilyScope& scope : family.scopes()) {
        all.push_back({scope.name, "scope", {scope.description, family.description()}});
        for (const checker::Property& each : family.properties({scope.name, {}}))
            if (std::ranges::find(properties, each.name) == properties.end()) {
                properties.push_back(each.name);
                all.push_back({each.name, "property" + kind, {each.rationale, kind_words(each.kind)}});
            }
    }
    for (const model::FamilyRule& rule : family.rules())
        if (rule.is_own) {
            std::string values;
            for (const std::string& value : rule.values)
                values += (values.empty() ? "values: " : ", ") + value;
            all.push_back({rule.name,
                           "rule" + kind,
                           {rule.about, values, "change it by --set " + rule.name + "=VALUE in the family's scopes"}});
        }
}

} // namespace

std::vector<Explanation> terms_of(std::string_view page) {
    std::vector<Explanation> terms;
    while (!page.empty()) {
        const std::string_view line = page.substr(0, page.find('\n'));
        page.remove_prefix(std::min(line.size() + 1, page.size()));
        const std::size_t middle = line.find(" | ", 2);
        if (!line.starts_with("| ") || middle == std::string_view::npos || line.starts_with("| term |"))
            continue;
        const std::string_view rest = line.substr(middle + 3);
        const std::string meaning = without_links(trimmed(rest.substr(0, rest.rfind('|'))));
        for (const std::string& name : names_in(line.substr(2, middle - 2)))
            terms.push_back({name, "term", {meaning}});
    }
    return terms;
}

std::vector<Explanation> all_explanations() {
    std::vector<Explanation> all = terms_of(glossary_text());
    for (const model::PropertyRow& row : model::property_table()) {
        all.push_back({row.property.name, "property", {row.property.rationale, kind_words(row.property.kind)}});
        if (const std::string_view where = model::where_it_applies(row.id); !where.empty())
            all.back().paragraphs.emplace_back(where);
    }
    for (const impl::RuleDescription& rule : impl::rule_table())
        all.push_back(of_rule(rule));
    for (const std::string& name : model::scope_names())
        all.push_back({name, "scope", {model::load_scope(name).description}});
    for (const std::string& name : model::preset_names()) {
        const std::string changed = model::changes(model::preset("published").rules, model::preset(name).rules);
        all.push_back({name, "preset", {model::preset(name).description}});
        if (!changed.empty())
            all.back().paragraphs.push_back("differs from published: " + changed);
    }
    for (const model::Family* const family : model::families())
        add_family(*family, all);
    for (const ExitCodeMeaning& each : exit_code_meanings)
        all.push_back({std::to_string(static_cast<int>(each.code)), "exit code", {each.meaning}});
    return all;
}

} // namespace mdcd::checker::cli
