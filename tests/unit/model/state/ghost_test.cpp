// The ghost's memory of what reclamation took: the last good state, and logged messages that a rollback would miss.
// Knows neither the rules nor the handlers: states before and after are made by hand.
#include <doctest/doctest.h>

#include <vector>

#include "model/state/ghost.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

const MessageSet first_of_a2 = as_set({2, 1}), a2_2 = as_set({2, 2});

// A state that depends on that message, with checkpoints that depend on these.
Guarded state(impl::SequenceNumber depends, const std::vector<impl::SequenceNumber>& checkpoints = {}) {
    Guarded process;
    process.application.depends = impl::shared_number(depends);
    for (const impl::SequenceNumber number : checkpoints) {
        Checkpoint checkpoint;
        checkpoint.application.depends = impl::shared_number(number);
        process.checkpoints.push_back(checkpoint, "a test");
    }
    return process;
}

Guarded with_log(Guarded process, const std::vector<MessageId>& messages) {
    for (const MessageId id : messages) {
        Message message;
        message.payload.id = id;
        process.input_log.push_back({{}, message}, "a test");
    }
    return process;
}

bool dropped(bool already, const Guarded& before, const Guarded& after, impl::SequenceNumber claimed) {
    ReclamationGhost ghost{already, 0};
    note_reclamation(ghost, before, after, impl::shared_number(claimed));
    return ghost.dropped;
}

MessageSet purged(MessageSet already, const Guarded& before, const Guarded& after) {
    ReclamationGhost ghost{false, already};
    note_reclamation(ghost, before, after, {});
    return ghost.purged;
}

} // namespace

TEST_CASE("the last state free of what is not validated is missed once it goes") {
    CHECK(dropped(false, state(3, {0}), state(3), 2));          // it went, and the rest depends on 3
    CHECK(!dropped(false, state(3, {0}), state(3), 3));         // the rest is fine
    CHECK(!dropped(false, state(3, {0, 1}), state(3, {1}), 2)); // a later one is left
    CHECK(!dropped(false, state(3, {3}), state(3), 2));         // it never had one
    CHECK(dropped(true, state(3), state(3), 2));                // still missed
    CHECK(!dropped(true, state(3), state(3), 3));               // no longer needed
}

TEST_CASE("what a process has been told before counts as claimed, whatever the notification says alone") {
    ReclamationGhost ghost;
    Guarded before = state(3, {0});
    before.valid_sn = impl::shared_number(3);
    note_reclamation(ghost, before, state(3), impl::shared_number(2));
    CHECK_FALSE(ghost.dropped);
}

TEST_CASE("a history sees an earlier message of a sender after a later one, and neither duplicates nor other senders") {
    const auto order = [](std::vector<Payload> payloads) {
        History history;
        for (const Payload& payload : payloads)
            GhostApplication::deliver(history, payload);
        return history.reordered;
    };
    const auto from = [](SenderKind sender, MessageId id) { return Payload{id, {}, sender}; };
    const auto a = [&](std::uint8_t number) { return from(SenderKind::only_one, {2, number}); };
    const auto l = [&](std::uint8_t number) { return from(SenderKind::new_version, {0, number}); };
    const auto s = [&](std::uint8_t number) { return from(SenderKind::old_version, {0, number}); };
    CHECK_FALSE(order({a(1), a(2)}));
    CHECK(order({a(2), a(1)}));
    CHECK_FALSE(order({a(1), a(2), a(1)})); // a duplicate
    CHECK_FALSE(order({s(3), l(2)}));       // on channels of their own
    CHECK(order({l(3), s(1), l(2)}));
    CHECK(order({s(3), l(4), s(2)}));
    CHECK_FALSE(order({from(SenderKind::unknown, {2, 2}), from(SenderKind::unknown, {2, 1})}));
    CHECK_FALSE(order({a(2), from(SenderKind::only_one, {1, 1})}));
}

TEST_CASE("a logged message is missed if it went while the oldest checkpoint does not contain it") {
    const Guarded logged = with_log(state(1, {0}), {{2, 1}, {2, 2}});
    CHECK(purged(0, logged, logged) == 0);
    CHECK(purged(0, logged, with_log(state(1, {0}), {{2, 2}})) == first_of_a2);
    CHECK(purged(first_of_a2, with_log(state(1, {0}), {{2, 2}}), state(1, {0})) == (first_of_a2 | a2_2)); // it adds up
    CHECK(purged(0, logged, state(1)) == 0); // nothing to roll back to
    CHECK(purged(first_of_a2, state(1, {0}), state(1)) == 0);
    Guarded containing = state(1, {0});
    containing.checkpoints[0].application.received = first_of_a2;
    CHECK(purged(0, logged, containing) == a2_2);
    CHECK(purged(first_of_a2, containing, containing) == 0);
}

} // namespace mdcd::tests
