// What predicates see of a state, what they say of it, and what renamings do to it.
// Knows no step.
#include <algorithm>

#include "checker/actors/compiled_system.hpp"
#include "checker/actors/growth.hpp"
#include "checker/actors/guarded.hpp"
#include "checker/actors/narration.hpp"
#include "checker/channel.hpp"

namespace mdcd::checker::actors {

CompiledSystem::Summary CompiledSystem::summarise(SlotIndex slot, std::string_view bytes) const {
    if (slot < parts_.actors.size()) {
        const AnyActor& actor = *parts_.actors[slot];
        const ActorSlot parts = ActorSlot::of(bytes);
        return guarded([&] { return "the state of " + name(slot); },
                       [&] {
                           return Summary{.content =
                                              parts.is_down ? actor.durable(parts.state) : actor.state(parts.state),
                                          .count = static_cast<std::uint32_t>(parts.timers.size()),
                                          .is_down = parts.is_down};
                       });
    }
    if (slots_[slot].kind == SlotKind::value)
        return {};
    const std::vector<std::string_view> all = messages_of(bytes);
    if (slot == shape_.history)
        return {.content = parts_.actors.front()->history(all), .count = static_cast<std::uint32_t>(all.size())};
    return {.content = parts_.actors.front()->messages(all), .count = static_cast<std::uint32_t>(all.size())};
}

bool CompiledSystem::is_true(std::size_t property, const SystemState& state) const {
    return parts_.claims[claim_of_property_[property]].predicate(state);
}

PropertyBits CompiledSystem::judge(std::span<const Summary* const> summaries) const {
    const SystemState state(shape_, summaries);
    PropertyBits bits = 0;
    std::size_t property = 0;
    guarded([&] { return "the predicate of '" + properties_[property].name + "'"; },
            [&] {
                for (; property < properties_.size(); ++property)
                    if (is_true(property, state))
                        bits |= PropertyBits{1} << property;
            });
    return bits;
}

PropertyBits CompiledSystem::judge_backwards(std::span<const Summary* const> summaries) const {
    const SystemState state(shape_, summaries);
    PropertyBits bits = 0;
    std::size_t property = properties_.size();
    guarded([&] { return "the predicate of '" + properties_[property].name + "'"; },
            [&] {
                while (property-- > 0)
                    if (is_true(property, state))
                        bits |= PropertyBits{1} << property;
            });
    return bits;
}

PropertyBits CompiledSystem::waiting(std::span<const Summary* const> summaries) const {
    const SystemState state(shape_, summaries);
    PropertyBits bits = 0;
    std::size_t number = 0;
    guarded([&] { return "the predicate of '" + whole_run(number).name + "'"; },
            [&] {
                for (; number < whole_runs_.size(); ++number) {
                    const Claim& claim = whole_run(number);
                    if (claim.predicate(state))
                        continue;
                    bits |= PropertyBits{1} << number;
                    if (claim.whenever && claim.whenever(state))
                        bits |= PropertyBits{1} << (number + whole_runs_.size());
                }
            });
    return bits;
}

bool CompiledSystem::is_final(std::span<const Summary* const> summaries) const {
    return no_deadlock_ == nullptr || guarded([] { return std::string("is_final of no_deadlock"); },
                                              [&] { return no_deadlock_->predicate(SystemState(shape_, summaries)); });
}

bool CompiledSystem::is_inside(std::span<const Summary* const> summaries) const {
    return !has_boundary() || guarded([] { return std::string("the boundary"); },
                                      [&] { return parts_.boundary(SystemState(shape_, summaries)); });
}

void CompiledSystem::measure(SlotIndex slot, std::string_view bytes, std::vector<Measure>& measures) const {
    if (slot < parts_.actors.size())
        actors::measure(picture_of_slot(*this, slot, bytes), {}, measures);
}

std::vector<Renaming> CompiledSystem::renamings() const {
    std::vector<Renaming> all;
    for (Renaming renaming = 0; renaming < renamings_.size(); ++renaming)
        all.push_back(renaming);
    return all;
}

void CompiledSystem::candidate_renamings(std::span<const Summary* const>, std::vector<Renaming>& candidates) const {
    const std::vector<Renaming> all = renamings();
    candidates.insert(candidates.end(), all.begin(), all.end());
}

SlotIndex CompiledSystem::renamed_slot(Renaming renaming, SlotIndex slot) const {
    return renamings_[renaming].slots[slot];
}

std::string CompiledSystem::renamed_bytes(Renaming renaming, SlotIndex slot, std::string_view bytes) const {
    const actors::Places& places = renamings_[renaming].actors;
    if (slot < parts_.actors.size()) {
        const AnyActor& actor = *parts_.actors[slot];
        ActorSlot parts = ActorSlot::of(bytes);
        parts.state =
            parts.is_down ? actor.renamed_durable(parts.state, places) : actor.renamed_state(parts.state, places);
        for (std::string& timer : parts.timers)
            timer = actor.renamed_timer(timer, places);
        if (!parts_.ordered_timers)
            std::ranges::sort(parts.timers);
        return parts.bytes();
    }
    if (slots_[slot].kind == SlotKind::value)
        return std::string(bytes);
    std::string renamed;
    const AnyActor& any = *parts_.actors.front();
    if (slot == shape_.history) {
        for (const std::string& event : any.renamed_history(messages_of(bytes), start_events_, places))
            append_message(renamed, event);
        return renamed;
    }
    for (const std::string_view message : messages_of(bytes)) {
        const std::string each = any.renamed_message(message, places);
        if (slots_[slot].kind == SlotKind::fifo)
            append_message(renamed, each);
        else
            insert_message(renamed, each);
    }
    return renamed;
}

} // namespace mdcd::checker::actors
