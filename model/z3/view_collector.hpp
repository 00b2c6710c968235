// Observes a search and gathers the questions for Z3 on the way: for each property the distinct canonical views, with
// what the native evaluation said and how many states have them. Workers share nothing; asking is done afterwards, in
// parallel (or on the spot, in mode `every`).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "checker/model.hpp"
#include "model/claims/summary.hpp"
#include "model/system.hpp"
#include "model/z3/z3_judge.hpp"

namespace mdcd::model {

// A distinct question, for whoever wants to look at it.
struct AskedQuestion {
    PropertyId property = PropertyId::containment;
    std::string key;                // its canonical view
    std::uint64_t views = 0;        // states that have it
    bool violated = false;          // natively
    const View* specimen = nullptr; // of the states' own views the first by content, if specimens are kept
};

class ViewCollector {
public:
    // The judge must outlive it. With specimens, one view in its original names is kept for each question.
    explicit ViewCollector(Z3Judge& judge, bool keeps_specimens = false);
    ~ViewCollector();
    ViewCollector(const ViewCollector&) = delete;
    ViewCollector& operator=(const ViewCollector&) = delete;

    // For checker::search. Throws Disagreement if the native evaluation says different things about states with equal
    // canonical views, or, in mode `every`, if Z3 disagrees.
    void observe(unsigned worker, std::span<const SlotSummary* const> summaries, const Recovery& recovery,
                 checker::PropertyBits bits);

    // Asks what has been gathered and not been asked yet, in an order that does not depend on the number of workers.
    // Throws Disagreement. Returns what it all came to, since the judge began.
    Z3Tallies ask_all();

    // What the last ask_all() asked, in its order (in mode `every` too, where it was asked before, if specimens are
    // kept); valid until the next.
    [[nodiscard]] const std::vector<AskedQuestion>& questions() const { return questions_; }

private:
    struct Worker;
    struct Specimen;
    struct Seen;
    struct Gathered;

    void merge();
    void ask_merged();

    Z3Judge& judge_;
    bool keeps_specimens_;
    std::vector<std::unique_ptr<Worker>> workers_; // by number; made by the worker itself
    std::vector<AskedQuestion> questions_;
    std::vector<std::unique_ptr<Specimen>> specimens_; // of questions_
};

} // namespace mdcd::model
