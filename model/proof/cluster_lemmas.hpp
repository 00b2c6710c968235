// The inductive invariant for any number of components: lemmas that hold at the start, that every action keeps if all
// of them hold before it, and that together imply the claims. What is said of numbers is said entry by entry.
#pragma once

#include <functional>
#include <vector>

#include "model/proof/cluster_actions.hpp"

namespace mdcd::model::proof::cluster {

struct Lemma {
    using Shown = Window<Symbolic>;
    using Process = ProcessWindow<Symbolic>;
    using Checkpoint = CheckpointWindow<Symbolic>;

    const char* name = "";
    const char* sentence = "";
    // What it says of each part; null if nothing.
    std::function<Truth(const Shown&)> shared = {};
    std::function<Truth(const Shown&, const ContentWindow<Symbolic>&)> content = {}; // of what was sent
    std::function<Truth(const Shown&)> message = {};                                 // of the message shown
    std::function<Truth(const Shown&, const NotificationWindow<Symbolic>&)> notification = {};
    std::function<Truth(const Shown&, const LowWindow<Symbolic>&)> low = {};
    std::function<Truth(const Shown&, const Process&)> process = {};
    std::function<Truth(const Shown&, const Process&, const Checkpoint&)> checkpoint = {};
    std::function<Truth(const Shown&, const Checkpoint&, const Checkpoint&)> pair = {}; // the first is older
    // A window that does not show the oldest checkpoint cannot tell whether it is kept; another one does.
    bool needs_oldest = false;
};

// In the order in which one reads them.
[[nodiscard]] std::vector<Lemma> lemmas();

// The lemma holds of all that the window and what happens show.
[[nodiscard]] Truth assumed(const Lemma& lemma, const Window<Symbolic>& window, const Happening<Symbolic>& happening);

// The lemma holds of the parts that the window is about.
[[nodiscard]] Truth concluded(const Lemma& lemma, const Window<Symbolic>& window);

} // namespace mdcd::model::proof::cluster
