// Observes a search and gathers the questions for Z3 on the way: for each property the distinct canonical views, with
// what the native evaluation said and how many states have them. Workers share nothing; asking is done afterwards, in
// parallel (or on the spot, in mode `every`).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "checker/model.hpp"
#include "model/summary.hpp"
#include "model/system.hpp"
#include "model/z3_judge.hpp"

namespace mdcd::model {

class ViewCollector {
public:
    // Both must outlive it.
    ViewCollector(const System& system, Z3Judge& judge);
    ~ViewCollector();
    ViewCollector(const ViewCollector&) = delete;
    ViewCollector& operator=(const ViewCollector&) = delete;

    // For checker::search. Throws Disagreement if the native evaluation says different things about states with equal
    // canonical views, or, in mode `every`, if Z3 disagrees.
    void observe(unsigned worker, std::span<const SlotSummary* const> summaries, checker::PropertyBits bits);

    // Asks what has been gathered and not been asked yet, in an order that does not depend on the number of workers.
    // Throws Disagreement. Returns what it all came to, since the judge began.
    Z3Tallies ask_all();

private:
    struct Worker;

    const System& system_;
    Z3Judge& judge_;
    std::vector<std::unique_ptr<Worker>> workers_; // by number; made by the worker itself
};

} // namespace mdcd::model
