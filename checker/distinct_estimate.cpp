// A register keeps the longest run of leading zeros among the hashes that fell to it: of n different
// hashes, the longest run is about the binary logarithm of n.
#include "checker/distinct_estimate.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace mdcd::checker {

void DistinctEstimate::add(std::uint64_t hash) {
    std::uint8_t& longest = registers_[hash >> (64 - index_bits)];
    const int zeros = std::countl_zero(hash << index_bits | 1U << (index_bits - 1));
    longest = std::max(longest, static_cast<std::uint8_t>(zeros + 1));
}

void DistinctEstimate::merge(const DistinctEstimate& other) {
    std::ranges::transform(registers_, other.registers_, registers_.begin(),
                           [](std::uint8_t ours, std::uint8_t theirs) { return std::max(ours, theirs); });
}

std::uint64_t DistinctEstimate::count() const {
    constexpr auto registers = static_cast<double>(std::size_t{1} << index_bits);
    double sum = 0;
    double unused = 0;
    for (const std::uint8_t longest : registers_) {
        sum += std::ldexp(1.0, -longest);
        unused += longest == 0 ? 1 : 0;
    }
    const double raw = 0.7213 / (1 + 1.079 / registers) * registers * registers / sum;
    // Few things leave registers unused, and how many is then the better measure.
    const bool few = raw <= 2.5 * registers && unused > 0;
    return static_cast<std::uint64_t>(std::llround(few ? registers * std::log(registers / unused) : raw));
}

} // namespace mdcd::checker
