// A run of a system with levels of trust as a trace document, with a line for each process, so that all that draws
// traces draws it. A recovery becomes one step for each process that it changes. Knows no renderer.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/levels/run.hpp"

namespace mdcd::model::levels {

class TraceWriter {
public:
    explicit TraceWriter(const Scope& scope) : narrator_(scope) {}

    [[nodiscard]] traces::Trace trace(const std::vector<Action>& actions) {
        traces::Trace trace;
        auto world = narrator_.steps().start();
        world.for_each([&](Who who, const auto&) { trace.processes.push_back(name_of(who)); });
        for (const Action& action : actions) {
            auto next = world;
            narrator_.steps().step(next, action);
            add(trace, world, action, next);
            world = std::move(next);
        }
        return trace;
    }

private:
    using State = World<LevelHandlers>;

    static traces::Value numbers(const impl::SequenceVector& vector, std::size_t components) {
        traces::Value::List list;
        for (std::size_t component = 0; component < components; ++component)
            list.emplace_back(static_cast<int>(vector[component]));
        return traces::Value(std::move(list));
    }

    static traces::MessageEvent event(const std::string& name, Who peer, const LevelHandlers::Message& message) {
        return {.message = name, .peer = name_of(peer), .label = message_text(message), .dirty = message.dirty};
    }

    // Gives each message that the step has put into a channel a name, which it keeps until it arrives or is discarded.
    void follow(const State& before, const Action& action, const State& after) {
        sent_.clear();
        taken_.clear();
        std::map<Channel, std::vector<std::string>> left;
        for (const auto& [channel, messages] : before.channels) {
            const bool takes = action.what == What::receives && channel == Channel{action.from, action.who};
            if (takes)
                taken_ = under_way_[channel].front();
            const auto now = after.channels.find(channel);
            for (std::size_t old = takes ? 1 : 0; old < messages.size(); ++old) {
                std::vector<std::string>& names = left[channel];
                const bool stays = now != after.channels.end() && names.size() < now->second.size() &&
                                   now->second[names.size()] == messages[old];
                if (stays) // what a recovery lets through is in front, in order
                    names.push_back(under_way_[channel][old]);
            }
        }
        under_way_ = std::move(left);
        for (const auto& [channel, messages] : after.channels) {
            std::vector<std::string>& names = under_way_[channel];
            while (names.size() < messages.size()) {
                const auto& message = messages[names.size()];
                names.push_back("m" + std::to_string(++messages_));
                sent_[channel.first].push_back(event(names.back(), channel.second, message));
            }
        }
    }

    void add(traces::Trace& trace, const State& before, const Action& action, const State& after) {
        traces::Step step;
        step.action.process = name_of(action.who);
        step.action.text = narrator_.told(before, action, after);
        follow(before, action, after);
        step.action.sent = sent_[action.who];
        switch (action.what) {
        case What::goes_on:
            step.action.kind = !step.action.sent.empty()           ? "send"
                               : is_background(before, action.who) ? "generate"
                                                                   : "output";
            break;
        case What::passes_test:
            step.action.kind = "acceptance_test";
            break;
        case What::fails_test:
            step.action.kind = "failed_test";
            break;
        case What::receives: {
            step.action.kind = "deliver";
            const Channel channel{action.from, action.who};
            const auto& message = before.channels.at(channel).front();
            step.action.taken = event(taken_, action.from, message);
            break;
        }
        }
        add_checkpoints(step.action, before, action.who, after);
        trace.steps.push_back(step);
        if (action.what == What::fails_test)
            add_recovery(trace, before, after);
    }

    static bool is_background(const State& world, Who who) {
        return id_of(who).group == impl::Group::shadow && !world.shadows[id_of(who).index].in_service;
    }

    // By their indices, of the process that acts.
    void add_checkpoints(traces::Action& action, const State& before, Who who, const State& after) const {
        const auto kept = [&](const State& world) {
            return world.at(who, [](const auto& process) { return process.process.guarded.checkpoints; });
        };
        const auto old = kept(before);
        const auto now = kept(after);
        const std::size_t components = narrator_.steps().scope().components.size();
        if (now.size() > old.size() && action.kind == "deliver")
            action.checkpoint_taken = numbers(now[now.size() - 1].index, components);
        if (action.kind != "failed_test")
            for (const auto& checkpoint : old)
                if (std::find(now.begin(), now.end(), checkpoint) == now.end() && now.size() < old.size())
                    action.checkpoints_dropped.push_back(numbers(checkpoint.index, components));
    }

    // One step more for each process that the recovery replaces, brings into service, or rolls back.
    void add_recovery(traces::Trace& trace, const State& before, const State& after) {
        const auto add_step = [&](Who who, const std::string& kind, const std::string& text) {
            traces::Step step;
            step.action.process = name_of(who);
            step.action.kind = kind;
            step.action.text = name_of(who) + " " + text;
            if (id_of(who).group == impl::Group::shadow)
                step.action.sent = sent_[who];
            trace.steps.push_back(step);
        };
        const std::string level = "at level " + std::to_string(after.truth.recoveries.back());
        for (std::size_t component = 0; component < after.versions.size(); ++component)
            if (after.versions[component].stopped && !before.versions[component].stopped)
                add_step(new_version(component), "stops", "is replaced, in a recovery " + level);
        after.for_each([&](Who who, const auto& process) {
            const bool takes_over = id_of(who).group == impl::Group::shadow &&
                                    after.shadows[id_of(who).index].in_service &&
                                    !before.shadows[id_of(who).index].in_service;
            const bool rolls_back = before.at(who, [&](const auto& each) {
                return !(LevelHandlers::history(each) == LevelHandlers::history(process));
            });
            if (rolls_back)
                add_step(who, "rolls_back_to_" + (process.mark == impl::above_all ? "clean" : mark_text(process.mark)),
                         "rolls back " + level + ", and is then marked: " + mark_text(process.mark));
            if (takes_over)
                add_step(who, "takes_over", "takes over " + level);
        });
    }

    Narrator narrator_;
    std::map<Channel, std::vector<std::string>> under_way_; // names, the oldest first
    std::map<Who, std::vector<traces::MessageEvent>> sent_; // in the step, by sender
    std::string taken_;                                     // .. the message that it takes
    std::size_t messages_ = 0;
};

} // namespace mdcd::model::levels
