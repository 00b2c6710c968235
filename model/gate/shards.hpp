// A gate in parts, for machines that each run one: which checks are whose, and one result of what the parts found.
// Knows no search.
#pragma once

#include <string>
#include <vector>

#include "model/gate/gate.hpp"
#include "model/inputs/shard.hpp"

namespace mdcd::model {

// The positions of the checks that are this part's, in order. Every check is in one part; parts are balanced by the
// states that the gate has recorded (a check without such a number counts as the average of the others). The same gate
// is always parted in the same way.
[[nodiscard]] std::vector<std::size_t> checks_of(const Gate& gate, const Shard& shard);

// The gate with only the checks at these positions. Throws RequestError where there is none.
[[nodiscard]] Gate part_of(const Gate& gate, const std::vector<std::size_t>& checks);

// What was found, with what each check and the program were.
[[nodiscard]] traces::Value results_to_value(const Gate& gate, const GateRun& run, const std::string& build);

// One run of the whole gate from files that results_to_value wrote. A check that no file has did not run: it is
// inconclusive. `build` is this program: what another one found says nothing about it. Throws traces::FileError for a
// file of another gate, of other rules or of another build, for one that was changed, and for a check that two have.
[[nodiscard]] GateRun merged(const Gate& gate, const std::vector<std::string>& files, const std::string& build);

} // namespace mdcd::model
