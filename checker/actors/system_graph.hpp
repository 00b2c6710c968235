// The states of a small system and what leads from one to the other, to be drawn: as DOT, for Graphviz, and as JSON.
// Knows no search but its own, which is a plain one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "checker/actors/system.hpp"

namespace mdcd::checker::actors {

struct GraphOptions {
    std::size_t states_max = 200; // what is more cannot be read
    // The sentences of a run's steps from an initial state: its states come first, then those nearest to any of them.
    std::vector<std::string> along = {};
};

struct SystemGraph {
    struct State {
        std::vector<std::string> lines;  // "server: State{holder none}", then the messages under way
        std::vector<std::string> broken; // the claims (`always`) that do not hold here
        bool is_first = false;
        bool is_outside = false;  // of the boundary: not followed
        bool is_dead_end = false; // nothing can happen
        bool is_followed = true;  // false: the limit came first, and what leads on from here is not known
    };
    struct Edge {
        std::size_t from = 0;
        std::size_t to = 0;
        std::string text; // "client 1 -> server: Ask"
    };
    std::vector<State> states;    // breadth-first from the initial states, or from those of the run
    std::vector<Edge> edges;      // by the state they lead from, in the order in which the engine tries them
    std::vector<std::size_t> run; // the edges of the run, as far as its steps can be taken
    std::string stopped;          // "" if all of its steps can be; otherwise why not, in words
    std::string limit;            // "" if this is all; otherwise what is left out, in words
    std::string failure;          // what a handler or a predicate did wrong in the last state that is shown
};

// All states, however many are interchangeable. A system without actors is refused.
[[nodiscard]] SystemGraph graph_of(const ActorSystem& system, const GraphOptions& options = {});

[[nodiscard]] std::string to_dot(const SystemGraph& graph);
// {"format": "mdcd-graph", "version": 1, "stopped": null or text, "limit": null or text, "failure": null or text,
//  "states": [..], "edges": [..], "run": [edges]}
[[nodiscard]] std::string to_json(const SystemGraph& graph);

} // namespace mdcd::checker::actors
