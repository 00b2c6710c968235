// The life of an upgrade in a small system in memory: what operators are refused, what becomes of each seat, what a
// late message is taken for. All orders of messages are in tests/differential/upgrade.
#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <utility>

#include "impl/upgrade_service.hpp"
#include "recorder.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests;

namespace {

using Change = ChangeMessage<Recorder>;

constexpr SeatId old_one{0, 0};
constexpr SeatId new_one{0, 1};
constexpr SeatId other{1, 0};

Rules repaired_vector() { // model/rules/repaired_vector.json
    Rules rules;
    rules.validated_register = ValidatedRegister::everywhere;
    rules.checkpoint_trigger = CheckpointTrigger::every_new_sn;
    rules.receiver_log = ReceiverLog::while_dirty;
    rules.shadow_sn = ShadowSn::per_component;
    rules.low_sn = LowSn::vector;
    rules.external_index = ExternalIndex::own_counter;
    return rules;
}

ComponentSet set_of(std::initializer_list<std::uint8_t> components) {
    ComponentSet set;
    for (const std::uint8_t each : components)
        set.insert(each);
    return set;
}

// Two components; the first one has two seats. A queue for each pair; the test says who receives next.
class System {
public:
    explicit System(const Rules& rules = repaired_vector(), ComponentSet upgradable = set_of({0})) {
        seats_ = {.components = 2, .upgradable = upgradable};
        seats_.for_each([&](SeatId seat) {
            Place& place = places_[seat];
            place.constants = {.self = seat, .seats = seats_, .rules = rules, .upgrade_rules = {}};
            if (seat.seat == 0) {
                Active process;
                process.id = active_id(seat.component);
                place.process = process;
            }
        });
    }

    template <class Act> auto act(SeatId seat, Act act) {
        Place& place = places_.at(seat);
        ChangeOutbox<Recorder> outbox;
        Notes notes;
        ChangeEvents events;
        const SeatStep<Recorder> step{place.constants, place.process, place.state, outbox, notes, events};
        const auto result = act(step);
        for (const auto& each : outbox)
            under_way_[{seat, each.receiver}].push_back(each.message);
        last_ = events.empty() ? ChangeEvent::held : events[events.size() - 1];
        return result;
    }
    CommandResult begin(SeatId seat, ComponentSet components) {
        return act(seat, [&](const auto& step) { return UpgradeHandler<Recorder>(step).begin(components); });
    }
    CommandResult commit(SeatId seat) {
        return act(seat, [](const auto& step) { return UpgradeHandler<Recorder>(step).commit(); });
    }
    CommandResult abort(SeatId seat) {
        return act(seat, [](const auto& step) { return UpgradeHandler<Recorder>(step).abort(); });
    }
    void fail(SeatId seat) {
        act(seat, [](const auto& step) {
            UpgradeHandler<Recorder>(step).fail_acceptance_test();
            return true;
        });
    }
    void send(SeatId seat, std::uint8_t component, char letter) {
        act(seat, [&](const auto& step) { return UpgradeService<Recorder>(step).send(component, letter); });
    }

    // The oldest message arrives; the last event that came of it.
    ChangeEvent deliver(SeatId from, SeatId to) {
        auto& channel = under_way_.at({from, to});
        const Change message = channel.front();
        channel.pop_front();
        act(to, [&](const auto& step) {
            UpgradeHandler<Recorder>(step).receive(from, message);
            return true;
        });
        return last_;
    }
    // What that seat sends instead of its oldest message, or if it sent nothing.
    Change& oldest(SeatId from, SeatId to) {
        auto& channel = under_way_[{from, to}];
        if (channel.empty())
            channel.push_back({.kind = ChangeKind::ordinary});
        return channel.front();
    }
    void deliver_all() {
        for (bool some = true; some;) {
            some = false;
            for (auto& [pair, channel] : under_way_)
                for (; !channel.empty(); some = true)
                    deliver(pair.first, pair.second);
        }
    }
    template <class Process> const Process* process(SeatId seat) {
        return std::get_if<Process>(&places_.at(seat).process);
    }
    const UpgradeState<Recorder>& state(SeatId seat) { return places_.at(seat).state; }
    bool is_empty(SeatId seat) { return std::holds_alternative<NoProcess>(places_.at(seat).process); }

private:
    struct Place {
        UpgradeConstants constants;
        SeatedProcess<Recorder> process;
        UpgradeState<Recorder> state;
    };
    Seats seats_;
    std::map<SeatId, Place> places_;
    std::map<std::pair<SeatId, SeatId>, std::deque<Change>> under_way_;
    ChangeEvent last_ = ChangeEvent::held;
};

} // namespace

