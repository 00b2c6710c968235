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

inline NamedScope scope_named(std::string_view name) {
    for (const std::vector<NamedScope>& all : {short_scopes(), long_scopes()})
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
