// Recovery by messages: who halts, who decides, what is held, discarded, re-sent and suppressed, two detectors at once,
// and new versions that nobody has stopped.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "recovery_network.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

bool has(const std::vector<NoteKind>& notes, NoteKind kind) {
    return std::ranges::find(notes, kind) != notes.end();
}

// Cluster message `number` from L1, already received by an active process.
void receive_from_cluster(Network& network, ProcessId receiver, SequenceNumber number, char letter) {
    Notes notes;
    receive(network.active(receiver), dirty(l1, number, letter), Rules{}, notes);
    network.low(l1).low_sn = join(network.low(l1).low_sn, shared_number(number));
}

} // namespace

TEST_CASE("a failed test halts everyone, and all resume with the largest validated number that anyone knows") {
    Network network(1, 2);
    receive_from_cluster(network, a1, 2, 'b');
    network.low(l1).valid_sn = shared_number(1);
    network.active(a2).guarded.valid_sn = shared_number(1);
    network.fail_test(a1);
    CHECK(network.state(a1).phase == RecoveryPhase::coordinating);
    CHECK(network.under_way().size() == 3);

    CHECK(has(network.deliver(a1, l1), NoteKind::stopped));
    CHECK(network.state(l1).phase == RecoveryPhase::stopped);
    CHECK(has(network.deliver(a1, s1), NoteKind::halted));
    network.deliver(a1, a2);
    CHECK(network.state(a2).phase == RecoveryPhase::halted);
    network.deliver(l1, a1);
    network.deliver(s1, a1);
    CHECK(network.state(a1).phase == RecoveryPhase::coordinating);
    const auto notes = network.deliver(a2, a1);
    CHECK(has(notes, NoteKind::recovery_decided));
    CHECK(has(notes, NoteKind::rolled_back));
    CHECK(has(notes, NoteKind::resumed));
    CHECK(summary(network.active(a1).guarded) == "clean, low 0, checkpoints , log , letters ");
    network.deliver_all();
    for (const ProcessId id : {s1, a1, a2}) {
        CHECK(network.state(id).phase == RecoveryPhase::running);
        CHECK(network.state(id).incarnation == 1);
        CHECK(network.state(id).decided.size() == 1);
        CHECK(network.state(id).decided[0] == shared_number(1));
        CHECK(network.state(id).held.empty());
    }
    CHECK(network.state(l1).phase == RecoveryPhase::stopped);
}

TEST_CASE("whoever knows most, of whatever kind, is heard by whoever coordinates") {
    for (const ProcessId coordinator : {l1, a1}) {
        for (const ProcessId knows : {l1, s1, a1, a2}) {
            CAPTURE(knows);
            Network network(1, 2);
            SequenceVector& known = knows.group == Group::low      ? network.low(knows).valid_sn
                                    : knows.group == Group::shadow ? network.shadow(knows).guarded.valid_sn
                                                                   : network.active(knows).guarded.valid_sn;
            known = shared_number(2);
            network.fail_test(coordinator);
            network.deliver_all();
            for (const ProcessId id : {s1, a1, a2}) {
                REQUIRE(network.state(id).decided.size() == 1);
                CHECK(network.state(id).decided[0] == shared_number(2));
            }
        }
    }
}

TEST_CASE("a new version coordinates its own replacement and then stops") {
    Network network(1, 1);
    network.shadow(s1).guarded.valid_sn = shared_number(1);
    network.generate(s1, a1, 'x');
    network.generate(s1, a1, 'y');
    network.generate(s1, a1, 'z');
    network.fail_test(l1);
    network.deliver_all();
    CHECK(network.state(l1).phase == RecoveryPhase::stopped);
    CHECK(network.shadow(s1).output_log.empty());
    CHECK(letters(network.active(a1).guarded.application) == "yz"); // x is validated
    CHECK(network.active(a1).guarded.dirty == false);
}

