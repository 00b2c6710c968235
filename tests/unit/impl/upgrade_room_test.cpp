// When a message waits because something is full, and what goes past it (impl/upgrade_room.hpp): held against what the
// handlers really hold, in every phase, for every kind of message, older, of this incarnation and newer. Whole runs in
// which something is full are in tests/differential/upgrade.
#include <doctest/doctest.h>

#include <array>

#include "impl/recovery_room.hpp"
#include "impl/upgrade_service.hpp"
#include "recorder.hpp"

using namespace mdcd::impl;
using namespace mdcd::tests;

namespace {

using Change = ChangeMessage<Recorder>;
using State = UpgradeState<Recorder>;

constexpr SeatId old_seat{0, 0};
constexpr SeatId new_seat{0, 1};
constexpr SeatId outside{1, 0};
constexpr std::array<ChangeKind, 6> all_kinds = {ChangeKind::ordinary, ChangeKind::announcement, ChangeKind::reply,
                                                 ChangeKind::marker,   ChangeKind::decision,     ChangeKind::start};

UpgradeConstants constants_of(SeatId self, Capacities capacities = {}) {
    UpgradeConstants constants{
        .self = self, .seats = {.components = 2, .upgradable = {}}, .rules = {}, .upgrade_rules = {}};
    constants.seats.upgradable.insert(0);
    constants.rules.checkpoint_trigger = CheckpointTrigger::every_new_sn;
    constants.rules.low_sn = LowSn::vector;
    constants.capacities = capacities;
    return constants;
}

SeatedProcess<Recorder> ordinary_process(SeatId self) {
    ActiveProcess<Recorder> process;
    process.id = active_id(self.component);
    return process;
}

// It has halted for the change to incarnation 2, or starts in it.
State in_phase(ChangePhase phase, Intent intent = Intent::begin) {
    State state;
    state.incarnation = 2;
    const Outcome before = intent == Intent::begin ? Outcome::unchanged : Outcome::begun;
    state.endings.push_back({.outcome = before, .validated = {}}, "endings");
    if (phase == ChangePhase::starting)
        state.endings.push_back({.outcome = Outcome::begun, .validated = {}}, "endings");
    state.phase = phase;
    state.intent = intent;
    if (intent == Intent::begin)
        state.components.insert(0);
    if (phase == ChangePhase::starting)
        state.upgraded.insert(0);
    state.coordinator = SeatId{1, 0};
    return state;
}

Change message_of(ChangeKind kind, Incarnation incarnation) {
    Change message{.kind = kind, .intent = Intent::commit};
    message.message.incarnation = incarnation;
    return message;
}

// So many messages more are in the queue when the handler has received it.
std::size_t held_by_handler(const Change& message, SeatId self, State state) {
    const UpgradeConstants constants = constants_of(self);
    SeatedProcess<Recorder> process = self == new_seat ? SeatedProcess<Recorder>{NoProcess{}} : ordinary_process(self);
    ChangeOutbox<Recorder> outbox;
    Notes notes;
    ChangeEvents events;
    UpgradeHandler<Recorder>(SeatStep<Recorder>{constants, process, state, outbox, notes, events})
        .receive(outside == self ? old_seat : outside, message);
    return state.held.size();
}

void fill_queue(State& state, std::size_t count) {
    for (std::size_t each = 0; each < count; ++each)
        state.held.push_back({outside, message_of(ChangeKind::ordinary, state.incarnation)}, "held");
}

} // namespace

TEST_CASE("what is said to need room in the queue is what the handlers hold") {
    std::size_t held = 0, compared = 0;
    const auto compare = [&](SeatId self, ChangePhase phase, Intent intent) {
        for (const ChangeKind kind : all_kinds)
            for (const Incarnation incarnation : {Incarnation{1}, Incarnation{2}, Incarnation{3}}) {
                const Change message = message_of(kind, incarnation);
                const State state = in_phase(phase, intent);
                const bool is_held = would_hold(message, state, self);
                CAPTURE(static_cast<int>(phase));
                CAPTURE(static_cast<int>(intent));
                CAPTURE(static_cast<int>(kind));
                CAPTURE(static_cast<int>(incarnation));
                CAPTURE(static_cast<int>(self.seat));
                CAPTURE(static_cast<int>(self.component));
                CHECK(held_by_handler(message, self, state) == (is_held ? 1U : 0U));
                held += is_held ? 1U : 0U;
                ++compared;
            }
    };
    for (const Intent intent : {Intent::begin, Intent::commit, Intent::recover})
        for (const SeatId self : {old_seat, new_seat, outside})
            for (const ChangePhase phase : {ChangePhase::halted, ChangePhase::coordinating})
                compare(self, phase, intent);
    compare(new_seat, ChangePhase::starting, Intent::begin);
    CHECK(compared == 19 * 18);
    CHECK(held > 100);
    CHECK(held < 250);
}

