// Figure 3: an active process under the published rules. What the other values of each rule change is in
// rule_values_test.cpp.
#include <doctest/doctest.h>

#include "recorder.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

constexpr Rules published{};

Active active_process() {
    Active process;
    process.id = a1;
    return process;
}

} // namespace

TEST_CASE("a clean process sends clean messages and needs no test") {
    Active process = active_process();
    Notes notes;
    const Message message = send_internal(process, Group::active, 'm', published, notes);
    CHECK(message == clean(a1, 0, 'm'));
    CHECK(!process.guarded.propagating);
    CHECK(!needs_acceptance_test(process));
    CHECK(kinds(notes) == std::vector{NoteKind::sent_clean});
}

TEST_CASE("a clean message to a clean process is delivered, not logged, and its number is taken over") {
    Active process = active_process();
    const Notes notes = receive_all(process, {clean(a2, 2, 'c')});
    CHECK(summary(process.guarded) == "clean, low 2, checkpoints , log , letters c");
    CHECK(kinds(notes) == std::vector{NoteKind::delivered});
    receive_all(process, {clean(a2, 1, 'd')}); // never back
    CHECK(process.guarded.low_sn == shared_number(2));
}

TEST_CASE("S1: a clean process checkpoints before a dirty message with a larger number") {
    Active process = active_process();
    const Notes notes = receive_all(process, {clean(a2, 0, 'c'), dirty(l1, 1, 'd')});
    CHECK(summary(process.guarded) == "dirty, low 1, checkpoints 1, log , letters cd");
    CHECK(letters(process.guarded.checkpoints[0].application) == "c");
    CHECK(process.guarded.checkpoints[0].low_sn == SequenceVector{});
    CHECK(kinds(notes) == std::vector{NoteKind::delivered, NoteKind::checkpoint_first, NoteKind::delivered});
    CHECK(needs_acceptance_test(process));
}

TEST_CASE("a dirty message whose number is not larger contaminates nobody") {
    Active process = active_process();
    const Notes notes = receive_all(process, {clean(a2, 2, 'c'), dirty(l1, 2, 'd')});
    CHECK(summary(process.guarded) == "clean, low 2, checkpoints , log , letters cd");
    CHECK(kinds(notes).at(1) == NoteKind::no_checkpoint_not_newer);
}

TEST_CASE("a dirty process logs clean messages with its own number, and no dirty ones") {
    Active process = active_process();
    const Notes notes =
        receive_all(process, {dirty(l1, 2, 'd'), clean(a2, 1, 'c'), dirty(l1, 3, 'e'), clean(a2, 0, 'f')});
    CHECK(summary(process.guarded) == "dirty, low 3, checkpoints 2, log c2 f3, letters dcef");
    CHECK(kinds(notes) == std::vector{NoteKind::checkpoint_first, NoteKind::delivered, NoteKind::logged_input,
                                      NoteKind::delivered, NoteKind::no_checkpoint_unpropagated,
                                      NoteKind::unlogged_input, NoteKind::delivered, NoteKind::logged_input,
                                      NoteKind::delivered});
}

TEST_CASE("S2: a dirty state that was passed on is checkpointed before it is contaminated further") {
    Active process = active_process();
    receive_all(process, {dirty(l1, 1, 'd')});
    CHECK(!process.guarded.propagating); // contaminated by the cluster itself
    Notes notes;
    const Message message = send_internal(process, Group::active, 'm', published, notes);
    CHECK(message == dirty(a1, 1, 'm'));
    CHECK(process.guarded.propagating);
    CHECK(kinds(notes) == std::vector{NoteKind::propagated, NoteKind::sent_dirty});
    notes = receive_all(process, {dirty(l1, 2, 'e'), dirty(l1, 3, 'f')});
    CHECK(checkpoints(process.guarded) == "1 2"); // the second checkpoint has not been passed on yet
    CHECK(process.guarded.checkpoints[1].propagating);
    CHECK(!process.guarded.propagating);
    CHECK(kinds(notes) == std::vector{NoteKind::checkpoint_propagated, NoteKind::delivered,
                                      NoteKind::no_checkpoint_unpropagated, NoteKind::unlogged_input,
                                      NoteKind::delivered});
}

