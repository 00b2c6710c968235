// Runs some states by hand, the first ones and then those that hold what no other has held, and makes the model again
// whenever a handler used something that it has no place for. What happens only later is found by the search, which is
// then made again.
#include "checker/actors/compile.hpp"

#include <cstddef>
#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "checker/channel.hpp"
#include "checker/model_error.hpp"
#include "checker/path.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr std::size_t states_looked_at = 300;
constexpr std::size_t novel_looked_at = 300;

// A search that has to be made again may have been long: what it would find first is looked for here. Beyond the first
// states only those are gone on from in which an actor is in a state, or a channel has a message, that no other state
// had (novelty of width 1: Lipovetzky and Geffner, "Width and serialization of classical planning problems", 2012).
// From both ends of the queue in turn, so that what is far is met as well.
class Look {
public:
    explicit Look(const CompiledSystem& model) : model_(model), values_(model.slots().size()) {}

    void run() {
        try {
            for (const GlobalState& state : model_.initial_states())
                reach(state);
        } catch (const ModelError&) { // the search will meet it, and say so with a path
        }
        for (; !queue_.empty() && seen_.size() < states_looked_at; queue_.pop_front())
            look_at(queue_.front());
        only_novel_ = true;
        std::erase_if(queue_, [](const Reached& reached) { return !reached.is_novel; });
        for (std::size_t looks = 0; !queue_.empty() && looks < novel_looked_at; ++looks) {
            const bool first = looks % 2 == 0;
            const Reached next = first ? queue_.front() : queue_.back();
            first ? queue_.pop_front() : queue_.pop_back();
            look_at(next);
        }
    }

private:
    // What follows a state beyond the boundary is not looked for: who talks to whom there is of no use.
    [[nodiscard]] bool goes_on(const GlobalState& state) const {
        try {
            return is_inside(model_, state);
        } catch (const ModelError&) { // as above
            return false;
        }
    }

    struct Reached {
        const GlobalState* state = nullptr;
        bool is_novel = false;
    };

    void look_at(const Reached& reached) {
        if (goes_on(*reached.state))
            expand(*reached.state);
    }

    void reach(const GlobalState& state) {
        const bool is_novel = note(state);
        if (only_novel_ && !is_novel)
            return;
        if (const auto [place, is_new] = seen_.insert(state); is_new)
            queue_.push_back({.state = &*place, .is_novel = is_novel});
    }

    // Whether there is something in it that was in no other.
    bool note(const GlobalState& state) {
        bool is_novel = false;
        for (std::size_t slot = 0; slot < state.size(); ++slot) {
            if (model_.is_channel(slot))
                for (const std::string_view message : messages_of(state[slot]))
                    is_novel = values_[slot].emplace(message).second || is_novel;
            else if (model_.slots()[slot].kind == SlotKind::value) // not the history, which is new in every state
                is_novel = values_[slot].insert(state[slot]).second || is_novel;
        }
        return is_novel;
    }

    void expand(const GlobalState& state) {
        for (std::size_t step = 0; step < model_.steps().size(); ++step) {
            const Step& shape = model_.steps()[step];
            const std::vector<std::string_view> values = values_read(model_.slots(), shape, state);
            std::vector<std::string_view> messages = {std::string_view{}};
            if (shape.takes)
                messages = messages_to_take(model_.slots(), shape, state);
            for (std::size_t taken = 0; taken < messages.size(); ++taken)
                fire(state, {.step = static_cast<StepIndex>(step), .taken = static_cast<std::uint16_t>(taken)},
                     {.values = values, .message = messages[taken]});
        }
    }

    void fire(const GlobalState& state, Firing firing, const Inputs& inputs) {
        try {
            Outcomes outcomes;
            model_.fire(firing.step, inputs, outcomes);
            for (const Outcome& outcome : outcomes) {
                if (has_room(model_.slots(), model_.steps()[firing.step], state, firing, outcome))
                    reach(apply(model_, state, firing, outcome));
                ++firing.outcome;
            }
        } catch (const ModelError&) { // as above, or something was found
        }
    }

    const CompiledSystem& model_;
    std::set<GlobalState> seen_;
    std::vector<std::unordered_set<std::string>> values_; // seen in each slot; of channels, messages
    std::deque<Reached> queue_;
    bool only_novel_ = false;
};

} // namespace

Findings closed(const SystemParts& parts, const Findings& found) {
    if (parts.alike.empty())
        return found;
    Findings all;
    all.points = found.points;
    all.timers.resize(parts.actors.size());
    for (const Places& places : all_renamings(parts.actors.size(), parts.alike)) {
        for (const auto& [from, to] : found.channels)
            all.channels.emplace(places[from], places[to]);
        for (std::size_t actor = 0; actor < found.timers.size(); ++actor)
            for (const std::string& timer : found.timers[actor])
                all.timers[places[actor]].insert(parts.actors[actor]->renamed_timer(timer, places));
    }
    return all;
}

std::unique_ptr<CompiledSystem> compile(const SystemParts& parts, Findings known) {
    if (parts.actors.empty())
        refuse("a system without actors");
    for (;;) {
        auto model = std::make_unique<CompiledSystem>(parts, known);
        if (model->missing().empty())
            Look(*model).run();
        const Findings missing = model->missing();
        if (missing.empty())
            return model;
        known.add(closed(parts, missing));
    }
}

} // namespace mdcd::checker::actors
