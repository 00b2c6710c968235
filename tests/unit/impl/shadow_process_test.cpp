// Figure 4: an old version in the background under the published_shadow rules. What the other values of each rule
// change is in rule_values_test.cpp.
#include <doctest/doctest.h>

#include <tuple>

#include "recorder.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

constexpr Rules published_shadow{};

Shadow shadow_process() {
    Shadow process;
    process.id = s1;
    return process;
}

Notes suppress_all(Shadow& process, const std::string& text) {
    Notes notes;
    for (const char letter : text)
        suppress(process, a2, letter, published_shadow, notes);
    return notes;
}

} // namespace

TEST_CASE("what a shadow wants to send is numbered and logged") {
    Shadow process = shadow_process();
    const Notes notes = suppress_all(process, "xy");
    CHECK(process.shadow_sn == 2);
    CHECK(output_log(process.output_log) == "x1 y2");
    CHECK(process.output_log[1].number == 2);
    CHECK(process.output_log[1].receiver == a2);
    CHECK(kinds(notes) == std::vector(2, NoteKind::logged_output));
    CHECK(notes.begin()[1].number == shared_number(2));
    CHECK(process.guarded == Guarded{});
}

TEST_CASE("a shadow checkpoints before every dirty message with a larger number, and keeps its counter there") {
    Shadow process = shadow_process();
    suppress_all(process, "x");
    Notes notes = receive_all(process, {dirty(a1, 1, 'd')});
    suppress_all(process, "yz");
    CHECK(kinds(notes) == std::vector{NoteKind::checkpoint_first, NoteKind::delivered});
    notes = receive_all(process, {dirty(a1, 3, 'e'), dirty(a2, 2, 'f')});
    CHECK(kinds(notes) == std::vector{NoteKind::checkpoint_new_sn, NoteKind::delivered,
                                      NoteKind::no_checkpoint_not_newer, NoteKind::unlogged_input,
                                      NoteKind::delivered});
    CHECK(summary(process.guarded) == "dirty, low 3, checkpoints 1 3, log , letters def");
    CHECK(process.guarded.checkpoints[0].shadow_sn == 1);
    CHECK(process.guarded.checkpoints[1].shadow_sn == 3);
    CHECK(letters(process.guarded.checkpoints[1].application) == "d");
    CHECK(!process.guarded.propagating); // prgt_bit plays no role here
}

TEST_CASE("a dirty shadow logs clean messages with its own number") {
    Shadow process = shadow_process();
    suppress_all(process, "xyz");
    const Notes notes = receive_all(process, {clean(a1, 0, 'b'), dirty(a1, 1, 'd'), clean(a2, 0, 'c')});
    CHECK(summary(process.guarded) == "dirty, low 1, checkpoints 1, log c1, letters bdc");
    CHECK(kinds(notes) == std::vector{NoteKind::delivered, NoteKind::checkpoint_first, NoteKind::delivered,
                                      NoteKind::logged_input, NoteKind::delivered});
}

TEST_CASE("a notification reclaims checkpoints and both logs, and is remembered") {
    Shadow process = shadow_process();
    suppress_all(process, "xy");
    receive_all(process, {dirty(a1, 1, 'd'), clean(a2, 0, 'c'), dirty(a1, 2, 'e')});
    suppress_all(process, "z");
    Notes notes = receive_all(process, {passed_at(a1, 1)});
    CHECK(summary(process.guarded) == "dirty, low 2, checkpoints 2, log , letters dce");
    CHECK(output_log(process.output_log) == "y2 z3");
    CHECK(process.guarded.valid_sn == shared_number(1));
    CHECK(process.guarded.low_sn == shared_number(2));
    CHECK(kinds(notes) == std::vector{NoteKind::validated, NoteKind::checkpoint_dropped, NoteKind::inputs_purged,
                                      NoteKind::stayed_dirty, NoteKind::outputs_purged});
    receive_all(process, {passed_at(l1, 9)});
    CHECK(output_log(process.output_log).empty());
    CHECK(process.shadow_sn == 3);                     // the counter goes on where it was
    CHECK(process.guarded.low_sn == shared_number(2)); // figure 4: a notification is no dependence
    notes = receive_all(process, {passed_at(l1, 4)});
    CHECK(process.guarded.valid_sn == shared_number(9)); // the largest
    CHECK(kinds(notes) == std::vector{NoteKind::validated});
}

TEST_CASE("a message to another old version is exchanged, or logged as the letter of figure 4 has it") {
    Notes notes;
    Rules rules;
    Shadow process = shadow_process();
    receive_all(process, {dirty(a1, 3, 'd')});
    const auto sent = send_to_component(process, s2, 'i', rules, notes);
    REQUIRE(sent.has_value());
    CHECK(sent->dirty);
    CHECK(sent->low_sn == shared_number(3));
    CHECK(process.external_log.empty());
    rules.shadow_internal = ShadowInternal::literal;
    CHECK_FALSE(send_to_component(process, s2, 'i', rules, notes).has_value());
    REQUIRE(process.external_log.size() == 1);
    CHECK(process.external_log[0].receiver == s2);
    CHECK(kinds(notes) == std::vector{NoteKind::sent_in_cluster, NoteKind::logged_external});
}

TEST_CASE("external messages are counted, and reclaimed by the index that the rule says") {
    for (const ExternalIndex by : {ExternalIndex::internal_sn, ExternalIndex::own_counter}) {
        CAPTURE(static_cast<int>(by));
        const Rules rules{.external_index = by};
        Notes notes;
        Shadow process = shadow_process();
        suppress(process, a1, 'x', rules, notes);
        suppress_external(process, 'e', rules, notes);
        suppress_external(process, 'f', rules, notes);
        CHECK(process.external_sn == 2);
        CHECK(process.shadow_sn == 1);
        CHECK(output_log(process.external_log) == "e1 f1"); // by the index
        Message first_output = passed_at(l1, 1);            // after the cluster's message 1, external message 1
        first_output.external_sn = 1;
        receive_all(process, {first_output}, rules);
        CHECK(process.valid_external == 1);
        CHECK(output_log(process.external_log) == (by == ExternalIndex::own_counter ? "f1" : ""));
        first_output.sender = l2; // another component's count is not about this one
        first_output.external_sn = 2;
        receive_all(process, {first_output}, rules);
        CHECK(process.valid_external == 1);
    }
}

TEST_CASE("a shadow counts the outputs of its own new version, and never fewer than it has heard of") {
    for (const auto& [shadow, own, other] : {std::tuple(s1, l1, l2), std::tuple(s2, l2, l1)}) {
        Shadow process = shadow_process();
        process.id = shadow;
        Message output = passed_at(own, 0);
        output.external_sn = 2;
        receive_all(process, {output});
        CHECK(process.valid_external == 2);
        output.external_sn = 1; // it was overtaken
        receive_all(process, {output});
        CHECK(process.valid_external == 2);
        output.sender = other;
        output.external_sn = 3;
        receive_all(process, {output});
        CHECK(process.valid_external == 2);
    }
}

TEST_CASE("with a vector of numbers a shadow counts in its component's entry") {
    const Rules rules{.low_sn = LowSn::vector};
    Notes notes;
    Shadow process = shadow_process();
    process.id = s2;
    suppress(process, a1, 'x', rules, notes);
    CHECK(process.output_log[0].index == numbered(rules, s2, 1));
    CHECK(process.output_log[0].index[0] == 0);
    learn_number(process, 4);
    CHECK(process.shadow_sn == 4);
    learn_number(process, 2);
    CHECK(process.shadow_sn == 4);
}

} // namespace mdcd::tests
