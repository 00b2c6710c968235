// The scopes in which a hostile cluster is explored to the end, by the rules that contain it and by those of the
// protocol as it was. Knows no verdict.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/hostile/hostile_system.hpp"

namespace mdcd::model::hostile {

// What model/rules/repaired.json says.
inline impl::Rules repaired() {
    impl::Rules rules;
    rules.validated_register = impl::ValidatedRegister::everywhere;
    rules.checkpoint_trigger = impl::CheckpointTrigger::every_new_sn;
    rules.receiver_log = impl::ReceiverLog::while_dirty;
    rules.external_index = impl::ExternalIndex::own_counter;
    return rules;
}
// What model/rules/repaired_vector.json says.
inline impl::Rules repaired_vector() {
    impl::Rules rules = repaired();
    rules.shadow_sn = impl::ShadowSn::per_component;
    rules.low_sn = impl::LowSn::vector;
    return rules;
}
// With the line of defence: nobody waits in a recovery for what a new version says.
inline impl::Rules hostile_rules() {
    impl::Rules rules = repaired_vector();
    rules.stop_low = impl::StopLow::detector_only;
    return rules;
}

inline Scope scope_of(std::vector<std::string> components, std::vector<std::string> actives, Alphabet alphabet) {
    Scope scope;
    scope.members = {.components = static_cast<std::uint8_t>(components.size()),
                     .actives = static_cast<std::uint8_t>(actives.size())};
    scope.components = std::move(components);
    scope.actives = std::move(actives);
    scope.alphabet = alphabet;
    scope.rules = hostile_rules();
    return scope;
}

inline Scope with_words(Scope scope, unsigned words, unsigned misses) {
    scope.words = static_cast<std::uint8_t>(words);
    scope.misses = static_cast<std::uint8_t>(misses);
    return scope;
}

// The presets of the family.
inline void set_hostile(Scope& scope) {
    scope.rules = hostile_rules();
    scope.boundary = {};
}
inline void set_undefended(Scope& scope) {
    scope.rules = repaired();
    scope.boundary = impl::no_boundary(impl::Links::authenticated);
}

// The protocol as it was: no line of defence, nothing that detects.
inline Scope undefended(Scope scope, impl::Rules rules, impl::Links links = impl::Links::authenticated) {
    scope.rules = rules;
    scope.boundary = impl::no_boundary(links);
    scope.misses = 0;
    return scope;
}

inline constexpr Alphabet content_only{};
inline constexpr Alphabet headers{.clean = true, .stale = true, .future = true, .incarnation = true};
inline constexpr Alphabet everything{.to_shadows = true,
                                     .clean = true,
                                     .stale = true,
                                     .future = true,
                                     .incarnation = true,
                                     .tests = true,
                                     .outputs = true,
                                     .numbers = true,
                                     .announcements = true,
                                     .replies = true,
                                     .false_replies = true,
                                     .decisions = true,
                                     .as_others = true};

// What can be said in a recovery.
inline constexpr Alphabet of_recovery{
    .announcements = true, .replies = true, .false_replies = true, .decisions = true, .as_others = true};

struct NamedScope {
    std::string name;
    std::string what;
    Scope scope;
    std::string rules = "hostile"; // how they are named: a preset of the family, perhaps with changes
};

inline Scope with_false_alarms(Scope scope, unsigned false_alarms) {
    scope.false_alarms = static_cast<std::uint8_t>(false_alarms);
    return scope;
}

inline constexpr Alphabet in_own_name = [] {
    Alphabet alphabet = everything;
    alphabet.as_others = false;
    return alphabet;
}();

// Seconds each.
inline std::vector<NamedScope> short_scopes() {
    return {
        {"one_one", "p=1 q=1: three words, two of them missed",
         with_words(scope_of({"11d"}, {"dad"}, content_only), 3, 2)},
        {"one_one_headers", "p=1 q=1: every header", with_words(scope_of({"11"}, {"da"}, headers), 2, 1)},
        {"one_one_everything", "p=1 q=1: everything, in everybody's name",
         with_words(scope_of({"1"}, {"d"}, everything), 2, 1)},
        {"one_two", "p=1 q=2: what one active process passes on to another",
         with_words(scope_of({"121"}, {"2d", "d"}, content_only), 2, 1)},
        {"one_two_alarms", "p=1 q=2: the detector takes an honest message for an intrusion",
         with_false_alarms(with_words(scope_of({"12"}, {"2d", "d"}, content_only), 2, 1), 1)},
        {"one_two_everything", "p=1 q=2: everything, once",
         with_words(scope_of({"12"}, {"2d", "d"}, everything), 1, 1)},
        {"two_one", "p=2 q=1: messages inside the cluster",
         with_words(scope_of({"1x", "1"}, {"da"}, content_only), 1, 1)},
        {"two_one_everything", "p=2 q=1: everything in its own name, once each",
         with_words(scope_of({"1", "1"}, {"d"}, in_own_name), 1, 1)},
        {"in_recovery", "p=1 q=1: everything that can be said in a recovery",
         with_words(scope_of({"1"}, {"da"}, of_recovery), 3, 1)},
        {"in_recovery_two", "p=1 q=2: everything that can be said in a recovery in its own name, two who detect",
         with_words(scope_of({"1"}, {"d", "d"},
                             {.announcements = true, .replies = true, .false_replies = true, .decisions = true}),
                    2, 1)},
    };
}

// A minute each.
inline std::vector<NamedScope> long_scopes() {
    return {
        {"two_one_twice", "p=2 q=1: two words each", with_words(scope_of({"1", "1"}, {"da"}, content_only), 2, 1)},
        {"two_one_names", "p=2 q=1: everything in everybody's name, once each",
         with_words(scope_of({"1", "1"}, {"d"}, everything), 1, 1)},
    };
}

// The smallest that show what each part of the defence is for (docs/trust.md).
inline std::vector<NamedScope> rule_scopes() {
    const auto one = [](std::string component, std::string active, Alphabet alphabet, unsigned words = 2) {
        return with_words(scope_of({std::move(component)}, {std::move(active)}, alphabet), words, 1);
    };
    const auto in_others_name = [](Alphabet alphabet) {
        alphabet.honest = false;
        alphabet.as_others = true;
        return with_words(scope_of({"1"}, {"d", ""}, alphabet), 2, 1);
    };
    return {
        {"clean_as_others", "claims to be clean, in everybody's name", in_others_name({.clean = true})},
        {"tests_as_others", "tests that others are said to have passed", in_others_name({.tests = true})},
        {"headers", "every header of a message of the application", one("1", "d", headers)},
        {"headers_twice", "every header, and two honest messages", one("11", "d", headers)},
        {"content", "content alone is hostile", one("1", "d", content_only)},
        {"content_two", "content alone, to two active processes", scope_of({"12"}, {"d", "d"}, content_only)},
        {"tests", "tests that the cluster says it has passed", one("1", "d", {.tests = true})},
        {"outputs", "outputs that the cluster says have left", one("1d", "d", {.outputs = true})},
        {"outputs_first", "content alone, and an output before the first message", one("d1", "d", content_only)},
        {"old_version_hears", "content alone; what two active processes say to the component",
         with_words(scope_of({"1"}, {"ad", "a"}, content_only), 1, 1)},
        {"announcements", "announcements of recoveries", one("1", "d", {.announcements = true})},
        {"decisions", "announcements and decisions of recoveries",
         one("1", "d", {.announcements = true, .decisions = true}, 3)},
        {"false_replies", "replies in a recovery that are not true", one("1", "d", {.false_replies = true})},
        {"counter", "the cluster's counter, sent to an active process", one("1", "d", {.numbers = true})},
        {"to_old_version", "messages of the application to an old version", one("1", "d", {.to_shadows = true})},
        {"next_incarnation", "messages that claim to be of the next incarnation", one("1", "d", {.incarnation = true})},
    };
}

// What the defence costs is measured in these: new versions also say that they have passed tests, rightly and not.
inline std::vector<NamedScope> cost_scopes() {
    return {
        {"costs_one", "p=1 q=1: three honest messages, tests that the cluster says it has passed",
         with_words(scope_of({"111d"}, {"dad"}, {.tests = true}), 3, 2)},
        {"costs_two", "p=1 q=2: the same, and what one active process passes on to another",
         with_words(scope_of({"12"}, {"2d", "d"}, {.tests = true}), 2, 2)},
    };
}

// The protocol as it was, against each kind of message that a new version can forge. Nothing that detects.
inline std::vector<NamedScope> undefended_scopes() {
    const auto against = [](std::vector<std::string> actives, Alphabet alphabet, unsigned words,
                            std::string component = "1") {
        return undefended(with_words(scope_of({std::move(component)}, std::move(actives), alphabet), words, 0),
                          repaired());
    };
    const auto in_others_name = [](std::vector<std::string> actives, Alphabet alphabet, unsigned words) {
        alphabet.honest = false;
        alphabet.as_others = true;
        return undefended(with_words(scope_of({"1"}, std::move(actives), alphabet), words, 0), repaired(),
                          impl::Links::as_claimed);
    };
    impl::Rules by_component = repaired();
    by_component.low_sn = impl::LowSn::vector;
    std::vector<NamedScope> all{
        {"undefended_clean", "a dirty bit of 0", against({"d"}, {.honest = false, .clean = true}, 1)},
        {"undefended_stale", "the number 0", against({"d"}, {.honest = false, .stale = true}, 1)},
        {"undefended_future", "a number that is too large, then the right one", against({"d"}, {.future = true}, 2)},
        {"undefended_future_replies", "the same, and replies in the recovery",
         against({"d"}, {.future = true, .replies = true}, 3)},
        {"undefended_others_number", "the number of another component",
         undefended(with_words(scope_of({"1", "1"}, {"d"}, {.intrusions = false, .others_number = true}), 2, 0),
                    by_component)},
        {"undefended_content", "no header at all, to two active processes", against({"d", "d"}, {}, 2, "12")},
        {"undefended_content_one", "no header at all, to one active process of two", against({"2d", "d"}, {}, 2, "11")},
        {"undefended_late", "no header at all, and only after a test has passed",
         against({"dd"}, {.replies = true}, 3, "11")},
        {"undefended_old_version", "a message of the application to an old version",
         against({""}, {.honest = false, .intrusions = false, .to_shadows = true, .clean = true}, 1)},
        {"undefended_incarnation", "a later incarnation",
         against({"d"}, {.honest = false, .incarnation = true, .replies = true}, 3)},
        {"undefended_counter", "the cluster's counter, sent to an active process",
         against({"d"}, {.honest = false, .intrusions = false, .numbers = true}, 1)},
        {"undefended_tests", "passed_AT with a number", against({"d"}, {.honest = false, .tests = true}, 2)},
        {"undefended_outputs", "passed_AT with a count of outputs",
         against({"d"}, {.honest = false, .outputs = true, .replies = true}, 3, "d")},
        {"undefended_silence", "nothing at all", against({"d"}, {.honest = false}, 1)},
        {"undefended_replies", "a reply in the recovery, that is true",
         against({"d"}, {.honest = false, .replies = true}, 2)},
        {"undefended_false_replies", "a reply with a large number",
         against({"d"}, {.honest = false, .replies = true, .false_replies = true}, 2)},
        {"undefended_announcements", "an announcement of a recovery",
         against({""}, {.honest = false, .intrusions = false, .announcements = true}, 1)},
        {"undefended_decisions", "a decision", against({"d"}, {.honest = false, .decisions = true}, 2)},
        {"undefended_announced_decisions", "an announcement and a decision",
         against({""}, {.honest = false, .announcements = true, .decisions = true}, 4)},
        {"undefended_as_others_clean", "in another's name: a dirty bit of 0",
         in_others_name({"d", ""}, {.clean = true}, 1)},
        {"undefended_as_others_tests", "in another's name: passed_AT", in_others_name({"d", ""}, {.tests = true}, 2)},
        {"undefended_as_others_announcements", "in another's name: an announcement",
         in_others_name({"d", ""}, {.announcements = true}, 1)},
        {"undefended_as_others_decisions", "in another's name: a decision",
         in_others_name({"d", ""}, {.decisions = true}, 2)},
        {"undefended_as_others_replies", "in another's name: a reply",
         in_others_name({"d", ""}, {.false_replies = true}, 2)},
    };
    for (NamedScope& each : all)
        each.rules = each.scope.boundary.links == impl::Links::as_claimed ? "undefended+links=as_claimed"
                     : each.scope.rules.low_sn == impl::LowSn::vector     ? "undefended+low_sn=vector"
                                                                          : "undefended";
    return all;
}

// Two copies side by side (hostile_pair.hpp).
inline std::vector<NamedScope> pair_scopes() {
    return {
        {"copies_headers", "two copies, p=1 q=1: dirty bit and number",
         with_words(scope_of({"11"}, {"da"}, {.clean = true, .future = true}), 2, 1)},
        {"copies_everything", "two copies, p=1 q=1: everything in its own name",
         with_words(scope_of({"1"}, {"d"},
                             {.to_shadows = true,
                              .clean = true,
                              .tests = true,
                              .numbers = true,
                              .announcements = true,
                              .false_replies = true,
                              .decisions = true}),
                    2, 1)},
        {"copies_two_actives", "two copies, p=1 q=2: dirty bit",
         with_words(scope_of({"12"}, {"2d", "d"}, {.clean = true}), 2, 1)},
        {"copies_two_components", "two copies, p=2 q=1: dirty bit",
         with_words(scope_of({"1", "1"}, {"da"}, {.clean = true}), 1, 1)},
    };
}

inline NamedScope scope_named(std::string_view name) {
    for (const std::vector<NamedScope>& all :
         {short_scopes(), long_scopes(), rule_scopes(), cost_scopes(), undefended_scopes(), pair_scopes()})
        for (const NamedScope& each : all)
            if (each.name == name)
                return each;
    actors::refuse("no scope of that name");
}

// Claims with this verdict, in their order; of violations with the length of the shortest run.
inline std::string claims_with(const actors::SystemReport& report, checker::Verdict verdict) {
    std::string names;
    for (const actors::ClaimVerdict& each : report.claims)
        if (each.verdict == verdict)
            names +=
                (names.empty() ? "" : ", ") + each.claim +
                (verdict == checker::Verdict::violated && each.path ? " " + std::to_string(each.path->firings.size())
                                                                    : "");
    return names;
}

inline actors::SystemReport explore(const Scope& scope, unsigned workers = 1) {
    actors::CheckOptions options;
    options.search.workers = workers;
    return actors::check(system_of(scope), options);
}

} // namespace mdcd::model::hostile
