// What a process keeps, on processes made by hand: whether checkpoints stand in order, whether the log completes them,
// and what is left once a process has been told everything. Needs no run.
#include "impl/recovery_protocol.hpp"
#include "model/claims/kept_state.hpp"

#include <doctest/doctest.h>

namespace mdcd::tests {

using namespace model;
using impl::Group;
using impl::ProcessId;

namespace {

Scope scope_with(std::uint8_t components) {
    Scope scope;
    scope.components = components;
    return scope;
}

Message dirty_message(MessageId id, const impl::SequenceVector& number) {
    Message message;
    message.sender = {Group::low, 0};
    message.dirty = true;
    message.low_sn = number;
    message.payload = {id, number};
    return message;
}

impl::Rules logging() {
    impl::Rules rules;
    rules.receiver_log = impl::ReceiverLog::while_dirty;
    rules.checkpoint_trigger = impl::CheckpointTrigger::every_new_sn;
    rules.external_index = impl::ExternalIndex::own_counter;
    return rules;
}

// Contaminated by messages 1 and 2, with a checkpoint before each; both are logged.
ActiveProcess twice_contaminated() {
    ActiveProcess process;
    process.id = {Group::active, 0};
    impl::Notes notes;
    for (const std::uint8_t number : {std::uint8_t{1}, std::uint8_t{2}})
        impl::receive(process, dirty_message({0, number}, impl::shared_number(number)), logging(), notes);
    return process;
}

} // namespace

TEST_CASE("checkpoints ascend, up to the present") {
    const Guarded right = twice_contaminated().guarded;
    CHECK_FALSE(checkpoints_out_of_order(right));
    CHECK_FALSE(checkpoints_out_of_order(Guarded{}));
    Guarded wrong = right;
    std::swap(wrong.checkpoints[0], wrong.checkpoints[1]);
    CHECK(checkpoints_out_of_order(wrong));
    wrong = right;
    wrong.checkpoints[1].low_sn = impl::shared_number(3); // larger than the present number
    CHECK(checkpoints_out_of_order(wrong));
    wrong = right;
    wrong.application.received = 0; // the present lacks what the second checkpoint contains
    CHECK(checkpoints_out_of_order(wrong));
    wrong = right;
    wrong.checkpoints[0].application.sent = 1;
    CHECK(checkpoints_out_of_order(wrong));
}

TEST_CASE("a checkpoint and what was logged after it are all that was received") {
    const Guarded right = twice_contaminated().guarded;
    CHECK_FALSE(log_fails(right));
    CHECK(logs_after_checkpoint(right));
    CHECK_FALSE(log_fails(Guarded{}));
    CHECK_FALSE(logs_after_checkpoint(Guarded{}));
    Guarded wrong = right;
    wrong.checkpoints[1].log_length = 2; // message 2 is in front of it, and it does not contain it
    CHECK(log_fails(wrong));
    wrong.checkpoints[1].log_length = 0; // message 1 is after it, and it does
    CHECK(log_fails(wrong));
    wrong = right;
    wrong.checkpoints[1].log_length = 3;
    CHECK(log_fails(wrong));
    wrong = right;
    wrong.input_log.push_back(wrong.input_log[1], "a test");
    CHECK(log_fails(wrong));
    wrong = right;
    wrong.application.received |= as_set({0, 3});
    CHECK(log_fails(wrong));
}

TEST_CASE("a process that is told everything keeps nothing") {
    const Scope scope = scope_with(1);
    ActiveProcess process = twice_contaminated();
    CHECK(keeps_anything(process));
    CHECK_FALSE(keeps_when_told(process, scope, logging()));
    process.guarded.checkpoints[1].index = impl::shared_number(7); // nothing that it depends on: never reclaimed
    CHECK(keeps_when_told(process, scope, logging()));
    CHECK_FALSE(keeps_anything(ActiveProcess{}));

    ShadowProcess shadow;
    shadow.id = {Group::shadow, 0};
    impl::Notes notes;
    impl::suppress(shadow, {Group::active, 0}, Payload{{0, 1}, {}}, logging(), notes);
    impl::suppress_external(shadow, Payload{{0, 2}, {}}, logging(), notes);
    CHECK(keeps_anything(shadow));
    CHECK_FALSE(keeps_when_told(shadow, scope, logging()));
    shadow.external_log[0].number = 2; // more than it has generated
    CHECK(keeps_when_told(shadow, scope, logging()));
}

TEST_CASE("with a counter for each component each is told by itself, and what is known counts together") {
    const Scope scope = scope_with(2);
    impl::Rules rules = logging();
    rules.low_sn = impl::LowSn::vector;
    rules.shadow_sn = impl::ShadowSn::per_component;
    impl::SequenceVector both;
    both[0] = both[1] = 1;
    ActiveProcess process;
    process.id = {Group::active, 0};
    impl::Notes notes;
    impl::receive(process, dirty_message({5, 1}, both), rules, notes);
    CHECK(keeps_anything(process));
    CHECK_FALSE(keeps_when_told(process, scope, rules));
    CHECK(keeps_when_told(process, scope_with(1), rules)); // nobody tells of the second component
}

} // namespace mdcd::tests
