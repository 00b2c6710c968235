// The reachable graph of a model, kept whole: states are numbers in breadth-first order, and every firing
// is an edge. For questions about loops, which a search that keeps only states cannot answer. Costs about
// 12 bytes for each transition and 100 to 200 for each state. Knows no property but the bits it is given.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/model.hpp"
#include "checker/path.hpp"
#include "checker/report.hpp"

namespace mdcd::checker {

using StateNumber = std::uint32_t;

struct StateGraph {
    // No state.
    static constexpr StateNumber nowhere = std::numeric_limits<StateNumber>::max();

    struct Edge {
        StateNumber target = nowhere;
        Firing firing;
    };
    struct Origin { // how the state was first reached
        StateNumber parent = nowhere;
        Firing firing;             // from the parent
        std::uint32_t initial = 0; // if there is no parent
    };
    struct Failure { // of a handler or a predicate
        std::string reason;
        StateNumber state = nowhere; // the state it was looking at; nowhere: there is none
    };

    std::vector<Origin> origins;           // of each state; those found last may be beyond a limit
    std::vector<PropertyBits> bits;        // of each state
    std::vector<std::uint64_t> first_edge; // of each expanded state; one more at the end
    std::vector<Edge> edges;               // state by state, each state's in the model's order
    std::string limit;                     // "states", "memory", "seconds" or ""
    std::optional<Failure> failure;

    [[nodiscard]] StateNumber size() const { return static_cast<StateNumber>(origins.size()); }
    // States 0 .. expanded() - 1 have all their edges; the others have none yet.
    [[nodiscard]] StateNumber expanded() const { return static_cast<StateNumber>(first_edge.size() - 1); }
    [[nodiscard]] std::span<const Edge> edges_of(StateNumber state) const;
    [[nodiscard]] Path path_to(StateNumber state) const; // a shortest one
};

// States by number and numbers by state; equal slot values are kept once.
class StateNumbers {
public:
    explicit StateNumbers(std::size_t slots) : values_(slots), ids_(slots) {}

    // The state's number, and whether it is new. Numbers are given in order, from 0.
    std::pair<StateNumber, bool> number_of(const GlobalState& state);
    [[nodiscard]] GlobalState state(StateNumber number) const;
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; } // about

private:
    std::uint32_t id_of(std::size_t slot, const std::string& bytes);

    std::vector<std::vector<const std::string*>> values_;             // of each slot, by id
    std::vector<std::unordered_map<std::string, std::uint32_t>> ids_; // of each slot
    std::unordered_map<std::string, StateNumber> numbers_;            // by the ids of all slots, four bytes each
    std::vector<const std::string*> keys_;                            // of each state
    std::uint64_t bytes_ = 0;
};

// Builds the graph, breadth-first. The same model always gives the same graph.
template <Model M, class BitsOf> class GraphExplorer {
public:
    // `bits_of`: given the summaries of a state as Model::judge is, the bits to keep with it.
    GraphExplorer(const M& model, const Limits& limits, BitsOf bits_of)
        : model_(model), limits_(limits), bits_of_(std::move(bits_of)),
          numbers_(std::span<const Slot>(model.slots()).size()) {}

    StateGraph run() {
        graph_.first_edge.push_back(0);
        try {
            const std::vector<GlobalState> initial = model_.initial_states();
            if (initial.empty())
                throw ModelError("the model has no initial state");
            for (std::uint32_t index = 0; index < initial.size(); ++index)
                reach(initial[index], {.parent = StateGraph::nowhere, .firing = {}, .initial = index});
            for (StateNumber state = 0; state < graph_.size() && !limit_reached(); ++state)
                expand(state);
        } catch (const ModelError& error) {
            graph_.failure = {.reason = error.what(), .state = at_};
        }
        return std::move(graph_);
    }

private:
    StateNumber reach(const GlobalState& state, const StateGraph::Origin& origin) {
        expect_shape(model_.slots(), state);
        const auto [number, is_new] = numbers_.number_of(state);
        if (is_new) {
            at_ = number;
            graph_.origins.push_back(origin);
            graph_.bits.push_back(ask(model_, state, bits_of_));
        }
        return number;
    }

    void expand(StateNumber number) {
        at_ = number;
        const GlobalState state = numbers_.state(number);
        for (const Enabled& each : enabled(model_, state)) {
            at_ = number;
            const StateGraph::Origin origin{.parent = number, .firing = each.firing, .initial = 0};
            const StateNumber target = reach(apply(model_, state, each.firing, each.outcome), origin);
            graph_.edges.push_back({.target = target, .firing = each.firing});
        }
        graph_.first_edge.push_back(graph_.edges.size());
    }

    bool limit_reached() {
        const std::uint64_t bytes = numbers_.bytes() + graph_.edges.size() * sizeof(StateGraph::Edge);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start_;
        if (limits_.states_max > 0 && graph_.size() > limits_.states_max)
            graph_.limit = "states";
        else if (limits_.memory_bytes_max > 0 && bytes > limits_.memory_bytes_max)
            graph_.limit = "memory";
        else if (limits_.seconds_max > 0 && seconds.count() > limits_.seconds_max)
            graph_.limit = "seconds";
        return !graph_.limit.empty();
    }

    const M& model_;
    Limits limits_;
    BitsOf bits_of_;
    StateNumbers numbers_;
    StateGraph graph_;
    StateNumber at_ = StateGraph::nowhere; // what a handler or a predicate is looking at
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

} // namespace mdcd::checker
