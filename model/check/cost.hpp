// What a set of rules costs, measured over the explored states of one scope: checkpoints taken and kept, log entries,
// bytes, and what a recovery would undo. Sums and maxima are integers, so that they are exact and the same for any
// number of workers. docs/comparing-rules.md defines each figure; judges nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "checker/model.hpp"
#include "checker/report.hpp"
#include "model/system.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

// What the protocol does not know of its application, in bytes.
struct CostSizes {
    std::uint32_t state_bytes = 1024; // one copy of the application's state, in each checkpoint
    std::uint32_t payload_bytes = 64; // the content of one message, in each log entry

    friend bool operator==(const CostSizes&, const CostSizes&) = default;
};

// Of one figure, over distinct states, each counted once.
struct Spread {
    std::uint64_t sum = 0; // the mean is sum / Cost::states, or / Cost::before_recovery
    std::uint64_t worst = 0;

    void add(std::uint64_t figure);
    void merge(const Spread& other);
    friend bool operator==(const Spread&, const Spread&) = default;
};

struct Cost {
    bool complete = false; // the search was exhaustive; otherwise this is about the states it judged
    std::uint64_t states = 0;
    std::uint64_t before_recovery = 0; // .. in which no recovery by messages has begun; all, where it is atomic

    // Over all firings; together only if complete, since a state that was found and not expanded counts above alone.
    std::uint64_t messages = 0;    // application messages delivered to high-confidence processes
    std::uint64_t checkpoints = 0; // .. before which a checkpoint was taken
    std::uint64_t logged = 0;      // .. that the receiver logged

    // In each state, all high-confidence processes together:
    Spread checkpoints_kept;
    Spread entries_kept; // of the receiver logs and the logs of suppressed messages
    Spread bytes_kept;   // of both

    // If recovery were invoked in that state, if none has begun there, all high-confidence processes together:
    Spread events_undone; // receptions and sends that are in a history now, and would not be after recovery
    Spread rolled_back;   // processes
    Spread replayed;      // messages

    friend bool operator==(const Cost&, const Cost&) = default;
};

// Adds up two scopes. Worst is the worse of the two.
[[nodiscard]] Cost together(const Cost& one, const Cost& other);

// sum / count; 0 of nothing.
[[nodiscard]] double mean(std::uint64_t sum, std::uint64_t count);

[[nodiscard]] traces::Value to_value(const Cost& cost);
// The inverse. Throws traces::FileError with `file` and `path`.
[[nodiscard]] Cost cost_from(const traces::Value& value, const std::string& file, const std::string& path);

// Bytes of what is kept: the fields of the implementation's own structures.
struct ItemBytes {
    std::uint64_t checkpoint = 0;
    std::uint64_t input = 0;  // an entry of a receiver log
    std::uint64_t output = 0; // an entry of a log of suppressed messages
};
[[nodiscard]] ItemBytes item_bytes(const CostSizes& sizes);

// Observes a search (checker::Observer). Workers share nothing.
class CostCollector {
public:
    // `system` must outlive it.
    CostCollector(const System& system, const CostSizes& sizes);
    ~CostCollector();
    CostCollector(const CostCollector&) = delete;
    CostCollector& operator=(const CostCollector&) = delete;

    void observe(unsigned worker, std::span<const SlotSummary* const> summaries, checker::PropertyBits bits);

    // After the search, with its report.
    [[nodiscard]] Cost cost(const checker::Report& report) const;

private:
    struct Worker;

    const System& system_;
    ItemBytes bytes_;
    std::vector<std::unique_ptr<Worker>> workers_; // by number; made by the worker itself
};

} // namespace mdcd::model
