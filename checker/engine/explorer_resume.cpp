// Taking up a search from its checkpoint. The identity says whose it is; that is not believed: what was saved is judged
// and counted again, and a sample of it is fired again. What does not agree is of another model, and is refused.
#include <algorithm>
#include <array>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/engine/explorer.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t sample_size = 256; // of links, and of states whose firings are followed again
constexpr std::uint64_t nobody = ~std::uint64_t{0};

[[noreturn]] void refuse(const std::string& reason) {
    throw CheckpointError("the checkpoint does not fit, although its identity does: it is of another model, or of "
                          "this one before it was edited: " +
                          reason);
}

// By which states properties, and freedom from deadlock, were settled first.
class FirstSettled {
public:
    explicit FirstSettled(const OpenQuestions& open) : open_(open) {
        by_.fill(nobody);
        open_.failure = true;
    }

    void note(const Finding& finding) { // in the order of states
        if (finding.kind == Finding::Kind::bits) {
            const PropertyBits settled = (open_.always & ~finding.bits) | (open_.reachable & finding.bits);
            for (std::size_t property = 0; property < property_count_max; ++property)
                if ((settled >> property & 1) != 0)
                    by_[property] = finding.state;
            open_.always &= ~settled;
            open_.reachable &= ~settled;
        } else if (finding.kind == Finding::Kind::deadlock && open_.deadlock) {
            by_.back() = finding.state;
            open_.deadlock = false;
        }
    }

    [[nodiscard]] const OpenQuestions& open() const { return open_; }
    // By a state before `end`; otherwise nobody.
    [[nodiscard]] std::uint64_t by(std::size_t property, std::uint64_t end) const {
        return by_[property] < end ? by_[property] : nobody;
    }
    static constexpr std::size_t count = property_count_max + 1; // the last: freedom from deadlock

private:
    OpenQuestions open_;
    std::array<std::uint64_t, count> by_{};
};

// `count` numbers of [begin, end), spread evenly.
template <class Use> void spread(std::uint64_t begin, std::uint64_t end, Use use) {
    const std::uint64_t count = std::min(sample_size, end - std::min(begin, end));
    for (std::uint64_t i = 0; i < count; ++i)
        use(begin + (end - begin) * i / count);
}

} // namespace

void Explorer::resume() {
    const std::string path = checkpoint_path(options_.checkpoint_dir);
    try {
        const Standing standing = read_checkpoint(path, identity_, *states_, [this] { watch_.expect_time(0); });
        states_->enter_all(together_, watch_);
        watch_.expect_time(0);
        take_up(standing);
    } catch (const OutOfTime&) { // there is nothing to tell yet, and nothing to save
        states_->truncate(0);
        counts_.clear();
        initial_count_ = 0;
        started_ = false;
        next_ = 0;
        level_end_ = 0;
        judged_ = 0;
        limit(watch_.reason());
    }
}

void Explorer::take_up(const Standing& standing) {
    initial_count_ = standing.initial_count;
    next_ = standing.next;
    level_end_ = standing.level_end;
    depth_ = standing.depth;
    seconds_before_ = standing.seconds;
    handler_calls_before_ = standing.handler_calls;
    last_distinct_ = states_->size();
    expect_same_beginning();
    for (const Finding& finding : standing.findings)
        settle(finding);
    if (failed_)
        refuse("what it has found is not found again: " + failure_);
    look_again_at_saved(standing);
    if (limit_.empty())
        fire_again();
    started_ = limit_.empty();
    judged_ = next_;
    if (options_.limits.states_max > 0 && options_.limits.states_max < next_)
        limit("states"); // what has been gone on from stays, and what was found there
    else
        check_limits(); // it may have been one of them that ended the search
}

