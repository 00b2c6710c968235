// The states that a search has found, and how it finds more: what the coordinator (explorer.hpp) wants of whoever keeps
// them. Two do: as ids of halves whose steps are remembered (slot_states.hpp), and, for models of one slot, where there
// is nothing to remember, as the bytes that they are (content_states.hpp). Which of them it is changes no result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/checked_file.hpp"
#include "checker/engine/footprints.hpp"
#include "checker/engine/state_table.hpp"
#include "checker/engine/stop_watch.hpp"
#include "checker/engine/tally.hpp"

namespace mdcd::checker::engine {

// States [begin, end); what they lead to counts its parents from the first of the round.
struct Stretch {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t first_of_round = 0;
};

// Runs a job on all workers together, or on one if there is little work.
using Together = std::function<void(std::uint64_t work, const std::function<void(unsigned worker)>& job)>;

// States that were found, each with the one that it was reached from: what following a run back wants (trail.hpp).
class FoundStates {
public:
    virtual ~FoundStates() = default;

    // By number. The first ones are initial states; their parents are indices into Model::initial_states().
    [[nodiscard]] virtual StateNumber parent(std::uint64_t number) const = 0;
    [[nodiscard]] virtual GlobalState content(std::uint64_t number) const = 0;
    // By way of the state that stands for `state`. Throw ModelError. Not during a run.
    [[nodiscard]] virtual GlobalState canonical(const GlobalState& state) = 0;
    [[nodiscard]] virtual bool is_state(std::uint64_t number, const GlobalState& state) = 0;
};

// The distinct values that were seen in a slot, by id (growth_watch.hpp).
class SeenValues {
public:
    virtual ~SeenValues() = default;

    [[nodiscard]] virtual std::uint32_t value_count(SlotIndex slot) const = 0;
    [[nodiscard]] virtual std::string_view value(SlotIndex slot, std::uint32_t id) const = 0;
};

class StateSpace : public FoundStates, public SeenValues {
public:
    // What the states are kept as, for the identity of checkpoints; empty: as ids of halves.
    [[nodiscard]] virtual std::string kind() const = 0;

    // How many there are; the number of the one that stands for `state`. find() throws ModelError. Not during a run.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    [[nodiscard]] virtual std::optional<StateNumber> find(const GlobalState& state) = 0;
    // Forgets the states from `count` on. No round may follow.
    virtual void truncate(std::uint64_t count) = 0;

    // A round: run() by any workers, each on stretches of its own and into blocks of its own, [0, blocks) of at most
    // blocks_max(); grow() until it fits(); insert(); number(). Blocks come one after the other.
    [[nodiscard]] virtual std::size_t blocks_max() const = 0;
    virtual void begin_round(std::size_t blocks) = 0;
    // Into block 0. Throws ModelError.
    virtual void propose_initial(const GlobalState& state, std::uint64_t index_in_round) = 0;
    // False if it had to stop before all were judged. What it notes goes to the worker's tally.
    virtual bool run(unsigned worker, Stretch stretch, std::size_t block, Work work, const OpenQuestions& open,
                     StopWatch& watch) = 0;
    [[nodiscard]] virtual Tally& tally(unsigned worker) = 0;
    // When all have run: how many candidates there are.
    [[nodiscard]] virtual std::uint64_t count_candidates() = 0;
    [[nodiscard]] virtual bool fits() const = 0;
    // False if there was no time for it. The table is worth nothing then; what refers to states by number is.
    [[nodiscard]] virtual bool grow(const Together& together, StopWatch& watch) = 0;
    virtual void insert(const Together& together) = 0;
    // Gives the new states their numbers. Parents were counted from `first_parent`.
    virtual void number(std::uint64_t first_parent, const Together& together) = 0;
    // The states before this one have levels that are no deeper than that of what is expanded from now on.
    virtual void begin_level([[maybe_unused]] std::uint64_t end) {}
    // If states are left out: what steps did that they were not known to do, so that too many were. Null: nothing.
    [[nodiscard]] virtual const Footprints* unforeseen() const { return nullptr; }
    // The states before this one have been expanded.
    virtual void expanded(std::uint64_t end) = 0;

    // Nothing will be expanded any more.
    virtual void judge_only() = 0;
    // By coverage point, from what the tallies' counts say.
    [[nodiscard]] virtual std::vector<std::uint64_t> coverage(const ExpansionCounts& counts) const = 0;

    // Bytes: of states with their values and the table; of what can be worked out again; of candidates and buffers.
    [[nodiscard]] virtual std::uint64_t store_bytes() const = 0;
    [[nodiscard]] virtual std::uint64_t cache_bytes() const = 0;
    [[nodiscard]] virtual std::uint64_t buffer_bytes() const = 0;
    // .. by how much the table grows next.
    [[nodiscard]] virtual std::uint64_t growth_bytes() const = 0;
    [[nodiscard]] virtual double load() const = 0;
    // Between rounds: tables that are full grow; all that can be worked out again is forgotten.
    virtual void tend() = 0;
    virtual void forget() = 0;

    // As in StepMemo.
    [[nodiscard]] virtual std::uint64_t handler_calls() const = 0;
    [[nodiscard]] virtual std::optional<std::string> nondeterminism() const = 0;
    virtual void check_samples(const BoundModel* second, const std::function<void()>& look_at_clock) = 0;
    virtual void check_again(const std::function<void()>& look_at_clock) = 0;

    // The first state with this value. `enough` may end the look for it.
    [[nodiscard]] virtual std::optional<std::uint64_t> first_with(SlotIndex slot, std::uint32_t id,
                                                                  const std::function<bool()>& enough) const = 0;

    // Checkpoints: what was found; states before `next` have been expanded. read() fills what is empty, throws
    // CheckpointError, and calls `look_at_clock`, which may throw, now and then. Then enter_all().
    virtual void write(CheckedWriter& file, std::uint64_t next) const = 0;
    virtual void read(CheckedReader& file, const std::string& path, std::uint64_t next,
                      const std::function<void()>& look_at_clock) = 0;
    virtual void enter_all(const Together& together, StopWatch& watch) = 0;
};

} // namespace mdcd::checker::engine
