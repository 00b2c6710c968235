// In checkpoints: the tables, then the states. Everything else is passed on.
// Knows no search.
#include "checker/engine/slot_states.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <utility>

#include "checker/engine/checkpoint.hpp"
#include "checker/engine/reduction.hpp"
#include "checker/engine/slot_tables.hpp"

namespace mdcd::checker::engine {
namespace {

// A state that was reached by one of several ways may have been reached only since the others were left out: where
// states are, no edge sleeps, and a label names its step whatever that changes.
SleepSets sleep_sets(const BoundModel& model, const SearchOptions& options, const Sampling& sampling) {
    if (!options.reduce_states)
        return {model.steps(), sampling.changes, options.use_sleep_sets && !model.knows_boundary()};
    std::vector<SlotIndex> all(model.slots().size());
    std::iota(all.begin(), all.end(), SlotIndex{0});
    return {model.steps(), std::vector(model.steps().size(), all), false};
}

} // namespace

SlotStates::Reduction::Reduction(const BoundModel& model, const SearchOptions& options, const Footprints& footprints)
    : dependence(model.slots(), model.steps(), footprints, seen_slots(model, options)),
      unforeseen(model.steps().size()) {}

SlotStates::SlotStates(BoundModel& model, const SearchOptions& options, const Sampling& sampling, unsigned workers)
    : space_(model.slots(), sampling.layout, table_bytes_), sleep_(sleep_sets(model, options, sampling)),
      records_(model, space_, sleep_, cache_bytes_, options.check_determinism),
      rounds_(store_, workers == 1 ? 1 : 4 * workers) {
    const LayoutNode& left = sampling.layout.nodes[left_half];
    const std::span<const SlotIndex> order(sampling.layout.order);
    model.set_rows(order.first(left.end), order.subspan(left.end), workers);
    if (options.reduce_states)
        reduction_ = std::make_unique<Reduction>(model, options, sampling.footprints);
    for (unsigned worker = 0; worker < workers; ++worker) {
        expanders_.push_back(std::make_unique<Expander>(records_, store_, worker, cache_bytes_, options.use_renamings));
        if (reduction_ != nullptr)
            expanders_.back()->leave_out_states(reduction_->dependence, reduction_->unforeseen);
    }
}

void SlotStates::begin_level(std::uint64_t end) {
    for (const std::unique_ptr<Expander>& expander : expanders_)
        expander->begin_level(end);
}

bool SlotStates::is_state(std::uint64_t number, const GlobalState& state) {
    const State wanted = store_.state(number);
    const State found = canonical_state(state);
    return found.left == wanted.left && found.right == wanted.right;
}

std::optional<StateNumber> SlotStates::find(const GlobalState& state) {
    const State canonical = canonical_state(state);
    return store_.find(canonical, hash_of(canonical));
}

void SlotStates::propose_initial(const GlobalState& content, std::uint64_t index_in_round) {
    const State state = canonical_state(content);
    rounds_.block(0).add({.state = state, .origin = {index_in_round, 0}, .hash = hash_of(state)});
}

bool SlotStates::grow(const Together& together, StopWatch& watch) {
    return rounds_.grow(together, watch, [this](std::size_t shard) {
        store_.move(shard, [this](State state) { return hash_of(state); });
    });
}

std::vector<std::uint64_t> SlotStates::coverage(const ExpansionCounts& counts) const {
    std::vector<std::uint64_t> coverage(records_.point_count());
    for (std::size_t number = 0; number < counts.coverage.size(); ++number) {
        const std::vector<std::uint32_t> points = records_.coverage_counts(static_cast<CoverageClass>(number));
        for (std::size_t point = 0; point < points.size(); ++point)
            coverage[point] += counts.coverage[number] * points[point];
    }
    return coverage;
}

std::uint64_t SlotStates::buffer_bytes() const {
    std::uint64_t bytes = rounds_.bytes();
    for (const std::unique_ptr<Expander>& expander : expanders_)
        bytes += expander->fixed_bytes();
    return bytes;
}

void SlotStates::tend() {
    for (MoveTable& table : records_.moves)
        table.tend();
}

void SlotStates::forget() {
    for (const std::unique_ptr<Expander>& expander : expanders_)
        expander->forget();
    records_.forget();
}

std::optional<std::uint64_t> SlotStates::first_with(SlotIndex slot, std::uint32_t id,
                                                    const std::function<bool()>& enough) const {
    std::vector<Id> ids(space_.layout().order.size());
    for (std::uint64_t number = 0; number < store_.size(); ++number) {
        if (number % 4096 == 4095 && enough())
            break;
        const State state = store_.state(number);
        space_.unfold(left_half, state.left, ids);
        space_.unfold(right_half, state.right, ids);
        if (ids[position_of(slot)] == id)
            return number;
    }
    return {};
}

void SlotStates::write(CheckedWriter& file, std::uint64_t next) const {
    write_tables(file, space_);
    file.number(store_.part());
    file.number(store_.size());
    file.items(std::span<const State>(store_.states(), store_.size()));
    file.items(std::span<const StateNumber>(store_.parents(), store_.size()));
    file.items(store_.labels_from(next));
}

void SlotStates::read(CheckedReader& file, const std::string& path, std::uint64_t next,
                      const std::function<void()>& look_at_clock) {
    read_tables(file, path, space_, look_at_clock);
    const std::uint64_t part = file.number();
    const std::uint64_t count = file.number();
    require_fit(next <= count, path, "its counters contradict each other");
    require_fit(count <= state_count_max &&
                    count * (sizeof(State) + sizeof(StateNumber)) + (count - next) == file.bytes_left(),
                path, "it has another number of states than it says");
    require_fit(part <= state_count_max && store_.restore(count, next, part), path, "its table has no such size");
    file.items(std::span<State>(store_.states(), count));
    file.items(std::span<StateNumber>(store_.parents(), count));
    file.items(store_.labels());
    for (std::uint64_t number = 0; number < count; ++number) {
        const State state = store_.state(number);
        require_fit(space_.knows(left_half, state.left) && space_.knows(right_half, state.right), path,
                    "a state has no half");
    }
}

void SlotStates::enter_all(const Together& together, StopWatch& watch) {
    constexpr std::uint64_t stretch = 1U << 14;
    std::atomic<std::uint64_t> next = 0;
    together(store_.size(), [&](unsigned) {
        for (std::uint64_t begin = next.fetch_add(stretch); begin < store_.size() && !watch.time_to_stop();
             begin = next.fetch_add(stretch))
            store_.enter(begin, std::min(store_.size(), begin + stretch),
                         [this](State state) { return hash_of(state); });
    });
}

} // namespace mdcd::checker::engine
