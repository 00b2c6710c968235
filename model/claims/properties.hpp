// The native evaluation of the properties (inputs/property_table.hpp, docs/soundness.md) on a view. Z3 answers the
// first four kinds of question on the same predicates (z3_judge.hpp).
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "checker/model.hpp"
#include "model/claims/lemmas.hpp"
#include "model/claims/predicates.hpp"
#include "model/claims/summary.hpp"
#include "model/claims/view.hpp"
#include "model/inputs/property_table.hpp"

namespace mdcd::model {

// After a real recovery the same predicate is evaluated on the state as it is; before, on what recovery would make of
// it.
[[nodiscard]] constexpr PropertyId predicate_of(PropertyId property) {
    return property == PropertyId::recovered_consistently ? PropertyId::recoverability : property;
}

// What a state's properties are judged from: its view and the few facts beside it.
struct Facts {
    View view;
    bool unsafe_output = false;
    bool same_number_twice = false;
    unsigned components_sent = 0; // how many new versions have sent something out of the cluster
    unsigned messages_of_one = 2; // that leave one component, as far as the scope allows two
    Lemmas lemmas{};
    bool counters_restored = true;                 // each shadow counts what its restored history has generated
    std::span<const SlotSummary* const> processes; // high-confidence ones, in the order of view.processes
    std::span<const RecoveredProcess* const> recovered;
};

// Bit i is set iff the predicate of property i is true.
[[nodiscard]] checker::PropertyBits judge_natively(const Facts& facts);

// What the properties of a state after the beginning of a recovery are judged from. The view is of what is, not of
// what recovery would make of it.
struct RecoveryFacts {
    View view;
    bool unsafe_output = false;
    Lemmas lemmas{};
    bool left_over =
        false;            // a process keeps a checkpoint, or a logged or suppressed message; or sends one marked dirty
    bool cleared = false; // .. and none does that has rolled back
    bool counters_restored = true; // .. and each process has gone through each recovery
    bool completed = false;        // all processes of high confidence run in the new incarnation; the last four need it
    bool coordinators_met = false;
    bool rolled_back = false;
    bool rolled_back_again = false;
    bool in_order = true;
    bool resent_received = false;
    bool discards = false;
    bool suppressed = false;
    MessageSet output_twice = 0;
};

// The same for such a state: claims about a recovery that might begin hold, and their twins are not reached there.
[[nodiscard]] checker::PropertyBits judge_after_recovery(const RecoveryFacts& facts);

// The truth of the lemmas and of their twins. `told`: whether that is asked; not while a recovery is under way.
[[nodiscard]] checker::PropertyBits judge_lemmas(const Lemmas& lemmas, bool told);

// Of the fault hypotheses without a missed test the one that is hardest on every claim: each component fails right
// after what is proved. Errors only grow when a hypothesis becomes earlier, so a claim that holds under this one holds
// under all of them.
[[nodiscard]] Hypothesis<Native> hardest_hypothesis(const View& view);

// The same for each choice of missed tests, as many as may be (a miss more makes no hypothesis later); that one alone
// if none may be. Calls `visit` until it says true, and returns whether it did.
template <class Visit> bool for_some_hardest_hypothesis(const View& view, Visit visit) {
    if (view.misses == 0)
        return visit(hardest_hypothesis(view));
    const auto tests = static_cast<unsigned>(view.tests->size());
    for (std::uint32_t missed = 0; missed < std::uint32_t{1} << tests; ++missed) {
        if (std::popcount(missed) != static_cast<int>(std::min(view.misses, tests)))
            continue;
        Hypothesis<Native> hypothesis{};
        Numbers proved{};
        for (unsigned test = 0, misses = 0; test < tests; ++test) {
            if ((missed >> test & 1) != 0)
                hypothesis.missed[misses++] = static_cast<std::uint8_t>(test + 1);
            else
                proved = join(proved, (*view.tests)[test]);
        }
        for (std::size_t component = 0; component < hypothesis.size(); ++component)
            hypothesis[component] = static_cast<std::uint8_t>(proved[component] + 1);
        if (visit(hypothesis))
            return true;
    }
    return false;
}

// The first of these under which one of the claims about fault hypotheses fails; the hardest without a miss if none.
[[nodiscard]] Hypothesis<Native> violating_hypothesis(PropertyId property, const View& view);

// The latest recovery line that is consistent and free of everything unvalidated; none if there is none. Consistent
// lines are closed under taking the later state everywhere, so there is one latest (the maximum recovery line).
[[nodiscard]] std::optional<Line<Native>> latest_consistent_line(const View& view);

// What recovery from this state would need of one process, if it is to end free of everything unvalidated, is still
// there (reclamation_safety).
[[nodiscard]] bool keeps_what_is_needed(const View& view, const ProcessView& process, const SlotSummary& summary,
                                        const RecoveredProcess& recovered);

// How many receptions recovery undoes although the latest consistent line keeps them.
[[nodiscard]] unsigned excess_rollback_distance(const View& view, const Line<Native>& latest);

} // namespace mdcd::model
