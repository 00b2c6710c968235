// What rules cost: figures measured in each distinct state of a search. Sums are whole numbers, so they are the same
// for any number of workers. Knows no family.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "checker/actors/check.hpp"
#include "model/families/family.hpp"

namespace mdcd::model {

// What is measured, and how: `look` adds to the measures, which are in the order of the names. Called by several
// workers at the same time, each with measures of its own.
struct Measured {
    std::vector<std::string> names;
    std::function<void(const checker::actors::SystemState& state, std::span<FamilyMeasure> measures)> look;
};

class MeasuredStates final : public checker::actors::StateObserver {
public:
    // `what` must outlive it.
    explicit MeasuredStates(const Measured& what);

    void begin() override;
    void see(unsigned worker, const checker::actors::SystemState& state) override;

    // After the search.
    [[nodiscard]] std::vector<FamilyMeasure> measures() const;

private:
    [[nodiscard]] std::vector<FamilyMeasure> none() const;

    const Measured& what_;
    std::vector<std::unique_ptr<std::vector<FamilyMeasure>>> workers_; // by number; made by the worker itself
};

} // namespace mdcd::model
