// States of models whose slots take few values each: kept as ids of two halves, expanded from records (record.hpp).
// Puts together what the rest of this folder has for that; decides nothing itself.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "checker/engine/candidate_rounds.hpp"
#include "checker/engine/candidates.hpp"
#include "checker/engine/dependence.hpp"
#include "checker/engine/expander.hpp"
#include "checker/engine/record.hpp"
#include "checker/engine/sampling.hpp"
#include "checker/engine/sleep.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/state_space.hpp"
#include "checker/engine/state_store.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

class SlotStates final : public StateSpace {
public:
    SlotStates(BoundModel& model, const SearchOptions& options, const Sampling& sampling, unsigned workers);

    [[nodiscard]] std::string kind() const override { return {}; }

    [[nodiscard]] std::uint64_t size() const override { return store_.size(); }
    [[nodiscard]] StateNumber parent(std::uint64_t number) const override { return store_.parent(number); }
    [[nodiscard]] GlobalState content(std::uint64_t number) const override {
        return space_.unfold(store_.state(number));
    }
    [[nodiscard]] GlobalState canonical(const GlobalState& state) override {
        return space_.unfold(canonical_state(state));
    }
    [[nodiscard]] bool is_state(std::uint64_t number, const GlobalState& state) override;
    [[nodiscard]] std::optional<StateNumber> find(const GlobalState& state) override;
    void truncate(std::uint64_t count) override { store_.truncate(count); }

    [[nodiscard]] std::size_t blocks_max() const override { return rounds_.blocks_max(); }
    void begin_round(std::size_t blocks) override { rounds_.begin(blocks); }
    void propose_initial(const GlobalState& state, std::uint64_t index_in_round) override;
    bool run(unsigned worker, Stretch stretch, std::size_t block, Work work, const OpenQuestions& open,
             StopWatch& watch) override {
        return expanders_[worker]->run(stretch.begin, stretch.end, work, open, watch, rounds_.block(block),
                                       stretch.first_of_round);
    }
    [[nodiscard]] Tally& tally(unsigned worker) override { return expanders_[worker]->tally(); }
    [[nodiscard]] std::uint64_t count_candidates() override { return rounds_.count(); }
    [[nodiscard]] bool fits() const override { return rounds_.fits(); }
    [[nodiscard]] bool grow(const Together& together, StopWatch& watch) override;
    void insert(const Together& together) override { rounds_.insert(together); }
    void number(std::uint64_t first_parent, const Together& together) override {
        rounds_.number(first_parent, together);
    }
    void begin_level(std::uint64_t end) override;
    [[nodiscard]] const Footprints* unforeseen() const override {
        return reduction_ != nullptr && reduction_->unforeseen.any() ? &reduction_->unforeseen.all() : nullptr;
    }
    void expanded(std::uint64_t end) override { store_.forget_labels(end); }

    void judge_only() override { records_.summaries_only = true; }
    // The counts are by CoverageClass: how many records or firings of that class.
    [[nodiscard]] std::vector<std::uint64_t> coverage(const ExpansionCounts& counts) const override;

    [[nodiscard]] std::uint64_t store_bytes() const override { return store_.bytes() + table_bytes_; }
    [[nodiscard]] std::uint64_t cache_bytes() const override { return cache_bytes_; }
    [[nodiscard]] std::uint64_t buffer_bytes() const override;
    [[nodiscard]] std::uint64_t growth_bytes() const override { return store_.growth_bytes(); }
    [[nodiscard]] double load() const override { return store_.load(); }
    void tend() override;
    void forget() override;

    [[nodiscard]] std::uint64_t handler_calls() const override { return records_.memo.handler_calls(); }
    [[nodiscard]] std::optional<std::string> nondeterminism() const override { return records_.memo.nondeterminism(); }
    void check_samples(const BoundModel* second, const std::function<void()>& look_at_clock) override {
        records_.memo.check_samples(second, look_at_clock);
    }
    void check_again(const std::function<void()>& look_at_clock) override { records_.memo.check_again(look_at_clock); }

    [[nodiscard]] std::uint32_t value_count(SlotIndex slot) const override {
        return space_.value_table(position_of(slot)).size();
    }
    [[nodiscard]] std::string_view value(SlotIndex slot, std::uint32_t id) const override {
        return space_.value(position_of(slot), id);
    }
    [[nodiscard]] std::optional<std::uint64_t> first_with(SlotIndex slot, std::uint32_t id,
                                                          const std::function<bool()>& enough) const override;

    void write(CheckedWriter& file, std::uint64_t next) const override;
    void read(CheckedReader& file, const std::string& path, std::uint64_t next,
              const std::function<void()>& look_at_clock) override;
    void enter_all(const Together& together, StopWatch& watch) override;

private:
    [[nodiscard]] std::uint16_t position_of(SlotIndex slot) const { return space_.layout().position_of[slot]; }
    [[nodiscard]] std::uint32_t hash_of(State state) const { return upper_half(space_.hash(state)); }
    [[nodiscard]] State canonical_state(const GlobalState& state) {
        return expanders_.front()->canonical(space_.fold(state));
    }

    struct Reduction { // of states
        Reduction(const BoundModel& model, const SearchOptions& options, const Footprints& footprints);
        Dependence dependence;
        Unforeseen unforeseen;
    };

    std::atomic<std::uint64_t> table_bytes_ = 0; // of slot values and tree nodes
    std::atomic<std::uint64_t> cache_bytes_ = 0; // of what can be worked out again
    SlotSpace space_;
    SleepSets sleep_;
    RecordSpace records_;
    std::unique_ptr<Reduction> reduction_; // null: no state is left out
    StateStore store_;
    std::vector<std::unique_ptr<Expander>> expanders_; // one for each worker
    Rounds<StateStore, CandidateBuffers> rounds_;
};

} // namespace mdcd::checker::engine
