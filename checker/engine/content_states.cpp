// Everything is passed on, or summed up over the workers.
// Knows no search.
#include "checker/engine/content_states.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "checker/engine/checkpoint.hpp"

namespace mdcd::checker::engine {

ContentStates::ContentStates(const BoundModel& model, DirectModel& direct, const SearchOptions& options,
                             unsigned workers)
    : coverage_points_(model.coverage_point_count()), rounds_(store_, workers == 1 ? 1 : 4 * workers) {
    direct.set_workers(workers);
    std::vector<Renaming> renamings;
    if (options.use_renamings)
        renamings = model.renamings();
    for (unsigned worker = 0; worker < workers; ++worker)
        expanders_.push_back(std::make_unique<ContentExpander>(
            model, direct, store_, renamings.empty() ? nullptr : std::make_unique<ContentOrbits>(model, renamings),
            worker, options.check_determinism));
}

void ContentStates::propose_initial(const GlobalState& state, std::uint64_t index_in_round) {
    const std::string_view bytes = canonical_bytes(state);
    rounds_.block(0).add(content_hash_of(bytes), index_in_round, bytes);
}

std::vector<std::uint64_t> ContentStates::coverage(const ExpansionCounts& counts) const {
    std::vector<std::uint64_t> coverage = counts.coverage;
    coverage.resize(coverage_points_);
    return coverage;
}

std::uint64_t ContentStates::buffer_bytes() const {
    std::uint64_t bytes = rounds_.bytes();
    for (const std::unique_ptr<ContentExpander>& expander : expanders_)
        bytes += expander->bytes();
    return bytes;
}

std::uint64_t ContentStates::handler_calls() const {
    std::uint64_t calls = 0;
    for (const std::unique_ptr<ContentExpander>& expander : expanders_)
        calls += expander->handler_calls();
    return calls;
}

std::optional<std::string> ContentStates::nondeterminism() const {
    for (const std::unique_ptr<ContentExpander>& expander : expanders_)
        if (expander->nondeterminism())
            return expander->nondeterminism();
    return {};
}

void ContentStates::check_samples(const BoundModel* second, const std::function<void()>& look_at_clock) {
    for (const std::unique_ptr<ContentExpander>& expander : expanders_)
        expander->check_samples(second, look_at_clock);
}

void ContentStates::read(CheckedReader& file, const std::string& path, std::uint64_t next,
                         const std::function<void()>& look_at_clock) {
    const std::string complaint = store_.read(file, look_at_clock);
    require_fit(complaint.empty(), path, complaint);
    require_fit(next <= store_.size(), path, "its counters contradict each other");
}

void ContentStates::enter_all(const Together& together, StopWatch& watch) {
    constexpr std::uint64_t stretch = 1U << 14;
    std::atomic<std::uint64_t> next = 0;
    together(store_.size(), [&](unsigned) {
        for (std::uint64_t begin = next.fetch_add(stretch); begin < store_.size() && !watch.time_to_stop();
             begin = next.fetch_add(stretch))
            store_.enter(begin, std::min(store_.size(), begin + stretch));
    });
}

} // namespace mdcd::checker::engine
