// Drawing a system, and handlers and predicates that are hashes of what they are shown: arbitrary, but
// the same function whenever they are asked.
#include "tests/differential/random_model.hpp"

#include <algorithm>
#include <array>

#include "checker/channel.hpp"

namespace mdcd::tests {

using namespace checker;

namespace {

constexpr std::size_t coverage_point_count = 8;
constexpr std::array<std::uint64_t, 3> rarities = {5, 50, 2000}; // one state in so many decides a property

std::uint64_t absorb(std::uint64_t hash, std::string_view bytes) {
    hash = stir(hash + bytes.size() + 1);
    for (const char byte : bytes)
        hash = stir(hash + static_cast<unsigned char>(byte) + 1);
    return hash;
}

SlotIndex one_of(Random& random, const std::vector<SlotIndex>& slots) {
    return slots[random.below(slots.size())];
}

void add_once(std::vector<SlotIndex>& slots, SlotIndex slot) {
    if (std::ranges::find(slots, slot) == slots.end())
        slots.push_back(slot);
}

} // namespace

RandomModel::RandomModel(std::uint64_t seed, bool careful, bool varied) : seed_(stir(seed + 1)) {
    Random random(seed);
    draw_slots(random);
    for (std::size_t process = 0; process < processes_; ++process)
        for (std::uint64_t steps = 1 + random.below(2); steps > 0; --steps)
            draw_step(random, values_[process], {}, careful);
    for (const SlotIndex channel : channels_)
        for (std::uint64_t receivers = 1 + random.below(2); receivers > 0; --receivers)
            draw_step(random, values_[random.below(processes_)], channel, careful);
    if (varied)
        vary(random);
    draw_initial_states(random);
    for (std::size_t property = 0; property < rarities.size(); ++property) {
        properties_.push_back({"never_" + std::to_string(property), PropertyKind::always, "Drawn at random."});
        properties_.push_back({"sometimes_" + std::to_string(property), PropertyKind::reachable, "Drawn at random."});
    }
    for (std::size_t point = 0; point < coverage_point_count; ++point)
        coverage_.push_back("point " + std::to_string(point));
}

// Processes, shared values and channels, in any order of kinds.
void RandomModel::draw_slots(Random& random) {
    processes_ = 2 + random.below(3);
    const std::uint64_t values = processes_ + random.below(3);
    const std::uint64_t channels = 1 + random.below(4);
    message_kinds_ = 1 + random.below(4);
    while (values_.size() < values || channels_.size() < channels) {
        const auto slot = static_cast<SlotIndex>(slots_.size());
        const bool channel = values_.size() == values || (channels_.size() < channels && random.one_in(2));
        (channel ? channels_ : values_).push_back(slot);
        domains_.push_back(2 + random.below(3));
        const SlotKind kind = !channel ? SlotKind::value : random.one_in(2) ? SlotKind::fifo : SlotKind::bag;
        const auto capacity = static_cast<std::uint16_t>(channel ? 1 + random.below(3) : 0);
        slots_.push_back({.name = "slot " + std::to_string(slot), .kind = kind, .capacity = capacity});
    }
}

void RandomModel::draw_step(Random& random, SlotIndex process, std::optional<SlotIndex> takes, bool careful) {
    Step step{.name = "step " + std::to_string(steps_.size()), .reads = {}, .takes = takes, .room = {}};
    Effects effects;
    if (!random.one_in(10))
        step.reads.push_back(process);
    if (random.one_in(3))
        add_once(step.reads, one_of(random, values_));
    effects.writes.push_back(process);
    if (random.one_in(4))
        add_once(effects.writes, one_of(random, values_));
    for (std::uint64_t sends = random.below(3); sends > 0; --sends)
        add_once(effects.sends, one_of(random, channels_));
    if (careful)
        step.room = effects.sends;
    steps_.push_back(std::move(step));
    effects_.push_back(std::move(effects));
}

void RandomModel::vary(Random& random) {
    for (const SlotIndex channel : channels_)
        if (slots_[channel].kind == SlotKind::bag && random.one_in(2))
            slots_[channel].kind = SlotKind::set;
    for (Step& step : steps_) {
        step.keeps = step.takes.has_value() && random.one_in(3);
        if (random.one_in(2))
            std::swap(step.room, step.fits);
    }
}

void RandomModel::add_rare_writes() {
    Random random(seed_);
    for (std::size_t step = 0; step < steps_.size(); ++step) {
        add_once(steps_[step].reads, one_of(random, values_));
        add_once(steps_[step].reads, one_of(random, values_));
        const SlotIndex slot = one_of(random, values_);
        const bool often = std::ranges::find(effects_[step].writes, slot) != effects_[step].writes.end();
        rare_writes_.push_back(often ? std::nullopt : std::optional(slot));
    }
}

// One to three, some of them equal, some with messages under way.
void RandomModel::draw_initial_states(Random& random) {
    for (std::uint64_t states = 1 + random.below(3); states > 0; --states) {
        GlobalState state;
        for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
            std::string bytes;
            if (slots_[slot].kind == SlotKind::value)
                bytes = value_of(random.below(2), slot);
            else if (random.one_in(3))
                for (std::uint64_t messages = 1 + random.below(slots_[slot].capacity); messages > 0; --messages)
                    slots_[slot].kind == SlotKind::fifo  ? append_message(bytes, message_of(random.next()))
                    : slots_[slot].kind == SlotKind::set ? include_message(bytes, message_of(random.next()))
                                                         : insert_message(bytes, message_of(random.next()));
            state.push_back(std::move(bytes));
        }
        initial_.push_back(random.one_in(4) && !initial_.empty() ? initial_[0] : std::move(state));
    }
}

