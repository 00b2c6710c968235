// Judges states that are kept as bytes, and writes down where they lead to: one for each worker. Nothing is remembered
// but a few samples, to be asked again. Knows the model as a DirectModel.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/content_candidates.hpp"
#include "checker/engine/content_orbits.hpp"
#include "checker/engine/content_store.hpp"
#include "checker/engine/direct_model.hpp"
#include "checker/engine/state_space.hpp"
#include "checker/engine/stop_watch.hpp"
#include "checker/engine/tally.hpp"

namespace mdcd::checker::engine {

class alignas(128) ContentExpander { // a worker's own lines, and the neighbours that the processor fetches along
public:
    // `orbits`: null if states stay as they are. `check_all`: as in StepMemo.
    ContentExpander(const BoundModel& model, DirectModel& direct, const ContentStore& store,
                    std::unique_ptr<ContentOrbits> orbits, unsigned worker, bool check_all);

    // As Expander::run().
    bool run(Stretch stretch, ContentCandidates& out, Work work, const OpenQuestions& open, StopWatch& watch);
    [[nodiscard]] Tally& tally() { return tally_; }

    // The bytes that stand for these, until the next call. Throws ModelError. Not during a run.
    [[nodiscard]] std::string_view canonical(std::string_view bytes) {
        return orbits_ == nullptr ? bytes : orbits_->canonical(bytes);
    }

    [[nodiscard]] std::uint64_t bytes() const {
        return sizeof(*this) + lately_.size() * sizeof(Lately) + samples_.capacity() * sizeof(SampledCall) +
               (orbits_ == nullptr ? 0 : orbits_->bytes());
    }
    // As in StepMemo, of this worker's calls.
    [[nodiscard]] std::uint64_t handler_calls() const { return handler_calls_; }
    [[nodiscard]] const std::optional<std::string>& nondeterminism() const { return nondeterminism_; }
    void check_samples(const BoundModel* second, const std::function<void()>& look_at_clock);

private:
    struct SampledCall {
        std::uint64_t state = 0;
        StepIndex step = 0;
        std::uint64_t digest = 0;
    };
    static constexpr std::size_t samples_max = 512;
    struct Lately { // a candidate of this run
        std::uint32_t run = 0;
        std::uint32_t hash = 0;
        std::uint32_t place = 0; // in the buffer of its shard
    };
    static constexpr std::size_t lately_min = std::size_t{1} << 10; // powers of two
    static constexpr std::size_t lately_max = std::size_t{1} << 15;

    [[nodiscard]] bool open(std::uint64_t number, std::string_view bytes);
    void expand(std::uint64_t number, std::string_view bytes, bool judgable, Work work);
    [[nodiscard]] bool fire(std::uint64_t number, StepIndex step);
    void check(std::uint64_t number, StepIndex step);
    void write_down(std::uint64_t number, std::string_view bytes);
    void cover(std::uint64_t fired);

    const BoundModel& model_;
    DirectModel& direct_;
    const ContentStore& store_;
    std::unique_ptr<ContentOrbits> orbits_;
    unsigned worker_;
    bool check_all_;
    StepIndex step_count_;
    std::uint64_t coverage_points_;
    Successors successors_;
    Successors again_;           // scratch: of a step that is asked twice
    std::vector<Lately> lately_; // by the lower bits of their hashes
    std::uint32_t run_ = 0;      // the number of this one
    ContentCandidates* out_ = nullptr;
    std::uint64_t first_of_round_ = 0;
    Tally tally_;
    std::uint64_t handler_calls_ = 0;
    std::uint64_t calls_seen_ = 0; // that were samples
    std::vector<SampledCall> samples_;
    std::optional<std::string> nondeterminism_;
};

} // namespace mdcd::checker::engine