TEST_CASE("a queue that is full keeps out what would be held, of a seat that starts as well") {
    const Capacities capacities{.held = 2};
    for (const ChangePhase phase : {ChangePhase::halted, ChangePhase::coordinating, ChangePhase::starting}) {
        const SeatId self = phase == ChangePhase::starting ? new_seat : outside;
        State state = in_phase(phase);
        const SeatedProcess<Recorder> process = ordinary_process(self);
        const auto shortage = [&](ChangeKind kind, Incarnation incarnation) {
            return shortage_for(message_of(kind, incarnation), process, state, self, capacities);
        };
        fill_queue(state, 1);
        CHECK(shortage(ChangeKind::ordinary, 2) == Shortage::none);
        fill_queue(state, 1);
        CHECK(shortage(ChangeKind::ordinary, 1) == Shortage::queue); // late, but it runs no more
        CHECK(shortage(ChangeKind::ordinary, 2) == Shortage::queue);
        CHECK(shortage(ChangeKind::announcement, 3) == Shortage::queue);
        CHECK(shortage(ChangeKind::announcement, 2) == Shortage::none);
        CHECK(shortage(ChangeKind::start, 3) == Shortage::queue);
        // What lets it run again needs no room.
        CHECK(shortage(ChangeKind::reply, 2) == Shortage::none);
        CHECK(shortage(ChangeKind::decision, 2) == Shortage::none);
        if (phase == ChangePhase::starting)
            CHECK(shortage(ChangeKind::start, 2) == Shortage::none);
    }
}

TEST_CASE("what is held is received at once, so the queue is no longer than a checkpoint array or a log") {
    CHECK(Capacities{.checkpoints = 3, .log_entries = 5, .held = 7}.queue() == 3);
    CHECK(Capacities{.checkpoints = 5, .log_entries = 3, .held = 7}.queue() == 3);
    CHECK(Capacities{.checkpoints = 5, .log_entries = 7, .held = 3}.queue() == 3);

    // Two messages of a new version, held by a process with one checkpoint. It resumes, and receives what it holds.
    const Capacities capacities{.checkpoints = 1};
    const UpgradeConstants constants = constants_of(outside, capacities);
    SeatedProcess<Recorder> process = ordinary_process(outside);
    State state = in_phase(ChangePhase::halted);
    state.coordinator = old_seat;
    std::size_t taken = 0;
    const auto take = [&](SeatId from, const Change& message) {
        if (!may_take(message, false, process, state, outside, capacities, constants.upgrade_rules))
            return;
        ChangeOutbox<Recorder> outbox;
        Notes notes;
        ChangeEvents events;
        UpgradeHandler<Recorder>(SeatStep<Recorder>{constants, process, state, outbox, notes, events})
            .receive(from, message);
        ++taken;
    };
    for (const SequenceNumber number : {SequenceNumber{1}, SequenceNumber{2}}) {
        Change news = message_of(ChangeKind::ordinary, 2);
        news.message = dirty(l1, number, 'a');
        news.message.incarnation = 2;
        take(new_seat, news);
    }
    CHECK(taken == 1);
    CHECK(state.held.size() == 1);
    Change decision = message_of(ChangeKind::decision, 2);
    decision.outcome = Outcome::begun;
    take(old_seat, decision);
    REQUIRE(state.phase == ChangePhase::running);
    CHECK(state.held.empty());
    const auto& guarded = std::get<ActiveProcess<Recorder>>(process).guarded;
    CHECK(guarded.checkpoints.size() == 1);
    CHECK(guarded.dirty);
    CHECK(shortage_for(message_of(ChangeKind::ordinary, 2), process, state, outside, capacities) ==
          Shortage::checkpoints);
}

TEST_CASE("all but markers and messages of the application go past what waits") {
    const SeatedProcess<Recorder> process = ordinary_process(outside);
    const State state; // it runs
    for (const ChangeKind kind : all_kinds) {
        CAPTURE(static_cast<int>(kind));
        const Change message = message_of(kind, 0);
        const bool stays = kind == ChangeKind::marker || kind == ChangeKind::ordinary;
        const auto may = [&](bool waits_before, WhenFull when_full) {
            return may_take(message, waits_before, process, state, outside, {}, {.when_full = when_full});
        };
        CHECK(may(false, WhenFull::go_past));
        CHECK(may(true, WhenFull::go_past) == !stays);
        CHECK(may(false, WhenFull::wait));
        CHECK_FALSE(may(true, WhenFull::wait));
    }
    Change notification = message_of(ChangeKind::ordinary, 0);
    notification.message.kind = MessageKind::passed_at;
    CHECK(may_take(notification, true, process, state, outside, {}, {}));
}

TEST_CASE("a process of one upgrade: what waits, and what goes past it") {
    ActiveProcess<Recorder> process;
    RecoveryState<Recorder> recovery;
    mdcd::tests::Message application, notification, reply;
    notification.kind = MessageKind::passed_at;
    reply.kind = MessageKind::recovery_reply;
    CHECK(may_take(application, false, process, recovery));
    CHECK_FALSE(may_take(application, true, process, recovery));
    CHECK(may_take(notification, true, process, recovery));
    CHECK(may_take(reply, true, process, recovery));
    while (process.guarded.input_log.size() < log_entry_count_max)
        process.guarded.input_log.push_back({}, "the receiver log");
    CHECK(shortage_for(application, process, recovery) == Shortage::receiver_log);
    CHECK(shortage_for(notification, process, recovery) == Shortage::none);
    recovery.phase = RecoveryPhase::halted;
    CHECK(shortage_for(application, process, recovery) == Shortage::none);
    while (recovery.held.size() < held_count_max)
        recovery.held.push_back(application, "held");
    CHECK(shortage_for(application, process, recovery) == Shortage::queue);
    CHECK(shortage_for(notification, process, recovery) == Shortage::queue);
    CHECK(may_take(reply, true, process, recovery));
    while (recovery.decided.size() < recovery_count_max)
        recovery.decided.push_back({}, "decided");
    CHECK(shortage_for(reply, process, recovery) == Shortage::endings);
}