TEST_CASE("a shadow that took over suppresses what is validated and sends the rest") {
    Network network(1, 1);
    network.active(a1).guarded.valid_sn = shared_number(2);
    network.fail_test(l1);
    network.deliver_all();
    CHECK(network.state(s1).suppress_through == 2);
    network.generate(s1, a1, 'x');
    network.generate(s1, a1, 'y');
    CHECK(network.under_way().empty());
    network.generate(s1, a1, 'z');
    CHECK(network.letters_under_way(s1, a1) == "z");
    const Message& sent = network.channel(s1, a1).front();
    CHECK(sent.incarnation == 1);
    CHECK_FALSE(sent.dirty);
    CHECK(sent.low_sn == shared_number(0));
    CHECK(network.shadow(s1).output_log.empty());
}

TEST_CASE("a dirty shadow marks what it sends in service") {
    Network network(1, 1);
    network.fail_test(l1);
    network.deliver_all();
    Notes notes;
    receive(network.shadow(s1), dirty(a1, 4, 'd'), Rules{}, notes);
    network.generate(s1, a1, 'x');
    CHECK(network.channel(s1, a1).front().dirty);
    CHECK(network.channel(s1, a1).front().low_sn == shared_number(4));
}

TEST_CASE("messages of the old incarnation are judged by what was decided") {
    for (const InTransit in_transit : {InTransit::discard_unvalidated, InTransit::deliver}) {
        Rules rules;
        rules.in_transit = in_transit;
        const bool discards = in_transit == InTransit::discard_unvalidated;
        Network network(1, 2, rules);
        network.active(a2).guarded.valid_sn = shared_number(1);
        network.fail_test(a1);
        network.deliver_all();
        const auto arrives = [&](Message message) { // sent in incarnation 0
            message.incarnation = 0;
            return network.receive(a1, message);
        };
        CHECK(has(arrives(dirty(l1, 1, 'v')), NoteKind::delivered));
        CHECK(has(arrives(clean(a2, 0, 'c')), NoteKind::delivered));
        CHECK(has(arrives(dirty(l1, 2, 'e')), NoteKind::discarded_message) == discards);
        CHECK(letters(network.active(a1).guarded.application) == (discards ? "vc" : "vce"));
        CHECK(has(arrives(passed_at(a2, 1)), NoteKind::discarded_notification));
        CHECK(has(arrives(passed_at(l1, 2)), NoteKind::discarded_notification) == discards);
        CHECK(network.active(a1).guarded.valid_sn == shared_number(discards ? 1 : 2));
    }
}

TEST_CASE("each older incarnation is judged by the decision that ended it") {
    Network network(1, 2);
    network.fail_test(a1);
    network.deliver_all();
    network.active(a2).guarded.valid_sn = shared_number(3); // learned in incarnation 1
    network.fail_test(a1);
    network.deliver_all();
    CHECK(network.state(a1).incarnation == 2);
    CHECK(network.state(l1).incarnation == 1); // takes part once
    Message old = dirty(l1, 2, 'o');           // covered by the second decision, not by the first
    CHECK(has(network.receive(a1, old), NoteKind::discarded_message));
    old.incarnation = 1;
    network.receive(a1, old);
    CHECK(letters(network.active(a1).guarded.application) == "o");
}

TEST_CASE("messages of the present incarnation are accepted, whatever was decided") {
    Network network(1, 2);
    network.fail_test(a1);
    network.deliver_all();
    network.send(a1, dirty(s1, 2, 'd'));
    CHECK(has(network.deliver(s1, a1), NoteKind::delivered));
    network.send(a1, passed_at(a2, 2));
    CHECK(has(network.deliver(a2, a1), NoteKind::validated));
    CHECK(letters(network.active(a1).guarded.application) == "d");
    CHECK(network.active(a1).guarded.valid_sn == shared_number(2));
}

TEST_CASE("what was held comes on top of the state that was restored") {
    Network network(1, 2);
    receive_from_cluster(network, a2, 1, 'e');
    network.fail_test(a1);
    network.deliver(a1, a2);
    Message ahead = dirty(s1, 2, 'd'); // a rollback that came after it would take it away
    ahead.incarnation = 1;
    CHECK(has(network.receive(a2, ahead), NoteKind::held));
    network.deliver_all();
    CHECK(letters(network.active(a2).guarded.application) == "d");
}

