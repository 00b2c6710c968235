// Each worker adds up on its own; the sums are put together in the end.
// Knows no figure.
#include "model/families/measured_states.hpp"

#include <algorithm>

#include "checker/invariant.hpp"

namespace mdcd::model {
namespace {

constexpr unsigned workers_max = 1024; // more than a search ever has

} // namespace

void FamilyMeasure::add(std::uint64_t amount) {
    ++count;
    sum += amount;
    worst = std::max(worst, amount);
}

MeasuredStates::MeasuredStates(const Measured& what) : what_(what), workers_(workers_max) {}

void MeasuredStates::begin() {
    for (auto& each : workers_)
        each.reset();
}

void MeasuredStates::see(unsigned worker, const checker::actors::SystemState& state) {
    invariant(worker < workers_max, "a search has fewer workers");
    auto& mine = workers_[worker];
    if (!mine)
        mine = std::make_unique<std::vector<FamilyMeasure>>(none());
    what_.look(state, *mine);
}

std::vector<FamilyMeasure> MeasuredStates::measures() const {
    std::vector<FamilyMeasure> all = none();
    for (const auto& worker : workers_)
        for (std::size_t each = 0; worker && each < all.size(); ++each) {
            all[each].count += (*worker)[each].count;
            all[each].sum += (*worker)[each].sum;
            all[each].worst = std::max(all[each].worst, (*worker)[each].worst);
        }
    return all;
}

std::vector<FamilyMeasure> MeasuredStates::none() const {
    std::vector<FamilyMeasure> all;
    for (const std::string& name : what_.names)
        all.push_back({.name = name});
    return all;
}

} // namespace mdcd::model