// Lengths differ, and the empty value is one of them.
std::string RandomModel::value_of(std::uint64_t word, std::size_t slot) const {
    return std::string(word % domains_[slot], 'v');
}

// The empty message is one, and one is the beginning of another.
std::string RandomModel::message_of(std::uint64_t word) const {
    static const std::array<std::string, 4> messages = {"m", "", "mm", std::string("\0\xff", 2)};
    return messages[word % message_kinds_];
}

void RandomModel::fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const {
    std::uint64_t hash = stir(seed_ + step);
    for (const std::string_view value : inputs.values)
        hash = absorb(hash, value);
    Random random(absorb(hash, inputs.message));
    const std::uint64_t choice = random.below(6);
    for (std::uint64_t left = choice == 0 ? 0 : choice == 1 ? 2 : 1; left > 0; --left) {
        Outcome outcome{.writes = {}, .sends = {}, .fired = random.below(1U << coverage_point_count)};
        for (const SlotIndex slot : effects_[step].writes)
            if (!random.one_in(3))
                outcome.writes.push_back({slot, value_of(random.next(), slot)});
        for (const SlotIndex channel : effects_[step].sends)
            if (random.one_in(2))
                outcome.sends.push_back({channel, message_of(random.next())});
        if (!rare_writes_.empty() && rare_writes_[step] && stir(hash ^ 3) % 16 == 0)
            outcome.writes.push_back({*rare_writes_[step], value_of(random.next(), *rare_writes_[step])});
        outcomes.push_back(std::move(outcome));
    }
}

RandomModel::Summary RandomModel::summarise(SlotIndex slot, std::string_view bytes) const {
    return absorb(seed_ ^ stir(slot + 1U), bytes);
}

std::uint64_t RandomModel::fold(std::span<const Summary* const> summaries) {
    std::uint64_t fold = 0;
    for (const Summary* const summary : summaries)
        fold ^= *summary;
    return fold;
}

PropertyBits RandomModel::judge(std::span<const Summary* const> summaries) const {
    PropertyBits bits = 0;
    for (std::size_t property = 0; property < rarities.size(); ++property) {
        const bool decided = stir(fold(summaries) + property) % rarities[property] == 0;
        bits |= PropertyBits{decided ? 2U : 1U} << (2 * property);
    }
    return bits;
}

bool RandomModelWithFinals::is_final(std::span<const Summary* const> summaries) const {
    return stir(fold(summaries) ^ 1) % 3 != 0;
}

bool RandomModelWithBoundary::is_inside(std::span<const Summary* const> summaries) const {
    return stir(fold(summaries) ^ 2) % 8 != 0;
}

} // namespace mdcd::tests
