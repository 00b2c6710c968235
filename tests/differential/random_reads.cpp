// Properties are hashes of the slots that they look at: of all together, or of each, so that one slot can decide.
// Knows no search.
#include "tests/differential/random_reads.hpp"

#include <algorithm>
#include <array>

namespace mdcd::tests {

using namespace checker;

namespace {

constexpr std::array<std::uint64_t, 3> one_in = {4, 16, 40}; // combinations of what is looked at decide a property

} // namespace

RandomModelWithReads::RandomModelWithReads(std::uint64_t seed, Drawn drawn, bool two, bool careful) {
    for (std::uint64_t part = 0; part < (two ? 2U : 1U); ++part)
        parts_.push_back(drawn == Drawn::with_rare_writes && careful
                             ? RandomModelWithFinals(RandomModelWithRareWrites(seed + 1'000'000 * part))
                             : RandomModelWithFinals(seed + 1'000'000 * part, careful, drawn == Drawn::varied));
    for (const RandomModelWithFinals& part : parts_) {
        const auto first = static_cast<SlotIndex>(slots_.size());
        const auto moved = [first](std::vector<SlotIndex> some) {
            for (SlotIndex& slot : some)
                slot = static_cast<SlotIndex>(slot + first);
            return some;
        };
        slots_.insert(slots_.end(), part.slots().begin(), part.slots().end());
        for (Step step : part.steps()) {
            step.reads = moved(step.reads);
            step.room = moved(step.room);
            step.fits = moved(step.fits);
            if (step.takes)
                step.takes = static_cast<SlotIndex>(*step.takes + first);
            steps_.push_back(step);
        }
    }
    draw_reads(seed);
}

void RandomModelWithReads::draw_reads(std::uint64_t seed) {
    Random random(seed + 77);
    for (std::size_t pair = 0; pair < one_in.size(); ++pair) {
        PropertyReads reads;
        for (std::uint64_t left = 1 + random.below(pair + 1); left > 0; --left) {
            const auto slot = static_cast<SlotIndex>(random.below(slots_.size()));
            if (std::ranges::find(reads.slots, slot) == reads.slots.end())
                reads.slots.push_back(slot);
        }
        reads.each_by_itself = random.one_in(2) && std::ranges::all_of(reads.slots, [&](SlotIndex slot) {
                                   return slots_[slot].kind == SlotKind::value;
                               });
        reads_.push_back(reads);
        reads_.push_back(reads);
    }
}

std::vector<GlobalState> RandomModelWithReads::initial_states() const {
    std::vector<GlobalState> states = parts_.front().initial_states();
    if (parts_.size() == 1)
        return states;
    std::vector<GlobalState> both;
    for (const GlobalState& one : states)
        for (const GlobalState& other : parts_.back().initial_states()) {
            both.push_back(one);
            both.back().insert(both.back().end(), other.begin(), other.end());
        }
    return both;
}

void RandomModelWithReads::fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const {
    const std::size_t before = parts_.front().steps().size();
    if (step < before)
        return parts_.front().fire(step, inputs, outcomes);
    parts_.back().fire(static_cast<StepIndex>(step - before), inputs, outcomes);
    for (Outcome& outcome : outcomes)
        for (std::vector<Outcome::Change>* const changes : {&outcome.writes, &outcome.sends})
            for (Outcome::Change& change : *changes)
                change.slot = static_cast<SlotIndex>(change.slot + first_slot(1));
}

RandomModelWithReads::Summary RandomModelWithReads::summarise(SlotIndex slot, std::string_view bytes) const {
    const std::size_t part = slot < parts_.front().slots().size() ? 0 : 1;
    return parts_[part].summarise(static_cast<SlotIndex>(slot - first_slot(part)), bytes);
}

bool RandomModelWithReads::is_final(std::span<const Summary* const> summaries) const {
    bool all = true;
    for (std::size_t part = 0; part < parts_.size(); ++part)
        all = all && parts_[part].is_final(summaries.subspan(first_slot(part), parts_[part].slots().size()));
    return all;
}

PropertyBits RandomModelWithReads::judge(std::span<const Summary* const> summaries) const {
    PropertyBits bits = 0;
    for (std::size_t pair = 0; pair < one_in.size(); ++pair) {
        const PropertyReads& reads = reads_[2 * pair];
        std::uint64_t together = pair;
        bool decided = false;
        for (const SlotIndex slot : reads.slots) {
            together ^= stir(*summaries[slot] + slot);
            decided = decided || (reads.each_by_itself && stir(*summaries[slot] + pair) % one_in[pair] == 0);
        }
        if (!reads.each_by_itself)
            decided = stir(together) % one_in[pair] == 0;
        bits |= PropertyBits{decided ? 2U : 1U} << (2 * pair);
    }
    return bits;
}

} // namespace mdcd::tests
