// The judges' own comparisons of numbers against impl's, on random values and on all small ones.
// Knows no process.
#include "model/state/numbers.hpp"

#include <doctest/doctest.h>

#include <random>

namespace mdcd::tests {

using impl::SequenceVector;

namespace {

SequenceVector random_numbers(std::mt19937& random) {
    const unsigned most = random() % 4 == 0 ? 0xffffffffU : 1U + random() % 4;
    SequenceVector numbers;
    for (impl::SequenceNumber& entry : numbers.entries)
        entry = static_cast<impl::SequenceNumber>(random() % (std::uint64_t{most} + 1));
    return numbers;
}

} // namespace

TEST_CASE("numbers are compared and taken together as impl does it") {
    std::mt19937 random(14);
    unsigned within = 0, beyond = 0;
    for (int round = 0; round < 20'000; ++round) {
        const SequenceVector one = random_numbers(random), other = random_numbers(random);
        const bool expected = impl::covers(other, one);
        ++(expected ? within : beyond);
        CHECK(model::is_within(one, other) == expected);
        CHECK(model::together(one, other) == impl::join(one, other));
        CHECK(model::is_within(one, model::together(one, other)));
    }
    CHECK(within > 1'000); // both answers were compared
    CHECK(beyond > 1'000);
}

TEST_CASE("each entry counts by itself") {
    for (std::size_t entry = 0; entry < impl::component_count_max; ++entry) {
        SequenceVector one;
        one[entry] = 1;
        CHECK_FALSE(model::is_within(one, {}));
        CHECK(model::is_within({}, one));
        CHECK(model::together(one, {}) == one);
        CHECK(model::together({}, one) == one);
    }
}

} // namespace mdcd::tests
