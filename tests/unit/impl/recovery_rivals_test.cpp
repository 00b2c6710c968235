// Recovery by messages where several coordinate: two detectors at once, one recovery after the other, what comes late,
// and new versions that nobody has stopped.
#include <doctest/doctest.h>

#include <random>
#include <utility>

#include "recovery_network.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

// Somebody's words about the first recovery.
Message about_first(MessageKind kind, ProcessId sender) {
    Message message;
    message.kind = kind;
    message.sender = sender;
    message.incarnation = 1;
    return message;
}

} // namespace

TEST_CASE("of two coordinators the one with the lower id wins") {
    Network network(1, 2);
    network.fail_test(a2);
    network.fail_test(a1);
    network.deliver(a2, l1); // the loser is heard first, and gets replies
    network.deliver(a2, s1);
    CHECK(has(network.deliver(a2, a1), NoteKind::rival_ignored));
    network.deliver(l1, a2);
    network.deliver(s1, a2);
    CHECK(network.state(a2).phase == RecoveryPhase::coordinating); // a1 does not reply
    CHECK(has(network.deliver(a1, a2), NoteKind::yielded));
    CHECK(network.state(a2).coordinator == a1);
    network.deliver_all();
    for (const ProcessId id : {s1, a1, a2}) {
        CHECK(network.state(id).phase == RecoveryPhase::running);
        CHECK(network.state(id).incarnation == 1);
    }
}

TEST_CASE("what a loser announced is not taken for a rival of a later recovery") {
    Network network(1, 2);
    network.fail_test(a1);
    network.fail_test(l1);
    while (network.state(s1).decided.empty()) // all but what a1 has announced to s1 arrives
        for (const auto& [sender, receiver] : network.under_way())
            if (std::pair(sender, receiver) != std::pair(a1, s1))
                network.deliver(sender, receiver);
    while (network.state(a2).decided.empty())
        network.deliver(l1, a2);
    network.fail_test(a2);
    CHECK(has(network.deliver(a2, s1), NoteKind::halted));
    CHECK(network.deliver(a1, s1).empty());
    CHECK(network.state(s1).incarnation == 2);
    CHECK(network.state(s1).coordinator == a2);
    network.deliver_all();
    for (const ProcessId id : {s1, a1, a2}) {
        CHECK(network.state(id).phase == RecoveryPhase::running);
        CHECK(network.state(id).decided.size() == 2);
    }
}

TEST_CASE("replies count for the recovery that they are about, and for who still coordinates it") {
    Network network(1, 2);
    network.fail_test(a2);
    network.fail_test(a1);
    network.deliver(a2, s1);
    network.deliver(a2, l1);
    network.deliver(a1, a2); // gives way
    network.deliver(s1, a2);
    CHECK(network.state(a2).replied.bits == 0);
    while (network.state(a2).decided.empty())
        for (const auto& [sender, receiver] : network.under_way())
            if (std::pair(sender, receiver) != std::pair(l1, a2))
                network.deliver(sender, receiver);
    network.fail_test(a2);
    network.deliver(l1, a2); // to the first announcement
    CHECK(network.state(a2).replied.bits == 0);
}

TEST_CASE("late words about an older recovery end no newer one, and are answered where nobody else does") {
    Rules rules;
    rules.stop_low = StopLow::detector_only;
    Network network(1, 2, rules);
    network.fail_test(a1);
    network.deliver_all();
    network.active(a2).guarded.valid_sn = shared_number(3);
    network.fail_test(a1);
    network.deliver(a1, s1);
    CHECK(network.receive(s1, about_first(MessageKind::recovery_decision, a1)).empty());
    CHECK(network.state(s1).phase == RecoveryPhase::halted);
    const Message late = about_first(MessageKind::recovery_announcement, l1);
    CHECK(network.receive(s1, late) == std::vector{NoteKind::answered_late});
    network.deliver_all(); // l1 has not announced anything, so it takes no notice
    CHECK(network.state(s1).decided[1] == shared_number(3));
    CHECK(network.receive(s1, late) == std::vector{NoteKind::answered_late});
    CHECK(network.channel(s1, l1).back().low_sn == shared_number(0));
}

TEST_CASE("a new version goes before an active process, and stops when it gives way to another new version") {
    Network network(2, 1);
    network.fail_test(l2);
    network.fail_test(l1);
    network.fail_test(a1);
    network.deliver_all();
    CHECK(network.state(l1).phase == RecoveryPhase::stopped);
    CHECK(network.state(l1).decided.size() == 1); // it decided
    CHECK(network.state(l2).phase == RecoveryPhase::stopped);
    CHECK(network.state(l2).decided.empty());
    CHECK(network.state(a1).phase == RecoveryPhase::running);
    CHECK(network.state(a1).decided.size() == 1);
}

TEST_CASE("a new version that has decided takes part in no later recovery, and does not reply") {
    Network network(1, 1);
    network.fail_test(l1);
    network.deliver_all();
    REQUIRE(network.state(l1).phase == RecoveryPhase::stopped);
    REQUIRE(network.state(l1).decided.size() == 1);
    Message later = about_first(MessageKind::recovery_announcement, a1);
    later.incarnation = 2;
    network.receive(l1, later);
    CHECK(network.channel(l1, a1).empty());
    CHECK(network.state(l1).decided.size() == 1);
}

TEST_CASE("detector_only: who was not told goes on, is fenced, and hears of the decision when it fails itself") {
    Rules rules;
    rules.stop_low = StopLow::detector_only;
    Network network(1, 1, rules);
    network.fail_test(a1);
    network.deliver_all();
    CHECK(network.state(l1).phase == RecoveryPhase::running);
    CHECK(network.state(a1).phase == RecoveryPhase::running);
    network.send(a1, dirty(l1, 1, 'e'));
    CHECK(has(network.deliver(l1, a1), NoteKind::discarded_message));
    network.fail_test(l1);
    CHECK(has(network.deliver(l1, a1), NoteKind::answered_late));
    network.deliver_all();
    CHECK(network.state(l1).phase == RecoveryPhase::stopped);
    CHECK(network.state(a1).incarnation == 1);
}

// Any order of arrivals, any detectors, one recovery after the other, either reading of stop_low: all that must resume
// does, by one decision.
TEST_CASE("every order of arrival ends with all processes in one incarnation") {
    std::minstd_rand random(7);
    for (unsigned round = 0; round < 4000; ++round) {
        Rules rules;
        rules.stop_low = round % 2 == 0 ? StopLow::all_first : StopLow::detector_only;
        Network network(2, 2, rules);
        network.active(a2).guarded.valid_sn = shared_number(1);
        unsigned failures = 1 + round % 5;
        while (failures > 0 || !network.under_way().empty()) {
            const auto pairs = network.under_way();
            if (pairs.empty() || (failures > 0 && random() % 6 == 0)) {
                const ProcessId id = network.ids()[random() % network.ids().size()];
                if (id.group != Group::shadow && is_running(network.state(id)))
                    network.fail_test(id);
                --failures;
                continue;
            }
            const auto [sender, receiver] = pairs[random() % pairs.size()];
            network.deliver(sender, receiver);
        }
        CAPTURE(round);
        const Incarnation reached = network.state(s1).incarnation;
        for (const ProcessId id : network.ids()) {
            if (id.group == Group::low)
                continue;
            CHECK(network.state(id).phase == RecoveryPhase::running);
            CHECK(network.state(id).incarnation == reached);
            CHECK(network.state(id).decided == network.state(s1).decided);
        }
    }
}

} // namespace mdcd::tests
