// Sums of workers are added in any order: they are numbers.
// Knows no state.
#include "checker/engine/tally.hpp"

#include <algorithm>

namespace mdcd::checker::engine {

void ExpansionCounts::add(const ExpansionCounts& other) {
    firings += other.firings;
    followed += other.followed;
    dead_ends += other.dead_ends;
    outside += other.outside;
    if (coverage.size() < other.coverage.size())
        coverage.resize(other.coverage.size());
    for (std::size_t i = 0; i < other.coverage.size(); ++i)
        coverage[i] += other.coverage[i];
}

void ExpansionCounts::clear() {
    firings = 0;
    followed = 0;
    dead_ends = 0;
    outside = 0;
    std::ranges::fill(coverage, 0);
}

} // namespace mdcd::checker::engine
