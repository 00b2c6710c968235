// The scopes in which the life of an upgrade is explored to the end, and what comes of it. Components are numbered from
// 0; a script says to whom a component sends, 'd' is the device.
// Knows no verdict.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "checker/actors/check.hpp"
#include "model/upgrade/upgrade_system.hpp"

namespace mdcd::model::upgrade {

struct NamedScope {
    std::string name;
    std::string what;
    Scope scope;
};

// What model/rules/repaired_vector.json says.
inline impl::Rules repaired_vector() {
    impl::Rules rules;
    rules.validated_register = impl::ValidatedRegister::everywhere;
    rules.checkpoint_trigger = impl::CheckpointTrigger::every_new_sn;
    rules.receiver_log = impl::ReceiverLog::while_dirty;
    rules.shadow_sn = impl::ShadowSn::per_component;
    rules.low_sn = impl::LowSn::vector;
    rules.external_index = impl::ExternalIndex::own_counter;
    return rules;
}
// For one component at a time: what model/rules/repaired.json says.
inline impl::Rules repaired() {
    impl::Rules rules = repaired_vector();
    rules.shadow_sn = impl::ShadowSn::shared;
    rules.low_sn = impl::LowSn::shared_atomic;
    return rules;
}

inline constexpr SeatId first{0, 0};       // of component 0
inline constexpr SeatId first_again{0, 1}; // its other seat
inline constexpr SeatId second{1, 0};

inline impl::ComponentSet set_of(std::initializer_list<std::uint8_t> components) {
    impl::ComponentSet set;
    for (const std::uint8_t each : components)
        set.insert(each);
    return set;
}
inline Command begin(std::initializer_list<std::uint8_t> components) {
    return {impl::Intent::begin, set_of(components)};
}
inline constexpr Command commit_it{.intent = impl::Intent::commit};
inline constexpr Command abort_it{.intent = impl::Intent::abort};

inline Scope scope_of(std::initializer_list<std::string_view> scripts, std::initializer_list<std::uint8_t> upgradable,
                      std::vector<Operator> operators, std::vector<SeatId> fail_once = {}) {
    Scope scope;
    scope.seats = {.components = static_cast<std::uint8_t>(scripts.size()), .upgradable = set_of(upgradable)};
    for (const std::string_view script : scripts) {
        std::vector<std::uint8_t>& receivers = scope.scripts.emplace_back();
        for (const char each : script)
            receivers.push_back(each == 'd' ? to_device : static_cast<std::uint8_t>(each - '0'));
    }
    scope.operators = std::move(operators);
    scope.fail_once = std::move(fail_once);
    scope.rules = repaired_vector();
    return scope;
}
inline Scope without_failing_tests(Scope scope) {
    scope.tests_fail = false;
    return scope;
}

// Seconds each.
inline std::vector<NamedScope> short_scopes() {
    return {
        {"commit", "p=1 q=1: begin, and a commit against tests that fail at outputs",
         scope_of({"11d", "0d"}, {0}, {{first, {begin({0}), commit_it}}})},
        {"race", "p=1 q=1: a commit, an abort by another operator, and a test that fails at any time",
         scope_of({"1d", "0"}, {0}, {{first, {begin({0}), commit_it}}, {second, {abort_it}}}, {first_again})},
        {"two_begins", "p=1 or 2: two operators begin different upgrades",
         without_failing_tests(scope_of({"1", "0"}, {0, 1}, {{second, {begin({0})}}, {first, {begin({0, 1})}}}))},
        {"between_actives", "p=1 q=2: what an active process passes on to another one",
         scope_of({"1", "2", "d"}, {0}, {{first, {begin({0}), commit_it}}})},
        {"two_commit", "p=2 q=1: messages inside the cluster, commit",
         scope_of({"1", "2", ""}, {0, 1}, {{first, {begin({0, 1}), commit_it}}})},
        {"two_abort", "p=2 q=1: messages inside the cluster, abort",
         scope_of({"1", "2", ""}, {0, 1}, {{first, {begin({0, 1}), abort_it}}})},
        {"two_catch_up", "p=2 q=1: who takes over goes on inside the cluster while it catches up outside",
         without_failing_tests(scope_of({"12d", "", ""}, {0, 1}, {{first, {begin({0, 1}), abort_it}}}))},
        {"abort_begin", "p=1 q=1: a begin after a recovery, with outputs of both versions",
         scope_of({"1dd", "0"}, {0}, {{first, {begin({0}), abort_it, begin({0})}}})},
        {"commit_begin", "p=1 q=1: a begin after a commit",
         scope_of({"1d1", "0"}, {0}, {{first, {begin({0}), commit_it, begin({0})}}})},
        {"abort_other", "two components, one after the other: a begin after a recovery of the other one",
         scope_of({"1d", ""}, {0, 1}, {{first, {begin({0}), abort_it, begin({1})}}})},
        {"commit_other", "two components, one after the other: a begin after a commit of the other one",
         scope_of({"1d", "0"}, {0, 1}, {{first, {begin({0}), commit_it, begin({1})}}})},
    };
}

inline Scope with_crash(Scope scope) {
    scope.crashes = 1;
    return scope;
}

// One seat crashes, at any time, and comes back from its stable storage.
inline std::vector<NamedScope> crash_scopes() {
    return {
        {"crash_race", "p=1 q=1: a commit, an abort by another operator, a test that fails at any time",
         with_crash(
             scope_of({"1d", ""}, {0}, {{first, {begin({0}), commit_it}}, {second, {abort_it}}}, {first_again}))},
        {"crash_actives", "p=1 q=2: what an active process passes on to another one",
         with_crash(scope_of({"1", "2", "d"}, {0}, {{first, {begin({0}), commit_it}}}))},
        {"crash_again", "p=1 q=1: a begin after a recovery",
         with_crash(scope_of({"1d", ""}, {0}, {{first, {begin({0}), abort_it, begin({0})}}}))},
        {"crash_two", "p=2 q=1: messages inside the cluster, commit",
         with_crash(scope_of({"1", "2", ""}, {0, 1}, {{first, {begin({0, 1}), commit_it}}}))},
    };
}

// Sessions break: one, between any two seats, at any time.
inline Scope with_broken_session(Scope scope) {
    scope.breaks_session = true;
    return scope;
}
// And one seat crashes.
inline Scope with_links(Scope scope) {
    return with_crash(with_broken_session(std::move(scope)));
}
inline std::vector<NamedScope> link_scopes() {
    return {
        {"link_begin", "p=1 q=1: by links; a message to who forks, one seat crashes, one session breaks",
         with_links(without_failing_tests(scope_of({"", "0"}, {0}, {{first_again, {begin({0})}}})))},
        {"link_commit", "p=1 q=1: by links; a commit, one seat crashes, one session breaks",
         with_links(without_failing_tests(scope_of({"1", ""}, {0}, {{first, {begin({0}), commit_it}}})))},
        {"link_abort", "p=1 q=1: by links; an abort with outputs, one seat crashes, one session breaks",
         with_links(without_failing_tests(scope_of({"1d", ""}, {0}, {{first, {begin({0}), abort_it}}})))},
        {"link_actives", "p=1 q=2: by links; the agreement alone, one seat crashes, one session breaks",
         with_links(without_failing_tests(scope_of({"", "", ""}, {0}, {{first, {begin({0}), commit_it}}})))},
        {"link_two", "p=2 q=1: by links; messages inside the cluster, commit, one session breaks",
         with_broken_session(
             without_failing_tests(scope_of({"1", "2", ""}, {0, 1}, {{first, {begin({0, 1}), commit_it}}})))},
        {"link_message", "p=1 q=2: by links; a message to who forks, one seat crashes, one session breaks",
         with_links(without_failing_tests(scope_of({"", "0", ""}, {0}, {{first, {begin({0}), commit_it}}})))},
    };
}

// As much room as is needed to go on, and no more: what is full, and what a seat then does.
inline std::vector<NamedScope> capacity_scopes() {
    const auto with = [](impl::Capacities capacities, Scope scope) {
        scope.capacities = capacities;
        return scope;
    };
    return {
        {"full_checkpoints", "one checkpoint has room: a second message of a new version waits for its test",
         with({.checkpoints = 1}, scope_of({"11d", ""}, {0}, {{first, {begin({0}), commit_it}}}))},
        {"full_logs", "one entry has room in each log: of what a dirty process receives, and of what a shadow sends",
         with({.log_entries = 1}, scope_of({"11d", "0"}, {0}, {{first, {begin({0}), commit_it}}}))},
        {"full_queue", "one message has room in the queue of a halted seat",
         with({.held = 1}, scope_of({"1", "", "11"}, {0}, {{first, {begin({0}), commit_it}}, {second, {abort_it}}}))},
        {"full_endings", "an upgrade that could not be ended is refused",
         with({.endings = 3}, scope_of({"1d", "0"}, {0}, {{first, {begin({0}), abort_it, begin({0})}}}))},
    };
}

// Whatever keeps a message of the application in its link, what goes past it does no harm: a seat may leave each one
// for any time.
inline std::vector<NamedScope> left_scopes() {
    const auto leaving = [](Scope scope) {
        scope.leaves_messages = true;
        return scope;
    };
    return {
        {"left_begin", "a begin at the empty seat; messages of the application may stay in their links",
         leaving(without_failing_tests(scope_of({"", "0"}, {0}, {{first_again, {begin({0})}}})))},
        {"left_race", "p=1 q=1: commit against abort; messages of the application may stay in their links",
         leaving(scope_of({"11d", ""}, {0}, {{first, {begin({0}), commit_it}}, {second, {abort_it}}}))},
        {"left_again", "p=1 q=1: begin, abort, begin; messages of the application may stay in their links",
         leaving(scope_of({"1d", ""}, {0}, {{first, {begin({0}), abort_it, begin({0})}}}))},
        {"left_actives", "p=1 q=2: begin, commit; messages of the application may stay in their links",
         leaving(scope_of({"1", "2", "d"}, {0}, {{first, {begin({0}), commit_it}}}))},
        {"left_two", "p=2 q=1: begin, commit; messages of the application may stay in their links",
         leaving(without_failing_tests(scope_of({"1", "2", ""}, {0, 1}, {{first, {begin({0, 1}), commit_it}}})))},
    };
}

// A minute each.
inline std::vector<NamedScope> long_scopes() {
    return {
        {"again", "p=1 q=1: two whole upgrades, and a test that fails at any time",
         scope_of({"1d", "0"}, {0}, {{first, {begin({0}), commit_it, begin({0}), abort_it}}}, {first_again})},
        {"again_commit", "p=1 q=1: abort, begin, commit, with outputs of both versions",
         scope_of({"1dd", "0"}, {0}, {{first, {begin({0}), abort_it, begin({0}), commit_it}}})},
        {"actives_output", "p=1 q=2: what is passed on reaches a device",
         scope_of({"1d", "2", "d"}, {0}, {{first, {begin({0}), commit_it}}})},
        {"two_output", "p=2 q=1: both new versions send to the active process, one has outputs",
         scope_of({"2", "2d", ""}, {0, 1}, {{first, {begin({0, 1}), commit_it}}})},
        {"two_operators", "p=2 q=1: commit against abort with messages inside the cluster",
         scope_of({"1", "2", ""}, {0, 1}, {{first, {begin({0, 1}), commit_it}}, {{2, 0}, {abort_it}}})},
    };
}

// The smallest that show what a wrong value of a rule costs (docs/upgrades.md).
inline std::vector<NamedScope> rule_scopes() {
    const auto one = [](std::string_view component, std::string_view other, std::vector<Command> commands,
                        std::vector<SeatId> fail_once = {}) {
        return without_failing_tests(
            scope_of({component, other}, {0}, {{first, std::move(commands)}}, std::move(fail_once)));
    };
    return {
        // By an operator at a third seat: what goes from the sender to who forks by way of a coordinator is a marker,
        // too.
        {"begin_elsewhere", "an operator at the empty seat begins while a message is under way",
         scope_of({"", "0"}, {0}, {{first_again, {begin({0})}}})},
        {"begin_other", "a message of a new version that was valid arrives after its recovery, in the next begin",
         without_failing_tests(scope_of({"1d", ""}, {0, 1}, {{first, {begin({0}), abort_it, begin({1})}}}))},
        {"begins_differ", "two operators begin {1} and {1, 2}: who forks learns it from the second",
         without_failing_tests(scope_of({"1", ""}, {0, 1}, {{second, {begin({0})}}, {first, {begin({0, 1})}}}))},
        {"begin_twice", "two operators begin the same upgrade at once",
         without_failing_tests(scope_of({"", ""}, {0}, {{first, {begin({0})}}, {second, {begin({0})}}}))},
        {"commit_first", "a commit by the lower id, against tests that fail at outputs",
         scope_of({"1d", ""}, {0}, {{first, {begin({0}), commit_it}}})},
        {"commit_second", "a commit by the higher id: whoever fails has the lower one",
         scope_of({"1d", ""}, {0}, {{second, {begin({0}), commit_it}}})},
        {"commit_late", "a test that fails after the reply", one("", "", {begin({0}), commit_it}, {first_again})},
        {"commit_plain", "a commit with a message under way", one("1", "", {begin({0}), commit_it})},
        {"again_abort", "the same numbers again after a recovery", one("1d1", "", {begin({0}), abort_it, begin({0})})},
        {"again_committed", "a notification of an upgrade that was committed arrives in the next",
         one("1d1", "", {begin({0}), commit_it, begin({0})})},
        {"again_seat", "a message to the version that was in the same seat before",
         one("", "0", {begin({0}), abort_it, begin({0})})},
        {"again_early", "a begin while the old version catches up", one("1d", "", {begin({0}), abort_it, begin({0})})},
        {"crash_commit", "a seat crashes between what it stores and what it sends",
         with_crash(without_failing_tests(scope_of({"1", ""}, {0}, {{first, {begin({0}), commit_it}}})))},
        {"crash_recover", "who coordinates a recovery crashes: its own test has failed, or an operator aborts",
         with_crash(without_failing_tests(scope_of({"1", ""}, {0}, {{first, {begin({0}), abort_it}}}, {first_again})))},
        {"crash_output", "a seat crashes at the moment of an output to the device",
         with_crash(scope_of({"d", ""}, {0}, {{first, {begin({0}), commit_it}}}))},
    };
}

inline std::vector<NamedScope> all_scopes() {
    std::vector<NamedScope> all;
    for (const std::vector<NamedScope>& some : {short_scopes(), crash_scopes(), link_scopes(), capacity_scopes(),
                                                left_scopes(), long_scopes(), rule_scopes()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

inline NamedScope scope_named(std::string_view name) {
    for (const NamedScope& each : all_scopes())
        if (each.name == name)
            return each;
    actors::refuse("no scope of that name");
}

// The names, in their order, of claims with this verdict; of violations with the length of the shortest run.
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

} // namespace mdcd::model::upgrade
