// Each state that is reached is looked at at once: if something there has no place in the model, the model is made
// again, and the run is taken again on it. Knows no claim.
#include "checker/actors/followed_run.hpp"

#include <algorithm>
#include <utility>

#include "checker/actors/narration.hpp"
#include "checker/channel.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::actors {
namespace {

// Who is interchangeable is of no use to one run, and may cost forty thousand renamings.
SystemParts without_renamings(const SystemParts& parts) {
    SystemParts all = parts;
    all.alike.clear();
    return all;
}

GlobalState initial_state(const CompiledSystem& model, std::uint32_t number) {
    const std::vector<GlobalState> all = initial_states(model);
    if (number >= all.size())
        throw PathError("there is no initial state number " + std::to_string(number), 0);
    return all[number];
}

} // namespace

TakenEvent event_of(const CompiledSystem& model, const GlobalState& before, const Firing& firing) {
    const Step& step = model.steps()[firing.step];
    TakenEvent taken{.event = model.event(firing.step), .message = {}, .outcome = firing.outcome};
    if (step.takes)
        taken.message = messages_to_take(model.slots(), step, before)[firing.taken];
    return taken;
}

FollowedRun::FollowedRun(const SystemParts& parts, std::uint32_t initial)
    : checked_(std::make_unique<CheckedModel>(without_renamings(parts))) {
    checked_->model = compile(checked_->parts);
    path_.initial = initial;
    states_.push_back(initial_state(model(), initial));
    look();
}

void FollowedRun::look() {
    for (;;) {
        failure_.clear();
        enabled_.clear();
        try {
            is_outside_ = !is_inside(model(), states_.back());
            if (!is_outside_)
                enabled_ = checker::enabled(model(), states_.back());
        } catch (const ModelError& error) {
            failure_ = error.what();
        }
        if (!grow())
            return;
    }
}

bool FollowedRun::grow() {
    const Findings missing = model().missing();
    if (missing.empty())
        return false;
    Findings known = model().findings();
    known.add(closed(checked_->parts, missing));
    checked_->model = compile(checked_->parts, std::move(known));
    path_.firings.clear();
    states_ = {initial_state(model(), path_.initial)};
    for (const TakenEvent& wanted : taken_) { // where the smaller model had places, this one has them
        const std::vector<Enabled> all = checker::enabled(model(), states_.back());
        const auto found = std::ranges::find_if(
            all, [&](const Enabled& each) { return event_of(model(), states_.back(), each.firing) == wanted; });
        if (found == all.end())
            throw PathError("a step of a run cannot be taken again", path_.firings.size());
        path_.firings.push_back(found->firing);
        states_.push_back(apply(model(), states_.back(), found->firing, found->outcome));
    }
    return true;
}

std::string FollowedRun::text_of(const Firing& firing) const {
    return text_of_firing(model(), states_.back(), firing);
}

void FollowedRun::take(std::size_t which) {
    const Enabled next = enabled_.at(which);
    taken_.push_back(event_of(model(), states_.back(), next.firing));
    path_.firings.push_back(next.firing);
    states_.push_back(apply(model(), states_.back(), next.firing, next.outcome));
    look();
}

void FollowedRun::take_all(const CompiledSystem& other, const Path& path) {
    const std::vector<GlobalState> states = states_along(other, path);
    for (std::size_t position = 0; position < path.firings.size(); ++position) {
        const TakenEvent wanted = event_of(other, states[position], path.firings[position]);
        const auto found = std::ranges::find_if(
            enabled_, [&](const Enabled& each) { return event_of(model(), states_.back(), each.firing) == wanted; });
        if (found == enabled_.end())
            throw not_enabled(other.steps(), path.firings[position], position);
        take(static_cast<std::size_t>(found - enabled_.begin()));
    }
}

void FollowedRun::show(const std::function<void(const SystemState& state)>& look) const {
    ask(model(), states_.back(), [&](std::span<const SlotView* const> summaries) { look(model().seen(summaries)); });
}

} // namespace mdcd::checker::actors
