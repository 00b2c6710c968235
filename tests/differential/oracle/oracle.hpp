// A second, independent judge of the protocol's claims: a plain breadth-first search over global states, written from
// the documents (specification of the protocol, docs/soundness.md, docs/readings.md) and from nothing else. It shares
// no code with `impl`, `model` or `checker`, so a mistake there is not a mistake here. It is slow and meant to be
// read. It covers clusters of one and two components with atomic recovery.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace oracle {

// What a scope file says, under the same names. Budgets count what may happen in a run.
struct Scope {
    int components = 1;
    int active_processes = 1;
    int cluster_messages = 0;
    int cluster_outputs = 0;
    int active_messages = 0;
    int messages_to_cluster = 0;
    int low_acceptance_tests = 0;
    int active_acceptance_tests = 0;
    int low_internal_messages = 0;
    int shadow_internal_messages = 0;
    bool unordered_channels = false; // channels: unordered
    bool order_of_cluster = true;    // order: cluster; otherwise component
    bool independent_faults = false; // faults: independent; otherwise cluster
};

// Values of rules by name. A rule that is left out has its first value, that of `published`.
using Rules = std::map<std::string, std::string>;

// The shortest run that violates a claim has this many steps.
constexpr int holds = -1;

struct Result {
    std::map<std::string, int> claims; // name of a claim: length of the shortest violation, or `holds`
    std::size_t states = 0;            // distinct states of the oracle; other models may tell more or fewer apart
    bool exhausted = true;             // false if `max_states` ended the search: then `holds` means nothing
};

// Explores every state of the scope. Throws std::invalid_argument for a rule or a value that it does not know.
Result judge(const Scope& scope, const Rules& rules, std::size_t max_states = 1'000'000);

} // namespace oracle
