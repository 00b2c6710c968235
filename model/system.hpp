// The global system: processes of impl, channels, a workload resolved as late as possible, acceptance tests and
// ghost state, as a model for the checker. Recovery is not a step here: any state may be asked what recovery would
// make of it (recovery_view.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "impl/cluster_counter.hpp"
#include "impl/notes.hpp"
#include "impl/rules.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/recovery_summary.hpp"
#include "model/claims/summary.hpp"
#include "model/claims/user_invariant.hpp"
#include "model/inputs/scope.hpp"
#include "model/reductions/reductions.hpp"
#include "model/reductions/renumbering.hpp"
#include "model/reductions/symmetry.hpp"
#include "model/state/layout.hpp"
#include "model/state/local.hpp"
#include "model/state/measures.hpp"

namespace mdcd::model {

// Recovery applied to one state, without a copy of what the summaries already hold.
struct Recovery {
    RecoveryStage stage = RecoveryStage::none; // if another, the view is of what is, not of what would be
    View view;
    bool counters_restored = true; // each shadow counts what its history has generated
    std::array<const SlotSummary*, high_confidence_count_max> processes{};      // shadows, then active ones
    std::array<const RecoveredProcess*, high_confidence_count_max> recovered{}; // the same
    std::array<RecoveredProcess, high_confidence_count_max> now{}; // what `recovered` points to after a real recovery
};

class System {
public:
    using Summary = SlotSummary;
    using Judgement = Recovery; // (checker/model.hpp: SharesJudgement)

    System(Scope scope, const impl::Rules& rules, Reductions reductions = {});
    System(const System&) = delete; // its parts refer to each other
    System& operator=(const System&) = delete;

    [[nodiscard]] const Scope& scope() const { return scope_; }
    [[nodiscard]] const impl::Rules& rules() const { return rules_; }
    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] std::size_t number_entries() const { return impl::counter_entries(rules_, scope_.components); }

    // The model concept (checker/model.hpp).
    [[nodiscard]] std::span<const checker::Slot> slots() const { return layout_.slots(); }
    [[nodiscard]] std::span<const checker::Step> steps() const { return layout_.steps(); }
    [[nodiscard]] std::vector<checker::GlobalState> initial_states() const;
    void fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) const;
    [[nodiscard]] std::span<const checker::Property> properties() const { return properties_; }
    [[nodiscard]] std::span<const checker::PropertyReads> property_reads() const { return reads_; }
    [[nodiscard]] SlotSummary summarise(checker::SlotIndex slot, std::string_view bytes) const;
    [[nodiscard]] checker::PropertyBits judge(std::span<const SlotSummary* const> summaries) const;
    [[nodiscard]] checker::PropertyBits judge(std::span<const SlotSummary* const> summaries, Recovery& recovery) const;
    [[nodiscard]] std::span<const std::string> coverage_points() const;

    // Renamings (OffersRenamings). Of processes: every one, compared state by state. Of numbers: one for each state,
    // after one of processes.
    void candidate_renamings(std::span<const SlotSummary* const> summaries,
                             std::vector<std::uint64_t>& candidates) const;
    [[nodiscard]] std::vector<std::uint64_t> renamings() const; // all of them, if they are the same in every state
    [[nodiscard]] checker::SlotIndex renamed_slot(std::uint64_t renaming, checker::SlotIndex slot) const;
    [[nodiscard]] std::string renamed_bytes(std::uint64_t renaming, checker::SlotIndex slot,
                                            std::string_view bytes) const;

    // How many renamings of processes there are, the one that changes nothing included.
    [[nodiscard]] std::size_t process_renamings() const { return symmetry_.count(); }

    // Why a run that ends in this state may have ended there only because numbers have an end.
    [[nodiscard]] std::optional<std::string> limit_at(const checker::GlobalState& state) const;

    // Numbers that could grow without end (OffersMeasures).
    void measure(checker::SlotIndex slot, std::string_view bytes, std::vector<checker::Measure>& measures) const {
        model::measure(layout_.places()[slot], bytes, measures);
    }

    // Whether a property (by position in properties()) looks at so much that no state may be left out for it.
    [[nodiscard]] bool reads_everything(std::size_t property) const;

    // The same step, with what the implementation noted in each outcome (for traces).
    void fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes,
              std::vector<impl::Notes>& notes) const;

    // What recovery would make of the state with these summaries.
    void recover(std::span<const SlotSummary* const> summaries, Recovery& recovery) const;

    // How far a recovery is that really happens (asynchronous scopes; always `none` in the others).
    [[nodiscard]] RecoveryStage stage(std::span<const SlotSummary* const> summaries) const;

    // What a recovery has made of the state with these summaries; its stage is not `none`.
    void look_after(std::span<const SlotSummary* const> summaries, Recovery& recovery) const;

    // Whichever of the two the stage of the state asks for; notes the stage.
    void look(std::span<const SlotSummary* const> summaries, Recovery& recovery) const;

    [[nodiscard]] const UserInvariant& invariant(InvariantNumber number) const { return invariants_.at(number.nth); }
    // What an invariant sees of a recovery; refers to it.
    [[nodiscard]] InvariantFacts invariant_facts(const Recovery& recovery) const {
        return {recovery.view, {recovery.processes.data(), high_.size()}};
    }

    // The view of a state that the predicates are about (view.hpp), and whether a property asks about it at all.
    [[nodiscard]] View view(std::span<const SlotSummary* const> summaries) const;
    [[nodiscard]] static bool asks(PropertyId property, RecoveryStage stage);

    // What the state says of the claims that need no recovery (lemmas.hpp).
    [[nodiscard]] Lemmas lemmas(std::span<const SlotSummary* const> summaries, const Recovery& recovery) const;
    // External messages of its component that the process at this position is to have heard of.
    [[nodiscard]] unsigned outputs_before(const Recovery& recovery, std::size_t position) const;

    // Whether something is pending that recovery_terminates wants to end.
    [[nodiscard]] bool is_recovering(std::span<const SlotSummary* const> summaries) const;

    // The steps that nobody can rely on: what applications choose to do, and tests.
    [[nodiscard]] std::vector<checker::StepIndex> unfair_steps() const;

