// The inductive invariant in front of a hostile cluster, and the claim that it implies: `contained`.
// Knows no action.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/proof/argument.hpp"
#include "model/proof/boundary_actions.hpp"

namespace mdcd::model::proof::boundary {

struct Lemma {
    using Shown = Window<Symbolic>;
    using Process = ProcessWindow<Symbolic>;

    const char* name = "";
    const char* sentence = "";
    // What it says of each part; null if nothing.
    std::function<Truth(const Shown&)> shared = {};
    std::function<Truth(const Shown&, const ContentWindow<Symbolic>&)> content = {};
    std::function<Truth(const Shown&, Number)> told = {};
    std::function<Truth(const Shown&, const Process&)> process = {};
    std::function<Truth(const Shown&, const Process&, const CheckpointWindow<Symbolic>&)> checkpoint = {};
};

// In the order in which one reads them.
[[nodiscard]] std::vector<Lemma> lemmas();

// The lemma holds of all that the window and what happens show; what the cluster says is not among it.
[[nodiscard]] Truth assumed(const Lemma& lemma, const Step& step);
// The lemma holds of the parts that the window is about.
[[nodiscard]] Truth concluded(const Lemma& lemma, const Window<Symbolic>& window);

// How windows hang together: compared with states of the implementation, not proved.
[[nodiscard]] std::vector<Premise> structure_before(const Step& step);
[[nodiscard]] std::vector<Premise> structure_after(const Step& step);
// Nothing has happened yet.
[[nodiscard]] Truth initial(const Window<Symbolic>& window);

// No process that the cluster has influenced beyond V is clean, and each keeps a state from before.
inline constexpr const char* claim_name = "contained";
inline constexpr const char* claim_sentence =
    "a process that the cluster has influenced beyond V is dirty, and keeps a state from before";
[[nodiscard]] Truth contained(const Window<Symbolic>& window);
// A case that it is there for: a process influenced beyond V, and one that has been and is clean.
[[nodiscard]] Truth influenced(const Window<Symbolic>& window);
[[nodiscard]] Truth influenced_and_clean(const Window<Symbolic>& window);

} // namespace mdcd::model::proof::boundary
