// Any model, with its observer, as a BoundModel.
// The one place of the engine that is a template over models.
#pragma once

#include <concepts>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/model.hpp"
#include "checker/path.hpp"

namespace mdcd::checker::engine {

// The observer asks for what judging found out.
template <class O, class M>
concept ObservesJudgement = SharesJudgement<M> &&
    requires(O& observer, unsigned worker, std::span<const typename M::Summary* const> summaries,
             const typename M::Judgement& judgement, PropertyBits bits) {
    observer.observe(worker, summaries, judgement, bits);
};

// O: has observe(worker, summaries, bits), or observe(worker, summaries, judgement, bits).
template <Model M, class O> class ModelBinding : public BoundModel {
public:
    ModelBinding(const M& model, O& observer) : model_(model), observer_(observer) {}

    [[nodiscard]] std::span<const Slot> slots() const override { return model_.slots(); }
    [[nodiscard]] std::span<const Step> steps() const override { return model_.steps(); }
    [[nodiscard]] std::span<const Property> properties() const override { return model_.properties(); }
    [[nodiscard]] std::size_t coverage_point_count() const override {
        return std::span<const std::string>(model_.coverage_points()).size();
    }
    [[nodiscard]] bool knows_final_states() const override { return KnowsFinalStates<M>; }
    [[nodiscard]] std::vector<GlobalState> initial_states() const override { return checker::initial_states(model_); }

    [[nodiscard]] std::unique_ptr<BoundModel> second() const override;

    void fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const override {
        checker::fire(model_, step, inputs, outcomes);
    }

    [[nodiscard]] OpaqueSummary summarise(unsigned worker, SlotIndex slot, std::string_view bytes) override {
        std::deque<Summary>& summaries = workers_[worker]->summaries;
        summaries.push_back(checker::summarise(model_, slot, bytes));
        return &summaries.back();
    }

    void forget_summaries() override {
        for (const std::unique_ptr<Worker>& worker : workers_)
            worker->summaries.clear();
    }

    [[nodiscard]] std::uint64_t summary_bytes(OpaqueSummary opaque) const override {
        std::uint64_t bytes = sizeof(Summary);
        if constexpr (requires(const Summary& summary) {
                          { summary.capacity() } -> std::convertible_to<std::size_t>;
                          typename Summary::value_type;
                      })
            bytes += static_cast<const Summary*>(opaque)->capacity() * sizeof(typename Summary::value_type);
        return bytes;
    }

    void set_rows(std::span<const SlotIndex> left, std::span<const SlotIndex> right, unsigned workers) override {
        left_.assign(left.begin(), left.end());
        right_.assign(right.begin(), right.end());
        workers_.clear();
        for (unsigned worker = 0; worker < workers; ++worker) {
            workers_.push_back(std::make_unique<Worker>());
            workers_.back()->row.resize(left.size() + right.size());
        }
    }

    [[nodiscard]] bool has_observer() const override {
        return !requires {
            typename O::ObservesNothing;
        };
    }
    PropertyBits judge(unsigned worker, const OpaqueSummary* left, const OpaqueSummary* right) override {
        const std::span<const Summary* const> row = gather(worker, left, right);
        if constexpr (ObservesJudgement<O, M>) {
            typename M::Judgement judgement;
            const PropertyBits bits = blaming([] { return std::string("the predicates (judge)"); },
                                              [&] { return model_.judge(row, judgement); });
            observer_.observe(worker, row, judgement, bits);
            return bits;
        } else {
            const PropertyBits bits = checker::judge(model_, row);
            observer_.observe(worker, row, bits);
            return bits;
        }
    }

    [[nodiscard]] bool is_final(unsigned worker, const OpaqueSummary* left, const OpaqueSummary* right) override {
        if constexpr (KnowsFinalStates<M>)
            return checker::is_final(model_, gather(worker, left, right));
        else
            return true;
    }

    [[nodiscard]] bool knows_boundary() const override {
        if constexpr (KnowsItsBoundary<M>)
            return model_.has_boundary();
        else
            return false;
    }

    [[nodiscard]] bool is_inside([[maybe_unused]] unsigned worker, [[maybe_unused]] const OpaqueSummary* left,
                                 [[maybe_unused]] const OpaqueSummary* right) override {
        if constexpr (KnowsItsBoundary<M>)
            return model_.is_inside(gather(worker, left, right));
        else
            return true;
    }

    [[nodiscard]] bool says_what_properties_read() const override { return SaysWhatPropertiesRead<M>; }
    [[nodiscard]] std::span<const PropertyReads> property_reads() const override {
        if constexpr (SaysWhatPropertiesRead<M>)
            return model_.property_reads();
        else
            return {};
    }

    [[nodiscard]] bool offers_renamings() const override { return OffersRenamings<M>; }

    void candidate_renamings([[maybe_unused]] unsigned worker, [[maybe_unused]] const OpaqueSummary* left,
                             [[maybe_unused]] const OpaqueSummary* right,
                             [[maybe_unused]] std::vector<Renaming>& candidates) override {
        if constexpr (OffersRenamings<M>)
            blaming([] { return std::string("candidate_renamings"); },
                    [&] { model_.candidate_renamings(gather(worker, left, right), candidates); });
    }

    [[nodiscard]] std::vector<Renaming> candidates_in([[maybe_unused]] const GlobalState& state) const override {
        std::vector<Renaming> candidates = renamings();
        if constexpr (OffersRenamings<M>)
            if (candidates.empty())
                blaming([] { return std::string("candidate_renamings"); },
                        [&] {
                            ask(model_, state,
                                [&](auto summaries) { model_.candidate_renamings(summaries, candidates); });
                        });
        return candidates;
    }

    [[nodiscard]] std::vector<Renaming> renamings() const override {
        if constexpr (OffersFixedRenamings<M>)
            return blaming([] { return std::string("renamings"); }, [&] { return model_.renamings(); });
        else
            return {};
    }

    [[nodiscard]] SlotIndex renamed_slot([[maybe_unused]] Renaming renaming, SlotIndex slot) const override {
        if constexpr (OffersRenamings<M>)
            return blaming([&] { return "renamed_slot of renaming " + std::to_string(renaming); },
                           [&] { return model_.renamed_slot(renaming, slot); });
        else
            return slot;
    }

    [[nodiscard]] std::string renamed_bytes([[maybe_unused]] Renaming renaming, [[maybe_unused]] SlotIndex slot,
                                            std::string_view bytes) const override {
        if constexpr (OffersRenamings<M>)
            return blaming([&] { return "renamed_bytes of renaming " + std::to_string(renaming); },
                           [&] { return model_.renamed_bytes(renaming, slot, bytes); });
        else
            return std::string(bytes);
    }

    void measure([[maybe_unused]] SlotIndex slot, [[maybe_unused]] std::string_view bytes,
                 [[maybe_unused]] std::vector<Measure>& measures) const override {
        if constexpr (OffersMeasures<M>)
            blaming([&] { return "the measure of slot '" + std::span<const Slot>(model_.slots())[slot].name + "'"; },
                    [&] { model_.measure(slot, bytes, measures); });
    }

    [[nodiscard]] std::optional<std::string> limit_at([[maybe_unused]] const GlobalState& state) const override {
        if constexpr (KnowsItsLimits<M>)
            return blaming([] { return std::string("limit_at"); }, [&] { return model_.limit_at(state); });
        else
            return std::nullopt;
    }

    [[nodiscard]] std::vector<Enabled> enabled_in(const GlobalState& state) const override {
        return enabled(model_, state);
    }
    [[nodiscard]] PropertyBits judge_by_hand(const GlobalState& state) const override {
        return checker::judge(model_, state);
    }
    [[nodiscard]] std::optional<PropertyBits>
    judge_backwards_by_hand([[maybe_unused]] const GlobalState& state) const override {
        if constexpr (JudgesBackwards<M>)
            return ask(model_, state, [&](auto summaries) {
                return blaming([] { return std::string("the predicates (judge_backwards)"); },
                               [&] { return model_.judge_backwards(summaries); });
            });
        else
            return {};
    }
    [[nodiscard]] bool is_final_by_hand([[maybe_unused]] const GlobalState& state) const override {
        if constexpr (KnowsFinalStates<M>)
            return checker::is_final(model_, state);
        else
            return true;
    }
    [[nodiscard]] bool is_inside_by_hand(const GlobalState& state) const override {
        return checker::is_inside(model_, state);
    }

private:
    using Summary = typename M::Summary;
    struct alignas(64) Worker {
        std::deque<Summary> summaries; // never move
        std::vector<const Summary*> row;
    };

    std::span<const Summary* const> gather(unsigned worker, const OpaqueSummary* left, const OpaqueSummary* right) {
        const Summary** const row = workers_[worker]->row.data();
        for (std::size_t i = 0; i < left_.size(); ++i)
            row[left_[i]] = static_cast<const Summary*>(left[i]);
        for (std::size_t i = 0; i < right_.size(); ++i)
            row[right_[i]] = static_cast<const Summary*>(right[i]);
        return {row, left_.size() + right_.size()};
    }

    const M& model_;
    O& observer_;
    std::vector<SlotIndex> left_;
    std::vector<SlotIndex> right_;
    std::vector<std::unique_ptr<Worker>> workers_;
};

// Looks at nothing.
struct BlindObserver {
    using ObservesNothing = void;
    template <class Summaries> void observe(unsigned, Summaries, PropertyBits) {}
};

// A copy of a model with its binding.
template <Model M> struct OwnModel {
    M copy;
    BlindObserver nobody;
};
template <Model M> class OwnBinding final : private OwnModel<M>, public ModelBinding<M, BlindObserver> {
public:
    explicit OwnBinding(const M& model)
        : OwnModel<M>{model, {}}, ModelBinding<M, BlindObserver>(OwnModel<M>::copy, OwnModel<M>::nobody) {}
};

template <Model M, class O> std::unique_ptr<BoundModel> ModelBinding<M, O>::second() const {
    if constexpr (std::copy_constructible<M>)
        return blaming([] { return std::string("copying the model"); },
                       [&]() -> std::unique_ptr<BoundModel> { return std::make_unique<OwnBinding<M>>(model_); });
    else
        return nullptr;
}

} // namespace mdcd::checker::engine