// The first states of the store are those that the model begins with.
void Explorer::expect_same_beginning() {
    const std::vector<GlobalState> initial = model_.initial_states();
    std::vector<bool> is_there(initial_count_);
    std::uint64_t distinct = 0;
    for (const GlobalState& content : initial) {
        const std::optional<StateNumber> number = states_->find(content);
        if (!number || *number >= initial_count_)
            refuse("it does not have all initial states of the model");
        distinct += is_there[*number] ? 0 : 1;
        is_there[*number] = true;
    }
    if (distinct != initial_count_)
        refuse("it has initial states that the model does not have");
    for (std::uint64_t number = 0; number < initial_count_; ++number)
        if (states_->parent(number) >= initial.size())
            refuse("it has initial states that the model does not have");
}

// Judges all states that were expanded, shows them to the observer, and counts their firings.
void Explorer::look_again_at_saved(const Standing& standing) {
    FirstSettled saved(open_questions());
    for (const Finding& finding : standing.findings)
        saved.note(finding);
    FirstSettled found(open_questions());
    judge(next_, Work::count, found.open(), [&] {
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
                refuse("a handler or a predicate fails in state " + std::to_string(finding.state));
            found.note(finding);
        }
        look_at_samples();
        return !failed_;
    });
    if (judging_cut_)
        return limit(watch_.reason());
    if (failed_)
        refuse(failure_);
    for (std::size_t property = 0; property < FirstSettled::count; ++property) {
        const std::uint64_t first = found.by(property, next_);
        if (first == saved.by(property, next_))
            continue;
        if (first != nobody && saved.by(property, next_) == nobody) {
            try {
                (void)trail().run_to(first);
            } catch (const TrailTooLong& too_long) { // then it ended with that limit
                return limit(too_long.what());
            } catch (const std::runtime_error&) { // refused anyway
            }
        }
        refuse("judged again, its states settle '" +
               (property < model_.properties().size() ? model_.properties()[property].name
                                                      : std::string(deadlock_freedom)) +
               "' in another way");
    }
    if (counts_.outside != standing.outside)
        refuse("of its states " + std::to_string(counts_.outside) + " are outside the boundary, it says " +
               std::to_string(standing.outside));
    if (counts_.firings != standing.firings || counts_.dead_ends != standing.dead_ends)
        refuse("its states have " + std::to_string(counts_.firings) + " firings and " +
               std::to_string(counts_.dead_ends) + " dead ends, it says " + std::to_string(standing.firings) + " and " +
               std::to_string(standing.dead_ends));
    if (states_->coverage(counts_) != standing.coverage)
        refuse("the firings of its states pass other coverage points");
    counts_.followed = standing.followed;
}

// A sample of links: is there still a firing from parent to child? And of states: is all that they lead to still there?
void Explorer::fire_again() {
    const Trail links = trail();
    try {
        spread(initial_count_, states_->size(), [&](std::uint64_t number) {
            watch_.expect_time(0);
            try {
                (void)links.last_firing(number);
            } catch (const TrailTooLong&) { // not from what stands for the parent
            }
        });
        spread(0, complete_levels_end(), [&](std::uint64_t number) {
            watch_.expect_time(0);
            const GlobalState state = states_->content(number);
            if (model_.limit_at(state) || !model_.is_inside_by_hand(state))
                return;
            for (const Enabled& each : model_.enabled_in(state)) {
                if (!states_->find(apply(model_.slots(), model_.steps(), state, each.firing, each.outcome)))
                    refuse("step '" + model_.steps()[each.firing.step].name +
                           "' leads to a state that should be there and is not");
            }
        });
    } catch (const LostTrail& lost) {
        refuse(lost.what());
    } catch (const ModelError& error) {
        refuse(error.what());
    }
}

// The levels before the one that is being expanded: all that these states lead to has been found.
std::uint64_t Explorer::complete_levels_end() const {
    std::uint64_t begin = 0; // of a level
    std::uint64_t end = initial_count_;
    while (end < next_) {
        std::uint64_t next_end = end;
        while (next_end < states_->size() && states_->parent(next_end) < end)
            ++next_end;
        begin = end;
        end = next_end;
    }
    return end == next_ ? end : begin;
}

} // namespace mdcd::checker::engine
