// The recovery view: all that the predicates look at in one global state, as numbers and sets. Flat, so
// that it can be built for every state; renamed to a canonical form, so that equal questions are asked once.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "model/claims/summary.hpp"

namespace mdcd::model {

inline constexpr std::size_t high_confidence_count_max = impl::component_count_max + impl::active_count_max;

struct ProcessView {
    bool clean = false;
    Numbers depends{};           // of the current state, in truth
    Numbers recovered_depends{}; // after recovery
    MessageSet received = 0;     // after recovery
    std::uint8_t chosen = 0;     // which candidate recovery picks
    const std::vector<Candidate>* candidates = nullptr;
};

struct View {
    unsigned components = 1;    // how many numbers say where errors begin (model/inputs/scope.hpp, fault_count)
    unsigned shadow_count = 1;  // p
    unsigned process_count = 0; // high-confidence processes: shadows, then active ones
    Numbers validated{};        // V: what acceptance tests have proved in truth, if none of them missed an error
    unsigned misses = 0;        // so many of them may have missed one
    const std::vector<Numbers>* tests = nullptr; // if so: what each would have proved
    std::array<ProcessView, high_confidence_count_max> processes{};

    MessageSet under_way = 0; // to high-confidence processes, now; no predicate of ours reads it

    // After recovery:
    MessageSet active_sent = 0;      // messages of active processes that their senders' histories contain
    MessageSet received_active = 0;  // .. that receivers' histories contain
    MessageSet received_cluster = 0; // messages of the cluster that receivers' histories contain
    MessageSet duplicated = 0;       // received, under way or re-sent more than once by itself
    MessageSet surviving = 0;        // under way and still to be delivered
    MessageSet resent = 0;
    MessageSet generated_later = 0; // of the resolved messages of the cluster, those that the shadows will send anew
    MessageSet resolved = 0;        // the internal messages that have left the cluster so far
    MessageSet proved = 0;          // of these and of the external ones: those that tests have proved correct
    // External messages of the cluster: known so far, output by the new versions, re-sent or generated later by the
    // old.
    MessageSet external = 0;
    MessageSet output = 0;
    MessageSet output_later = 0;
    MessageSet output_twice = 0;
    Numbers surviving_depends{};
    Numbers resent_depends{};
    bool resent_in_order = true;
};

} // namespace mdcd::model
