// The smallest sets of rule changes under which every claim holds: a search of the lattice of changes, level by level,
// on several scopes at once. What `mdcd repair` does, as a library call. Prints nothing.
//
// What is left out, and why that is right, is said in docs/soundness.md: sets that contain a repair (they are not
// minimal), and explorations of sets that a known run refutes (it is executed under their rules). Nothing else:
// verdicts are not monotone in changes, and a set that fails says nothing of those around it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/check/check.hpp"
#include "model/inputs/shard.hpp"
#include "model/repair/rule_lattice.hpp"

namespace mdcd::model {

struct RepairProgress {
    std::size_t level = 0;    // changes in the sets that are being examined
    std::size_t examined = 0; // sets of this level, so far
    std::size_t sets = 0;     // of this level, those left out not counted
    std::size_t repairs = 0;  // found so far
};

struct RepairOptions {
    CheckOptions check;              // of each exploration: limits, workers (of all of them together), Z3, properties
    std::vector<std::string> only{}; // the rules that may be changed; empty: all
    std::size_t changes_max = 4;     // in one set; 0: as many as there are rules
    std::string answers_file{};      // to go on from and to add to; empty: none
    std::vector<std::string> known_answers{}; // files of other runs, only read
    Shard shard{};                            // explore only these sets; the others stay open
    std::string build{};                      // what the answers depend on besides scope and rules
    std::function<void(const RepairProgress&)> progress{};
};

enum class SetVerdict : std::uint8_t {
    repairs,      // all claims hold on all scopes, exhaustively
    refuted,      // some claim fails on some scope, or cannot be evaluated
    vacuous,      // all claims hold, but a twin that the rules to start from reach is reached on no scope
    inconclusive, // a limit was hit, or Z3 did not answer, and nothing was refuted
};
[[nodiscard]] std::string name_of(SetVerdict verdict);

struct Refutation {
    std::size_t scope = 0;                   // position in Repair::scopes
    PropertyId property{};                   // the first that fails in the last state
    checker::Path path;                      // under the rules of this set
    std::string error;                       // why a handler or predicate failed there; empty: a claim is false
    std::optional<std::size_t> found_with{}; // position in Repair::sets: whose run this is, if another set's
};

struct ExaminedSet {
    ChangeSet changes;
    SetVerdict verdict = SetVerdict::inconclusive;
    std::optional<Refutation> refutation{};       // of `refuted`
    std::string reason;                           // of `inconclusive`
    std::vector<std::string> unreached{};         // of `vacuous`
    std::vector<std::uint64_t> distinct_states{}; // of `repairs` and `vacuous`, by scope
    std::vector<Cost> costs{};                    // .. likewise
};

struct Repair {
    std::vector<Scope> scopes{};
    RuleLattice lattice;
    std::size_t changes_max = 0;
    std::vector<ExaminedSet> sets{};    // by size, then in the order of the lattice; the first one is the empty set
    std::vector<std::size_t> repairs{}; // positions in `sets`, the cheapest first
    std::size_t left_out = 0;           // sets that contain a repair
    bool interrupted = false;           // `sets` holds what was examined before
    std::size_t left_to_others = 0;     // sets of other parts (RepairOptions::shard)
    std::size_t answers_known = 0;      // of the files that are only read
    std::string answers_failure{};      // why the file of answers lacks some; "": it does not
};

// Cost first (checkpoints for each message, bytes kept, events undone, over all scopes), then the number of changes.
// The result does not depend on the number of workers. Throws traces::FileError for unknown names and malformed
// answers.
[[nodiscard]] Repair repair(const std::vector<Scope>& scopes, const NamedRules& from, const RepairOptions& options);

// Of a set that was refuted: the run, as a trace under its rules.
[[nodiscard]] traces::Trace refuting_trace(const Repair& repair, const ExaminedSet& set,
                                           const std::string& tool_version);

// Of all scopes together.
[[nodiscard]] Cost total_cost(const ExaminedSet& set);

} // namespace mdcd::model
