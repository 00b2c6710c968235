// Follows a run by the content of its events, firing nothing but the step that is wanted.
// Knows no claim by name and no search.
#include "model/runs/known_run.hpp"

#include <algorithm>
#include <utility>

#include "model/runs/shorten.hpp"

namespace mdcd::model {

using checker::Enabled;
using checker::GlobalState;

KnownRun::KnownRun(const System& system, const checker::Path& path) : initial_(path.initial) {
    const std::vector<GlobalState> states = checker::states_along(system, path);
    for (std::size_t position = 0; position < path.firings.size(); ++position) {
        const checker::Firing& firing = path.firings[position];
        const Enabled taken = checker::find_enabled(system, states[position], firing);
        events_.push_back({.step = system.steps()[firing.step].name,
                           .content = content_key(system, states[position], taken),
                           .firing = firing});
    }
}

// The very same firing if it is the same event here, or else the first that is.
std::optional<Enabled> KnownRun::same_event(const System& system, const GlobalState& state, const Event& event) {
    const auto steps = system.steps();
    const auto found = std::ranges::find(steps, event.step, &checker::Step::name);
    if (found == steps.end() || !checker::has_room(system.slots(), *found, state))
        return std::nullopt;
    const auto index = static_cast<checker::StepIndex>(found - steps.begin());
    const auto values = checker::values_read(system.slots(), *found, state);
    std::vector<std::string_view> messages{std::string_view{}};
    if (found->takes)
        messages = checker::messages_to_take(system.slots(), *found, state);
    std::optional<Enabled> first;
    for (std::size_t taken = 0; taken < messages.size(); ++taken) {
        checker::Outcomes outcomes;
        system.fire(index, {.values = values, .message = messages[taken]}, outcomes);
        for (std::size_t outcome = 0; outcome < outcomes.size(); ++outcome) {
            Enabled each{.firing = {.step = index,
                                    .taken = static_cast<std::uint16_t>(taken),
                                    .outcome = static_cast<std::uint16_t>(outcome)},
                         .outcome = std::move(outcomes[outcome])};
            if (content_key(system, state, each) != event.content)
                continue;
            if (each.firing == event.firing)
                return each;
            if (!first)
                first = std::move(each);
        }
    }
    return first;
}

std::optional<checker::Path> KnownRun::on(const System& system, checker::PropertyBits claims) const {
    const std::vector<GlobalState> initial = system.initial_states();
    if (initial_ >= initial.size())
        return std::nullopt;
    checker::Path path{.initial = initial_, .firings = {}};
    GlobalState state = initial[initial_];
    for (const Event& event : events_) {
        const std::optional<Enabled> next = same_event(system, state, event);
        if (!next)
            return std::nullopt;
        path.firings.push_back(next->firing);
        state = checker::apply(system, state, next->firing, next->outcome);
    }
    if ((checker::judge(system, state) & claims) == claims)
        return std::nullopt;
    return path;
}

} // namespace mdcd::model
