// Breadth-first, state by state, with nothing but path.hpp: a graph that can be looked at is small.
// Knows no layout of what it writes.
#include "checker/actors/system_graph.hpp"

#include <cstdio>
#include <map>
#include <set>
#include <utility>

#include "checker/actors/compile.hpp"
#include "checker/actors/narration.hpp"
#include "checker/channel.hpp"
#include "checker/model_error.hpp"
#include "checker/path.hpp"
#include "traces/json.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::actors {
namespace {

class Builder {
public:
    Builder(const CompiledSystem& model, const GraphOptions& options) : model_(model), options_(options) {}

    SystemGraph run() {
        try {
            for (const GlobalState& state : initial_states(model_))
                if (const auto number = reach(state))
                    graph_.states[*number].is_first = true;
            const std::vector<std::size_t> run = reach_run();
            for (std::size_t next = 0; next < order_.size(); ++next)
                expand(next);
            name_edges_of(run);
        } catch (const ModelError& error) {
            graph_.failure = error.what();
        }
        if (left_out_ > 0)
            graph_.limit = "at most " + std::to_string(options_.states_max) + " states are shown; " +
                           std::to_string(left_out_) + " ways lead to others";
        return std::move(graph_);
    }

private:
    // Of a run: one state that its steps lead to, and where in the layer before it comes from.
    struct Reached {
        GlobalState state;
        std::size_t before = 0;
    };
    using Layer = std::vector<Reached>;

    // Two steps of one sentence may lead to different states, so each is followed; as many as can be shown.
    [[nodiscard]] Layer layer_after(const Layer& layer, const std::string& sentence) const {
        Layer next;
        std::set<GlobalState> seen;
        for (std::size_t before = 0; before < layer.size(); ++before)
            for (const GlobalState& state : told_by(layer[before].state, sentence))
                if (next.size() < options_.states_max && seen.insert(state).second)
                    next.push_back({state, before});
        return next;
    }

    // Where the steps of that sentence lead. Nothing is known where a handler fails: who looks there later tells it.
    [[nodiscard]] std::vector<GlobalState> told_by(const GlobalState& state, const std::string& sentence) const {
        std::vector<GlobalState> states;
        try {
            if (is_inside(model_, state))
                for (const Enabled& each : enabled(model_, state))
                    if (text_of_firing(model_, state, each.firing) == sentence)
                        states.push_back(apply(model_, state, each.firing, each.outcome));
        } catch (const ModelError&) {
            states.clear();
        }
        return states;
    }

    // The longest run whose steps are told by the first sentences: the numbers of its states.
    std::vector<std::size_t> reach_run() {
        if (options_.along.empty())
            return {};
        std::vector<Layer> layers(1);
        for (const GlobalState& initial : initial_states(model_))
            layers.front().push_back({initial});
        for (const std::string& sentence : options_.along) {
            Layer next = layer_after(layers.back(), sentence);
            if (next.empty())
                break;
            layers.push_back(std::move(next));
        }
        if (layers.size() <= options_.along.size())
            graph_.stopped = "step " + std::to_string(layers.size()) +
                             " of the run cannot be taken: " + options_.along[layers.size() - 1];
        std::vector<const GlobalState*> run;
        std::size_t place = 0;
        for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
            run.push_back(&(*layer)[place].state);
            place = (*layer)[place].before;
        }
        return numbers_of(run);
    }

    // `run`: from its end to its start. As many as there is room for.
    std::vector<std::size_t> numbers_of(const std::vector<const GlobalState*>& run) {
        std::vector<std::size_t> numbers;
        for (auto state = run.rbegin(); state != run.rend(); ++state) {
            const auto number = reach(**state);
            if (!number) {
                graph_.stopped = "the run is longer than what is shown";
                break;
            }
            numbers.push_back(*number);
        }
        return numbers;
    }

    void name_edges_of(const std::vector<std::size_t>& run) {
        for (std::size_t step = 0; step + 1 < run.size(); ++step)
            for (std::size_t number = 0; number < graph_.edges.size(); ++number) {
                const SystemGraph::Edge& edge = graph_.edges[number];
                if (edge.from == run[step] && edge.to == run[step + 1] && edge.text == options_.along[step]) {
                    graph_.run.push_back(number);
                    break;
                }
            }
    }

    // None if there is no room for it.
    std::optional<std::size_t> reach(const GlobalState& state) {
        if (const auto known = numbers_.find(state); known != numbers_.end())
            return known->second;
        if (order_.size() == options_.states_max) {
            ++left_out_;
            return {};
        }
        const auto place = numbers_.emplace(state, order_.size()).first;
        order_.push_back(&place->first);
        graph_.states.push_back({.lines = lines_of(state), .broken = {}});
        const PropertyBits bits = judge(model_, state);
        for (std::size_t property = 0; property < model_.properties().size(); ++property)
            if (model_.properties()[property].kind == PropertyKind::always && (bits >> property & 1) == 0)
                graph_.states.back().broken.push_back(model_.properties()[property].name);
        graph_.states.back().is_outside = !is_inside(model_, state);
        return order_.size() - 1;
    }

