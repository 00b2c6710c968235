// Walks rather than a breadth-first sample: they get far from the initial states.
// Knows no model but its bytes.
#include "checker/engine/acquaintance.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "checker/engine/table_hash.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr unsigned walk_count = 16;
constexpr unsigned walk_length_max = 60;

std::vector<SlotIndex> as_set(std::vector<SlotIndex> slots) {
    std::ranges::sort(slots);
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    return slots;
}

class Walks {
public:
    explicit Walks(const BoundModel& model)
        : model_(model), enabled_(model.steps().size(), 0.0), changes_(model.steps().size()) {
        for (std::size_t step = 0; step < model.steps().size(); ++step)
            if (const auto& takes = model.steps()[step].takes; takes && !model.steps()[step].keeps)
                changes_[step].push_back(*takes);
    }

    void walk(unsigned number) {
        const std::vector<GlobalState> initial = model_.initial_states();
        GlobalState state = initial[number % initial.size()];
        std::uint64_t random = number;
        for (unsigned length = 0; length < walk_length_max; ++length) {
            Sample sample;
            for (std::size_t slot = 0; slot < state.size(); ++slot)
                sample.push_back(table_hash(slot, state[slot]));
            samples_.insert(std::move(sample));
            const std::vector<Enabled> all = model_.enabled_in(state);
            if (all.empty())
                return;
            for (const Enabled& each : all)
                note(each);
            random = mix(random + 0x9e3779b97f4a7c15U);
            const Enabled& chosen = all[random % all.size()];
            state = apply(model_.slots(), model_.steps(), state, chosen.firing, chosen.outcome);
        }
    }

    [[nodiscard]] Acquaintance learnt() const {
        std::vector<Affinity> affinities;
        for (std::size_t step = 0; step < enabled_.size(); ++step) {
            const double weight = 1.0 + enabled_[step];
            std::vector<SlotIndex> touched = inputs_of(model_.steps()[step]);
            affinities.push_back({.slots = as_set(touched), .weight = 2 * weight});
            touched.insert(touched.end(), changes_[step].begin(), changes_[step].end());
            affinities.push_back({.slots = as_set(touched), .weight = weight});
        }
        return {.layout = choose_layout(model_.slots().size(), affinities,
                                        std::vector<Sample>(samples_.begin(), samples_.end())),
                .changes = changes_};
    }

private:
    void note(const Enabled& each) {
        enabled_[each.firing.step] += 1;
        std::vector<SlotIndex>& known = changes_[each.firing.step];
        for (const std::vector<Outcome::Change>* changes : {&each.outcome.writes, &each.outcome.sends})
            for (const Outcome::Change& change : *changes)
                if (std::ranges::find(known, change.slot) == known.end())
                    known.push_back(change.slot);
    }

    const BoundModel& model_;
    std::set<Sample> samples_;
    std::vector<double> enabled_;                 // how often each step was
    std::vector<std::vector<SlotIndex>> changes_; // what each step was seen to change
};

void expect(bool condition, const std::string& complaint) {
    if (!condition)
        throw ModelError(complaint);
}

void expect_well_formed(const Step& step, std::span<const Slot> slots) {
    const auto expect_kind = [&](SlotIndex slot, bool channel, const std::string& verb) {
        expect(slot < slots.size(),
               "step '" + step.name + "' names slot " + std::to_string(slot) + ", which does not exist");
        expect((slots[slot].kind != SlotKind::value) == channel, "step '" + step.name + "' " + verb + " '" +
                                                                     slots[slot].name + "', which is " +
                                                                     (channel ? "no channel" : "a channel"));
    };
    for (const SlotIndex slot : step.reads)
        expect_kind(slot, false, "reads");
    for (const SlotIndex slot : step.room)
        expect_kind(slot, true, "wants room in");
    for (const SlotIndex slot : step.fits)
        expect_kind(slot, true, "waits for room in");
    if (step.takes)
        expect_kind(*step.takes, true, "takes from");
}

} // namespace

void expect_well_formed(const BoundModel& model) {
    constexpr std::size_t slots_max = 0x3fff; // the nodes above them are numbered with 16 bits
    expect(!model.slots().empty() && model.slots().size() <= slots_max, "a model wants 1 to 16383 slots");
    expect(model.steps().size() <= 0xffff, "the model has more than 65535 steps");
    expect(model.properties().size() <= property_count_max, "the model has more than 64 properties");
    expect(model.coverage_point_count() <= 64, "the model has more than 64 coverage points");
    for (const Step& step : model.steps())
        expect_well_formed(step, model.slots());
    const std::vector<GlobalState> initial = model.initial_states();
    expect(!initial.empty(), "the model has no initial state");
    for (const GlobalState& state : initial)
        expect_shape(model.slots(), state);
}

Acquaintance acquaint(const BoundModel& model) {
    Walks walks(model);
    for (unsigned number = 0; number < walk_count; ++number) {
        try {
            walks.walk(number);
        } catch (const ModelError&) { // the search will meet it, and say so with a path
        }
    }
    return walks.learnt();
}

} // namespace mdcd::checker::engine
