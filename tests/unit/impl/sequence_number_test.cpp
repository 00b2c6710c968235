// Numbers of cluster messages form a lattice: covers is a partial order, join the least upper bound.
// Tried on all vectors of small numbers.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "impl/sequence_number.hpp"

using namespace mdcd::impl;

namespace {

// Every vector with entries from 0 to 2.
std::vector<SequenceVector> small_vectors() {
    std::vector<SequenceVector> all = {{}};
    for (std::size_t component = 0; component < component_count_max; ++component) {
        std::vector<SequenceVector> longer;
        for (const SequenceVector& each : all)
            for (SequenceNumber number = 0; number < 3; ++number) {
                longer.push_back(each);
                longer.back()[component] = number;
            }
        all = longer;
    }
    return all;
}

} // namespace

TEST_CASE("a shared number uses entry 0 alone and compares as plain numbers do") {
    static_assert(shared_number(0) == SequenceVector{});
    const SequenceVector five = shared_number(5);
    CHECK(five[0] == 5);
    for (std::size_t component = 1; component < component_count_max; ++component)
        CHECK(five[component] == 0);
    for (SequenceNumber one = 0; one < 4; ++one)
        for (SequenceNumber other = 0; other < 4; ++other) {
            CHECK(covers(shared_number(one), shared_number(other)) == (one >= other));
            CHECK(join(shared_number(one), shared_number(other)) == shared_number(std::max(one, other)));
        }
}

TEST_CASE("vectors that differ in opposite directions are not comparable") {
    SequenceVector left, right;
    left[0] = 2;
    right[1] = 1;
    CHECK(!covers(left, right));
    CHECK(!covers(right, left));
    const SequenceVector both = join(left, right);
    CHECK(both[0] == 2);
    CHECK(both[1] == 1);
    SequenceVector last;
    last[component_count_max - 1] = 1; // the last entry counts as well
    CHECK(!covers(both, last));
    CHECK(covers(join(both, last), last));
}

TEST_CASE("covers is a partial order and join its least upper bound") {
    const std::vector<SequenceVector> all = small_vectors();
    REQUIRE(all.size() == 81);
    bool reflexive = true, antisymmetric = true, upper = true, least = true, transitive = true, commutes = true;
    for (const SequenceVector& one : all) {
        reflexive &= covers(one, one) && join(one, one) == one && join(one, {}) == one;
        for (const SequenceVector& other : all) {
            const SequenceVector bound = join(one, other);
            antisymmetric &= !(covers(one, other) && covers(other, one)) || one == other;
            upper &= covers(bound, one) && covers(bound, other);
            commutes &= bound == join(other, one);
            for (const SequenceVector& third : all) {
                least &= covers(third, bound) == (covers(third, one) && covers(third, other));
                transitive &= !(covers(one, other) && covers(other, third)) || covers(one, third);
            }
        }
    }
    CHECK(reflexive);
    CHECK(antisymmetric);
    CHECK(upper);
    CHECK(least);
    CHECK(transitive);
    CHECK(commutes);
}
