// How many different things were seen, without remembering them: HyperLogLog (Flajolet, Fusy, Gandouet
// and Meunier, 2007) with 16384 one-byte registers, whose standard error is 0.8 %. Order and repetition
// do not matter, so that the estimates of several workers merge into exactly that of one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mdcd::checker {

class DistinctEstimate {
public:
    // `hash`: a well-mixed word; equal things must have equal ones.
    void add(std::uint64_t hash);
    void merge(const DistinctEstimate& other);
    [[nodiscard]] std::uint64_t count() const;

private:
    static constexpr unsigned index_bits = 14;
    std::array<std::uint8_t, std::size_t{1} << index_bits> registers_{};
};

} // namespace mdcd::checker
