// The shortest run to a broken claim, or to a twin, in the words of the protocol: who does what, what recovery makes of
// it, and who depends on what; as lines of text and as a trace document. Knows no search: it goes the path of a report.
#pragma once

#include <string>
#include <vector>

#include "model/levels/scopes.hpp"
#include "traces/document.hpp"

namespace mdcd::model::levels {

[[nodiscard]] inline std::string name_of(Who who) {
    return std::string(actors::names::of_enumerators<Who>[static_cast<std::size_t>(who)]);
}

// "level 0", or "clean".
[[nodiscard]] inline std::string mark_text(impl::Level mark) {
    return mark == impl::above_all ? "clean" : "level " + std::to_string(mark);
}

// A message as it is called in a run: "L1.2", the second thing that the script of L1 or S1 says; "passed_AT".
[[nodiscard]] inline std::string message_text(const LevelHandlers::Message& message) {
    const std::string sender = name_of(who_is(message.sender));
    if (message.kind == impl::MessageKind::passed_at) {
        std::string numbers;
        for (std::size_t entry = 0; entry < components_max; ++entry)
            numbers += (entry == 0 ? "" : ",") + std::to_string(message.low_sn[entry]);
        return "passed_AT(" + numbers + ") of " + sender;
    }
    return sender + "." + std::to_string(LevelHandlers::said(message).position + 1);
}

// What a step does, and then what recovery makes of everybody, if there is one.
class Narrator {
public:
    explicit Narrator(const Scope& scope) : steps_(scope) {}

    using State = World<LevelHandlers>;

    [[nodiscard]] std::string told(const State& before, const Action& action, const State& after) const {
        const std::string who = name_of(action.who);
        switch (action.what) {
        case What::receives: {
            const auto& message = before.channels.at({action.from, action.who}).front();
            const impl::Level mark = marked(after, action.who);
            std::string text = who + " receives " + message_text(message);
            if (mark != marked(before, action.who))
                text += mark == impl::above_all ? ": it is clean" : ": it is marked by level " + std::to_string(mark);
            return text;
        }
        case What::passes_test:
            return who + " passes an acceptance test, and outputs";
        case What::fails_test:
            return who + " fails an acceptance test: recovery at level " +
                   std::to_string(after.truth.recoveries.back()) + changes(before, after);
        case What::goes_on:
            break;
        }
        return spoken(before, action.who);
    }

    [[nodiscard]] const Steps<LevelHandlers>& steps() const { return steps_; }

private:
    static impl::Level marked(const State& world, Who who) {
        return world.at(who, [](const auto& process) { return process.mark; });
    }

    [[nodiscard]] std::string spoken(const State& before, Who who) const {
        const std::uint8_t place =
            before.at(who, [](const auto& process) { return LevelHandlers::history(process).position; });
        const char to = steps_.script_of(who)[place];
        const impl::ProcessId id = id_of(who);
        const std::string name = name_of(who) + "." + std::to_string(place + 1);
        const std::string receiver = to == 'd'             ? "the device"
                                     : is_to_component(to) ? "component " + std::string(1, to)
                                                           : name_of(active(active_at(to)));
        if (id.group == impl::Group::shadow && !before.shadows[id.index].in_service)
            return name_of(who) + " generates " + name + " for " + receiver + " and keeps it";
        return name_of(who) + (to == 'd' ? " outputs " : " sends ") + name + " to " + receiver;
    }

    static std::string changes(const State& before, const State& after) {
        std::string text;
        for (std::size_t component = 0; component < after.versions.size(); ++component)
            if (after.versions[component].stopped && !before.versions[component].stopped)
                text += "; " + name_of(old_version(component)) + " takes over from " + name_of(new_version(component));
        after.for_each([&](Who who, const auto& process) {
            const History history = before.at(who, [](const auto& each) { return LevelHandlers::history(each); });
            if (!(history == LevelHandlers::history(process)))
                text += "; " + name_of(who) + " rolls back, " +
                        (process.mark == impl::above_all ? "and is clean"
                                                         : "and is marked by level " + std::to_string(process.mark));
        });
        return text;
    }

    Steps<LevelHandlers> steps_;
};

// The actions of a run of a report about that scope.
[[nodiscard]] inline std::vector<Action> actions_of(const Scope& scope, const actors::Run& run) {
    const Steps<LevelHandlers> steps(scope);
    auto world = steps.start();
    std::vector<Action> actions;
    for (const actors::RunStep& step : run.steps) {
        for (const Action& action : steps.enabled(world))
            if (step.text.ends_with(actors::to_text(actors::picture_of(action, {})))) {
                actions.push_back(action);
                steps.step(world, action);
                break;
            }
    }
    if (actions.size() != run.steps.size())
        actors::fail("levels: a run that its own scope cannot take");
    return actions;
}

[[nodiscard]] inline std::vector<std::string> lines_of(const Scope& scope, const std::vector<Action>& actions) {
    const Narrator narrator(scope);
    auto world = narrator.steps().start();
    std::vector<std::string> lines;
    for (const Action& action : actions) {
        const std::vector<Action> enabled = narrator.steps().enabled(world);
        if (std::find(enabled.begin(), enabled.end(), action) == enabled.end())
            actors::fail("levels: a run with a step that cannot be taken");
        auto next = world;
        narrator.steps().step(next, action);
        lines.push_back(narrator.told(world, action, next));
        world = std::move(next);
    }
    return lines;
}

} // namespace mdcd::model::levels
