// Every value of every rule, on the smallest run that shows what it changes. A rule or a value without a row here
// fails, and so does a row whose values make no difference.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "recovery_network.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

std::string active_under(const std::vector<Message>& messages, const Rules& rules) {
    Active process;
    process.id = a1;
    receive_all(process, messages, rules);
    return summary(process.guarded);
}

// Receives, generates one message, receives again.
Shadow shadow_after(const std::vector<Message>& first, const std::vector<Message>& then, const Rules& rules) {
    Shadow process;
    process.id = s1;
    receive_all(process, first, rules);
    Notes notes;
    suppress(process, a2, 'x', rules, notes);
    receive_all(process, then, rules);
    return process;
}

std::string withheld_or_delivered(const Rules& rules) {
    return active_under({dirty(l1, 1, 'd')}, rules);
}

// The notification overtakes, on another channel, the message it is about.
std::string notification_first(const Rules& rules) {
    return active_under({passed_at(a2, 2), dirty(l1, 2, 'd')}, rules);
}

std::string register_of_a_shadow(const Rules& rules) {
    return summary(shadow_after({passed_at(l1, 2), dirty(a1, 2, 'd')}, {}, rules).guarded);
}

std::string dirty_but_not_newer(const Rules& rules) {
    return active_under({passed_at(a2, 3), dirty(a2, 2, 'd')}, rules);
}

std::string two_from_the_cluster(const Rules& rules) {
    return active_under({dirty(l1, 1, 'd'), dirty(l1, 2, 'e')}, rules);
}

std::string sent_to_the_cluster(const Rules& rules) {
    Active process;
    process.id = a1;
    receive_all(process, {dirty(l1, 1, 'd')}, rules);
    Notes notes;
    const Message sent = send_internal(process, Group::low, 'm', rules, notes);
    receive_all(process, {dirty(l1, 2, 'e')}, rules);
    return (sent.dirty ? "" : "clean message; ") + summary(process.guarded);
}

// The process did not get message 1; message 2 brings its number from 0 to 2, then 1 is validated.
std::string skips_a_number(const Rules& rules) {
    return active_under({dirty(l1, 2, 'd'), passed_at(a2, 1)}, rules);
}

std::string notification_between(const Rules& rules) {
    return active_under({dirty(l1, 1, 'd'), dirty(l1, 2, 'e'), passed_at(a2, 1)}, rules);
}

std::string dirty_and_clean(const Rules& rules) {
    return active_under({dirty(l1, 1, 'd'), dirty(l1, 2, 'e'), clean(a2, 0, 'c')}, rules);
}

// Counter 1, number 2, when the clean message arrives; then 1 is validated.
std::string logged_by_a_shadow(const Rules& rules) {
    return summary(shadow_after({dirty(a1, 2, 'd')}, {clean(a2, 0, 'c'), passed_at(l1, 1)}, rules).guarded);
}

// Number 2, counter 1 when the message is suppressed; then 1 is validated.
std::string suppressed_by_a_shadow(const Rules& rules) {
    return output_log(shadow_after({dirty(a1, 2, 'd')}, {passed_at(l1, 1)}, rules).output_log);
}

// Suppresses x, receives message 2 (checkpoint), suppresses y and z, and keeps them when it rolls back.
std::string taken_over(const Rules& rules) {
    Rules keeping = rules;
    keeping.rollback_scope = RollbackScope::application_only;
    Shadow process = shadow_after({}, {dirty(a1, 2, 'd')}, keeping);
    Notes notes;
    suppress(process, a2, 'y', keeping, notes);
    suppress(process, a2, 'z', keeping, notes);
    return output_log(recover(process, {}, keeping, notes).resent);
}

std::string suppressed_behind(const Rules& rules) {
    Shadow process = shadow_after({}, {}, rules);
    Notes notes;
    return std::to_string(recover(process, shared_number(3), rules, notes).suppress_through);
}

std::string rolled_back(const Rules& rules) {
    Active process;
    process.id = a1;
    receive_all(process, {dirty(l1, 1, 'd')}, rules);
    Notes notes;
    recover(process, {}, rules, notes);
    return summary(process.guarded);
}

// Two processes know different numbers. Which one the first recovers with is up to the caller of recover(), who
// reads the rule: here as model/system.cpp does.
std::string told_less_than_others(const Rules& rules) {
    Active process;
    process.id = a1;
    receive_all(process, {dirty(l1, 1, 'd')}, rules);
    const std::vector<SequenceVector> known = {process.guarded.valid_sn, shared_number(1)};
    Notes notes;
    recover(process, rules.recovery_line == RecoveryLine::agreed ? agreed_validated(known) : process.guarded.valid_sn,
            rules, notes);
    return summary(process.guarded);
}