TEST_CASE("a halted process holds what arrives and goes through it when it resumes") {
    Network network(1, 2);
    network.fail_test(a1);
    network.deliver(a1, a2);
    network.send(a2, clean(a1, 0, 'c'));
    Message first = clean(a1, 0, 'p');
    network.send(a2, first); // of incarnation 1: its sender is ahead
    network.send(a2, dirty(l1, 5, 'e'));
    network.send(a2, passed_at(l1, 4));
    CHECK(has(network.deliver(a1, a2), NoteKind::held));
    network.deliver(a1, a2);
    network.deliver(l1, a2);
    network.deliver(l1, a2);
    CHECK(letters(network.active(a2).guarded.application).empty());
    CHECK(network.state(a2).held.size() == 4);
    network.deliver_all();
    CHECK(letters(network.active(a2).guarded.application) == "cp");
    CHECK(network.active(a2).guarded.valid_sn == shared_number(0));
    CHECK(network.state(a2).held.empty());
}

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

TEST_CASE("recovery_line=local: each recovers by what it was told itself") {
    Rules rules;
    rules.recovery_line = RecoveryLine::local;
    Network network(1, 2, rules);
    network.active(a2).guarded.valid_sn = shared_number(2);
    receive_from_cluster(network, a1, 2, 'b');
    network.fail_test(l1);
    network.deliver_all();
    CHECK(letters(network.active(a1).guarded.application).empty());
    CHECK(network.state(a1).decided[0] == shared_number(0));
    CHECK(network.state(a2).decided[0] == shared_number(2));
}

TEST_CASE("external messages: the shadow outputs what its new version is not known to have output") {
    Rules rules;
    rules.external_index = ExternalIndex::own_counter;
    for (const bool told : {true, false}) { // whether the new version itself takes part
        rules.stop_low = told ? StopLow::all_first : StopLow::detector_only;
        Network network(1, 1, rules);
        Notes notes;
        for (const char letter : {'x', 'y'})
            suppress_external(network.shadow(s1), letter, rules, notes);
        network.low(l1).external_sn = 1;
        network.fail_test(a1);
        network.deliver_all();
        CHECK(network.letters_under_way(s1, device) == (told ? "y" : "xy"));
        CHECK(network.shadow(s1).external_log.empty());
        Outbox outbox;
        generate_external(network.shadow(s1), network.state(s1), 'z', rules, outbox, notes);
        REQUIRE(outbox.size() == 1);
        CHECK(outbox[0].receiver == device);
    }
}

TEST_CASE("each shadow is told how many external messages of its own component are output") {
    const Rules rules{.external_index = ExternalIndex::own_counter};
    Network network(2, 1, rules);
    Notes notes;
    for (const ProcessId id : {s1, s2})
        for (const char letter : {'x', 'y'})
            suppress_external(network.shadow(id), letter, rules, notes);
    network.low(l1).external_sn = 1;
    network.low(l2).external_sn = 2;
    network.fail_test(a1);
    network.deliver_all();
    CHECK(network.letters_under_way(s1, device) == "y");
    CHECK(network.letters_under_way(s2, device).empty());
}

TEST_CASE("external messages that the new version has output are suppressed when the shadow gets to them") {
    Rules rules;
    rules.external_index = ExternalIndex::own_counter;
    Network network(1, 1, rules);
    network.low(l1).external_sn = 1;
    network.fail_test(l1);
    network.deliver_all();
    Outbox outbox;
    Notes notes;
    generate_external(network.shadow(s1), network.state(s1), 'x', rules, outbox, notes);
    CHECK(outbox.empty());
    generate_external(network.shadow(s1), network.state(s1), 'y', rules, outbox, notes);
    CHECK(outbox.size() == 1);
}

TEST_CASE("after a recovery nothing goes to the new versions") {
    State state;
    CHECK(reaches(state, l1));
    state.incarnation = 1;
    CHECK_FALSE(reaches(state, l1));
    CHECK(reaches(state, s1));
    CHECK(reaches(state, a1));
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
