// Runs the first states, and a few deep ones, by hand, and makes the model again whenever a handler used something that
// it has no place for. What happens only later is found by the search, which is then made again.
#include "checker/actors/compile.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "checker/model_error.hpp"
#include "checker/path.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr std::size_t states_looked_at = 300;  // in the order of the search
constexpr std::size_t states_dived_into = 300; // after that, where something was new

class Look {
public:
    explicit Look(const CompiledSystem& model) : model_(model) {}

    void run() {
        try {
            for (const GlobalState& state : model_.initial_states())
                reach(state);
        } catch (const ModelError&) { // the search will meet it, and say so with a path
        }
        for (std::size_t next = 0; next < queue_.size() && seen_.size() < states_looked_at; ++next)
            if (goes_on(*queue_[next]))
                expand(*queue_[next]);
        if (model_.missing().empty()) // else the model is made again, and looked at again
            dive();
    }

private:
    // What a system does late (the last vote is in, a timer is set) is many steps away; but on the way there some actor
    // is in a state in which it never was, or has never been while another one is as it is. Those of the first kind
    // go first, and the latest first: novelty search (Lipovetzky and Geffner, "Width and serialization of classical
    // planning").
    void dive() {
        for (std::size_t expanded = 0; expanded < states_dived_into; ++expanded) {
            std::vector<const GlobalState*>& states = new_alone_.empty() ? new_together_ : new_alone_;
            if (states.empty())
                return;
            const GlobalState* const state = states.back();
            states.pop_back();
            if (goes_on(*state))
                expand(*state);
        }
    }

    void note_what_is_new(const GlobalState& state) {
        const std::size_t values_before = values_.size();
        std::vector<std::uint64_t> actors; // what each is, as a number
        for (std::size_t slot = 0; slot < state.size(); ++slot)
            if (model_.slots()[slot].kind == SlotKind::value)
                actors.push_back(values_.try_emplace({slot, state[slot]}, values_.size()).first->second);
        const std::size_t pairs_before = pairs_.size();
        for (std::size_t one = 0; one < actors.size(); ++one)
            for (std::size_t other = one + 1; other < actors.size(); ++other)
                pairs_.insert(actors[one] << 32 | actors[other]);
        if (values_.size() > values_before)
            new_alone_.push_back(&state);
        else if (pairs_.size() > pairs_before)
            new_together_.push_back(&state);
    }

    // What follows a state beyond the boundary is not looked for: who talks to whom there is of no use.
    [[nodiscard]] bool goes_on(const GlobalState& state) const {
        try {
            return is_inside(model_, state);
        } catch (const ModelError&) { // as above
            return false;
        }
    }

    void reach(const GlobalState& state) {
        const auto [place, is_new] = seen_.insert(state);
        if (!is_new)
            return;
        queue_.push_back(&*place);
        note_what_is_new(*place);
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
    std::vector<const GlobalState*> queue_;
    std::map<std::pair<std::size_t, std::string>, std::uint64_t> values_; // by slot and content, numbered
    std::unordered_set<std::uint64_t> pairs_;                             // of such numbers
    std::vector<const GlobalState*> new_alone_;
    std::vector<const GlobalState*> new_together_;
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
    known.points.insert(parts.points.begin(), parts.points.end());
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
