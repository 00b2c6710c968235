// A model seen through one of its properties: same states, same steps, same firings, all other properties
// left out. For a question about one property, which should end as soon as that one is settled.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::checker {

// Deadlock: keep only deadlock freedom, which is no property of the model's own list; needs final states.
template <Model M, bool Deadlock = false> class OneProperty {
public:
    // `property`: an index into M::properties(), ignored when Deadlock. The model must outlive this view.
    OneProperty(const M& model, std::size_t property) : model_(model), property_(property) {
        if constexpr (!Deadlock)
            kept_.push_back(std::span<const Property>(model.properties())[property]);
    }

    using Summary = typename M::Summary;
    std::span<const Slot> slots() const { return model_.slots(); }
    std::span<const Step> steps() const { return model_.steps(); }
    std::vector<GlobalState> initial_states() const { return model_.initial_states(); }
    void fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const { model_.fire(step, inputs, outcomes); }
    std::span<const Property> properties() const { return kept_; }
    Summary summarise(SlotIndex slot, std::string_view bytes) const { return model_.summarise(slot, bytes); }
    PropertyBits judge(std::span<const Summary* const> summaries) const {
        return Deadlock ? 0 : model_.judge(summaries) >> property_ & 1;
    }
    std::span<const std::string> coverage_points() const { return model_.coverage_points(); }
    bool is_final(std::span<const Summary* const> summaries) const requires Deadlock && KnowsFinalStates<M> {
        return model_.is_final(summaries);
    }

private:
    const M& model_;
    std::size_t property_;
    std::vector<Property> kept_;
};

} // namespace mdcd::checker