    void expand(std::size_t number) {
        const GlobalState state = *order_[number];
        if (graph_.states[number].is_outside)
            return;
        const std::vector<Enabled> all = enabled(model_, state);
        graph_.states[number].is_dead_end = all.empty();
        for (const Enabled& each : all) {
            const auto target = reach(apply(model_, state, each.firing, each.outcome));
            if (!target) {
                graph_.states[number].is_followed = false;
                continue;
            }
            graph_.edges.push_back({.from = number, .to = *target, .text = text_of_firing(model_, state, each.firing)});
        }
    }

    [[nodiscard]] std::vector<std::string> lines_of(const GlobalState& state) const {
        const SystemParts& parts = model_.parts();
        std::vector<std::string> lines;
        for (std::size_t actor = 0; actor < parts.actors.size(); ++actor)
            lines.push_back(model_.name(actor) + ": " + to_text(picture_of_slot(model_, actor, state[actor])));
        for (std::size_t slot = parts.actors.size(); slot < state.size(); ++slot)
            if (model_.is_channel(slot))
                for (const std::string_view message : messages_of(state[slot]))
                    lines.push_back(model_.slots()[slot].name + ": " +
                                    to_text(parts.actors.front()->picture_of_message(message, parts.names)));
        return lines;
    }

    const CompiledSystem& model_;
    const GraphOptions& options_;
    std::map<GlobalState, std::size_t> numbers_;
    std::vector<const GlobalState*> order_;
    std::size_t left_out_ = 0;
    SystemGraph graph_;
};

// Inside a quoted string of DOT: quotes and backslashes are escaped, lines end to the left, other control characters
// are told by their numbers.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char each : text) {
        if (each == '"' || each == '\\')
            result += '\\';
        if (static_cast<unsigned char>(each) < 0x20) {
            char digits[8];
            std::snprintf(digits, sizeof digits, "\\\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(each)));
            result += digits;
        } else {
            result += each;
        }
    }
    return result;
}

traces::Value list_of(const std::vector<std::string>& texts) {
    traces::Value::List list;
    for (const std::string& text : texts)
        list.emplace_back(text);
    return {std::move(list)};
}

traces::Value number(std::size_t value) {
    return {static_cast<std::int64_t>(value)};
}

} // namespace

SystemGraph graph_of(const ActorSystem& system, const GraphOptions& options) {
    CheckedModel checked(system.parts());
    checked.model = compile(checked.parts);
    for (;;) {
        SystemGraph graph = Builder(*checked.model, options).run();
        const Findings missing = checked.model->missing();
        if (missing.empty())
            return graph;
        Findings known = checked.model->findings();
        known.add(closed(checked.parts, missing));
        checked.model = compile(checked.parts, std::move(known));
    }
}

std::string to_dot(const SystemGraph& graph) {
    std::string text = "digraph states {\n  node [shape=box, fontname=\"monospace\", fontsize=9];\n"
                       "  edge [fontname=\"monospace\", fontsize=8];\n";
    for (const std::string& remark : {graph.stopped, graph.limit, graph.failure})
        if (!remark.empty())
            text += "  \"remark " + std::to_string(text.size()) + "\" [shape=note, color=red, label=\"" +
                    escaped(remark) + "\"];\n";
    for (std::size_t number = 0; number < graph.states.size(); ++number) {
        const SystemGraph::State& state = graph.states[number];
        text += "  s" + std::to_string(number) + " [label=\"";
        for (const std::string& line : state.lines)
            text += escaped(line) + "\\l";
        for (const std::string& claim : state.broken)
            text += "not: " + escaped(claim) + "\\l";
        text += "\"";
        if (!state.broken.empty())
            text += ", color=red, penwidth=2";
        if (state.is_first)
            text += ", peripheries=2";
        if (state.is_dead_end)
            text += ", style=filled, fillcolor=lightgrey";
        else if (state.is_outside || !state.is_followed)
            text += ", style=dashed";
        text += "];\n";
    }
    for (const SystemGraph::Edge& edge : graph.edges)
        text += "  s" + std::to_string(edge.from) + " -> s" + std::to_string(edge.to) + " [label=\"" +
                escaped(edge.text) + "\"];\n";
    return text + "}\n";
}

std::string to_json(const SystemGraph& graph) {
    using traces::Value;
    const auto or_null = [](const std::string& text) { return text.empty() ? Value() : Value(text); };
    Value::List run;
    for (const std::size_t edge : graph.run)
        run.push_back(number(edge));
    Value::List states;
    for (const SystemGraph::State& state : graph.states)
        states.emplace_back(Value::Record{{"lines", list_of(state.lines)},
                                          {"broken", list_of(state.broken)},
                                          {"first", state.is_first},
                                          {"outside", state.is_outside},
                                          {"dead_end", state.is_dead_end},
                                          {"followed", state.is_followed}});
    Value::List edges;
    for (const SystemGraph::Edge& edge : graph.edges)
        edges.emplace_back(
            Value::Record{{"from", number(edge.from)}, {"to", number(edge.to)}, {"text", Value(edge.text)}});
    return traces::to_json(Value(Value::Record{{"format", "mdcd-graph"},
                                               {"version", 1},
                                               {"stopped", or_null(graph.stopped)},
                                               {"limit", or_null(graph.limit)},
                                               {"failure", or_null(graph.failure)},
                                               {"states", Value(std::move(states))},
                                               {"edges", Value(std::move(edges))},
                                               {"run", Value(std::move(run))}}));
}

} // namespace mdcd::checker::actors
