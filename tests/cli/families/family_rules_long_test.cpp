// Each rule that a family is said to read is read: some other value of it changes something in some of these scopes,
// counts, verdicts, lengths, what is passed on the way or what is kept.
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

TEST_CASE("every rule that a shipped scope reads changes something") {
    const std::map<std::string, ScopeNames> enough = {
        {"hostile",
         {"hostile/headers", "hostile/outputs", "hostile/outputs_first", "hostile/to_old_version",
          "hostile/content_two", "hostile/announcements", "hostile/counter", "hostile/clean_as_others",
          "hostile/undefended_late", "hostile/two_one", "hostile/copies_headers", "hostile/one_two"}},
        {"levels",
         {"levels/own_output", "levels/two_levels", "levels/news_in_turn", "levels/guarded_version", "levels/downward",
          "levels/upward", "levels/one_each"}},
    };
    for (const auto& [family, scopes] : enough) {
        CAPTURE(family);
        CHECK(without_effect(scopes) == "");
        std::set<std::string> read;
        for (const FamilyScope& scope : family_of(scopes.front()).scopes())
            for (const std::string& rule : family_of(scope.name).rules_read({scope.name, {}}))
                read.insert(rule);
        for (const std::string& scope : scopes)
            for (const std::string& rule : family_of(scope).rules_read({scope, {}}))
                read.erase(rule);
        CHECK(read == std::set<std::string>{}); // it was set in none of these
    }
}

} // namespace mdcd::tests