std::string under_way(const Rules& rules) {
    const auto fate = [&](const Message& message) {
        return survives_recovery(message, shared_number(1), rules) ? std::string(1, message.payload) : "";
    };
    return fate(dirty(l1, 1, 'a')) + fate(dirty(l1, 2, 'b')) + fate(clean(a2, 2, 'c'));
}

// Who tells the others is the caller, who reads the rule: here as model/steps/workload.cpp does.
std::string numbers_of_two_shadows(const Rules& rules) {
    Shadow one, other;
    one.id = s1;
    other.id = s2;
    Notes notes;
    suppress(one, a1, 'x', rules, notes);
    if (rules.shadow_sn == ShadowSn::shared)
        learn_number(other, one.shadow_sn);
    suppress(other, a1, 'y', rules, notes);
    return std::to_string(one.shadow_sn) + " " + std::to_string(other.shadow_sn);
}

std::string entries(const SequenceVector& numbers, const Rules& rules) {
    std::string text = "[" + std::to_string(numbers[0]);
    return text + (rules.low_sn == LowSn::vector ? " " + std::to_string(numbers[1]) : "") + "]";
}

std::string numbers_of_two_components(const Rules& rules) {
    Low one, other;
    one.id = l1;
    other.id = l2;
    Notes notes;
    std::string text = entries(send_to_active(one, 'x', rules, notes).low_sn, rules);
    const Message counter = announce_number(one, {});
    if (rules.low_sn == LowSn::shared_atomic)
        learn_number(other, one.low_sn);
    text += " " + entries(send_to_active(other, 'y', rules, notes).low_sn, rules);
    if (rules.low_sn == LowSn::shared_broadcast) { // it arrives too late
        receive(other, counter, rules, notes);
        text += " then " + entries(send_to_active(other, 'z', rules, notes).low_sn, rules);
    }
    return text;
}

std::string between_shadows(const Rules& rules) {
    Shadow process;
    process.id = s1;
    Notes notes;
    if (send_to_component(process, s2, 'i', rules, notes))
        return "sent";
    return "logged " + std::string(1, process.external_log[0].payload) + std::to_string(process.external_log[0].number);
}

// The old version has generated two external messages after message 1, of which the new version has output the first.
std::string left_of_two_outputs(const Rules& rules) {
    Shadow process;
    process.id = s1;
    Notes notes;
    suppress(process, a1, 'x', rules, notes);
    suppress_external(process, 'e', rules, notes);
    suppress_external(process, 'f', rules, notes);
    suppress(process, a1, 'y', rules, notes);
    Message output = passed_at(l1, 1);
    output.external_sn = 1;
    receive(process, output, rules, notes);
    std::string resent;
    for (const auto& entry : recover(process, shared_number(1), rules, notes).resent_external)
        resent += entry.payload;
    return resent;
}

// Who is told of a recovery that A1 starts.
std::string told_of_recovery(const Rules& rules) {
    Network network(1, 1, rules);
    network.fail_test(a1);
    std::string told;
    for (const auto& [sender, receiver] : network.under_way())
        told += receiver.group == Group::low ? "L" : "S";
    return told;
}

struct Row {
    std::string rule;
    std::function<std::string(const Rules&)> run;
    std::vector<std::string> expected; // one for each value, in their order
};

