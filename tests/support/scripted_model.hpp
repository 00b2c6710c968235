// A model whose every part a test gives: slots, steps, a handler and a judge as functions. Its summary
// of a slot is the slot's bytes. Knows no particular test.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::tests {

struct ScriptedModel {
    using Summary = std::string;
    using Summaries = std::span<const Summary* const>;

    std::vector<checker::Slot> slot_list;
    std::vector<checker::Step> step_list;
    std::vector<checker::GlobalState> initial;
    std::function<void(checker::StepIndex, const checker::Inputs&, checker::Outcomes&)> handler;
    std::vector<checker::Property> property_list;
    std::function<checker::PropertyBits(Summaries)> verdict = [](Summaries) { return checker::PropertyBits{0}; };
    std::vector<std::string> points;

    std::span<const checker::Slot> slots() const { return slot_list; }
    std::span<const checker::Step> steps() const { return step_list; }
    std::vector<checker::GlobalState> initial_states() const { return initial; }
    void fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        handler(step, inputs, outcomes);
    }
    std::span<const checker::Property> properties() const { return property_list; }
    Summary summarise(checker::SlotIndex, std::string_view bytes) const { return std::string(bytes); }
    checker::PropertyBits judge(Summaries summaries) const { return verdict(summaries); }
    std::span<const std::string> coverage_points() const { return points; }
};
static_assert(checker::Model<ScriptedModel>);

// The same, with a say in which states may be dead ends.
struct ScriptedModelWithFinals : ScriptedModel {
    std::function<bool(Summaries)> final_states;
    bool is_final(Summaries summaries) const { return final_states(summaries); }
};
static_assert(checker::Model<ScriptedModelWithFinals> && checker::KnowsFinalStates<ScriptedModelWithFinals>);

// .. and in what its properties read.
struct ScriptedModelWithReads : ScriptedModelWithFinals {
    std::vector<checker::PropertyReads> reads;
    std::span<const checker::PropertyReads> property_reads() const { return reads; }
};
static_assert(checker::SaysWhatPropertiesRead<ScriptedModelWithReads>);

using Edges = std::vector<std::string>; // each like "ab": from a to b

// A finite automaton as a model: one value slot 'at' that holds one letter; a step is enabled in the letters
// from which one of its edges leads, with one outcome for each such edge. One initial state for each letter
// of `initial`. Every dead end is final unless the test says otherwise.
inline ScriptedModelWithFinals machine(const std::string& initial, const std::vector<Edges>& steps) {
    ScriptedModelWithFinals model;
    model.slot_list = {{.name = "at"}};
    for (const Edges& edges : steps)
        model.step_list.push_back({.name = edges.empty() ? "none" : edges[0], .reads = {0}, .takes = {}, .room = {}});
    for (const char letter : initial)
        model.initial.push_back({std::string(1, letter)});
    model.handler = [steps](checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) {
        for (const std::string& edge : steps[step])
            if (inputs.values[0][0] == edge[0])
                outcomes.push_back({.writes = {{0, edge.substr(1)}}, .sends = {}});
    };
    model.final_states = [](ScriptedModel::Summaries) { return true; };
    return model;
}

// The same with each edge a step of its own, which bears its name.
inline ScriptedModelWithFinals automaton(const std::string& initial, const Edges& edges) {
    std::vector<Edges> steps;
    for (const std::string& edge : edges)
        steps.push_back({edge});
    return machine(initial, steps);
}

} // namespace mdcd::tests