TEST_CASE("contamination by another active process counts as passed on") {
    Active process = active_process();
    receive_all(process, {dirty(a2, 1, 'd')});
    CHECK(process.guarded.propagating);
    receive_all(process, {dirty(a2, 2, 'e')});
    CHECK(checkpoints(process.guarded) == "1 2");
    CHECK(process.guarded.propagating);
    receive_all(process, {dirty(l1, 3, 'f')});
    CHECK(checkpoints(process.guarded) == "1 2 3");
    CHECK(!process.guarded.propagating);
}

TEST_CASE("a message to the cluster does not mark the state as passed on") {
    Active process = active_process();
    receive_all(process, {dirty(l1, 1, 'd')});
    Notes notes;
    CHECK(send_internal(process, Group::low, 'm', published, notes) == dirty(a1, 1, 'm'));
    CHECK(!process.guarded.propagating);
    CHECK(kinds(notes) == std::vector{NoteKind::sent_dirty});
}

TEST_CASE("a clean send takes the mark back") {
    Active process = active_process();
    receive_all(process, {dirty(a2, 1, 'd'), passed_at(a2, 1)});
    CHECK(process.guarded.propagating);
    Notes notes;
    CHECK(send_internal(process, Group::active, 'm', published, notes) == clean(a1, 1, 'm'));
    CHECK(!process.guarded.propagating);
}

TEST_CASE("an acceptance test validates the own number, and tells it") {
    Active process = active_process();
    receive_all(process, {dirty(l1, 1, 'd'), clean(a2, 0, 'c'), dirty(l1, 3, 'e')});
    Notes notes;
    CHECK(pass_acceptance_test(process, published, notes) == passed_at(a1, 3));
    CHECK(summary(process.guarded) == "clean, low 3, checkpoints , log , letters dce");
    CHECK(process.guarded.valid_sn == shared_number(3));
    CHECK(kinds(notes) == std::vector{NoteKind::at_passed, NoteKind::checkpoint_dropped, NoteKind::inputs_purged,
                                      NoteKind::became_clean});
    CHECK(!needs_acceptance_test(process));
}

TEST_CASE("a notification reclaims up to its number and advances the own one") {
    Active process = active_process();
    receive_all(process, {dirty(a2, 1, 'd'), dirty(a2, 3, 'e')});
    Notes notes = receive_all(process, {passed_at(l1, 2)});
    CHECK(summary(process.guarded) == "dirty, low 3, checkpoints 3, log , letters de");
    CHECK(process.guarded.valid_sn == shared_number(2));
    CHECK(kinds(notes) == std::vector{NoteKind::validated, NoteKind::checkpoint_dropped, NoteKind::stayed_dirty});
    notes = receive_all(process, {passed_at(a2, 5)});
    CHECK(summary(process.guarded) == "clean, low 5, checkpoints , log , letters de");
    CHECK(kinds(notes) == std::vector{NoteKind::validated, NoteKind::checkpoint_dropped, NoteKind::became_clean,
                                      NoteKind::number_advanced});
    notes = receive_all(process, {passed_at(l1, 4)}); // an older notification changes nothing
    CHECK(process.guarded.low_sn == shared_number(5));
    CHECK(process.guarded.valid_sn == shared_number(5));
    CHECK(kinds(notes) == std::vector{NoteKind::validated});
}

TEST_CASE("as published: a notification makes a process clean that depends on what was not validated") {
    Active process = active_process();
    receive_all(process, {dirty(l1, 1, 'd'), dirty(l1, 3, 'e'), passed_at(a2, 2)});
    CHECK(summary(process.guarded) == "clean, low 3, checkpoints , log , letters de");
    CHECK(process.guarded.valid_sn == shared_number(2));
}

TEST_CASE("with a counter for each component a notification advances the number entry by entry") {
    Rules rules;
    rules.low_sn = LowSn::vector;
    Active process = active_process();
    process.guarded.low_sn.entries = {3, 1};
    Message message = passed_at(a2, 1);
    message.low_sn.entries = {1, 2};
    Notes notes;
    receive(process, message, rules, notes);
    CHECK(process.guarded.low_sn[0] == 3); // never back
    CHECK(process.guarded.low_sn[1] == 2);
    CHECK(process.guarded.valid_sn == message.low_sn);
}

} // namespace mdcd::tests
