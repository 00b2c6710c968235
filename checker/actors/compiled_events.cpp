// What steps do: decode, call the user's handler once for each way to choose, encode.
// Knows no search.
#include <algorithm>
#include <cstddef>
#include <map>

#include "checker/actors/compiled_system.hpp"
#include "checker/actors/guarded.hpp"
#include "checker/channel.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr std::size_t outcomes_max = 0xffff;
constexpr std::size_t points_max = 64;

std::uint16_t left_in(std::string_view budget) {
    return decode<std::uint16_t>(budget);
}

} // namespace

void CompiledSystem::fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const {
    for (Result& result : results(step, inputs))
        outcomes.push_back(std::move(result.outcome));
}

std::vector<HandlerRun::Choice> CompiledSystem::choices(StepIndex step, const Inputs& inputs,
                                                        std::uint16_t outcome) const {
    return results(step, inputs).at(outcome).choices;
}

std::vector<CompiledSystem::Result> CompiledSystem::results(StepIndex step, const Inputs& inputs) const {
    const Event& event = events_[step];
    if (event.kind >= EventKind::loss)
        return network_results(event, inputs);
    if (event.kind == EventKind::crash || event.kind == EventKind::restart)
        return crash_results(event, inputs);
    ActorSlot slot = ActorSlot::of(inputs.values[0]);
    if (slot.is_down)
        return {};
    const AnyActor& actor = *parts_.actors[event.actor];
    const auto where = [&] { return describe(step, inputs.message); };
    if (event.kind == EventKind::timeout) {
        const auto timer = std::ranges::find(slot.timers, event.timer);
        if (timer == slot.timers.end() || (parts_.ordered_timers && timer != slot.timers.begin()))
            return {};
        slot.timers.erase(timer);
        return guarded(where, [&] {
            return run_all(event.actor, slot.timers, inputs.values[0],
                           [&](HandlerRun& run) { return actor.timeout(slot.state, event.timer, run); });
        });
    }
    if (inputs.values.size() > 1 && decode<bool>(inputs.values[1])) // cut off from the sender
        return {};
    std::vector<Result> results = guarded(where, [&] {
        return run_all(event.actor, slot.timers, inputs.values[0],
                       [&](HandlerRun& run) { return actor.receive(slot.state, Id(event.peer), inputs.message, run); });
    });
    // A message that stays for good and does nothing is no event: or no run would ever end.
    if (steps_[step].keeps)
        std::erase_if(results, [](const Result& result) {
            return result.outcome.writes.empty() && result.outcome.sends.empty();
        });
    return results;
}

std::vector<CompiledSystem::Result> CompiledSystem::network_results(const Event& event, const Inputs& inputs) const {
    Result result;
    if (event.kind == EventKind::loss) {
        if (!inputs.values.empty() && !decode<bool>(inputs.values[0]))
            return {};
        return {result};
    }
    const bool is_cut = decode<bool>(inputs.values[0]);
    if (is_cut != (event.kind == EventKind::heal))
        return {};
    result.outcome.writes.push_back({link(event.actor, event.peer), encode(!is_cut)});
    if (event.kind == EventKind::cut) {
        const std::uint16_t left = left_in(inputs.values[1]);
        if (left == 0)
            return {};
        result.outcome.writes.push_back({cuts_left_, encode(static_cast<std::uint16_t>(left - 1))});
    }
    return {result};
}

std::vector<CompiledSystem::Result> CompiledSystem::crash_results(const Event& event, const Inputs& inputs) const {
    const AnyActor& actor = *parts_.actors[event.actor];
    ActorSlot slot = ActorSlot::of(inputs.values[0]);
    if (slot.is_down != (event.kind == EventKind::restart))
        return {};
    if (event.kind == EventKind::restart)
        return guarded([&] { return name(event.actor) + " restarts"; },
                       [&] {
                           return run_all(event.actor, {}, inputs.values[0],
                                          [&](HandlerRun& run) { return actor.restart(slot.state, run); });
                       });
    const std::uint16_t left = left_in(inputs.values[1]);
    if (left == 0)
        return {};
    const ActorSlot down{.is_down = true, .timers = {}, .state = actor.durable_part(slot.state)};
    Result result;
    result.outcome.writes.push_back({event.actor, down.bytes()});
    result.outcome.writes.push_back({crashes_left_, encode(static_cast<std::uint16_t>(left - 1))});
    return {result};
}

