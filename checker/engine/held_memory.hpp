// What a search holds, by its own account and by the system's: when that is too much, and when what can be worked out
// again has to go. One process and each rank of several ask it the same way. Changes no result but by a limit.
#pragma once

#include <cstdint>

#include "checker/engine/stop_watch.hpp"

namespace mdcd::checker::engine {

// In bytes, by the search's own account.
struct AccountedBytes {
    std::uint64_t in_use = 0;
    std::uint64_t stored = 0;     // of these, states and values, which stay
    std::uint64_t cached = 0;     // .. and what can be worked out again
    std::uint64_t when_grown = 0; // in_use, once the store takes its next states
};

class HeldMemory {
public:
    // Counts from now on. `bytes_max`: 0 if there is no limit.
    HeldMemory(std::uint64_t bytes_max, const StopWatch& watch);

    void note(std::uint64_t in_use);
    void begin_round(std::uint64_t in_use);
    void look_again() { looked_ = -1; } // at what the system says, with the next note()

    [[nodiscard]] std::uint64_t most() const { return most_; } // held, ever
    [[nodiscard]] std::uint64_t held(std::uint64_t in_use) const;
    [[nodiscard]] std::uint64_t round_growth() const { return round_most_ - round_begin_; }

    // All after a note() of the same bytes. `growth`: how much more than at its beginning was held during the last
    // round.
    [[nodiscard]] bool is_too_much(const AccountedBytes& bytes, std::uint64_t growth) const;
    [[nodiscard]] bool has_to_forget(const AccountedBytes& bytes, bool judging_only);

private:
    [[nodiscard]] bool system_says_too_much() const;

    std::uint64_t bytes_max_;
    const StopWatch& watch_;
    std::uint64_t before_; // resident, before this search
    std::uint64_t most_ = 0;
    std::uint64_t round_begin_ = 0;
    std::uint64_t round_most_ = 0;
    std::uint64_t resident_ = 0; // of the process, since this search began
    double looked_ = -1;         // at that; on watch_
    bool forgotten_for_system_ = false;
};

} // namespace mdcd::checker::engine
