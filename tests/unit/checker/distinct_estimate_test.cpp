// Estimates within three standard errors, from a handful to a million things; repetition and merging
// change nothing.
#include "checker/distinct_estimate.hpp"

#include <doctest/doctest.h>

#include "checker/random.hpp"

using namespace mdcd::checker;

namespace {

DistinctEstimate of_numbers(std::uint64_t from, std::uint64_t to) {
    DistinctEstimate estimate;
    for (std::uint64_t number = from; number < to; ++number)
        estimate.add(stir(number * 0x9e3779b97f4a7c15U + 1));
    return estimate;
}

} // namespace

TEST_CASE("counts are close, from none to a million") {
    CHECK(DistinctEstimate{}.count() == 0);
    CHECK(of_numbers(0, 1).count() == 1);
    CHECK(of_numbers(0, 10).count() == 10);
    for (const std::uint64_t count : {1'000U, 30'000U, 60'000U, 200'000U, 1'000'000U}) {
        const auto estimate = static_cast<double>(of_numbers(0, count).count());
        CHECK(estimate == doctest::Approx(static_cast<double>(count)).epsilon(0.025));
    }
}

TEST_CASE("merging counts what both saw once") {
    DistinctEstimate merged = of_numbers(0, 60'000);
    merged.merge(of_numbers(40'000, 100'000));
    CHECK(merged.count() == of_numbers(0, 100'000).count());
}