private:
    struct Channel {
        checker::SlotIndex slot;
        std::uint16_t receiver; // position in high_
    };
    [[nodiscard]] Numbers agreed(std::span<const SlotSummary* const> summaries) const;
    void note_script(std::span<const SlotSummary* const> summaries, View& view) const;
    // Of the process at that position: `recovered` is what a recovery would make of it, or what it is. Both must
    // outlive `recovery`.
    void note_process(Recovery& recovery, std::size_t position, const SlotSummary& summary,
                      const RecoveredProcess& recovered) const;
    void note_take_over(std::span<const SlotSummary* const> summaries, Recovery& recovery) const;

    Scope scope_;
    impl::Rules rules_;
    Reductions reductions_;
    Layout layout_;
    ProcessSymmetry symmetry_;
    ValidatedIndex index_;
    std::vector<checker::SlotIndex> scripts_;
    bool simple_cluster_; // one component without external messages: numbers and messages correspond one to one
    bool compare_;        // numbers_compare
    bool one_shadow_sn_;  // several shadows share a counter
    bool one_decision_;   // of each recovery for all
    checker::SlotIndex validated_;
    std::optional<checker::SlotIndex> tests_; // where tests may miss
    void note_channel(const SlotSummary& channel, const RecoverySummary& receiver, View& view) const;
    void note_counters(std::span<const SlotSummary* const> summaries, Recovery& recovery) const;
    void note_reads();
    [[nodiscard]] bool all_recovered(std::span<const SlotSummary* const> summaries) const;
    [[nodiscard]] bool has_doomed(std::span<const SlotSummary* const> summaries) const;
    [[nodiscard]] bool in_order(std::span<const SlotSummary* const> summaries, const View& view) const;
    [[nodiscard]] checker::PropertyBits judge_before(std::span<const SlotSummary* const> summaries,
                                                     const Recovery& recovery) const;
    [[nodiscard]] checker::PropertyBits judge_recovery(std::span<const SlotSummary* const> summaries,
                                                       const Recovery& recovery) const;

    std::vector<checker::SlotIndex> recovery_slots_; // of L1.., S1.., A1..; empty in atomic scopes
    std::vector<checker::SlotIndex> low_;            // the slots of L1..
    std::vector<checker::SlotIndex> high_;           // the slots of S1.., A1..
    std::vector<Channel> channels_;                  // those that lead to a high-confidence process
    std::vector<checker::Property> properties_;      // the model's own, then the scope's invariants
    std::vector<UserInvariant> invariants_;
    std::vector<checker::PropertyReads> reads_; // of each property
};

static_assert(checker::Model<System>);
static_assert(checker::SharesJudgement<System>);

} // namespace mdcd::model
