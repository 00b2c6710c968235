// Merging what workers saw, and hashing a state for the estimate of distinct ones. Nothing here depends on
// which worker saw it, nor on the machine.
#include "checker/random_walk.hpp"

namespace mdcd::checker {

void WalkTally::keep_better(std::size_t property, const Finding& finding) {
    std::optional<Finding>& best = findings[property];
    const auto rank = [](const Finding& each) { return std::pair(each.verdict.verdict == Verdict::error, each.walk); };
    if (!best || rank(finding) < rank(*best))
        best = finding;
}

void WalkTally::merge(const WalkTally& other) {
    for (std::size_t property = 0; property < findings.size(); ++property)
        if (other.findings[property])
            keep_better(property, *other.findings[property]);
    steps += other.steps;
    dead_ends += other.dead_ends;
    distinct.merge(other.distinct);
    for (std::size_t point = 0; point < coverage.size(); ++point)
        coverage[point] += other.coverage[point];
}

void WalkTally::count_coverage(std::uint64_t fired) {
    for (std::size_t point = 0; point < coverage.size(); ++point)
        coverage[point] += fired >> point & 1;
}

std::uint64_t hash_of(const GlobalState& state) {
    std::uint64_t hash = 0;
    for (const std::string& bytes : state) {
        hash = stir(hash + bytes.size() + 1);
        for (const char byte : bytes)
            hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U; // the prime of FNV-1a
    }
    return stir(hash);
}

} // namespace mdcd::checker
