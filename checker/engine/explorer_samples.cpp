// What is asked twice: samples of what was judged and of what handlers did, and states of one orbit (purity.hpp).
// Finds nothing in a model that keeps its contract.
#include <algorithm>

#include "checker/engine/explorer.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

// Those that came with the last round.
void Explorer::look_at_samples() {
    std::vector<JudgedState> fresh;
    for (const std::unique_ptr<Expander>& expander : expanders_) {
        fresh.insert(fresh.end(), expander->judged().begin(), expander->judged().end());
        expander->judged().clear();
    }
    std::ranges::sort(fresh, {}, &JudgedState::state);
    const bool renamed = options_.use_renamings && model_.offers_renamings();
    for (const JudgedState& each : fresh) {
        if (failed_ || watch_.is_overdue(StopWatch::judging_seconds))
            return;
        const GlobalState state = space_.unfold(store_.state(each.state));
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
        if (each.state < store_.size()) // else a limit has cut it off
            if (const std::optional<std::string> reason = changed(other, each, space_.unfold(store_.state(each.state))))
                fail_at(each.state, *reason);
    }
    if (const std::optional<std::string> reason = first_.calls.changed(model_); reason && !failed_)
        fail_everywhere(*reason, {});
    if (failed_)
        return;
    records_.memo.check_samples(first_.second.get(), look_at_clock);
    if (options_.check_determinism)
        records_.memo.check_again(look_at_clock);
    settle();
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
    std::vector<Id> ids(model_.slots().size());
    for (std::uint64_t number = 0; number < store_.size(); ++number) {
        if (number % 4096 == 4095 && watch_.is_overdue(StopWatch::rebuilding_seconds))
            break;
        const State state = store_.state(number);
        space_.unfold(left_half, state.left, ids);
        space_.unfold(right_half, state.right, ids);
        if (ids[failure.position] == failure.value)
            return fail_at(number, failure.reason);
    }
    fail_everywhere(failure.reason, {});
}

} // namespace mdcd::checker::engine
