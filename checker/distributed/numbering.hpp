// Which numbers the states of this rank have among those of all ranks. All know how many states of each shard a round
// has found; so each knows the numbers of its own without being told. Both orders are the same.
// Knows no state.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace mdcd::checker::distributed {

class Numbering {
public:
    // The next `count` states of this rank have numbers from `global` on, which is beyond all others.
    void add(std::uint64_t global, std::uint64_t count);

    // How many of this rank's states have smaller numbers: where in its store a stretch begins, or ends.
    [[nodiscard]] std::uint64_t before(std::uint64_t global) const;
    [[nodiscard]] std::uint64_t global_of(std::uint64_t local) const;
    // None: another rank has it, or nobody.
    [[nodiscard]] std::optional<std::uint64_t> local_of(std::uint64_t global) const;

    // Calls use(local, global) for each of this rank's states with global numbers in [begin, end), in order.
    template <class Use> void each_in(std::uint64_t begin, std::uint64_t end, Use use) const {
        const std::uint64_t end_here = before(end);
        std::uint64_t local = before(begin);
        while (local < end_here) {
            const std::size_t at = run_of(local);
            const std::uint64_t run_end = at + 1 < runs_.size() ? std::min(end_here, runs_[at + 1].local) : end_here;
            for (; local < run_end; ++local)
                use(local, runs_[at].global + (local - runs_[at].local));
        }
    }

    [[nodiscard]] std::uint64_t bytes() const { return runs_.capacity() * sizeof(Run); }

private:
    struct Run { // of states that have one number after the other in both orders
        std::uint64_t local;
        std::uint64_t global;
    };
    [[nodiscard]] std::size_t run_of(std::uint64_t local) const;

    std::vector<Run> runs_;
    std::uint64_t count_ = 0;
};

} // namespace mdcd::checker::distributed
