// A system seen through one claim: that all of some claims hold. For a search that is to end with the first state in
// which any of them fails. Knows no claim by name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "model/system.hpp"

namespace mdcd::model {

class EveryClaim {
public:
    using Summary = SlotSummary;

    // `claims`: the bits of the properties that must be true in every state. `system` must outlive this.
    EveryClaim(const System& system, checker::PropertyBits claims)
        : system_(system),
          claims_(claims), property_{{"every_claim", checker::PropertyKind::always, "All claims hold."}} {}

    [[nodiscard]] std::span<const checker::Slot> slots() const { return system_.slots(); }
    [[nodiscard]] std::span<const checker::Step> steps() const { return system_.steps(); }
    [[nodiscard]] std::vector<checker::GlobalState> initial_states() const { return system_.initial_states(); }
    void fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        system_.fire(step, inputs, outcomes);
    }
    [[nodiscard]] std::span<const checker::Property> properties() const { return property_; }
    [[nodiscard]] SlotSummary summarise(checker::SlotIndex slot, std::string_view bytes) const {
        return system_.summarise(slot, bytes);
    }
    [[nodiscard]] checker::PropertyBits judge(std::span<const SlotSummary* const> summaries) const {
        return (system_.judge(summaries) & claims_) == claims_ ? 1 : 0;
    }
    [[nodiscard]] std::span<const std::string> coverage_points() const { return system_.coverage_points(); }

    void candidate_renamings(std::span<const SlotSummary* const> summaries,
                             std::vector<std::uint64_t>& candidates) const {
        system_.candidate_renamings(summaries, candidates);
    }
    [[nodiscard]] checker::SlotIndex renamed_slot(std::uint64_t renaming, checker::SlotIndex slot) const {
        return system_.renamed_slot(renaming, slot);
    }
    [[nodiscard]] std::string renamed_bytes(std::uint64_t renaming, checker::SlotIndex slot,
                                            std::string_view bytes) const {
        return system_.renamed_bytes(renaming, slot, bytes);
    }

private:
    const System& system_;
    checker::PropertyBits claims_;
    std::vector<checker::Property> property_;
};

static_assert(checker::Model<EveryClaim> && checker::OffersRenamings<EveryClaim>);

} // namespace mdcd::model
