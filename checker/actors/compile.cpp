// Runs the first states by hand, and makes the model again whenever a handler used something that it has no place for.
// What happens only later is found by the search, which is then made again.
#include "checker/actors/compile.hpp"

#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

#include "checker/model_error.hpp"
#include "checker/path.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr std::size_t states_looked_at = 300;

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

    void reach(const GlobalState& state) {
        if (const auto [place, is_new] = seen_.insert(state); is_new)
            queue_.push_back(&*place);
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
