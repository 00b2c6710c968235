// A pair of counters, and what can be edited in it without a change of its shape: for checkpoints that lie.
// Knows no search.
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/scripted_model.hpp"

namespace mdcd::tests {

// What can be edited in a pair of counters without a change of its shape.
struct Edits {
    int bound = 20;             // of the first counter
    int step = 1;               // of the second
    std::string forbidden = {}; // of the first
    std::string beginning = "0";
    unsigned point = 0; // passed by the first
    bool ends = true;   // dead ends are final
};

inline ScriptedModelWithFinals counters(const Edits& edits) {
    ScriptedModelWithFinals model;
    model.slot_list = {{.name = "a"}, {.name = "b"}};
    model.step_list = {{.name = "up a", .reads = {0}, .takes = {}, .room = {}},
                       {.name = "up b", .reads = {1}, .takes = {}, .room = {}}};
    model.initial = {{edits.beginning, "0"}};
    model.handler = [edits](checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) {
        const int value = std::stoi(std::string(inputs.values[0]));
        if (step == 0 ? value < edits.bound : value < 40)
            outcomes.push_back({.writes = {{step, std::to_string(value + (step == 0 ? 1 : edits.step))}},
                                .sends = {},
                                .fired = step == 0 ? std::uint64_t{1} << edits.point : 0});
    };
    model.points = {"one", "two"};
    model.property_list = {
        {"allowed", checker::PropertyKind::always, "The first counter is never at what is forbidden."}};
    model.verdict = [edits](ScriptedModel::Summaries all) { return checker::PropertyBits{*all[0] != edits.forbidden}; };
    model.final_states = [edits](ScriptedModel::Summaries all) { return edits.ends || *all[0] != "20"; };
    return model;
}

} // namespace mdcd::tests
