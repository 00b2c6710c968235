// What a search was asked and what it found. Verdicts are values; a limit that was hit is never a pass.
// Knows no model and no search.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::checker {

enum class Verdict : std::uint8_t {
    holds,        // an `always` property, after an exhaustive search
    violated,     // with a path
    reached,      // a `reachable` property, with a path
    not_reached,  // a `reachable` property, after an exhaustive search
    inconclusive, // a limit was hit before the question was settled
    error,        // a handler or a predicate failed; with the path that leads there
};

// "violated", "holds", ..
[[nodiscard]] std::string name_of(Verdict verdict);

struct Limits { // 0: none
    std::uint64_t states_max = 0;
    std::uint64_t memory_bytes_max = 0;
    double seconds_max = 0;
};

struct PropertyVerdict {
    std::string property;
    Verdict verdict = Verdict::inconclusive;
    std::optional<Path> path; // a shortest one when the search is breadth-first
    std::string reason;       // of `inconclusive` and `error`
    std::vector<Path> more;   // other ways to violate it, none shorter (SearchOptions::paths_max)
};

struct Report {
    std::vector<PropertyVerdict> verdicts; // one for each property, in the model's order
    std::uint64_t distinct_states = 0;
    std::uint64_t transitions = 0; // firings, those that change nothing included
    std::uint64_t followed = 0;    // .. of which so many changed something and had to be followed (ADR 24)
    std::uint64_t depth = 0;       // steps from an initial state to the farthest state (breadth-first)
    std::uint64_t dead_ends = 0;   // states with no enabled step
    std::uint64_t outside = 0;     // states beyond the model's boundary, which were not expanded (KnowsItsBoundary)
    bool exhaustive = false;
    bool reduced = false; // states were left out: counts are of the others, and paths need not be shortest
    std::string limit;    // what ended the search: "states", "seconds", "memory", "interrupted", "" (nothing did),
                          // "capacity" (about 2^32 states: more than the store can number), or what the model calls its
                          // own limit (KnowsItsLimits)
    std::vector<std::uint64_t> coverage; // firings that passed each coverage point
    std::uint64_t handler_calls = 0;     // how often a handler really ran; may differ with the number of workers
    std::uint64_t memo_hits = 0;         // firings that needed no handler call; may differ likewise
    std::uint64_t store_bytes = 0;       // visited set, states, parent links, and the values that they refer to
    std::uint64_t memory_bytes = 0;      // the most that the search has held at one time, what it remembers included
    double seconds = 0;
    std::string checkpoint_failure; // why the latest checkpoint could not be written; empty: nothing went wrong
};

} // namespace mdcd::checker