TEST_CASE("what an operator says that is not possible is refused with a reason, and changes nothing") {
    System system;
    const UpgradeState<Recorder> before = system.state(other);
    CHECK(system.commit(other) == CommandResult::no_upgrade);
    CHECK(system.abort(other) == CommandResult::no_upgrade);
    CHECK(system.begin(other, {}) == CommandResult::not_upgradable);
    CHECK(system.begin(other, set_of({1})) == CommandResult::not_upgradable);
    CHECK(system.state(other) == before);

    CHECK(system.begin(other, set_of({0})) == CommandResult::accepted);
    CHECK(system.begin(other, set_of({0})) == CommandResult::busy);
    CHECK(system.commit(other) == CommandResult::busy);
    system.deliver_all();
    CHECK(system.begin(old_one, set_of({0})) == CommandResult::upgrade_under_way);

    Rules one_counter = repaired_vector();
    one_counter.low_sn = LowSn::shared_atomic;
    CHECK(System(one_counter, set_of({0, 1})).begin(other, set_of({0, 1})) == CommandResult::not_by_these_rules);
    one_counter = repaired_vector();
    one_counter.shadow_sn = ShadowSn::shared;
    CHECK(System(one_counter, set_of({0, 1})).begin(other, set_of({0, 1})) == CommandResult::not_by_these_rules);
    CHECK(System(repaired_vector(), set_of({0, 1})).begin(other, set_of({0, 1})) == CommandResult::accepted);
}

TEST_CASE("upgrades go on until the list of endings could not hold the next one and its outcome") {
    System system;
    std::size_t upgrades = 0;
    while (system.begin(other, set_of({0})) == CommandResult::accepted) {
        system.deliver_all();
        REQUIRE(system.abort(other) == CommandResult::accepted);
        system.deliver_all();
        ++upgrades;
    }
    CHECK(upgrades == recovery_count_max / 2);
    CHECK(system.begin(other, set_of({0})) == CommandResult::history_full);
    CHECK(system.state(other).endings.size() == recovery_count_max);
    CHECK(system.process<Active>(old_one) != nullptr);
}

TEST_CASE("begin: what is under way is received before the fork, both versions start with it") {
    System system;
    system.send(other, 0, 'a');
    REQUIRE(system.begin(new_one, set_of({0})) == CommandResult::accepted);
    system.deliver(new_one, old_one); // the announcement
    system.deliver(new_one, old_one); // the marker of the empty seat
    CHECK(system.state(old_one).phase == ChangePhase::halted);
    CHECK(system.deliver(other, old_one) == ChangeEvent::drained);
    system.deliver_all();
    REQUIRE(system.process<Shadow>(old_one) != nullptr);
    REQUIRE(system.process<Low>(new_one) != nullptr);
    CHECK(letters(system.process<Shadow>(old_one)->guarded.application) == "a");
    CHECK(letters(system.process<Low>(new_one)->application) == "a");

    system.send(other, 0, 'b');
    system.deliver_all();
    CHECK(letters(system.process<Shadow>(old_one)->guarded.application) == "ab");
    CHECK(letters(system.process<Low>(new_one)->application) == "ab");
}

