// Runs chosen at random go far beyond what a search level by level reaches: what has a bound has met it by then.
// Knows no search.
#include "checker/actors/growth.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "checker/actors/narration.hpp"
#include "checker/channel.hpp"
#include "checker/model_error.hpp"
#include "checker/path.hpp"
#include "checker/random.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr std::size_t walks = 4;
constexpr std::size_t doublings = 4;
constexpr std::size_t first_part = 64; // steps; each further part is as long as all before it
constexpr std::size_t steps_max = first_part << (doublings - 1);
constexpr std::size_t tries_max = 2 * steps_max; // of a run, with those that were taken back
constexpr std::size_t back_max = 8;

class Walks {
public:
    Walks(const CompiledSystem& model, engine::StopWatch& watch) : model_(model), watch_(watch) {}

    std::vector<std::string> run() {
        const std::vector<GlobalState> initial = model_.initial_states();
        for (std::size_t walk = 0; walk < walks && !initial.empty(); ++walk) {
            Random random(1, walk);
            go(initial[random.below(initial.size())], random);
        }
        std::vector<std::string> growing;
        for (const auto& [name, largest] : largest_) {
            std::size_t rises = 0;
            for (std::size_t part = 1; part < doublings; ++part)
                rises += largest[part] > *std::max_element(largest.begin(), largest.begin() + part) ? 1 : 0;
            if (rises == doublings - 1)
                growing.push_back(name + ": to " + std::to_string(largest.back()));
        }
        return growing;
    }

private:
    // Where nothing can happen, or the boundary is crossed, it goes back a little. Whatever fails is the search's to
    // tell.
    void go(const GlobalState& initial, Random& random) {
        std::vector<GlobalState> run = {initial};
        try {
            for (std::size_t tried = 0; tried < tries_max && run.size() <= steps_max && !watch_.time_to_stop();
                 ++tried) {
                std::optional<GlobalState> next;
                if (is_inside(model_, run.back()))
                    next = successor(run.back(), random);
                if (next) {
                    run.push_back(std::move(*next));
                    look(run.back(), run.size() - 2);
                } else {
                    const std::size_t back = 1 + random.below(back_max);
                    run.resize(run.size() > back ? run.size() - back : 1);
                }
            }
        } catch (const ModelError&) {
        }
    }

    std::optional<GlobalState> successor(const GlobalState& state, Random& random) {
        const std::size_t steps = model_.steps().size();
        for (std::size_t tried = 0, at = steps == 0 ? 0 : random.below(steps); tried < steps; ++tried, ++at) {
            const Step& step = model_.steps()[at % steps];
            if (!has_room(model_.slots(), step, state))
                continue;
            const std::vector<std::string_view> values = values_read(model_.slots(), step, state);
            std::vector<std::string_view> messages = {std::string_view{}};
            if (step.takes)
                messages = messages_to_take(model_.slots(), step, state);
            if (messages.empty())
                continue;
            Firing firing{.step = static_cast<StepIndex>(at % steps),
                          .taken = static_cast<std::uint16_t>(random.below(messages.size()))};
            Outcomes outcomes;
            model_.fire(firing.step, {.values = values, .message = messages[firing.taken]}, outcomes);
            if (outcomes.empty())
                continue;
            firing.outcome = static_cast<std::uint16_t>(random.below(outcomes.size()));
            if (has_room(model_.slots(), step, state, firing, outcomes[firing.outcome]))
                return apply(model_, state, firing, outcomes[firing.outcome]);
        }
        return {};
    }

    void look(const GlobalState& state, std::size_t step) {
        std::size_t part = 0;
        while (step >= first_part << part)
            ++part;
        for (SlotIndex slot = 0; slot < state.size(); ++slot) {
            std::vector<Measure> measures;
            if (model_.slots()[slot].kind == SlotKind::value)
                model_.measure(slot, state[slot], measures);
            else
                look_at_channel(slot, state[slot], measures);
            for (const Measure& measure : measures) {
                std::uint64_t& largest = largest_[model_.slots()[slot].name + "." + measure.name][part];
                largest = std::max(largest, measure.value);
            }
        }
    }

    void look_at_channel(SlotIndex slot, std::string_view bytes, std::vector<Measure>& measures) const {
        const std::vector<std::string_view> messages = messages_of(bytes);
        measures.push_back({"messages", messages.size()});
        const SystemParts& parts = model_.parts();
        if (model_.is_channel(slot) && !messages.empty()) // the one that came last: all are looked at in their time
            actors::measure(parts.actors.front()->picture_of_message(messages.back(), parts.names), {}, measures);
    }

    const CompiledSystem& model_;
    engine::StopWatch& watch_;
    std::map<std::string, std::array<std::uint64_t, doublings>> largest_; // by field, of each part of a run
};

} // namespace

void measure(const Picture& picture, const std::string& place, std::vector<Measure>& measures) {
    const std::string name = place.empty() ? "value" : place;
    switch (picture.kind) {
    case Picture::Kind::number: {
        const bool is_negative = picture.text.starts_with('-');
        std::uint64_t number = 0;
        const char* const begin = picture.text.data() + (is_negative ? 1 : 0);
        std::from_chars(begin, picture.text.data() + picture.text.size(), number);
        measures.push_back({is_negative ? name + " below zero" : name, number});
        return;
    }
    case Picture::Kind::text:
        measures.push_back({name + " length", picture.text.size()});
        return;
    case Picture::Kind::list:
    case Picture::Kind::set:
    case Picture::Kind::map:
        measures.push_back({name + " length", picture.parts.size()});
        for (const auto& [key, part] : picture.parts)
            measure(part, place + "[]", measures);
        return;
    case Picture::Kind::record:
        for (const auto& [field, part] : picture.parts)
            measure(part, place.empty() ? field : place + "." + field, measures);
        return;
    default:
        return;
    }
}

std::vector<std::string> what_keeps_growing(const CompiledSystem& model, engine::StopWatch& watch) {
    return Walks(model, watch).run();
}

} // namespace mdcd::checker::actors
