// Families by name: scopes, rules and values that exist and that do not, rules as reports name them, and that what the
// systems take for presets is what the files of the presets say. Knows no actor.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "impl/rules.hpp"
#include "model/claims/properties.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/request_error.hpp"
#include "traces/characters.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

template <class Ask> std::string complaint_about_family(Ask ask) {
    try {
        ask();
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "";
}

std::string value_of(const FamilyCase& what, const std::string& rule) {
    for (const RuleValue& each : family_of(what.scope).rules_in_force(what))
        if (each.rule == rule)
            return each.value;
    return "no such rule";
}

// The rules of impl/rules.hpp, as a scope has them.
std::string protocol_rules(const std::string& scope) {
    impl::Rules rules;
    for (const RuleValue& each : family_of(scope).rules_in_force({scope, {}}))
        if (impl::find_rule(each.rule) != nullptr)
            set_rule(rules, each.rule + "=" + each.value);
    return changes(preset("published").rules, rules);
}

std::string preset_rules(const std::string& name, const std::string& change = "") {
    impl::Rules rules = preset(name).rules;
    if (!change.empty())
        set_rule(rules, change);
    return changes(preset("published").rules, rules);
}

} // namespace

TEST_CASE("every scope of a family has a name, a sentence, and properties with names of their own") {
    std::set<std::string> names;
    for (const Family* const family : families()) {
        CHECK(!family->description().empty());
        CHECK(!family->scopes().empty());
        for (const FamilyScope& scope : family->scopes()) {
            CAPTURE(scope.name);
            CHECK(names.insert(scope.name).second);
            CHECK(is_family_scope(scope.name));
            CHECK(&family_of(scope.name) == family);
            CHECK(!scope.description.empty());
            std::set<std::string> properties;
            for (const checker::Property& each : family->properties({scope.name, {}})) {
                CHECK(traces::is_name(each.name));
                CHECK(properties.insert(each.name).second);
                CHECK(!each.rationale.empty());
            }
            CHECK(!properties.empty());
        }
    }
    CHECK(family_scope_names().size() == names.size());
}

TEST_CASE("every rule of a family has values that can be set, and none has the name of another") {
    for (const Family* const family : families()) {
        std::set<std::string> names;
        const std::string scope = family->name() == "upgrade" ? "upgrade/crash_commit" : family->scopes()[0].name;
        for (const FamilyRule& rule : family->rules()) {
            CAPTURE(rule.name);
            CHECK(names.insert(rule.name).second);
            CHECK(rule.values.size() >= 2);
            CHECK(!rule.about.empty());
            CHECK(rule.is_own == (impl::find_rule(rule.name) == nullptr));
            for (const std::string& value : rule.values) {
                FamilyCase what{scope, {}};
                change_rule(what, rule.name + "=" + value);
                if (fits({scope, {}}, rule.name + "=" + value))
                    CHECK(value_of(what, rule.name) == value);
            }
        }
        CHECK(names.size() == family->rules().size());
    }
}

TEST_CASE("what scopes take for presets is what the presets say") {
    CHECK(protocol_rules("upgrade/commit") == preset_rules("repaired_vector"));
    CHECK(protocol_rules("hostile/one_one") == preset_rules("repaired_vector", "stop_low=detector_only"));
    CHECK(protocol_rules("hostile/undefended_clean") == preset_rules("repaired"));
    CHECK(protocol_rules("hostile/undefended_others_number") == preset_rules("repaired", "low_sn=vector"));
    CHECK(protocol_rules("levels/two_levels") == preset_rules("repaired_vector"));
}

TEST_CASE("the rules of a scope are what their name says, and have a preset of the family") {
    for (const Family* const family : families()) {
        std::set<std::string> presets;
        for (const FamilyPreset& each : family->presets()) {
            CHECK(!each.description.empty());
            CHECK(presets.insert(each.name).second);
        }
        for (const FamilyScope& scope : family->scopes()) {
            CAPTURE(scope.name);
            const FamilyCase named = family_case(scope.name, "");
            CHECK(presets.contains(named.preset));
            CHECK(rules_name(named) == scope.rules);
            CHECK(family->rules_in_force(named) == family->rules_in_force({scope.name, {}}));
        }
    }
    CHECK(value_of(family_case("hostile/undefended_clean", "hostile"), "boundary_stamp") == "by_channel");
    CHECK(value_of(family_case("hostile/one_one", "undefended"), "boundary_stamp") == "as_claimed");
    CHECK(complaint_about_family([] { (void)family_case("hostile/one_one", "undefend"); }) ==
          "'undefend': scopes of the family hostile have rules of their own: expected hostile or undefended, perhaps "
          "with changes (hostile+RULE=VALUE)");
}