template <class Call>
std::vector<CompiledSystem::Result> CompiledSystem::run_all(std::uint16_t actor, std::vector<std::string> timers,
                                                            std::string_view before, Call call) const {
    HandlerRun run(Id(actor), parts_.actors.size());
    std::vector<Result> results;
    bool has_place = true;
    do {
        run.begin(timers);
        ActorSlot after{.is_down = false, .timers = {}, .state = call(run)};
        after.timers = run.timers;
        if (!parts_.ordered_timers)
            std::ranges::sort(after.timers);
        if (results.size() == outcomes_max)
            fail("more than 65535 ways to choose");
        expect_to_fit(run);
        if (!note(run)) {
            has_place = false;
            continue;
        }
        Result result{.outcome = {}, .choices = run.choices};
        if (std::string bytes = after.bytes(); bytes != before)
            result.outcome.writes.push_back({actor, std::move(bytes)});
        for (const Sent& sent : run.sent)
            result.outcome.sends.push_back({channel(actor, sent.to.index()), sent.message});
        if (!run.recorded.empty() && shape_.history == SystemShape::no_slot)
            fail("records an operation: call record_history() of the system before");
        for (const std::string& event : run.recorded)
            result.outcome.sends.push_back({shape_.history, event});
        for (const std::string& point : run.covered)
            result.outcome.fired |= std::uint64_t{1} << (std::ranges::lower_bound(points_, point) - points_.begin());
        results.push_back(std::move(result));
    } while (run.choose_differently());
    if (!has_place)
        fail("uses a channel, a timer or a coverage point that was not found before");
    return results;
}

// What waits for room that never comes would not be seen: nothing happens then.
void CompiledSystem::expect_to_fit(const HandlerRun& run) const {
    const std::size_t capacity = parts_.network.capacity;
    if (parts_.network.overflow != Overflow::wait || capacity == 0 || run.sent.size() <= capacity)
        return;
    std::map<std::size_t, std::size_t> counts;
    for (const Sent& sent : run.sent)
        if (++counts[sent.to.index()] > capacity)
            fail("sends " + name(sent.to.index()) + " more messages than a channel holds (" + std::to_string(capacity) +
                 "): there is never room for them, so it would wait for ever (Overflow::wait)");
}

bool CompiledSystem::note(const HandlerRun& run) const {
    Findings fresh;
    fresh.timers.resize(parts_.actors.size());
    const auto self = static_cast<std::uint16_t>(run.self().index());
    for (const Sent& sent : run.sent)
        if (channel(self, sent.to.index()) == SystemShape::no_slot)
            fresh.channels.emplace(self, static_cast<std::uint16_t>(sent.to.index()));
    for (const std::string& timer : run.timers)
        if (!findings_.timers[self].contains(timer))
            fresh.timers[self].insert(timer);
    for (const std::string& point : run.covered)
        if (!findings_.points.contains(point))
            fresh.points.insert(point);
    if (fresh.empty())
        return true;
    if (fresh.points.size() + points_.size() > points_max)
        fail("the system has more than 64 coverage points");
    const std::lock_guard guard(missing_lock_);
    missing_.add(fresh);
    return false;
}

Findings CompiledSystem::missing() const {
    const std::lock_guard guard(missing_lock_);
    return missing_;
}

std::vector<CompiledSystem::Result> CompiledSystem::start(std::uint16_t actor) {
    try {
        return guarded(
            [&] { return name(actor) + " starts"; },
            [&] { return run_all(actor, {}, {}, [&](HandlerRun& run) { return parts_.actors[actor]->start(run); }); });
    } catch (const ModelError&) {
        if (missing().empty())
            throw;
        return {}; // the model is made again
    }
}

std::string CompiledSystem::describe(StepIndex step, std::string_view message) const {
    const Event& event = events_[step];
    const auto carried = [&] {
        return name(event.peer) + " -> " + name(event.actor) + ": " +
               to_text(parts_.actors[event.actor]->picture_of_message(message, parts_.names));
    };
    switch (event.kind) {
    case EventKind::delivery:
        return carried();
    case EventKind::repeated_delivery:
        return carried() + ", and a copy stays under way";
    case EventKind::loss:
        return carried() + " is lost";
    default:
        return steps_[step].name;
    }
}

} // namespace mdcd::checker::actors
