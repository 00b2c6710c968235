// Shortens a run from any source (a random walk, a person, another tool) while it still settles the same
// property: delta debugging (Zeller and Hildebrandt, 2002) over what happens, not over which index it
// has in each state. Knows of a firing's meaning only what the caller's key says.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "checker/decisions.hpp"
#include "checker/model.hpp"
#include "checker/one_property.hpp"
#include "checker/path.hpp"
#include "checker/report.hpp"
#include "checker/search.hpp"

namespace mdcd::checker {

struct MinimizeOptions {
    std::uint64_t search_states_max =
        0;                // then look breadth-first for a shorter run, among at most so many states; 0: do not
    unsigned workers = 1; // of that search; changes no result
};

struct Minimized {
    Path path;                 // no single firing can be left out
    std::uint64_t replays = 0; // shortened runs that were tried
    bool shortest = false;     // no shorter run settles the property at all: the search says so
};

// What a firing does, in terms that survive when earlier firings are left out: two firings with equal
// keys, in different states, are the same event.
template <class Key>
concept ContentKey = requires(const Key& key, const GlobalState& state, const Enabled& enabled) {
    { key(state, enabled) } -> std::equality_comparable;
};

// Whether a state settles the property with that index; after the model's own properties comes the
// deadlock freedom of a model that knows its final states.
template <Model M> [[nodiscard]] bool settles(const M& model, const GlobalState& state, std::size_t property) {
    const std::span<const Property> properties = model.properties();
    if (property < properties.size())
        return decides(properties[property].kind, (judge(model, state) >> property & 1) != 0);
    if constexpr (KnowsFinalStates<M>)
        if (property == properties.size())
            return enabled(model, state).empty() && !is_final(model, state);
    throw std::invalid_argument("the model has no property number " + std::to_string(property));
}

// What a run is to come to: whether it has, given its states and the firings between them. At its last state only, or
// the run would go on for nothing.
template <class Goal>
concept RunGoal = requires(const Goal& goal, const std::vector<GlobalState>& states, const std::vector<Firing>& taken) {
    { goal(states, taken) } -> std::convertible_to<bool>;
};

template <Model M, ContentKey Key, RunGoal Goal> class Minimizer {
public:
    Minimizer(const M& model, Goal goal, Key key) : model_(model), goal_(std::move(goal)), key_(std::move(key)) {}

    // Throws PathError if the model cannot take the path, std::invalid_argument if the path settles nothing.
    Minimized run(const Path& path) {
        load(path);
        for (std::size_t size = std::max<std::size_t>(1, events_.size() / 2);;
             size = std::max<std::size_t>(1, size / 2)) {
            const bool shortened = sweep(size);
            if (size == 1 && !shortened)
                break;
        }
        Minimized result{.path = {.initial = path.initial, .firings = {}}, .replays = replays_};
        for (const Event& event : events_)
            result.path.firings.push_back(event.firing);
        return result;
    }

private:
    struct Event {
        std::invoke_result_t<const Key&, const GlobalState&, const Enabled&> key;
        Firing firing;
    };

    // The events of the path up to the first state that settles it, and the states along them.
    void load(const Path& path) {
        std::vector<Firing> taken;
        for (const GlobalState& state : states_along(model_, path)) {
            states_.push_back(state);
            if (goal_(states_, taken))
                return;
            if (events_.size() == path.firings.size())
                break;
            const Firing firing = path.firings[events_.size()];
            events_.push_back({.key = key_(state, find_enabled(model_, state, firing)), .firing = firing});
            taken.push_back(firing);
        }
        throw std::invalid_argument("the path does not settle the property that it is to be minimised for");
    }

    // Tries to leave out each block of `size` events in turn; whether any could be.
    bool sweep(std::size_t size) {
        bool shortened = false;
        for (std::size_t at = 0; at < events_.size();) {
            if (leave_out(at, std::min(at + size, events_.size())))
                shortened = true;
            else
                at += size;
        }
        return shortened;
    }

    // Runs the events after `to` right after those before `from`, leaving out what is not enabled any more.
    // If the property is still settled, that run takes the place of the present one.
    bool leave_out(std::size_t from, std::size_t to) {
        ++replays_;
        std::vector<Event> events(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(from));
        std::vector<GlobalState> states(states_.begin(), states_.begin() + static_cast<std::ptrdiff_t>(from) + 1);
        std::vector<Firing> taken;
        for (const Event& event : events)
            taken.push_back(event.firing);
        bool is_settled = goal_(states, taken);
        for (std::size_t at = to; at < events_.size() && !is_settled; ++at)
            if (const std::optional<Enabled> next = same_event(states.back(), events_[at])) {
                events.push_back({.key = events_[at].key, .firing = next->firing});
                taken.push_back(next->firing);
                states.push_back(apply(model_, states.back(), next->firing, next->outcome));
                is_settled = goal_(states, taken);
            }
        if (!is_settled)
            return false;
        events_ = std::move(events);
        states_ = std::move(states);
        return true;
    }

    // The firing that is the same event here: the very same one if it still is, or else the first.
    std::optional<Enabled> same_event(const GlobalState& state, const Event& event) const {
        std::optional<Enabled> found;
        for (Enabled& each : enabled(model_, state)) {
            if (!(key_(state, each) == event.key))
                continue;
            if (each.firing == event.firing)
                return std::move(each);
            if (!found)
                found = std::move(each);
        }
        return found;
    }

    const M& model_;
    Goal goal_;
    Key key_;
    std::vector<Event> events_;
    std::vector<GlobalState> states_; // one more than events
    std::uint64_t replays_ = 0;
};

// Without a search. As `minimize`, for whatever a run is to come to.
template <Model M, ContentKey Key, RunGoal Goal>
[[nodiscard]] Minimized without_needless_firings(const M& model, const Path& path, Goal goal, Key key) {
    return Minimizer<M, Key, Goal>(model, std::move(goal), std::move(key)).run(path);
}

template <Model M>
void search_shorter(const M& model, std::size_t property, const MinimizeOptions& options, Minimized& result) {
    SearchOptions bounded;
    bounded.workers = options.workers;
    bounded.limits.states_max = options.search_states_max;
    bounded.stop_when_decided = true;
    Report report;
    if (property < std::span<const Property>(model.properties()).size())
        report = search(OneProperty<M>(model, property), bounded);
    else if constexpr (KnowsFinalStates<M>)
        report = search(OneProperty<M, true>(model, property), bounded);
    const PropertyVerdict& verdict = report.verdicts.at(0);
    if (verdict.verdict != Verdict::violated && verdict.verdict != Verdict::reached)
        return;
    result.shortest = true;
    if (verdict.path.value().firings.size() < result.path.firings.size())
        result.path = *verdict.path;
}

// `property` as in `settles`. The result settles it in its last state and in no earlier one. Deterministic.
// Throws PathError if the model cannot take the path, std::invalid_argument if the path settles nothing.
template <Model M, ContentKey Key>
[[nodiscard]] Minimized minimize(const M& model, const Path& path, std::size_t property, Key key,
                                 const MinimizeOptions& options = {}) {
    const auto settled = [&](const std::vector<GlobalState>& states, const std::vector<Firing>&) {
        return settles(model, states.back(), property);
    };
    Minimized result = without_needless_firings(model, path, settled, std::move(key));
    if (options.search_states_max > 0)
        search_shorter(model, property, options, result);
    return result;
}

} // namespace mdcd::checker
