// External messages: untested from a clean state, tested from a dirty one, compensated, or failed for good. And an
// application that says itself what a checkpoint holds.
#include <doctest/doctest.h>

#include "impl/output.hpp"
#include "impl/recovery.hpp"
#include "recorder.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

// Outputs are numbers; even ones are right, and 7 can be corrected.
struct Tested {
    struct State {
        int delivered = 0;
        int scratch = 0; // no part of a checkpoint
        friend bool operator==(const State&, const State&) = default;
    };
    using Payload = int;
    using Output = int;
    static void deliver(State& state, const Payload& payload) {
        state.delivered += payload;
        state.scratch = payload;
    }
    static bool acceptance_test(const State&, const Output& output) { return output % 2 == 0; }
    static bool compensate(const State&, Output& output) {
        if (output != 7)
            return false;
        output = 8;
        return true;
    }
    static State snapshot(const State& state) { return {.delivered = state.delivered}; }
    static void restore(State& state, const State& snapshot) { state.delivered = snapshot.delivered; }
};
static_assert(TestedApplication<Tested>);
static_assert(Application<Recorder> && !TestedApplication<Recorder>);

const impl::Message<Tested> from_cluster{
    .kind = MessageKind::application, .sender = l1, .dirty = true, .low_sn = shared_number(1), .payload = 5};

} // namespace

TEST_CASE("what becomes of an output") {
    const Rules rules;
    Notes notes;
    ActiveProcess<Tested> process;
    process.id = a1;
    int output = 3;
    CHECK(try_output(process, output, rules, notes).verdict == OutputVerdict::untested); // clean: whatever it is

    receive(process, from_cluster, rules, notes);
    const ActiveProcess<Tested> dirty = process;
    const auto failed = try_output(process, output, rules, notes);
    CHECK(failed.verdict == OutputVerdict::failed);
    CHECK_FALSE(failed.notification);
    output = 7;
    CHECK(try_output(process, output, rules, notes).verdict == OutputVerdict::compensated);
    CHECK(output == 8);
    CHECK(process == dirty); // nothing else changes
    const auto passed = try_output(process, output, rules, notes);
    CHECK(passed.verdict == OutputVerdict::passed);
    REQUIRE(passed.notification);
    CHECK(passed.notification->low_sn == shared_number(1));
    CHECK_FALSE(process.guarded.dirty);
}

TEST_CASE("a new version tests everything that it outputs") {
    Notes notes;
    LowProcess<Tested> process;
    process.id = l1;
    int output = 3;
    CHECK(try_output(process, output, Rules{}, notes).verdict == OutputVerdict::failed);
    output = 2;
    CHECK(try_output(process, output, Rules{}, notes).notification.has_value());
}

TEST_CASE("the application says what a checkpoint holds and how to go back to it") {
    const Rules rules;
    Notes notes;
    ActiveProcess<Tested> process;
    process.id = a1;
    process.guarded.application = {.delivered = 1, .scratch = 9};
    receive(process, from_cluster, rules, notes);
    CHECK(process.guarded.checkpoints[0].application == Tested::State{.delivered = 1, .scratch = 0});
    recover(process, shared_number(0), rules, notes);
    CHECK(process.guarded.application == Tested::State{.delivered = 1, .scratch = 5}); // not what was no part of it
}

} // namespace mdcd::tests
