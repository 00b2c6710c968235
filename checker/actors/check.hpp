// Checks a system of actors, and what comes of it: verdicts, counts, and for each claim that was settled by a run the
// run in words. The second header to read, after system.hpp. Knows no engine but by name.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/actors/system.hpp"
#include "checker/report.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::actors {

class CheckedModel; // compile.hpp

// What became of one actor in a step.
struct ActorChange {
    std::string actor;
    std::vector<std::string> lines; // "phase: idle -> waiting"
};

struct RunStep {
    std::string text;               // "client 2 -> server 1: Put{key 3}"
    std::vector<std::string> notes; // choices made, coverage points passed
    std::vector<std::string> sent;  // "server 1 -> client 2: Done"
    std::vector<ActorChange> changes;
};

struct Run {
    std::vector<ActorChange> start; // the state of each actor
    std::vector<std::string> sent;  // at the start
    std::vector<RunStep> steps;
    std::vector<std::string> under_way;    // messages in the last state
    std::vector<ActorChange> end;          // the state of each actor in it
    std::optional<std::size_t> loop_begin; // of a run without end: after so many steps; the others go on for ever
};

struct ClaimVerdict {
    std::string claim;
    ClaimKind kind = ClaimKind::always;
    std::string rationale;
    Verdict verdict = Verdict::inconclusive;
    std::string reason;       // of `inconclusive` and `error`
    std::string warning;      // of `violated`: what is said to be fair and exists nowhere, so that it helped nobody
    std::optional<Path> path; // of `violated`, `reached` and `error`: a shortest one. Of a claim of whole runs: to the
                              // end of the run, or once round its loop
    std::optional<Run> run;   // the same in words
};

// Of the graph in which loops are looked for: all states, however many are interchangeable.
struct LivenessCounts {
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::vector<std::string> notes; // what is said to be fair and was never met while something was waited for; if all
                                    // states were looked at
};

struct SystemReport {
    std::vector<ClaimVerdict> claims;         // in the order in which they were made
    Report search;                            // counts and limits
    std::optional<LivenessCounts> whole_runs; // if something is claimed of them, and they were looked at
    bool has_boundary = false;                // what holds, holds within it
    std::size_t renamings = 1;                // so many states at most count as one
    std::vector<std::string> coverage_points;
    // Of a search that a limit has cut off: what kept growing along a few long runs that were chosen at random, as
    // "receiver.delivered length: to 512". It may have no end then.
    std::vector<std::string> growing;
    std::shared_ptr<const CheckedModel> model; // what paths are about, for those who tell or draw them

    [[nodiscard]] const ClaimVerdict& operator[](const std::string& claim) const; // refuses what is not claimed
};

// Shown each distinct state once. Several workers show at the same time; each has its own number, from 0.
class StateObserver {
public:
    virtual ~StateObserver() = default;
    virtual void begin() = 0; // what was shown before was of a search that is done again: forget it
    virtual void see(unsigned worker, const SystemState& state) = 0;
};

struct CheckOptions {
    SearchOptions search;     // use_renamings is set by the system
    bool use_symmetry = true; // of a system that has interchangeable actors
    // End with the round in which a first claim is found broken, a dead end included, and do not look at whole runs
    // then: a mistake often makes a system endless. What is still open is inconclusive.
    bool stop_at_first = false;
    StateObserver* observer = nullptr;
};

// Settles every claim. What a handler or a predicate throws, and any other mistake of the system, is a verdict `error`
// of what is still open, with the run that leads there. A system without actors is refused.
[[nodiscard]] SystemReport check(const ActorSystem& system, const CheckOptions& options = {});

// Shows the last state of the run that settles a claim; it must have one.
void show_end(const SystemReport& report, const std::string& claim,
              const std::function<void(const SystemState& state)>& show);

[[nodiscard]] std::string to_text(const Run& run);
[[nodiscard]] std::string to_text(const SystemReport& report);
// While the search goes on, tells on the stream what is settled as soon as it is, after a second and ever more rarely
// how far the search is, and which fields keep growing. Changes no result.
void tell_on_the_way(CheckOptions& options, std::FILE* stream = stderr);
// To standard output.
void print(const SystemReport& report);

// 0: every claim is as it should be. 10: one is violated, or the system is in error; 11: something cannot be reached;
// 20: a limit was hit, or nothing was claimed. What holds does so within the boundary, if there is one: the text says
// so.
[[nodiscard]] int exit_code(const SystemReport& report);

} // namespace mdcd::checker::actors
