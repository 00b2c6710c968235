// Whether a search of runs without an end ran out of numbers, and what its report is worth then.
// Knows no renaming.
#pragma once

#include <atomic>
#include <span>

#include "checker/report.hpp"
#include "model/system.hpp"

namespace mdcd::model {

// Sets of messages have an end, and in unbounded scopes a source stops there. That is not what the scope says: a search
// that comes so far has not seen everything.
class NumberWatch {
public:
    explicit NumberWatch(const System& system);

    void observe(std::span<const SlotSummary* const> summaries) {
        if (watches_ && (summaries[script_]->resolved & last_) != 0)
            ran_out_ = true;
    }
    [[nodiscard]] bool ran_out() const { return ran_out_; }

private:
    bool watches_;
    checker::SlotIndex script_;
    MessageSet last_ = as_set({0, cluster_message_count_max - 1});
    std::atomic<bool> ran_out_ = false;
};

// What is left of a report then: nothing was exhausted.
void note_numbers_ran_out(checker::Report& report);

} // namespace mdcd::model
