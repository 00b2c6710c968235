// Walks rather than a breadth-first sample: they get far from the initial states.
// Knows no model but its bytes.
#include "checker/engine/sampling.hpp"

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
    Walks(const BoundModel& model, const std::function<bool()>& enough)
        : model_(model), enough_(enough), initial_(model.initial_states()), enabled_(model.steps().size(), 0.0),
          changes_(model.steps().size()), footprints_(model.steps().size()) {
        for (std::size_t step = 0; step < model.steps().size(); ++step)
            if (const auto& takes = model.steps()[step].takes; takes && !model.steps()[step].keeps)
                changes_[step].push_back(*takes);
    }

    void walk(unsigned number) {
        GlobalState state = initial_[number % initial_.size()];
        std::uint64_t random = number;
        for (unsigned length = 0; length < walk_length_max && !enough_(); ++length) {
            Sample sample;
            for (std::size_t slot = 0; slot < state.size(); ++slot)
                sample.push_back(table_hash(slot, state[slot]));
            samples_.insert(std::move(sample));
            const std::vector<Enabled> all = model_.enabled_in(state);
            if (all.empty())
                return;
            for (const Enabled& each : all)
                note(each, state);
            random = mix(random + 0x9e3779b97f4a7c15U);
            const Enabled& chosen = all[random % all.size()];
            state = apply(model_.slots(), model_.steps(), state, chosen.firing, chosen.outcome);
        }
    }

    [[nodiscard]] Sampling learnt() const {
        std::vector<Affinity> affinities;
        for (std::size_t step = 0; step < enabled_.size(); ++step) {
            const double weight = 1.0 + enabled_[step];
            std::vector<SlotIndex> touched = inputs_of(model_.steps()[step]);
            affinities.push_back({.slots = as_set(touched), .weight = 2 * weight});
            touched.insert(touched.end(), changes_[step].begin(), changes_[step].end());
            affinities.push_back({.slots = as_set(touched), .weight = weight});
        }
        return {.layout = choose_layout(model_.slots().size(), affinities,
                                        std::vector<Sample>(samples_.begin(), samples_.end()), enough_),
                .changes = changes_,
                .footprints = footprints_};
    }

private:
    void note(const Enabled& each, const GlobalState& state) {
        const Step& step = model_.steps()[each.firing.step];
        footprints_[each.firing.step].add(footprint_of(step, values_read(model_.slots(), step, state), each.outcome));
        enabled_[each.firing.step] += 1;
        std::vector<SlotIndex>& known = changes_[each.firing.step];
        for (const std::vector<Outcome::Change>* changes : {&each.outcome.writes, &each.outcome.sends})
            for (const Outcome::Change& change : *changes)
                if (std::ranges::find(known, change.slot) == known.end())
                    known.push_back(change.slot);
    }

    const BoundModel& model_;
    const std::function<bool()>& enough_;
    std::vector<GlobalState> initial_;
    std::set<Sample> samples_;
    std::vector<double> enabled_;                 // how often each step was
    std::vector<std::vector<SlotIndex>> changes_; // what each step was seen to change
    Footprints footprints_;
};

} // namespace

void expect_well_formed(const BoundModel& model) {
    checker::expect_well_formed(model.shape());
    expect_initial_states(model.slots(), model.initial_states());
}

bool has_property(const BoundModel& model, const std::string& name) {
    return std::ranges::find(model.properties(), name, &Property::name) != model.properties().end() ||
           (model.knows_final_states() && name == deadlock_freedom);
}

void expect_well_formed(const BoundModel& model, const SearchOptions& options) {
    expect_well_formed(model);
    for (const std::string& name : options.stop_at)
        if (!has_property(model, name))
            throw ModelError("stop_at: there is no property '" + name + "'");
}

Sampling sample_steps(const BoundModel& model, const std::function<bool()>& enough) {
    Walks walks(model, enough);
    for (unsigned number = 0; number < walk_count; ++number) {
        try {
            walks.walk(number);
        } catch (const ModelError&) { // the search will meet it, and say so with a path
        }
    }
    return walks.learnt();
}

FirstLook::FirstLook(const BoundModel& model, bool thorough, const std::function<bool()>& enough)
    : second((expect_well_formed(model), model.second())), calls(model, thorough),
      sampling(sample_steps(second != nullptr ? *second : model, enough)) {
    if (const std::optional<std::string> reason = calls.changed(model))
        throw ModelError(*reason);
}

} // namespace mdcd::checker::engine
