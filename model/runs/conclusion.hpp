// What the last state of a run means: what recovery would do to each process there, and what is wrong with that,
// in sentences. The verdict itself comes from properties.hpp; this only explains it.
#pragma once

#include <vector>

#include "model/runs/run_writer.hpp"
#include "model/system.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

struct Conclusion {
    std::vector<traces::RecoveredProcess> recovery;
    std::vector<traces::Finding> findings;
};

[[nodiscard]] Conclusion conclude(const System& system, const RunWriter& run, const AnyProperty& property);

// The hypothesis that judge_natively() uses, in words; Z3's own answer replaces it when Z3 was asked.
[[nodiscard]] traces::Hypothesis native_hypothesis(PropertyId property, const View& view);

// {"k": 3}, with several components {"k_1": .., ..}; "missed_1": what a test would have proved that missed an error.
[[nodiscard]] traces::Value hypothesis_value(const View& view, const Hypothesis<Native>& hypothesis);

} // namespace mdcd::model
