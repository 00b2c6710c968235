// A model as the engine sees it: the concept of model.hpp behind virtual functions, so that the engine is
// compiled once. Everything but judge() is called rarely.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "checker/path.hpp"
#include "checker/well_formed.hpp"

namespace mdcd::checker::engine {

// A summary of one slot's value, of the model's own type.
using OpaqueSummary = const void*;

// The slots that decide whether a step is enabled, and what it does.
[[nodiscard]] inline std::vector<SlotIndex> inputs_of(const Step& step) {
    std::vector<SlotIndex> inputs = step.reads;
    if (step.takes)
        inputs.push_back(*step.takes);
    inputs.insert(inputs.end(), step.room.begin(), step.room.end());
    inputs.insert(inputs.end(), step.fits.begin(), step.fits.end());
    return inputs;
}

// Functions that take a worker's number may be called by different workers at the same time. Whatever the model throws,
// they throw as a ModelError.
class BoundModel {
public:
    virtual ~BoundModel() = default;

    [[nodiscard]] virtual std::span<const Slot> slots() const = 0;
    [[nodiscard]] virtual std::span<const Step> steps() const = 0;
    [[nodiscard]] virtual std::span<const Property> properties() const = 0;
    [[nodiscard]] virtual std::size_t coverage_point_count() const = 0;
    [[nodiscard]] Shape shape() const {
        return {
            .slots = slots(), .steps = steps(), .properties = properties(), .coverage_points = coverage_point_count()};
    }
    [[nodiscard]] virtual bool knows_final_states() const = 0;
    [[nodiscard]] virtual std::vector<GlobalState> initial_states() const = 0;
    // A copy of the model, bound to no observer, which shares nothing with this one; null if it cannot be copied.
    [[nodiscard]] virtual std::unique_ptr<BoundModel> second() const = 0;

    // As in path.hpp: what it adds is well formed.
    virtual void fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const = 0;
    // Valid until forget_summaries().
    [[nodiscard]] virtual OpaqueSummary summarise(unsigned worker, SlotIndex slot, std::string_view bytes) = 0;
    virtual void forget_summaries() = 0;
    // What one of them takes, as far as its type says.
    [[nodiscard]] virtual std::uint64_t summary_bytes(OpaqueSummary summary) const = 0;

    // Which slots the two rows of the functions below are about, in which order.
    virtual void set_rows(std::span<const SlotIndex> left, std::span<const SlotIndex> right, unsigned workers) = 0;
    [[nodiscard]] virtual bool has_observer() const = 0;
    // Judges a state, and shows it to the observer. One summary for each slot of the row.
    virtual PropertyBits judge(unsigned worker, const OpaqueSummary* left, const OpaqueSummary* right) = 0;
    [[nodiscard]] virtual bool is_final(unsigned worker, const OpaqueSummary* left, const OpaqueSummary* right) = 0;

    // As in KnowsItsBoundary; everywhere inside if the model knows none.
    [[nodiscard]] virtual bool knows_boundary() const = 0;
    [[nodiscard]] virtual bool is_inside(unsigned worker, const OpaqueSummary* left, const OpaqueSummary* right) = 0;

    // As in SaysWhatPropertiesRead; none if the model does not say it.
    [[nodiscard]] virtual bool says_what_properties_read() const = 0;
    [[nodiscard]] virtual std::span<const PropertyReads> property_reads() const = 0;

    // As in OffersRenamings, if the model does.
    [[nodiscard]] virtual bool offers_renamings() const = 0;
    virtual void candidate_renamings(unsigned worker, const OpaqueSummary* left, const OpaqueSummary* right,
                                     std::vector<Renaming>& candidates) = 0;
    // The renamings to be compared in a state, whichever way the model offers them; none if it does not. By hand.
    [[nodiscard]] virtual std::vector<Renaming> candidates_in(const GlobalState& state) const = 0;
    // As in OffersFixedRenamings; empty if the model does not.
    [[nodiscard]] virtual std::vector<Renaming> renamings() const = 0;
    [[nodiscard]] virtual SlotIndex renamed_slot(Renaming renaming, SlotIndex slot) const = 0;
    [[nodiscard]] virtual std::string renamed_bytes(Renaming renaming, SlotIndex slot,
                                                    std::string_view bytes) const = 0;

    // As in OffersMeasures; appends nothing if the model does not.
    virtual void measure(SlotIndex slot, std::string_view bytes, std::vector<Measure>& measures) const = 0;

    // As in KnowsItsLimits; none if the model does not.
    [[nodiscard]] virtual std::optional<std::string> limit_at(const GlobalState& state) const = 0;

    // By hand, on bytes: as in path.hpp.
    [[nodiscard]] virtual std::vector<Enabled> enabled_in(const GlobalState& state) const = 0;
    [[nodiscard]] virtual PropertyBits judge_by_hand(const GlobalState& state) const = 0;
    // As in JudgesBackwards; nothing if the model does not.
    [[nodiscard]] virtual std::optional<PropertyBits> judge_backwards_by_hand(const GlobalState& state) const = 0;
    [[nodiscard]] virtual bool is_final_by_hand(const GlobalState& state) const = 0; // true if the model does not know
    [[nodiscard]] virtual bool is_inside_by_hand(const GlobalState& state) const = 0;
};

} // namespace mdcd::checker::engine
