// Random systems whose properties look at some of the slots only, and say at which: for searches that leave out states.
// Knows no search.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tests/differential/random_model.hpp"

namespace mdcd::tests {

// What of a system is drawn beside its properties.
enum class Drawn : std::uint8_t { plain, varied, with_rare_writes };

// One of the systems of random_model.hpp, or two of them that only properties look at together. Of three pairs of
// properties each looks at one to three slots, some at values each by itself.
class RandomModelWithReads {
public:
    using Summary = RandomModel::Summary;

    RandomModelWithReads(std::uint64_t seed, Drawn drawn, bool two, bool careful = true);

    std::span<const checker::Slot> slots() const { return slots_; }
    std::span<const checker::Step> steps() const { return steps_; }
    std::vector<checker::GlobalState> initial_states() const;
    void fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) const;
    std::span<const checker::Property> properties() const { return parts_.front().properties(); }
    Summary summarise(checker::SlotIndex slot, std::string_view bytes) const;
    bool is_final(std::span<const Summary* const> summaries) const;
    std::span<const std::string> coverage_points() const { return parts_.front().coverage_points(); }

    checker::PropertyBits judge(std::span<const Summary* const> summaries) const;
    std::span<const checker::PropertyReads> property_reads() const { return reads_; }

private:
    void draw_reads(std::uint64_t seed);
    [[nodiscard]] std::size_t first_slot(std::size_t part) const { return part == 0 ? 0 : parts_[0].slots().size(); }

    std::vector<RandomModelWithFinals> parts_; // one after the other
    std::vector<checker::Slot> slots_;
    std::vector<checker::Step> steps_;
    std::vector<checker::PropertyReads> reads_; // of each property
};

static_assert(checker::SaysWhatPropertiesRead<RandomModelWithReads>);
static_assert(checker::KnowsFinalStates<RandomModelWithReads>);

} // namespace mdcd::tests