const std::vector<Row>& rows() {
    static const std::vector<Row> table = {
        {"dirty_delivery",
         withheld_or_delivered,
         {"dirty, low 1, checkpoints 1, log , letters d", "dirty, low 1, checkpoints 1, log , letters "}},
        {"notification_sn",
         notification_first,
         {"clean, low 2, checkpoints , log , letters d", "dirty, low 2, checkpoints 2, log , letters d"}},
        {"validated_register",
         register_of_a_shadow,
         {"dirty, low 2, checkpoints 2, log , letters d", "clean, low 2, checkpoints , log , letters d"}},
        {"first_checkpoint",
         dirty_but_not_newer,
         {"clean, low 3, checkpoints , log , letters d", "dirty, low 3, checkpoints 2, log , letters d"}},
        {"checkpoint_trigger",
         two_from_the_cluster,
         {"dirty, low 2, checkpoints 1, log , letters de", "dirty, low 2, checkpoints 1 2, log , letters de"}},
        {"propagation_mark",
         sent_to_the_cluster,
         {"dirty, low 2, checkpoints 1, log , letters de", "dirty, low 2, checkpoints 1 2, log , letters de"}},
        {"checkpoint_index",
         skips_a_number,
         {"dirty, low 2, checkpoints 2, log , letters d", "clean, low 2, checkpoints , log , letters d"}},
        {"reclamation",
         notification_between,
         {"clean, low 2, checkpoints , log , letters de", "dirty, low 2, checkpoints 1, log , letters de"}},
        {"receiver_log",
         dirty_and_clean,
         {"dirty, low 2, checkpoints 1, log c2, letters dec",
          "dirty, low 2, checkpoints 1, log d0 e1 c2, letters dec"}},
        {"shadow_input_index",
         logged_by_a_shadow,
         {"dirty, low 2, checkpoints 2, log c2, letters dc", "dirty, low 2, checkpoints 2, log , letters dc"}},
        {"shadow_output_index", suppressed_by_a_shadow, {"", "x2"}},
        {"resend", taken_over, {"x1 y2 z3", "y2 z3", "x1"}},
        {"suppress_until", suppressed_behind, {"3", "2"}},
        {"rollback_scope",
         rolled_back,
         {"clean, low 0, checkpoints , log , letters ", "dirty, low 1, checkpoints 1, log , letters "}},
        {"recovery_line",
         told_less_than_others,
         {"clean, low 1, checkpoints , log , letters d", "clean, low 0, checkpoints , log , letters "}},
        {"in_transit", under_way, {"ac", "abc"}},
        {"shadow_sn", numbers_of_two_shadows, {"1 2", "1 1"}},
        {"low_sn", numbers_of_two_components, {"[1] [2]", "[1] [1] then [2]", "[1 0] [0 1]"}},
        {"shadow_internal", between_shadows, {"sent", "logged i0"}},
        {"external_index", left_of_two_outputs, {"", "f"}},
        {"stop_low", told_of_recovery, {"LS", "S"}},
    };
    return table;
}

} // namespace

TEST_CASE("each value of each rule does what it says") {
    for (const RuleDescription& rule : rule_table()) {
        CAPTURE(rule.name);
        const auto row = std::ranges::find(rows(), rule.name, &Row::rule);
        REQUIRE(row != rows().end());
        REQUIRE(row->expected.size() == rule.values.size());
        for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
            CAPTURE(rule.values[value]);
            Rules rules;
            rule.set(rules, value);
            CHECK(row->run(rules) == row->expected[value]);
        }
    }
}

TEST_CASE("the values of one rule are told apart by its run") {
    CHECK(rows().size() == rule_table().size());
    for (const Row& row : rows()) {
        CAPTURE(row.rule);
        CHECK(std::set(row.expected.begin(), row.expected.end()).size() == row.expected.size());
    }
}

TEST_CASE("the register everywhere counts for active processes as well") {
    const std::vector<Message> messages = {passed_at(a2, 2), dirty(l1, 2, 'd')};
    Rules rules{.notification_sn = NotificationSn::keep};
    CHECK(active_under(messages, rules) == "dirty, low 2, checkpoints 2, log , letters d");
    rules.validated_register = ValidatedRegister::everywhere;
    CHECK(active_under(messages, rules) == "clean, low 2, checkpoints , log , letters d");
}

TEST_CASE("shadows follow the rules that are about every high-confidence process") {
    Rules rules{.first_checkpoint = FirstCheckpoint::dirty_only,
                .checkpoint_index = CheckpointIndex::local_sn,
                .receiver_log = ReceiverLog::while_dirty};
    CHECK(summary(shadow_after({clean(a2, 3, 'c'), dirty(a1, 2, 'd'), dirty(a1, 4, 'e')}, {}, rules).guarded) ==
          "dirty, low 4, checkpoints 3 3, log d3 e3, letters cde");
    rules = {.reclamation = Reclamation::by_cover};
    CHECK(summary(shadow_after({dirty(a1, 1, 'd'), clean(a2, 2, 'c')}, {passed_at(l1, 1)}, rules).guarded) ==
          "dirty, low 2, checkpoints 1, log , letters dc");
}

TEST_CASE("a checkpoint before any dirty message is unconditional for a clean process alone") {
    const Rules rules{.first_checkpoint = FirstCheckpoint::dirty_only};
    const std::vector<Message> twice_the_same = {dirty(a2, 1, 'd'), dirty(a2, 1, 'e')};
    CHECK(active_under(twice_the_same, rules) == "dirty, low 1, checkpoints 1, log , letters de");
    CHECK(summary(shadow_after(twice_the_same, {}, rules).guarded) == "dirty, low 1, checkpoints 1, log , letters de");
}

TEST_CASE("a withheld message is not logged either, unless everything is") {
    Rules rules{.dirty_delivery = DirtyDelivery::literal};
    CHECK(active_under({dirty(l1, 1, 'd')}, rules) == "dirty, low 1, checkpoints 1, log , letters ");
    rules.receiver_log = ReceiverLog::while_dirty;
    CHECK(active_under({dirty(l1, 1, 'd')}, rules) == "dirty, low 1, checkpoints 1, log d0, letters ");
}

} // namespace mdcd::tests
