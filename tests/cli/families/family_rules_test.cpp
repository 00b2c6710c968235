// A rule that no process of a scope reads is refused there, with the reason, and really changes nothing: the scope is
// explored with each other value of it all the same. The other side of it is family_rules_long_test.cpp.
#include "tests/cli/families/family_rules.hpp"

namespace mdcd::tests {

TEST_CASE("a rule that is said to be read by nobody changes nothing") {
    std::size_t refused = 0;
    for (const char* const scope : {"hostile/headers", "hostile/outputs", "levels/own_output", "levels/two_levels",
                                    "upgrade/begin_twice", "upgrade/begin_other"}) {
        const Family& family = family_of(scope);
        const Outcome as_it_is = outcome_of({scope, {}});
        for (const FamilyRule& rule : family.rules()) {
            if (is_read(scope, rule.name))
                continue;
            for (const std::string& value : rule.values) {
                FamilyCase changed{scope, {{rule.name, value}}};
                CAPTURE(scope);
                CAPTURE(rule.name);
                CAPTURE(value);
                CHECK(!fits({scope, {}}, rule.name + "=" + value));
                CHECK_THROWS_AS(static_cast<void>(family.rules_in_force(changed)), traces::FileError);
                changed.even_unread = true;
                CHECK(outcome_of(changed) == as_it_is);
                ++refused;
            }
        }
    }
    CHECK(refused > 20);
}

TEST_CASE("every rule is read in some scope of its family, but for those that no handler of it asks") {
    // The first and the last of a row are read once another rule has another value: the next test.
    const std::map<std::string, std::set<std::string>> never = {
        {"hostile", {"propagation_mark", "shadow_sn", "shadow_input_index"}},
        {"levels", {"propagation_mark", "shadow_sn", "stop_low", "shadow_internal", "shadow_input_index"}},
        {"upgrade", {"stop_low"}},
    };
    for (const Family* const family : families()) {
        std::set<std::string> unread;
        for (const FamilyRule& rule : family->rules())
            unread.insert(rule.name);
        for (const FamilyScope& scope : family->scopes())
            for (const std::string& name : family->rules_read({scope.name, {}}))
                unread.erase(name);
        CAPTURE(family->name());
        CHECK(unread == never.at(family->name()));
    }
}

TEST_CASE("what another rule keeps from being read is read, and counts, once that has another value") {
    struct Case {
        const char* scope;
        RuleValue keeps;
        RuleValue read;
    };
    for (const Case& each : {
             Case{"hostile/two_one", {"boundary_checkpoint", "by_confidence"}, {"propagation_mark", "any_internal"}},
             Case{"hostile/old_version_hears", {"receiver_log", "clean_only"}, {"shadow_input_index", "shadow_sn"}},
             Case{"hostile/outputs", {"external_index", "internal_sn"}, {"shadow_output_index", "low_sn"}},
             Case{"hostile/headers_twice", {"boundary_stamp", "as_claimed"}, {"shadow_output_index", "low_sn"}},
             Case{"hostile/headers_twice", {"boundary_stamp", "as_claimed"}, {"suppress_until", "exclusive"}},
             Case{"levels/down_through_active",
                  {"checkpoint_trigger", "published"},
                  {"propagation_mark", "any_internal"}},
             Case{"levels/old_version_hears", {"receiver_log", "clean_only"}, {"shadow_input_index", "shadow_sn"}},
         }) {
        CAPTURE(std::string(each.scope));
        CAPTURE(each.keeps.rule);
        CAPTURE(each.read.rule);
        const Family& family = family_of(each.scope);
        CHECK_THROWS_AS(static_cast<void>(family.rules_in_force({each.scope, {each.read}})), traces::FileError);
        CHECK(!is_read(each.scope, each.read.rule));
        CHECK(outcome_of({each.scope, {each.keeps}}) != outcome_of({each.scope, {each.keeps, each.read}}));
    }
}

TEST_CASE("who sets a rule that nobody reads is told why, and of the nearest that is read") {
    const auto said = [](const std::string& scope, const RuleValue& change) -> std::string {
        try {
            static_cast<void>(family_of(scope).rules_in_force({scope, {change}}));
        } catch (const traces::FileError& error) {
            return error.what();
        }
        return "";
    };
    CHECK(
        said("levels/two_levels", {"stop_low", "detector_only"}) ==
        "levels/two_levels with stop_low=detector_only: no process reads stop_low in this scope: recovery is one step, "
        "which stops those that are replaced");
    CHECK(
        said("hostile/content", {"shadow_internal", "literal"}) ==
        "hostile/content with shadow_internal=literal: no process reads shadow_internal in this scope: no old version "
        "speaks to another one");
    CHECK(said("hostile/two_one", {"shadow_internal", "literal"}) == "");
}

} // namespace mdcd::tests
