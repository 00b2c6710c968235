// Figure 2: a new version in service numbers and marks what it sends, and proves what it depends on.
// It has no rules: what rules say is about the high-confidence processes.
#include <doctest/doctest.h>

#include "recorder.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

Low low_process() {
    Low process;
    process.id = l2;
    return process;
}

} // namespace

TEST_CASE("messages to active processes are numbered one by one and always dirty") {
    Low process = low_process();
    Notes notes;
    for (const SequenceNumber number : {1U, 2U, 3U}) {
        const Message message = send_to_active(process, 'm', notes);
        CHECK(message.kind == MessageKind::application);
        CHECK(message.sender == l2);
        CHECK(message.dirty);
        CHECK(message.low_sn == shared_number(number));
        CHECK(message.payload == 'm');
        CHECK(process.low_sn == number);
    }
    CHECK(kinds(notes) == std::vector(3, NoteKind::sent_dirty));
    CHECK(notes.begin()[2].number == shared_number(3));
    CHECK(process.valid_sn == 0); // sending proves nothing
}

TEST_CASE("an acceptance test proves all that was sent so far, and leaves the counter alone") {
    Low process = low_process();
    Notes notes;
    CHECK(send_to_active(process, 'a', notes).low_sn[0] == 1);
    CHECK(send_to_active(process, 'b', notes).low_sn[0] == 2);
    notes = {};
    const Message notification = pass_acceptance_test(process, notes);
    CHECK(notification == passed_at(l2, 2));
    CHECK(process.valid_sn == 2);
    CHECK(process.low_sn == 2);
    CHECK(kinds(notes) == std::vector{NoteKind::at_passed});
    CHECK(send_to_active(process, 'c', notes).low_sn[0] == 3);
    CHECK(process.valid_sn == 2);
}

TEST_CASE("incoming messages go to the application, notifications do not") {
    Low process = low_process();
    Notes notes;
    receive(process, clean(a1, 0, 'x'), notes);
    receive(process, dirty(a2, 5, 'y'), notes);
    CHECK(letters(process.application) == "xy");
    CHECK(kinds(notes) == std::vector(2, NoteKind::delivered));
    CHECK(process.low_sn == 0); // figure 2: its number counts what leaves the cluster
    const Low before = process;
    notes = {};
    receive(process, passed_at(a1, 5), notes);
    CHECK(process == before);
    CHECK(notes.size() == 0);
}

} // namespace mdcd::tests