TEST_CASE("commit: the new version is in service, nobody is dirty, and what is under way is received") {
    System system;
    REQUIRE(system.begin(other, set_of({0})) == CommandResult::accepted);
    system.deliver_all();
    system.send(new_one, 1, 'x');
    system.send(old_one, 1, 'x'); // the old version's, logged
    system.deliver(new_one, other);
    CHECK(system.process<Active>(other)->guarded.dirty);
    system.send(new_one, 1, 'y'); // under way
    REQUIRE(system.commit(old_one) == CommandResult::accepted);
    system.deliver_all();
    CHECK(system.is_empty(old_one));
    REQUIRE(system.process<Active>(new_one) != nullptr);
    CHECK(system.process<Active>(new_one)->id == active_id(0));
    CHECK(summary(system.process<Active>(other)->guarded) == "clean, low 0, checkpoints , log , letters xy");
    system.send(other, 0, 'c');
    system.deliver_all();
    CHECK(letters(system.process<Active>(new_one)->guarded.application) == "c");
}

TEST_CASE("a test that fails makes a commit a recovery: the old version takes over and sends what is missing") {
    System system;
    REQUIRE(system.begin(other, set_of({0})) == CommandResult::accepted);
    system.deliver_all();
    system.send(new_one, 1, 'x');
    system.send(old_one, 1, 'x');
    system.deliver(new_one, other);
    REQUIRE(system.commit(old_one) == CommandResult::accepted);
    system.fail(new_one); // it has not heard of the commit
    system.deliver_all();
    CHECK(system.is_empty(new_one));
    REQUIRE(system.process<Active>(old_one) != nullptr);
    CHECK(system.state(other).endings[1].outcome == Outcome::recovered);
    CHECK(summary(system.process<Active>(other)->guarded) == "clean, low 0, checkpoints , log , letters x");
}

TEST_CASE("what nobody objects to ends as the operator said: a commit commits, an abort recovers") {
    for (const bool commits : {true, false}) {
        CAPTURE(commits);
        System system;
        REQUIRE(system.begin(other, set_of({0})) == CommandResult::accepted);
        system.deliver_all();
        REQUIRE((commits ? system.commit(other) : system.abort(other)) == CommandResult::accepted);
        system.deliver_all();
        for (const SeatId seat : {other, new_one, old_one}) {
            const auto& endings = system.state(seat).endings;
            REQUIRE(endings.size() == 2);
            CHECK(endings[0].outcome == Outcome::begun);
            CHECK(endings[1].outcome == (commits ? Outcome::committed : Outcome::recovered));
        }
    }
}

TEST_CASE("late: a message of a new version that was recovered from is dropped, unless it is valid") {
    System system;
    REQUIRE(system.begin(other, set_of({0})) == CommandResult::accepted);
    system.deliver_all();
    system.send(new_one, 1, 'x');
    REQUIRE(system.abort(other) == CommandResult::accepted);
    system.deliver(other, new_one);
    system.deliver(other, old_one);
    CHECK(system.deliver(new_one, other) == ChangeEvent::held); // 'x'
    system.deliver_all();
    CHECK(letters(system.process<Active>(other)->guarded.application) == "");
}

TEST_CASE("a message is from who is in the seat that its link is of, whatever it says") {
    System system;
    REQUIRE(system.begin(other, set_of({0})) == CommandResult::accepted);
    system.deliver_all();
    system.send(new_one, 1, 'x');
    CHECK(system.oldest(new_one, other).message.sender == ProcessId{Group::low, 0});
    system.oldest(new_one, other).message.sender = active_id(1);
    system.deliver(new_one, other);
    REQUIRE(system.process<Active>(other)->guarded.dirty);
    CHECK_FALSE(system.process<Active>(other)->guarded.propagating); // as of a message of the cluster

    const auto says_outputs = [&](SeatId from) {
        auto& message = system.oldest(from, old_one).message;
        message.kind = MessageKind::passed_at;
        message.sender = {Group::low, 0};
        message.external_sn = 5;
        message.incarnation = system.state(from).incarnation;
        system.deliver(from, old_one);
        return system.process<Shadow>(old_one)->valid_external;
    };
    CHECK(says_outputs(other) == 0);   // it is not the new version
    CHECK(says_outputs(new_one) == 5); // which is believed
}
