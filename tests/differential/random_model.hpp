// Random small systems of processes and channels, for comparing one search with another. The system is
// drawn from a seed; the same seed always gives the same model. Knows no search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "checker/random.hpp"

namespace mdcd::tests {

// 2 to 4 processes of few local states, up to two shared values, 1 to 4 channels (fifo or bag, one to three
// messages), steps that read, take, write and send at random, three properties of each kind that some states
// decide. What a handler does is a hash of what it is shown: an arbitrary, but pure, function.
class RandomModel {
public:
    using Summary = std::uint64_t;

    // `careful`: steps wait for room wherever they send. Otherwise a send may exceed a capacity. `varied`: some bags
    // are sets, some steps keep what they take, and some wait for what they really send (Step::fits).
    RandomModel(std::uint64_t seed, bool careful, bool varied = false);

    std::span<const checker::Slot> slots() const { return slots_; }
    std::span<const checker::Step> steps() const { return steps_; }
    std::vector<checker::GlobalState> initial_states() const { return initial_; }
    void fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) const;
    std::span<const checker::Property> properties() const { return properties_; }
    Summary summarise(checker::SlotIndex slot, std::string_view bytes) const;
    checker::PropertyBits judge(std::span<const Summary* const> summaries) const;
    std::span<const std::string> coverage_points() const { return coverage_; }

protected:
    static std::uint64_t fold(std::span<const Summary* const> summaries);

    // From now on each step looks at two values more, and writes one that it never writes otherwise for one in sixteen
    // of what it is shown.
    void add_rare_writes();

private:
    struct Effects { // what a step may do, beyond what it is shown
        std::vector<checker::SlotIndex> writes;
        std::vector<checker::SlotIndex> sends;
    };

    void draw_slots(checker::Random& random);
    void draw_step(checker::Random& random, checker::SlotIndex process, std::optional<checker::SlotIndex> takes,
                   bool careful);
    void vary(checker::Random& random);
    void draw_initial_states(checker::Random& random);
    std::string value_of(std::uint64_t word, std::size_t slot) const;
    std::string message_of(std::uint64_t word) const;

    std::uint64_t seed_;
    std::uint64_t processes_ = 0;
    std::uint64_t message_kinds_ = 0;
    std::vector<checker::Slot> slots_;
    std::vector<std::uint64_t> domains_;     // of each slot: how many values it can have, if it is no channel
    std::vector<checker::SlotIndex> values_; // the processes first
    std::vector<checker::SlotIndex> channels_;
    std::vector<checker::Step> steps_;
    std::vector<Effects> effects_;                               // of each step
    std::vector<std::optional<checker::SlotIndex>> rare_writes_; // of each step, if there are any
    std::vector<checker::GlobalState> initial_;
    std::vector<checker::Property> properties_;
    std::vector<std::string> coverage_;
};

// The same, with final states: about one dead end in three is none.
class RandomModelWithFinals : public RandomModel {
public:
    using RandomModel::RandomModel;
    bool is_final(std::span<const Summary* const> summaries) const;
};

// The same with steps that rarely change what they otherwise leave alone: short walks do not foresee it.
class RandomModelWithRareWrites : public RandomModelWithFinals {
public:
    explicit RandomModelWithRareWrites(std::uint64_t seed) : RandomModelWithFinals(seed, true) { add_rare_writes(); }
};

// The same, varied, with a boundary: about one state in eight is outside.
class RandomModelWithBoundary : public RandomModelWithFinals {
public:
    explicit RandomModelWithBoundary(std::uint64_t seed) : RandomModelWithFinals(seed, true, true) {}
    bool has_boundary() const { return true; }
    bool is_inside(std::span<const Summary* const> summaries) const;
};

static_assert(checker::KnowsItsBoundary<RandomModelWithBoundary>);
static_assert(checker::Model<RandomModel> && !checker::KnowsFinalStates<RandomModel>);
static_assert(checker::Model<RandomModelWithFinals> && checker::KnowsFinalStates<RandomModelWithFinals>);

} // namespace mdcd::tests
