// Taking up a search from its checkpoint. The identity says whose it is; that is not believed: what was saved is judged
// and counted again, and a sample of it is fired again. What does not agree is of another model, and is refused.
#include <algorithm>
#include <optional>

#include "checker/engine/checkpoint_folder.hpp"
#include "checker/engine/explorer.hpp"
#include "checker/engine/recount.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

void Explorer::resume() {
    const std::string path = checkpoint_path(options_.checkpoint_dir);
    try {
        const Standing standing = read_checkpoint(path, saving_.identity, *states_, [this] { watch_.expect_time(0); });
        states_->enter_all(together_, watch_);
        watch_.expect_time(0);
        take_up(standing);
    } catch (const OutOfTime&) { // there is nothing to tell yet, and nothing to save
        states_->truncate(0);
        counts_.clear();
        position_ = {};
        started_ = false;
        judged_ = 0;
        limit(watch_.reason());
    }
}

void Explorer::take_up(const Standing& standing) {
    position_ = standing.position;
    before_.seconds = standing.seconds;
    before_.handler_calls = standing.handler_calls;
    told_.distinct = states_->size();
    expect_same_beginning();
    for (const Finding& finding : standing.findings)
        settle(finding);
    if (failed_)
        refuse_other_model("what it has found is not found again: " + failure_);
    look_again_at_saved(standing);
    if (limit_.empty())
        fire_again();
    started_ = limit_.empty();
    judged_ = position_.next;
    if (options_.limits.states_max > 0 && options_.limits.states_max < position_.next)
        limit("states"); // what has been gone on from stays, and what was found there
    else
        check_limits(); // it may have been one of them that ended the search
}

// The first states of the store are those that the model begins with.
void Explorer::expect_same_beginning() {
    const std::vector<GlobalState> initial = model_.initial_states();
    std::vector<bool> is_there(position_.initial_count);
    std::uint64_t distinct = 0;
    for (const GlobalState& content : initial) {
        const std::optional<StateNumber> number = states_->find(content);
        if (!number || *number >= position_.initial_count)
            refuse_other_model("it does not have all initial states of the model");
        distinct += is_there[*number] ? 0 : 1;
        is_there[*number] = true;
    }
    if (distinct != position_.initial_count)
        refuse_other_model("it has initial states that the model does not have");
    for (std::uint64_t number = 0; number < position_.initial_count; ++number)
        if (states_->parent(number) >= initial.size())
            refuse_other_model("it has initial states that the model does not have");
}

// Judges all states that were expanded, shows them to the observer, and counts their firings.
void Explorer::look_again_at_saved(const Standing& standing) {
    FirstSettled saved(all_questions(model_));
    for (const Finding& finding : standing.findings)
        saved.note(finding);
    FirstSettled found(all_questions(model_));
    judge(position_.next, Work::count, found.open(), [&] {
        std::vector<Finding> findings;
        for (unsigned worker = 0; worker < workers_; ++worker) {
            Tally& tally = states_->tally(worker);
            findings.insert(findings.end(), tally.findings.begin(), tally.findings.end());
            tally.findings.clear();
            counts_.add(tally.counts);
            tally.counts.clear();
        }
        std::ranges::sort(findings, {}, &Finding::state);
        for (const Finding& finding : findings) {
            if (finding.kind == Finding::Kind::failure)
                refuse_other_model("a handler or a predicate fails in state " + std::to_string(finding.state));
            found.note(finding);
        }
        look_at_samples();
        return !failed_;
    });
    if (judging_cut_)
        return limit(watch_.reason());
    if (failed_)
        refuse_other_model(failure_);
    if (const std::optional<OtherwiseSettled> other = settled_otherwise(saved, found, position_.next)) {
        if (other->may_be_too_long) {
            try {
                (void)trail().run_to(other->first);
            } catch (const TrailTooLong& too_long) { // then it ended with that limit
                return limit(too_long.what());
            } catch (const std::runtime_error&) { // refused anyway
            }
        }
        refuse_other_model(*other, model_);
    }
    expect_same_sums(standing, {.firings = counts_.firings,
                                .dead_ends = counts_.dead_ends,
                                .outside = counts_.outside,
                                .coverage = states_->coverage(counts_)});
    counts_.followed = standing.followed;
}

// A sample of links: is there still a firing from parent to child? And of states: is all that they lead to still there?
void Explorer::fire_again() {
    const Trail links = trail();
    try {
        in_sample(position_.initial_count, states_->size(), [&](std::uint64_t number) {
            watch_.expect_time(0);
            try {
                (void)links.last_firing(number);
            } catch (const TrailTooLong&) { // not from what stands for the parent
            }
        });
        in_sample(0, complete_levels_end(), [&](std::uint64_t number) {
            watch_.expect_time(0);
            const GlobalState state = states_->content(number);
            if (model_.limit_at(state) || !model_.is_inside_by_hand(state))
                return;
            for (const Enabled& each : model_.enabled_in(state)) {
                if (!states_->find(apply(model_.slots(), model_.steps(), state, each.firing, each.outcome)))
                    refuse_other_model("step '" + model_.steps()[each.firing.step].name +
                                       "' leads to a state that should be there and is not");
            }
        });
    } catch (const LostTrail& lost) {
        refuse_other_model(lost.what());
    } catch (const ModelError& error) {
        refuse_other_model(error.what());
    }
}

// The levels before the one that is being expanded: all that these states lead to has been found.
std::uint64_t Explorer::complete_levels_end() const {
    std::uint64_t begin = 0; // of a level
    std::uint64_t end = position_.initial_count;
    while (end < position_.next) {
        std::uint64_t next_end = end;
        while (next_end < states_->size() && states_->parent(next_end) < end)
            ++next_end;
        begin = end;
        end = next_end;
    }
    return end == position_.next ? end : begin;
}

} // namespace mdcd::checker::engine