TEST_CASE("names that mean a scope of a family, and names that mean a file") {
    CHECK(is_family_scope("upgrade/again"));
    CHECK(is_family_scope("upgrade/no_such"));
    for (const char* const file : {"upgrade", "upgrade/", "upgrade/again.json", "upgrade/a/b", "./upgrade/again",
                                   "upgrades/again", "tiny", "/upgrade/again"})
        CHECK(!is_family_scope(file));
    CHECK(complaint_about_family([] { (void)family_of("upgrade/agian"); }) ==
          "upgrade/agian: no such scope (did you mean 'upgrade/again'?); `mdcd list scopes` shows those of the family");
    CHECK(complaint_about_family([] { (void)load_scope("upgrade/again"); }) ==
          "upgrade/again: is a scope of the family upgrade, which `mdcd check`, `mdcd compare`, `mdcd explore` and "
          "gates take, and "
          "nothing else does");
    CHECK(complaint_about_family([] { (void)load_scope("upgrad/again"); }) ==
          "upgrad/again: no such file (did you mean 'upgrade/again'?)");
    CHECK_THROWS_AS(static_cast<void>(load_scope("upgrade/again")), RequestError);
}

TEST_CASE("rules by name, with changes; what there is not is told with the nearest") {
    const FamilyCase what = family_case("upgrade/begin_twice", "upgrade+rivals=first_come+numbers=go_on");
    CHECK(what.changes.size() == 2);
    CHECK(rules_name(what) == "upgrade+rivals=first_come+numbers=go_on");
    CHECK(value_of(what, "rivals") == "first_come");
    CHECK(value_of(what, "numbers") == "go_on");
    CHECK(value_of(family_case("upgrade/begin_twice", ""), "rivals") == "lower_id_wins");

    FamilyCase twice = what;
    change_rule(twice, "rivals=lower_id_wins");
    CHECK(rules_name(twice) == "upgrade+numbers=go_on+rivals=lower_id_wins");

    const auto said = [](const std::string& assignment) {
        return complaint_about_family([&] {
            FamilyCase any{"upgrade/begin_twice", {}};
            change_rule(any, assignment);
        });
    };
    CHECK(said("rivals") == "'rivals': expected rule=value");
    CHECK(said("rival=first_come") == "'rival': the family upgrade has no such rule (did you mean 'rivals'?)");
    CHECK(said("rivals=first_cone") == "'rivals=first_cone': no such value (did you mean 'first_come'?); known are "
                                       "lower_id_wins, first_come");
    CHECK(complaint_about_family([] { (void)family_case("upgrade/again", "repaired"); }) ==
          "'repaired': scopes of the family upgrade have rules of their own: expected upgrade, perhaps with changes "
          "(upgrade+RULE=VALUE)");
    CHECK(complaint_about_family([] { (void)family_case("upgrade/again", "upgrade+"); }) == "'': expected rule=value");
}

TEST_CASE("a rule that means nothing in a scope is refused there, with the reason") {
    CHECK(fits({"upgrade/crash_commit", {}}, "durability=never"));
    CHECK(!fits({"upgrade/again", {}}, "durability=never"));
    CHECK(complaint_about_family([] {
              (void)family_of("upgrade/again").properties({"upgrade/again", {{"durability", "never"}}});
          }) ==
          "upgrade/again with durability=never: no process reads durability in this scope: nobody crashes; scopes "
          "with a crash are upgrade/crash_..");
}

TEST_CASE("a scope is explored to its end, and a wrong value is found, with its run") {
    const Family& family = family_of("upgrade/begin_twice");
    const FamilyCase right{"upgrade/begin_twice", {}};
    const FamilyCase wrong = family_case("upgrade/begin_twice", "upgrade+rivals=first_come");
    const FamilyCheck good = family.explore(right, {});
    CHECK(good.report.exhaustive);
    for (const FamilyProperty& each : good.properties) {
        CAPTURE(each.property.name);
        CHECK(each.verdict == (each.property.kind == checker::PropertyKind::reachable ? checker::Verdict::reached
                                                                                      : checker::Verdict::holds));
        CHECK(!each.trace);
    }
    const FamilyCheck bad = family.explore(wrong, {});
    const auto found =
        std::ranges::find(bad.properties, "no_deadlock", [](const FamilyProperty& each) { return each.property.name; });
    REQUIRE(found != bad.properties.end());
    CHECK(found->verdict == checker::Verdict::violated);
    CHECK(found->steps == 9);
    REQUIRE(found->trace);
    CHECK(found->trace->steps.size() == 9);
    CHECK(found->trace->scope_name == "upgrade/begin_twice");
    CHECK(found->trace->rules_name == "upgrade+rivals=first_come");
    CHECK(found->ending.find("nothing can happen here") != std::string::npos);
    CHECK(found->run.find("   9  ") != std::string::npos);
}

} // namespace mdcd::tests
