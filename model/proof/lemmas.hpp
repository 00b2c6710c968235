// The inductive invariant: lemmas that hold at the start, that every action keeps if all of them hold before it, and
// that together imply the claims. Each is said of parts of a window; whoever assumes it may use it for all parts shown.
#pragma once

#include <functional>
#include <vector>

#include "model/proof/actions.hpp"

namespace mdcd::model::proof {

enum class Claim : std::uint8_t { containment, consistency };

struct Lemma {
    using Shown = Window<Symbolic>;
    using Process = ProcessWindow<Symbolic>;
    using Checkpoint = CheckpointWindow<Symbolic>;

    const char* name = "";
    const char* sentence = "";
    bool for_containment = false; // otherwise only consistency needs it
    // What it says of each part; null if nothing.
    std::function<Truth(const Shown&)> shared = {};
    std::function<Truth(const Shown&, const MessageWindow<Symbolic>&)> message = {}; // of one that was sent
    std::function<Truth(const Shown&, Number)> notification = {};
    std::function<Truth(const Shown&, const Process&)> process = {};
    std::function<Truth(const Shown&, const Process&, const Checkpoint&)> checkpoint = {};
    std::function<Truth(const Shown&, const Checkpoint&, const Checkpoint&)> pair = {}; // the first is older
    // A window that does not show the oldest checkpoint cannot tell whether it is kept; another one does.
    bool needs_oldest = false;
};

// Those that `claim` needs under these rules, in the order in which one reads them.
[[nodiscard]] std::vector<Lemma> lemmas(Claim claim, const impl::Rules& rules);

// The lemma holds of all that the window and what happens show.
[[nodiscard]] Truth assumed(const Lemma& lemma, const Window<Symbolic>& window, const Happening<Symbolic>& happening);

// The lemma holds of the parts that the window is about.
[[nodiscard]] Truth concluded(const Lemma& lemma, const Window<Symbolic>& window);

} // namespace mdcd::model::proof
