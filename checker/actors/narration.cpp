// Each step is run again for what it sends and chooses; what changed is read off the states before and after.
// Knows no search.
#include "checker/actors/narration.hpp"

#include <utility>

#include "checker/channel.hpp"
#include "checker/path.hpp"

namespace mdcd::checker::actors {
namespace {

class Narration {
public:
    explicit Narration(const CompiledSystem& model) : model_(model) {}

    Run tell(const Path& path) {
        const std::vector<GlobalState> states = states_along(model_, path);
        Run run;
        for (std::size_t actor = 0; actor < actors(); ++actor)
            run.start.push_back({model_.name(actor), {to_text(picture_of_slot(model_, actor, states.front()[actor]))}});
        run.sent = messages_in(states.front());
        for (std::size_t step = 0; step < path.firings.size(); ++step)
            run.steps.push_back(tell_step(states[step], states[step + 1], path.firings[step], step));
        run.under_way = messages_in(states.back());
        for (std::size_t actor = 0; actor < actors(); ++actor)
            run.end.push_back({model_.name(actor), {to_text(picture_of_slot(model_, actor, states.back()[actor]))}});
        return run;
    }

private:
    [[nodiscard]] std::size_t actors() const { return model_.parts().actors.size(); }

    RunStep tell_step(const GlobalState& before, const GlobalState& after, const Firing& firing, std::size_t position) {
        const Step& shape = model_.steps()[firing.step];
        const Enabled taken = find_enabled(model_, before, firing, position);
        const std::vector<std::string_view> values = values_read(model_.slots(), shape, before);
        std::string_view message;
        if (shape.takes)
            message = messages_to_take(model_.slots(), shape, before)[firing.taken];
        RunStep step{.text = model_.describe(firing.step, message), .notes = {}, .sent = {}, .changes = {}};
        if (model_.event(firing.step).kind < EventKind::loss && model_.event(firing.step).kind != EventKind::crash)
            for (const HandlerRun::Choice& choice :
                 model_.choices(firing.step, {.values = values, .message = message}, firing.outcome))
                step.notes.push_back("chooses " + std::to_string(choice.chosen) + " of 0 to " +
                                     std::to_string(choice.count - 1));
        for (std::size_t point = 0; point < model_.coverage_points().size(); ++point)
            if ((taken.outcome.fired >> point & 1) != 0)
                step.notes.push_back("passes " + model_.coverage_points()[point]);
        for (const Outcome::Change& sent : taken.outcome.sends)
            if (model_.is_channel(sent.slot))
                step.sent.push_back(text_of_message(sent.slot, sent.bytes));
            else
                step.notes.push_back(text_of_event(sent.bytes));
        for (std::size_t actor = 0; actor < actors(); ++actor)
            if (before[actor] != after[actor])
                step.changes.push_back({model_.name(actor), differences(picture_of_slot(model_, actor, before[actor]),
                                                                        picture_of_slot(model_, actor, after[actor]))});
        return step;
    }

    [[nodiscard]] std::string text_of_message(SlotIndex channel, std::string_view message) const {
        const SystemParts& parts = model_.parts();
        return model_.slots()[channel].name + ": " +
               to_text(parts.actors.front()->picture_of_message(message, parts.names));
    }

    [[nodiscard]] std::string text_of_event(std::string_view event) const {
        const SystemParts& parts = model_.parts();
        const Picture picture = parts.actors.front()->picture_of_event(event, parts.names);
        return picture.text + " " + to_text(picture.parts.front().second);
    }

    [[nodiscard]] std::vector<std::string> messages_in(const GlobalState& state) const {
        std::vector<std::string> all;
        for (std::size_t slot = actors(); slot < state.size(); ++slot)
            if (model_.is_channel(slot))
                for (const std::string_view message : messages_of(state[slot]))
                    all.push_back(text_of_message(static_cast<SlotIndex>(slot), message));
        return all;
    }

    const CompiledSystem& model_;
};

} // namespace

Picture picture_of_slot(const CompiledSystem& model, std::size_t actor, std::string_view bytes) {
    const AnyActor& type = *model.parts().actors[actor];
    const ActorNames names = model.parts().names;
    const ActorSlot slot = ActorSlot::of(bytes);
    Picture picture =
        slot.is_down ? type.picture_of_durable(slot.state, names) : type.picture_of_state(slot.state, names);
    if (slot.is_down) {
        Picture down = pictures::group(Picture::Kind::record, "down");
        pictures::add_field(down, "keeps", std::move(picture));
        return down;
    }
    if (slot.timers.empty() && model.findings().timers[actor].empty())
        return picture;
    if (picture.kind != Picture::Kind::record) {
        Picture record = pictures::group(Picture::Kind::record, "State");
        pictures::add_field(record, "value", std::move(picture));
        picture = std::move(record);
    }
    Picture timers = pictures::group(model.parts().ordered_timers ? Picture::Kind::list : Picture::Kind::set);
    for (const std::string& timer : slot.timers)
        pictures::add_item(timers, type.picture_of_timer(timer, names));
    pictures::add_field(picture, "timers", std::move(timers));
    return picture;
}

std::string text_of_firing(const CompiledSystem& model, const GlobalState& state, const Firing& firing) {
    const Step& step = model.steps()[firing.step];
    std::string_view message;
    if (step.takes)
        message = messages_to_take(model.slots(), step, state)[firing.taken];
    std::string text = model.describe(firing.step, message);
    if (firing.outcome > 0)
        text += " (way " + std::to_string(firing.outcome + 1) + ")";
    return text;
}

Run tell(const CompiledSystem& model, const Path& path) {
    return Narration(model).tell(path);
}

} // namespace mdcd::checker::actors
