// Runs a handler once for each distinct input, as long as memory for that lasts, and remembers what it
// did as effects. The only place where the engine calls handlers.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/effect.hpp"
#include "checker/engine/slot_space.hpp"

namespace mdcd::checker::engine {

// One way in which a step can end in a state.
struct Ending {
    Id effect = EffectTable::nothing;
    std::uint16_t taken = 0;   // as in Firing
    std::uint16_t outcome = 0; // as in Firing
    std::uint64_t fired = 0;   // as Outcome::fired
};

struct StepResult {
    std::vector<Ending> endings;
    bool failed = false; // the handler threw, or its outcome breaks the contract of model.hpp
    bool waits = false;  // another ending waits for room (Step::fits)
};

class StepMemo {
public:
    // `check_all`: every handler call is made twice and compared; otherwise about one in sixteen is.
    StepMemo(const BoundModel& model, SlotSpace& space, EffectTable& effects, std::atomic<std::uint64_t>& meter,
             bool check_all);

    // The node at which all that decides about the step is known: what it reads, takes, and wants room in.
    [[nodiscard]] NodeIndex home_of(StepIndex step) const { return homes_[step]; }

    // Appends what the step can do in the state whose value ids are `ids`, by position; only those under the
    // step's home are looked at.
    void evaluate(StepIndex step, std::span<const Id> ids, StepResult& result);

    // Runs all remembered calls again and compares. For check_determinism. `look_at_clock` may throw.
    void check_again(const std::function<void()>& look_at_clock);

    // Runs a sample of all calls once more and compares: the last first, then mixed, so that other handlers have run
    // before each; on a second copy of the model as well, unless there is none. Nobody may be calling.
    void check_samples(const BoundModel* second, const std::function<void()>& look_at_clock);

    // Set once a call gave another result than before: what to tell the user.
    [[nodiscard]] std::optional<std::string> nondeterminism() const;

    [[nodiscard]] std::uint64_t handler_calls() const { return handler_calls_; }

    // Nobody may be looking. Effects may be forgotten too after this.
    void forget();

private:
    using Key = std::vector<Id>; // step, message (no_id: none), values read
    struct KeyHash {
        std::size_t operator()(const Key& key) const;
    };
    struct Stripe {
        std::mutex lock;
        std::unordered_map<Key, StepResult, KeyHash> results;
    };
    static constexpr std::size_t stripe_count = 16;

    void evaluate_with(StepIndex step, std::span<const Id> ids, Id message, std::size_t taken, StepResult& result);
    [[nodiscard]] bool fits(const Step& step, std::span<const Id> ids, const Ending& ending);
    [[nodiscard]] StepResult call(const Key& key);
    [[nodiscard]] StepResult run_handler(const Key& key);
    [[nodiscard]] Id effect_of(const Step& step, Id message, const Outcome& outcome);
    void check(const Key& key, const StepResult& result);
    void note_call(const Key& key, std::uint64_t digest);
    template <class Use> auto with_inputs(const Key& key, Use use) const;

    const BoundModel& model_;
    SlotSpace& space_;
    EffectTable& effects_;
    std::atomic<std::uint64_t>& meter_;
    bool check_all_;
    std::vector<NodeIndex> homes_;
    std::array<Stripe, stripe_count> stripes_;
    std::atomic<std::uint64_t> handler_calls_ = 0;
    std::atomic<std::uint64_t> charged_ = 0;
    struct SampledCall {
        Key key;
        std::uint64_t digest = 0;
    };
    static constexpr std::size_t samples_max = 512;
    std::atomic<std::uint64_t> calls_seen_ = 0; // that could be sampled
    std::mutex samples_lock_;
    std::vector<SampledCall> samples_;
    mutable std::mutex nondeterminism_lock_;
    std::optional<std::string> nondeterminism_;
};

} // namespace mdcd::checker::engine
