// Each rule that a family is said to read is read: some other value of it changes something in some of these scopes,
// counts, verdicts, lengths or what is passed on the way. Those of which no effect was seen are named: handlers look at
// them, and no scope here shows it.
#include "tests/cli/families/family_rules.hpp"

namespace mdcd::tests {
namespace {

using ScopeNames = std::vector<std::string>;

// Rules of which no value changes anything in these scopes.
std::string without_effect(const ScopeNames& scopes) {
    std::set<std::string> without;
    const Family& family = family_of(scopes.front());
    std::map<std::string, Outcome> as_it_is;
    for (const std::string& scope : scopes)
        as_it_is.emplace(scope, outcome_of({scope, {}}));
    for (const FamilyRule& rule : family.rules()) {
        bool differs = false;
        bool is_set = false;
        for (const std::string& scope : scopes)
            for (const std::string& value : rule.values) {
                const std::string assignment = rule.name + "=" + value;
                if (differs || !fits({scope, {}}, assignment))
                    continue;
                FamilyCase changed{scope, {}};
                change_rule(changed, assignment);
                if (family.rules_in_force(changed) == family.rules_in_force({scope, {}}))
                    continue;
                is_set = true;
                differs = outcome_of(changed) != as_it_is.at(scope);
            }
        if (is_set && !differs)
            without.insert(rule.name);
    }
    std::string names;
    for (const std::string& name : without)
        names += name + ' ';
    return names;
}

} // namespace

TEST_CASE("hostile: every rule that is read but five changes something") {
    CHECK(without_effect({"hostile/headers", "hostile/outputs", "hostile/to_old_version", "hostile/content_two",
                          "hostile/announcements", "hostile/counter", "hostile/clean_as_others", "hostile/two_one",
                          "hostile/copies_headers", "hostile/one_two"}) ==
          "external_index propagation_mark shadow_input_index shadow_output_index suppress_until ");
}

TEST_CASE("levels: every rule that is read but one changes something") {
    CHECK(without_effect({"levels/own_output", "levels/two_levels", "levels/news_in_turn", "levels/guarded_version",
                          "levels/downward", "levels/upward", "levels/one_each"}) == "shadow_input_index ");
}

} // namespace mdcd::tests
