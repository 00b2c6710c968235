// Which reductions a search uses: what was asked for, refused with a reason where it would be unsound, and, for runs
// without an end, what it cannot do without. Also: whether the search ran out of numbers. Knows no search.
#pragma once

#include <atomic>
#include <optional>
#include <span>

#include "checker/model.hpp"
#include "checker/report.hpp"
#include "model/inputs/scope.hpp"
#include "model/system.hpp"

namespace mdcd::model {

// Why the components of the cluster may not be renamed; a null pointer if they may.
[[nodiscard]] const char* why_components_differ(const Scope& scope, const impl::Rules& rules);

// `symmetry`, `renumbering`: what was asked for; none: renumbering where runs have no end. Throws RequestError.
[[nodiscard]] Reductions reductions_for(const Scope& scope, const impl::Rules& rules, Symmetry symmetry,
                                        std::optional<bool> renumbering);

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
