// What is asked twice: samples of what was judged and of what handlers did, and states of one orbit (purity.hpp).
// Finds nothing in a model that keeps its contract.
#include <algorithm>
#include <array>

#include "checker/engine/explorer.hpp"
#include "checker/engine/reduction.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

// Those that came with the last round.
void Explorer::look_at_samples() {
    std::vector<JudgedState> fresh;
    for (unsigned worker = 0; worker < workers_; ++worker) {
        std::vector<JudgedState>& some = states_->tally(worker).judged;
        fresh.insert(fresh.end(), some.begin(), some.end());
        some.clear();
    }
    std::ranges::sort(fresh, {}, &JudgedState::state);
    const bool renamed = options_.use_renamings && model_.offers_renamings();
    for (const JudgedState& each : fresh) {
        if (failed_ || watch_.is_overdue(StopWatch::judging_seconds))
            return;
        const GlobalState state = states_->content(each.state);
        if (const std::optional<std::string> reason = changed(model_, each, state))
            return fail_at(each.state, *reason);
        samples_.push_back(each);
        if (!renamed || each.final_dead_end || !JudgedState::keeps_orbit(each.state))
            continue;
        try {
            if (const std::optional<std::string> reason = orbits_.difference(state, each.state))
                return fail_at(each.state, *reason);
        } catch (const ModelError&) { // the search meets it, and says so with a path
        }
    }
}

// At the end: in another order, and of another copy.
void Explorer::ask_again() {
    const auto look_at_clock = [this] { watch_.expect_time(StopWatch::judging_seconds); };
    const BoundModel& other = first_.second != nullptr ? *first_.second : model_;
    for (std::size_t i = samples_.size(); i-- > 0 && !failed_;) {
        look_at_clock();
        const JudgedState& each = samples_[i];
        if (each.state < states_->size()) // else a limit has cut it off
            if (const std::optional<std::string> reason = changed(other, each, states_->content(each.state)))
                fail_at(each.state, *reason);
    }
    if (options_.reduce_states && !failed_)
        look_at_reads();
    if (const std::optional<std::string> reason = first_.calls.changed(model_); reason && !failed_)
        fail_everywhere(*reason, {});
    if (failed_)
        return;
    states_->check_samples(first_.second.get(), look_at_clock);
    if (options_.check_determinism)
        states_->check_again(look_at_clock);
    settle();
}

// States are mixed with others: do properties read what they are said to read?
void Explorer::look_at_reads() {
    constexpr std::size_t states_max = 128;
    constexpr std::array<std::size_t, 8> apart = {1, 2, 3, 5, 8, 13, 34, 89}; // of few states all pairs
    std::vector<GlobalState> states;
    for (const JudgedState& each : samples_)
        if (each.state < states_->size() && states.size() < states_max)
            states.push_back(states_->content(each.state));
    for (std::size_t i = 0; i < states.size() && !failed_; ++i) {
        watch_.expect_time(StopWatch::judging_seconds);
        for (const std::size_t far : apart)
            if (const std::optional<std::string> reason =
                    reads_more(model_, options_, states[i], states[(i + far) % states.size()]);
                reason && !failed_)
                fail_everywhere(*reason, {});
    }
}

// With a run to the state, if one can be shown.
void Explorer::fail_at(std::uint64_t number, const std::string& reason) {
    Path path;
    try {
        path = trail().run_to(number).path;
    } catch (const OutOfTime&) {
    } catch (const std::runtime_error&) { // ModelError, LostTrail, TrailTooLong
    }
    fail_everywhere(reason, path);
}

// The first state that holds the value.
void Explorer::fail_at_value(const MeasureFailure& failure) {
    if (const std::optional<std::uint64_t> number = states_->first_with(
            failure.slot, failure.value, [this] { return watch_.is_overdue(StopWatch::rebuilding_seconds); }))
        return fail_at(*number, failure.reason);
    fail_everywhere(failure.reason, {});
}

} // namespace mdcd::checker::engine
