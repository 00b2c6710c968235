// A search that is under way, as a file: all states and what they refer to, where the search stands,
// and what it has found. Whatever can be worked out again is not in it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/layout.hpp"
#include "checker/engine/search_position.hpp"
#include "checker/engine/state_space.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

// Where a search stands between two rounds.
struct Standing {
    SearchPosition position;
    std::uint64_t firings = 0;
    std::uint64_t followed = 0;
    std::uint64_t dead_ends = 0;
    std::uint64_t outside = 0;
    std::uint64_t handler_calls = 0;
    double seconds = 0;
    std::vector<std::uint64_t> coverage; // by coverage point
    std::vector<Finding> findings;       // those that settled something, in order
};

// What a checkpoint must agree with, a line for each thing: the caller's identity, and the model's own shape.
[[nodiscard]] std::string search_identity(const BoundModel& model, const Layout& layout, const std::string& identity);

// The same with what else decides which states are found, and in which order; `kind`: as in StateSpace.
[[nodiscard]] std::string checkpoint_identity(const BoundModel& model, const Layout& layout,
                                              const SearchOptions& options, const std::string& kind);

// All throw CheckpointError.
void write_checkpoint(const std::string& path, const std::string& identity, const Standing& standing,
                      const StateSpace& states);
// Fills `states`, which must be empty. They must be entered after that. `look_at_clock` is called now and then, and may
// throw: then they are worth nothing.
[[nodiscard]] Standing read_checkpoint(const std::string& path, const std::string& identity, StateSpace& states,
                                       const std::function<void()>& look_at_clock);

// For whoever keeps states in another way: all that comes before them in the file, and what must be true of both.
void write_beginning(CheckedWriter& file, const std::string& identity, const Standing& standing);
[[nodiscard]] Standing read_beginning(CheckedReader& file, const std::string& path, const std::string& identity);
void expect_consistent(const Standing& standing, std::uint64_t states, const std::string& path);

// For StateSpace::read(). Throws CheckpointError with the complaint unless `condition`.
void require_fit(bool condition, const std::string& path, const std::string& complaint);

} // namespace mdcd::checker::engine
