// Which window belongs to a step: a checkpoint that stays is shown before and after, a new one only after.
// Knows no action's text.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/inputs/library.hpp"
#include "model/proof/tie.hpp"

namespace mdcd::model::proof {
namespace {

constexpr impl::ProcessId a1{impl::Group::active, 0};

Checkpoint checkpoint(impl::SequenceNumber index, std::uint8_t sent) {
    Checkpoint result;
    result.index = impl::shared_number(index);
    result.application.sent = sent;
    return result;
}

// A1 receives cluster message 1; its checkpoints before and after.
ExplicitStep reception(const std::vector<Checkpoint>& before, const std::vector<Checkpoint>& after) {
    ExplicitStep step;
    step.place = {StepKind::deliver, a1, {impl::Group::low, 0}};
    Message message;
    message.sender = {impl::Group::low, 0};
    message.dirty = true;
    message.low_sn = impl::shared_number(1);
    message.payload = {{0, 1}, impl::shared_number(1)};
    step.taken = message;
    for (ExplicitState* state : {&step.before, &step.after}) {
        state->active.resize(1);
        state->active[0].id = a1;
        state->sent.push_back({a1, message});
    }
    for (const Checkpoint& each : before)
        step.before.active[0].guarded.checkpoints.push_back(each, "before");
    for (const Checkpoint& each : after)
        step.after.active[0].guarded.checkpoints.push_back(each, "after");
    return step;
}

Subject showing(std::optional<std::size_t> focus) {
    return {a1, {0, 1}, a1, focus, std::nullopt, std::nullopt};
}

} // namespace

TEST_CASE("a checkpoint that stays is the same before and after, with its neighbours at each time") {
    const ExplicitStep step = reception({checkpoint(1, 1), checkpoint(2, 2)}, {checkpoint(2, 2), checkpoint(3, 3)});
    const auto seen = transition_of(step, showing(0));
    REQUIRE(seen);
    CHECK(seen->before.process.focus.index == 2);
    CHECK(seen->before.process.before.index == 1);
    CHECK(seen->before.process.focus.newest);
    CHECK(seen->after.process.focus.index == 2);
    CHECK(seen->after.process.focus.oldest);
    CHECK(seen->after.process.after.index == 3);
    CHECK_FALSE(seen->after.process.before.present);
}

TEST_CASE("before a new checkpoint, and when none is left, the newest is shown") {
    const auto taken = transition_of(
        reception({checkpoint(1, 1), checkpoint(2, 2)}, {checkpoint(1, 1), checkpoint(2, 2), checkpoint(3, 3)}),
        showing(2));
    REQUIRE(taken);
    CHECK(taken->before.process.focus.index == 2);
    CHECK(taken->after.process.focus.index == 3);
    CHECK(taken->after.process.before.index == 2);
    const auto emptied = transition_of(reception({checkpoint(1, 1), checkpoint(2, 2)}, {}), showing(std::nullopt));
    REQUIRE(emptied);
    CHECK(emptied->before.process.focus.index == 2);
    CHECK_FALSE(emptied->after.process.focus.present);
}

TEST_CASE("a step that changes a checkpoint, or their order, is none that can be meant") {
    CHECK_FALSE(transition_of(reception({checkpoint(1, 1), checkpoint(2, 2)}, {checkpoint(5, 1), checkpoint(2, 2)}),
                              showing(0)));
    CHECK_FALSE(transition_of(
        reception({checkpoint(1, 1), checkpoint(2, 2)}, {checkpoint(2, 2), checkpoint(1, 1), checkpoint(3, 3)}),
        showing(0)));
}

TEST_CASE("the message that arrives is the one shown, or another") {
    const ExplicitStep step = reception({}, {});
    CHECK(action_of(step) == ActionId::active_receives);
    const auto same = transition_of(step, showing(std::nullopt));
    REQUIRE(same);
    CHECK(same->happening.same);
    CHECK(same->happening.here);
    CHECK(same->happening.received.from_cluster);
    Subject other = showing(std::nullopt);
    other.message = {0, 2};
    CHECK_FALSE(transition_of(step, other)->happening.same);
    CHECK_FALSE(transition_of(step, other)->after.message.exists);
}

TEST_CASE("subjects: every message sent and the next of each source, for every process and checkpoint") {
    const System system(load_scope("tiny"), preset("repaired").rules);
    const ExplicitState state = decode_state(system.layout(), system.initial_states().front(), {});
    CHECK(subjects_of(state).size() == 3 * 3); // S1, A1, A2; the first message of the cluster, of A1, of A2
    const ExplicitStep step = reception({}, {checkpoint(1, 1), checkpoint(2, 2)});
    const std::vector<Subject> subjects = subjects_of(step.after);
    // S1 with none; A1 with the first, with the second, and with the second and an older one. Two messages.
    CHECK(subjects.size() == 2 * (1 + 3));
    CHECK(std::ranges::count_if(subjects, [](const Subject& each) { return each.older.has_value(); }) == 2);
}

} // namespace mdcd::model::proof
