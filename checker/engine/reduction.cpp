// A property that reads one value, or each by itself, needs nothing to be kept: every value that a slot ever has is
// met (docs/adr/0060). That is so of values only: in a channel a message may be taken before or after another is sent.
#include "checker/engine/reduction.hpp"

#include <algorithm>

#include "checker/decisions.hpp"
#include "checker/engine/direct_model.hpp"
#include "checker/engine/sampling.hpp"
#include "checker/engine/step_set.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {
namespace {

bool sees_values_only(const BoundModel& model, const PropertyReads& reads) {
    return std::ranges::all_of(reads.slots,
                               [&](SlotIndex slot) { return model.slots()[slot].kind == SlotKind::value; });
}

bool needs_nothing(const BoundModel& model, const PropertyReads& reads) {
    return (reads.each_by_itself || reads.slots.size() <= 1) && sees_values_only(model, reads);
}

std::optional<std::string> what_properties_lack(const BoundModel& model, const SearchOptions& options) {
    const std::span<const Property> properties = model.properties();
    for (const std::string& name : options.reduce_for)
        if (!has_property(model, name))
            return "there is no property '" + name + "'";
    bool asked = false;
    for (const Property& property : properties) {
        if (is_reduced_for(property, options) && property.kind == PropertyKind::eventually)
            return "'" + property.name + "' is about whole runs, of which some would be missing";
        asked = asked || is_reduced_for(property, options);
    }
    const std::span<const PropertyReads> reads = model.property_reads();
    if (asked && !model.says_what_properties_read())
        return "the model does not say which slots its properties read";
    if (asked && reads.size() != properties.size())
        return "the model says of " + std::to_string(reads.size()) + " properties what they read, and has " +
               std::to_string(properties.size());
    for (std::size_t i = 0; i < reads.size(); ++i) {
        for (const SlotIndex slot : reads[i].slots)
            if (slot >= model.slots().size())
                return "property '" + properties[i].name + "' is said to read slot " + std::to_string(slot) +
                       ", the model has " + std::to_string(model.slots().size());
        if (reads[i].each_by_itself && !sees_values_only(model, reads[i]))
            return "property '" + properties[i].name +
                   "' is said to look at each slot by itself, and a channel is among them";
    }
    return std::nullopt;
}

// The bit of the property in the state; none: it fails, or another one does.
std::optional<bool> truth(const BoundModel& model, const GlobalState& state, std::size_t property) {
    try {
        return (model.judge_by_hand(state) >> property & 1) != 0;
    } catch (const ModelError&) { // no run leads there, so nobody minds
        return std::nullopt;
    }
}

std::string says(const Property& property, const std::string& what) {
    return "the predicate of '" + property.name + "' " + what;
}

// Slot by slot, until it says something else.
std::string which_slot(const BoundModel& model, std::size_t property, const PropertyReads& reads, GlobalState state,
                       const GlobalState& other, bool before) {
    for (SlotIndex slot = 0; slot < state.size(); ++slot) {
        if (std::ranges::find(reads.slots, slot) != reads.slots.end())
            continue;
        state[slot] = other[slot];
        if (truth(model, state, property).value_or(before) != before)
            return "slot '" + model.slots()[slot].name + "'";
    }
    return "other slots";
}

std::optional<std::string> reads_more(const BoundModel& model, std::size_t property, const PropertyReads& reads,
                                      const GlobalState& state, const GlobalState& other) {
    const Property& asked = model.properties()[property];
    const std::optional<bool> before = truth(model, state, property);
    GlobalState mixed = other;
    for (const SlotIndex slot : reads.slots)
        mixed[slot] = state[slot];
    if (!before)
        return std::nullopt;
    if (truth(model, mixed, property).value_or(*before) != *before)
        return says(asked, "reads " + which_slot(model, property, reads, state, other, *before) +
                               ", which it is not said to read");
    const bool good = asked.kind == PropertyKind::always;
    if (!reads.each_by_itself || *before != good || truth(model, other, property).value_or(!good) != good)
        return std::nullopt;
    for (std::size_t i = 0; i < reads.slots.size(); i += 2)
        mixed[reads.slots[i]] = other[reads.slots[i]];
    if (truth(model, mixed, property).value_or(good) != good)
        return says(asked, "compares slots that it is said to look at each by itself");
    return std::nullopt;
}

} // namespace

std::optional<std::string> why_not_reduced(const BoundModel& model, const SearchOptions& options) {
    const auto refuse = [](const std::string& why) { return "no states can be left out: " + why; };
    if (options.use_renamings && model.offers_renamings())
        return refuse("states are merged up to renaming already, and both together have not been proved");
    if (model.knows_boundary())
        return refuse("the model has a boundary, and what is left may lead through states beyond it");
    if (dynamic_cast<const DirectModel*>(&model) != nullptr || model.slots().size() < 2)
        return refuse("the model has one slot, so no two of its steps are independent");
    if (model.steps().size() > StepSet::steps_max)
        return refuse("the model has " + std::to_string(model.steps().size()) + " steps, more than " +
                      std::to_string(StepSet::steps_max));
    if (!options.checkpoint_dir.empty() || options.resume)
        return refuse("a checkpoint does not say which were left out so far");
    if (const std::optional<std::string> lack = what_properties_lack(model, options))
        return refuse(*lack);
    return std::nullopt;
}

bool is_reduced_for(const Property& property, const SearchOptions& options) {
    return options.reduce_for.empty() ||
           std::ranges::find(options.reduce_for, property.name) != options.reduce_for.end();
}

std::vector<SlotIndex> seen_slots(const BoundModel& model, const SearchOptions& options) {
    std::vector<SlotIndex> seen;
    for (std::size_t property = 0; property < model.property_reads().size(); ++property) {
        const PropertyReads& reads = model.property_reads()[property];
        if (!is_reduced_for(model.properties()[property], options) || needs_nothing(model, reads))
            continue;
        for (const SlotIndex slot : reads.slots)
            if (std::ranges::find(seen, slot) == seen.end())
                seen.push_back(slot);
    }
    return seen;
}

std::optional<std::string> reads_more(const BoundModel& model, const SearchOptions& options, const GlobalState& state,
                                      const GlobalState& other) {
    for (std::size_t property = 0; property < model.property_reads().size(); ++property)
        if (is_reduced_for(model.properties()[property], options))
            if (const std::optional<std::string> more =
                    reads_more(model, property, model.property_reads()[property], state, other))
                return more;
    return std::nullopt;
}

} // namespace mdcd::checker::engine
