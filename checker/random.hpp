// Reproducible random numbers: splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
// generators", 2014). The distributions of the standard library differ from one library to the next, so
// that a seed would not give the same run everywhere; this does. Not for secrets.
#pragma once

#include <cstdint>

namespace mdcd::checker {

// One word well stirred: every bit of the result depends on every bit of the argument.
[[nodiscard]] constexpr std::uint64_t stir(std::uint64_t word) {
    word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9U;
    word = (word ^ word >> 27) * 0x94d049bb133111ebU;
    return word ^ word >> 31;
}

class Random {
public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

    // The stream of that number: streams of one seed have nothing to do with each other.
    constexpr Random(std::uint64_t seed, std::uint64_t stream) : state_(stir(stir(seed + increment) + stream)) {}

    constexpr std::uint64_t next() { return stir(state_ += increment); }

    // Uniform in 0 .. bound - 1; `bound` is at least 1.
    constexpr std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t surplus =
            (0 - bound) % bound; // 2^64 modulo bound: those words would favour the small results
        std::uint64_t word = next();
        while (word < surplus)
            word = next();
        return word % bound;
    }

    constexpr bool one_in(std::uint64_t bound) { return below(bound) == 0; }

private:
    static constexpr std::uint64_t increment = 0x9e3779b97f4a7c15U;
    std::uint64_t state_;
};

} // namespace mdcd::checker
