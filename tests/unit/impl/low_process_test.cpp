// Figure 2: a new version in service numbers and marks what it sends, and proves what it depends on.
// Which counter it numbers by, and who learns of it, is rule low_sn.
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
        const Message message = send_to_active(process, 'm', Rules{}, notes);
        CHECK(message.kind == MessageKind::application);
        CHECK(message.sender == l2);
        CHECK(message.dirty);
        CHECK(message.low_sn == shared_number(number));
        CHECK(message.payload == 'm');
        CHECK(process.low_sn == shared_number(number));
    }
    CHECK(kinds(notes) == std::vector(3, NoteKind::sent_dirty));
    CHECK(notes.begin()[2].number == shared_number(3));
    CHECK(process.valid_sn == SequenceVector{}); // sending proves nothing
}

TEST_CASE("an acceptance test proves all that was sent so far, and leaves the counter alone") {
    Low process = low_process();
    Notes notes;
    CHECK(send_to_active(process, 'a', Rules{}, notes).low_sn[0] == 1);
    CHECK(send_to_active(process, 'b', Rules{}, notes).low_sn[0] == 2);
    notes = {};
    const Message notification = pass_acceptance_test(process, notes);
    Message expected = passed_at(l2, 2);
    expected.external_sn = 1;
    CHECK(notification == expected);
    CHECK(process.valid_sn == shared_number(2));
    CHECK(process.low_sn == shared_number(2));
    CHECK(kinds(notes) == std::vector{NoteKind::at_passed});
    CHECK(send_to_active(process, 'c', Rules{}, notes).low_sn[0] == 3);
    CHECK(process.valid_sn == shared_number(2));
}

TEST_CASE("incoming messages go to the application, notifications do not") {
    Low process = low_process();
    Notes notes;
    receive(process, clean(a1, 0, 'x'), Rules{}, notes);
    receive(process, dirty(a2, 5, 'y'), Rules{}, notes);
    CHECK(letters(process.application) == "xy");
    CHECK(kinds(notes) == std::vector(2, NoteKind::delivered));
    CHECK(process.low_sn == SequenceVector{}); // figure 2: its number counts what leaves the cluster
    const Low before = process;
    notes = {};
    receive(process, passed_at(a1, 5), Rules{}, notes);
    CHECK(process == before);
    CHECK(notes.size() == 0);
}

TEST_CASE("each value of low_sn counts in its own way") {
    Low process = low_process(); // component 2
    Notes notes;
    Rules rules;
    SUBCASE("shared: one counter, in entry 0; messages inside the cluster do not advance it") {
        for (const LowSn shared : {LowSn::shared_atomic, LowSn::shared_broadcast}) {
            rules.low_sn = shared;
            process = low_process();
            learn_number(process, shared_number(4));
            CHECK(send_to_active(process, 'a', rules, notes).low_sn == shared_number(5));
            const Message inside = send_to_component(process, 'b', notes);
            CHECK(inside.dirty);
            CHECK(inside.low_sn == shared_number(5));
            learn_number(process, shared_number(3)); // late
            CHECK(process.low_sn == shared_number(5));
            receive(process, inside, rules, notes);
            receive(process, dirty(l1, 9, 'c'), rules, notes);
            CHECK(process.low_sn == shared_number(5)); // what it receives is not what the cluster has sent
            Message counter = announce_number(process, {});
            CHECK(counter.kind == MessageKind::low_number);
            Low told = low_process();
            receive(told, counter, rules, notes);
            CHECK(told.low_sn == shared_number(5));
            CHECK(letters(told.application).empty());
        }
    }
    SUBCASE("vector: an entry for each component, joined with what arrives") {
        rules.low_sn = LowSn::vector;
        CHECK(send_to_active(process, 'a', rules, notes).low_sn == numbered(rules, l2, 1));
        Message inside = dirty(l1, 3, 'b'); // entry 0 is component 1
        receive(process, inside, rules, notes);
        const Message next = send_to_active(process, 'c', rules, notes);
        CHECK(next.low_sn[0] == 3);
        CHECK(next.low_sn[1] == 2);
        CHECK(pass_acceptance_test(process, notes).low_sn == next.low_sn);
    }
}

} // namespace mdcd::tests
