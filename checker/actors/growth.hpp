// What grows in an actor's state or a message, and what keeps growing in a system that is perhaps endless. Not for
// headers that users compile.
#pragma once

#include <string>
#include <vector>

#include "checker/actors/compiled_system.hpp"
#include "checker/actors/picture.hpp"
#include "checker/engine/stop_watch.hpp"

namespace mdcd::checker::actors {

// The numbers in it, and the lengths of what has one, by the path of fields that leads there.
void measure(const Picture& picture, const std::string& place, std::vector<Measure>& measures);

// Makes a few long runs, the same ones each time, inside the boundary. What reaches a new maximum in each of the last
// three doublings of their length keeps growing: "receiver.delivered length: to 512". When it is time to stop, what has
// been seen by then decides.
[[nodiscard]] std::vector<std::string> what_keeps_growing(const CompiledSystem& model, engine::StopWatch& watch);

} // namespace mdcd::checker::actors
