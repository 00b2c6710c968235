// A trace in the Informal Trace Format.
// Types are the business of itf_type.hpp; here are the states and the frame around them.
#include "traces/render_itf.hpp"

#include "traces/file_error.hpp"
#include "traces/itf_type.hpp"
#include "traces/json.hpp"
#include "traces/path.hpp"
#include "traces/states.hpp"

namespace mdcd::traces {

namespace {

Value action_value(const Trace& trace, std::size_t state) {
    if (state == 0) {
        return Value::Record{{"process", ""}, {"kind", "init"}, {"text", "init"}};
    }
    const Action& action = trace.steps[state - 1].action;
    return Value::Record{{"process", action.process}, {"kind", action.kind}, {"text", action.text}};
}

std::vector<Value> known_states(const Trace& trace, const std::string& file) {
    std::vector<Value> states = states_of(trace);
    if (states.empty()) {
        throw FileError(file, "$", "the trace holds no initial_state, and ITF is made of whole states");
    }
    if (states.size() != trace.steps.size() + 1) {
        throw FileError(file, item_path("$.steps", states.size() - 1),
                        "the state after this step is neither given nor does it follow from its changes");
    }
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states[i].record() == nullptr) {
            throw FileError(file, i == 0 ? "$.initial_state" : item_path("$.steps", i - 1),
                            "the state is no record, and ITF names variables");
        }
    }
    return states;
}

} // namespace

std::string render_itf(const Trace& trace, const std::string& file) {
    std::vector<Value> states = known_states(trace, file);
    const std::string action_name = states.front().find("action") == nullptr ? "action" : "mdcd_action";
    for (std::size_t i = 0; i < states.size(); ++i) {
        Value::Record with_action = *states[i].record();
        with_action.emplace_back(action_name, action_value(trace, i));
        states[i] = std::move(with_action);
    }
    // A state is a record too: its type has the types of all variables, and writes them under fit names.
    ItfType state_type;
    for (const Value& state : states) {
        state_type.admit(state);
    }
    Value::Record variable_types;
    Value::List names;
    Value::List written;
    for (const auto& [name, notation] : state_type.field_notations()) {
        names.emplace_back(name);
        variable_types.emplace_back(name, notation);
    }
    for (std::size_t i = 0; i < states.size(); ++i) {
        Value::Record fields = {{"#meta", Value::Record{{"index", static_cast<std::int64_t>(i)}}}};
        const Value state = state_type.written(states[i]);
        fields.insert(fields.end(), state.record()->begin(), state.record()->end());
        written.emplace_back(std::move(fields));
    }
    const Value meta = Value::Record{
        {"format", "ITF"},
        {"format-description", "https://apalache.informal.systems/docs/adr/015adr-trace.html"},
        {"source", trace.tool_version},
        {"description", trace.property + " " + trace.verdict + ": " + trace.claim},
        {"varTypes", std::move(variable_types)},
    };
    return to_json(Value::Record{{"#meta", meta}, {"vars", std::move(names)}, {"states", std::move(written)}});
}

} // namespace mdcd::traces
