// Lists are short: they are looked through.
// Knows no search.
#include "checker/engine/footprints.hpp"

#include <algorithm>
#include <cstddef>

namespace mdcd::checker::engine {

void Footprint::set(SlotIndex slot) {
    if (std::ranges::find(sets, slot) == sets.end())
        sets.push_back(slot);
}

void Footprint::send(SlotIndex slot, std::uint16_t count) {
    const auto known = std::ranges::find(sends, slot, &Sent::slot);
    if (known == sends.end())
        sends.push_back({.slot = slot, .most = count});
    else
        known->most = std::max(known->most, count);
}

void Footprint::add(const Footprint& other) {
    for (const SlotIndex slot : other.sets)
        set(slot);
    for (const Sent& sent : other.sends)
        send(sent.slot, sent.most);
}

bool Footprint::covers(const Footprint& other) const {
    return std::ranges::all_of(other.sets,
                               [&](SlotIndex slot) { return std::ranges::find(sets, slot) != sets.end(); }) &&
           std::ranges::all_of(other.sends, [&](const Sent& sent) {
               const auto known = std::ranges::find(sends, sent.slot, &Sent::slot);
               return known != sends.end() && known->most >= sent.most;
           });
}

Footprint footprint_of(const Step& step, std::span<const std::string_view> values, const Outcome& outcome) {
    Footprint footprint;
    for (const Outcome::Change& write : outcome.writes) {
        const auto read = std::ranges::find(step.reads, write.slot);
        if (read == step.reads.end() || values[static_cast<std::size_t>(read - step.reads.begin())] != write.bytes)
            footprint.set(write.slot);
    }
    for (const Outcome::Change& sent : outcome.sends) {
        const auto same = [&](const Outcome::Change& other) { return other.slot == sent.slot; };
        footprint.send(sent.slot, static_cast<std::uint16_t>(std::ranges::count_if(outcome.sends, same)));
    }
    return footprint;
}

} // namespace mdcd::checker::engine
