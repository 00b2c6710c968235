// What a process keeps although it knows that no recovery can use it, on processes made by hand.
// Needs no other process and no run.
#include <doctest/doctest.h>

#include "model/claims/kept_in_vain.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

constexpr impl::Rules by_index{.receiver_log = impl::ReceiverLog::while_dirty};
constexpr impl::Rules by_cover{.reclamation = impl::Reclamation::by_cover,
                               .receiver_log = impl::ReceiverLog::while_dirty};

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
    for (const impl::SequenceNumber number : {2U, 4U}) {
        Checkpoint checkpoint;
        checkpoint.index = numbers(number);
        checkpoint.low_sn = process.low_sn;
        checkpoint.log_length = static_cast<std::uint32_t>(process.input_log.size());
        process.checkpoints.push_back(checkpoint, "a test");
        Message message;
        message.low_sn = numbers(number);
        process.input_log.push_back({process.low_sn, message}, "a test");
        process.low_sn = numbers(number);
    }
    return process;
}

KeptInVain with_known(const impl::SequenceVector& known, const impl::Rules& rules) {
    Guarded process = dirty();
    process.valid_sn = known;
    return kept_in_vain(process, rules);
}

} // namespace

TEST_CASE("a checkpoint is kept in vain once its process knows its index to be validated, and its log goes along") {
    CHECK_FALSE(with_known(numbers(0), by_index).any());
    CHECK_FALSE(with_known(numbers(1), by_index).any());
    CHECK(with_known(numbers(2), by_index).checkpoints == 1);
    CHECK(with_known(numbers(2), by_index).inputs == 1);
    CHECK(with_known(numbers(4), by_index).checkpoints == 2);
    CHECK(with_known(numbers(4), by_index).inputs == 2);
}

TEST_CASE("where recovery goes by what was absorbed until the next checkpoint, so does this") {
    CHECK_FALSE(with_known(numbers(1), by_cover).any());
    CHECK(with_known(numbers(3), by_cover).checkpoints == 1);
    CHECK(with_known(numbers(4), by_cover).checkpoints == 2);
}

TEST_CASE("with a number for each component all of them have to be known") {
    Guarded process = dirty();
    process.checkpoints[0].index = numbers(2, 1);
    process.checkpoints[1].index = numbers(4, 2);
    process.valid_sn = numbers(3);
    CHECK_FALSE(kept_in_vain(process, by_index).any());
    process.valid_sn = numbers(3, 1);
    CHECK(kept_in_vain(process, by_index).checkpoints == 1);
}

TEST_CASE("nothing is changed by looking, and it is told in words") {
    const Guarded process = dirty();
    CHECK_FALSE(kept_in_vain(process, by_index).any());
    CHECK(process == dirty());
    CHECK(text_of(KeptInVain{.checkpoints = 1}) == "one checkpoint");
    CHECK(text_of(KeptInVain{.checkpoints = 2, .inputs = 1}) == "2 checkpoints and one logged input");
    CHECK(text_of(KeptInVain{.inputs = 3}) == "3 logged inputs");
}

} // namespace mdcd::tests
