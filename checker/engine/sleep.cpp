// One table for all pairs of steps, made once.
// Knows nothing of what steps do but where.
#include "checker/engine/sleep.hpp"

#include <algorithm>

namespace mdcd::checker::engine {
namespace {

bool overlap(std::span<const SlotIndex> some, std::span<const SlotIndex> others) { // both sorted
    std::vector<SlotIndex> common;
    std::ranges::set_intersection(some, others, std::back_inserter(common));
    return !common.empty();
}

} // namespace

SleepSets::SleepSets(std::span<const Step> steps, std::span<const std::vector<SlotIndex>> changes, bool on)
    : awake_(label_count), changes_(changes.begin(), changes.end()) {
    std::vector<std::vector<SlotIndex>> inputs;
    for (std::size_t step = 0; step < steps.size(); ++step) {
        inputs.push_back(inputs_of(steps[step]));
        std::ranges::sort(inputs.back());
        std::ranges::sort(changes_[step]);
    }
    for (Row& row : awake_)
        row.fill(~std::uint64_t{0});
    const std::size_t labelled = on ? std::min(steps.size(), label_count - 1) : 0;
    for (std::size_t later = 1; later < labelled; ++later)
        for (std::size_t earlier = 0; earlier < later; ++earlier)
            if (!overlap(changes_[later], changes_[earlier]) && !overlap(changes_[later], inputs[earlier]) &&
                !overlap(inputs[later], changes_[earlier]))
                awake_[later + 1][(earlier + 1) / 64] &= ~(std::uint64_t{1} << ((earlier + 1) % 64));
}

SleepLabel SleepSets::label_of(StepIndex step, std::span<const SlotIndex> changed) const {
    const bool foreseen =
        std::ranges::all_of(changed, [&](SlotIndex slot) { return std::ranges::binary_search(changes_[step], slot); });
    return foreseen && step + std::size_t{1} < label_count ? static_cast<SleepLabel>(step + 1) : SleepLabel{0};
}

} // namespace mdcd::checker::engine
