// What a search may be asked: workers, limits, progress, checkpoints. Knows no model.
// Nothing here changes a result, but for limits, renamings, and reduce_states, which changes no verdict.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/report.hpp"

namespace mdcd::checker {

// A look at a search that is under way.
struct Progress {
    double seconds = 0;               // since the search began; a resumed one counts on
    std::uint64_t distinct = 0;       // states found
    std::uint64_t expanded = 0;       // states whose firings have been followed
    std::uint64_t transitions = 0;    // as in Report
    std::uint64_t depth = 0;          // the level that is being expanded
    std::uint64_t frontier = 0;       // states found and not yet expanded
    double states_per_second = 0;     // distinct, since the last call
    std::uint64_t store_bytes = 0;    // as in Report
    std::uint64_t memory_bytes = 0;   // held now: the store and all that is remembered to save work
    double table_load = 0;            // used entries of the visited set's table, 0 to 1
    double memo_hit_rate = 0;         // firings that needed no handler call, 0 to 1
    std::vector<std::string> growing; // fields that keep reaching new maxima, each told once: "A1.log length: 12"
};

struct SearchOptions {
    unsigned workers = 1; // threads; 0: as many as there are cores. Changes no result.
    Limits limits;
    bool stop_when_decided = false; // end once every property is settled; the counts are those up to then
    bool check_determinism = false; // run every handler call twice, and the first ones in a process of its own as well;
                                    // otherwise a sample
    bool use_renamings = false;     // of a model that offers them (model.hpp): fewer states, paths in original names
    std::vector<std::string> stop_at; // end with the round in which one of these properties is found violated
    unsigned paths_max = 1; // of each violated property: up to so many that differ in their last step or what it passed
    bool use_sleep_sets = true; // do not follow edges that are known to lead where others do (ADR 24). Changes no
                                // count, verdict or length, but which of several shortest paths is found
    // Leave out states that no property can tell from those that are left (ADR 60), of a model that says what its
    // properties read (SaysWhatPropertiesRead). Verdicts are the same; counts are of what is left, paths need not be
    // shortest, and an observer may be shown a state twice. Where it is not sound the verdict is `error`, and why: with
    // renamings, a boundary, checkpoints, or `eventually`, on several ranks, and for models of one slot.
    bool reduce_states = false;
    std::vector<std::string> reduce_for; // settle these properties only, by name; empty: all. Of the others what is
                                         // found counts, and what is not is inconclusive
    const std::atomic<bool>* interrupt = nullptr; // once true, the search ends as `inconclusive: interrupted`

    std::function<void(const Progress&)> progress;       // called by one thread at a time
    std::function<void(const PropertyVerdict&)> decided; // the same, once for each property that some state settles
    double progress_seconds = 1;

    // A checkpoint is one file in an existing folder, replaced when the next one is complete. A resumed search ends
    // as an uninterrupted one would have; its observer is shown all states, those judged before included. One search at
    // a time may use a folder (WriteError), and none begins where there is a checkpoint (CheckpointError).
    std::string checkpoint_dir;     // empty: none
    double checkpoint_seconds = 60; // at the end of the first round after so long; 0: of every round
    bool resume = false;  // go on from the checkpoint: throws CheckpointError if it is not there or does not fit
    std::string identity; // what a checkpoint belongs to: everything that decides what the model does, its build as
                          // well. Without it there are no checkpoints: search throws CheckpointError
};

} // namespace mdcd::checker
