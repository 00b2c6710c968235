// A path of the model as a run of the system, in words. Not for headers that users compile.
// Knows no report.
#pragma once

#include "checker/actors/check.hpp"
#include "checker/actors/compiled_system.hpp"

namespace mdcd::checker::actors {

// Executes the path once more. Throws PathError if the model cannot take it.
[[nodiscard]] Run tell(const CompiledSystem& model, const Path& path);

// A sentence for a firing that the state enables; another one than for the others.
[[nodiscard]] std::string text_of_firing(const CompiledSystem& model, const GlobalState& state, const Firing& firing);

// An actor's slot: its state, whether it is down, and its timers.
[[nodiscard]] Picture picture_of_slot(const CompiledSystem& model, std::size_t actor, std::string_view bytes);

} // namespace mdcd::checker::actors
