// What a process keeps although it knows that no recovery can use it, on processes made by hand.
// Needs no other process and no run.
#include <doctest/doctest.h>

#include "model/claims/kept_in_vain.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

impl::SequenceVector numbers(impl::SequenceNumber first, impl::SequenceNumber second = 0) {
    impl::SequenceVector result;
    result[0] = first;
    result[1] = second;
    return result;
}

// Took a checkpoint before messages 2 and 4 each, and has logged both.
Guarded dirty() {
    Guarded process;
    process.dirty = true;
    for (const std::uint8_t number : {std::uint8_t{2}, std::uint8_t{4}}) {
        Checkpoint checkpoint;
        checkpoint.low_sn = process.low_sn;
        checkpoint.application = process.application;
        process.checkpoints.push_back(checkpoint, "a test");
        Message message;
        message.low_sn = numbers(number);
        message.payload.id = {0, number};
        process.input_log.push_back({process.low_sn, message}, "a test");
        GhostApplication::deliver(process.application, message.payload);
        process.low_sn = numbers(number);
    }
    return process;
}

KeptInVain with_known(const impl::SequenceVector& known) {
    Guarded process = dirty();
    process.valid_sn = known;
    return kept_in_vain(process);
}

} // namespace

TEST_CASE("a checkpoint is kept in vain once all that was absorbed until the next is known to be validated") {
    CHECK_FALSE(with_known(numbers(0)).any());
    CHECK_FALSE(with_known(numbers(1)).any());
    CHECK(with_known(numbers(2)).checkpoints == 1);
    CHECK(with_known(numbers(3)).checkpoints == 1);
    CHECK(with_known(numbers(4)).checkpoints == 2);
}

TEST_CASE("a logged input is kept in vain once every checkpoint of use contains it, or none is of use") {
    CHECK(with_known(numbers(2)).inputs == 1);
    CHECK(with_known(numbers(4)).inputs == 2);
    Guarded process = dirty();
    process.checkpoints.clear();
    CHECK(kept_in_vain(process).inputs == 2);
}

TEST_CASE("what the process stores about its checkpoints and log is not believed") {
    Guarded process = dirty();
    process.checkpoints[0].index = process.checkpoints[1].index = numbers(0);
    process.checkpoints[1].log_length = 2;
    CHECK_FALSE(kept_in_vain(process).any());
}

TEST_CASE("with a number for each component all of them have to be known") {
    Guarded process = dirty();
    process.checkpoints[1].low_sn = numbers(2, 1);
    process.low_sn = numbers(4, 2);
    process.valid_sn = numbers(3);
    CHECK_FALSE(kept_in_vain(process).any());
    process.valid_sn = numbers(3, 1);
    CHECK(kept_in_vain(process).checkpoints == 1);
}

TEST_CASE("nothing is changed by looking, and it is told in words") {
    const Guarded process = dirty();
    CHECK_FALSE(kept_in_vain(process).any());
    CHECK(process == dirty());
    CHECK(text_of(KeptInVain{.checkpoints = 1}) == "one checkpoint");
    CHECK(text_of(KeptInVain{.checkpoints = 2, .inputs = 1}) == "2 checkpoints and one logged input");
    CHECK(text_of(KeptInVain{.inputs = 3}) == "3 logged inputs");
}

} // namespace mdcd::tests
