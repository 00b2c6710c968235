// States of models of one slot that offer a DirectModel: kept as the bytes that they are, and asked for what they lead
// to, each once. Puts together what the rest of this folder has for that; decides nothing itself.
#pragma once

#include <memory>
#include <vector>

#include "checker/engine/candidate_rounds.hpp"
#include "checker/engine/content_candidates.hpp"
#include "checker/engine/content_expander.hpp"
#include "checker/engine/content_store.hpp"
#include "checker/engine/direct_model.hpp"
#include "checker/engine/state_space.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

class ContentStates final : public StateSpace {
public:
    // `model` and `direct` are the same, of one slot and without a boundary.
    ContentStates(const BoundModel& model, DirectModel& direct, const SearchOptions& options, unsigned workers);

    [[nodiscard]] std::string kind() const override { return "\nstates as they are"; }

    [[nodiscard]] std::uint64_t size() const override { return store_.size(); }
    [[nodiscard]] StateNumber parent(std::uint64_t number) const override { return store_.parent(number); }
    [[nodiscard]] GlobalState content(std::uint64_t number) const override {
        return {std::string(store_.content(number))};
    }
    [[nodiscard]] GlobalState canonical(const GlobalState& state) override {
        return {std::string(canonical_bytes(state))};
    }
    [[nodiscard]] bool is_state(std::uint64_t number, const GlobalState& state) override {
        return canonical_bytes(state) == store_.content(number);
    }
    [[nodiscard]] std::optional<StateNumber> find(const GlobalState& state) override {
        return store_.find(canonical_bytes(state));
    }
    void truncate(std::uint64_t count) override { store_.truncate(count); }

    [[nodiscard]] std::size_t blocks_max() const override { return rounds_.blocks_max(); }
    void begin_round(std::size_t blocks) override { rounds_.begin(blocks); }
    void propose_initial(const GlobalState& state, std::uint64_t index_in_round) override;
    bool run(unsigned worker, Stretch stretch, std::size_t block, Work work, const OpenQuestions& open,
             StopWatch& watch) override {
        return expanders_[worker]->run(stretch, rounds_.block(block), work, open, watch);
    }
    [[nodiscard]] Tally& tally(unsigned worker) override { return expanders_[worker]->tally(); }
    [[nodiscard]] std::uint64_t count_candidates() override { return rounds_.count(); }
    [[nodiscard]] bool fits() const override { return rounds_.fits(); }
    [[nodiscard]] bool grow(const Together& together, StopWatch& watch) override {
        return rounds_.grow(together, watch, [this](std::size_t shard) { store_.move(shard); });
    }
    void insert(const Together& together) override { rounds_.insert(together); }
    void number(std::uint64_t first_parent, const Together& together) override {
        rounds_.number(first_parent, together);
    }
    void expanded(std::uint64_t) override {}

    void judge_only() override {}
    // The counts are by coverage point.
    [[nodiscard]] std::vector<std::uint64_t> coverage(const ExpansionCounts& counts) const override;

    [[nodiscard]] std::uint64_t store_bytes() const override { return store_.bytes(); }
    [[nodiscard]] std::uint64_t cache_bytes() const override { return 0; }
    [[nodiscard]] std::uint64_t buffer_bytes() const override;
    [[nodiscard]] std::uint64_t growth_bytes() const override { return store_.growth_bytes(); }
    [[nodiscard]] double load() const override { return store_.load(); }
    void tend() override {}
    void forget() override {}

    [[nodiscard]] std::uint64_t handler_calls() const override;
    [[nodiscard]] std::optional<std::string> nondeterminism() const override;
    void check_samples(const BoundModel* second, const std::function<void()>& look_at_clock) override;
    void check_again(const std::function<void()>&) override {} // each call was made twice at once

    [[nodiscard]] std::uint32_t value_count(SlotIndex) const override {
        return static_cast<std::uint32_t>(store_.size());
    }
    [[nodiscard]] std::string_view value(SlotIndex, std::uint32_t id) const override { return store_.content(id); }
    [[nodiscard]] std::optional<std::uint64_t> first_with(SlotIndex, std::uint32_t id,
                                                          const std::function<bool()>&) const override {
        return id;
    }

    void write(CheckedWriter& file, std::uint64_t) const override { store_.write(file); }
    void read(CheckedReader& file, const std::string& path, std::uint64_t next,
              const std::function<void()>& look_at_clock) override;
    void enter_all(const Together& together, StopWatch& watch) override;

private:
    [[nodiscard]] std::string_view canonical_bytes(const GlobalState& state) {
        return expanders_.front()->canonical(state.front());
    }

    std::uint64_t coverage_points_;
    ContentStore store_;
    std::vector<std::unique_ptr<ContentExpander>> expanders_; // one for each worker
    Rounds<ContentStore, ContentCandidates> rounds_;
};

} // namespace mdcd::checker::engine
