// A name may be known by its type alone: then it can be that nothing is called so in this system, and no mistake.
// Knows no graph.
#include "checker/actors/fair_names.hpp"

#include <algorithm>
#include <set>

#include "checker/actors/nearest.hpp"

namespace mdcd::checker::actors {
namespace {

using Names = std::set<std::string>;

bool any_is_called(const Names& texts, const std::string& name) {
    return std::ranges::any_of(texts, [&](const std::string& text) { return is_called(text, name); });
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

class Search {
public:
    Search(const CompiledSystem& model, const Actions& actions) : model_(model), actions_(actions) {}

    UnmetName timer() const {
        const Names here = timers_of(actions_.to);
        if (any_is_called(here, actions_.named))
            return unmet("no timer called " + quoted() + " can fire while something is waited for");
        // A type that is a number has no names: any of them may be meant.
        if (typed_timers(actions_.to).contains(actions_.named) ||
            (typed_timers({}).empty() && is_number(actions_.named)))
            return unmet("nobody sets a timer called " + quoted());
        Names known = here;
        known.merge(typed_timers(actions_.to));
        const std::string whose = actions_.to ? " of " + model_.name(actions_.to->index()) : "";
        std::string sentence =
            "no timer" + whose + " is called " + quoted() + said(known) + "; " + all("timers", known);
        if (typed_messages().contains(actions_.named))
            sentence += "; " + quoted() + " is a message: deliveries()";
        else if (actions_.to && any_is_called(timers_of({}), actions_.named))
            sentence += "; another actor has one";
        if (std::ranges::any_of(known, is_number))
            sentence += "; an enumerator above 31 has its number for a name";
        return {.exists = false, .sentence = sentence};
    }

    UnmetName message(const std::optional<std::vector<MetMessage>>& all_met) const {
        if (!all_met || typed_messages().contains(actions_.named))
            return unmet("no message called " + quoted() + way() + " can be delivered while something is waited for");
        Names known;
        bool is_elsewhere = false;
        for (const MetMessage& met : *all_met) {
            if ((actions_.from && actions_.from->index() != met.from) ||
                (actions_.to && actions_.to->index() != met.to))
                is_elsewhere = is_elsewhere || is_called(met.text, actions_.named);
            else if (is_called(met.text, actions_.named))
                return unmet("no message called " + quoted() + way() +
                             " can be delivered while something is waited for");
            else
                known.insert(met.text);
        }
        Names near = typed_messages();
        near.insert(known.begin(), known.end());
        std::string sentence = "no message" + way() + " is called " + quoted() + said(near) + "; ";
        sentence += typed_messages().empty() ? all("messages", known) : all("messages", typed_messages());
        if (any_is_called(timers_of({}), actions_.named) || typed_timers({}).contains(actions_.named))
            sentence += "; " + quoted() + " is a timer: timeouts()";
        else if (is_elsewhere)
            sentence += "; there is one between other actors";
        return {.exists = false, .sentence = sentence};
    }

private:
    [[nodiscard]] std::string quoted() const { return "'" + actions_.named + "'"; }
    [[nodiscard]] std::string way() const {
        return (actions_.from ? " from " + model_.name(actions_.from->index()) : "") +
               (actions_.to ? " to " + model_.name(actions_.to->index()) : "");
    }
    [[nodiscard]] std::string said(const Names& known) const {
        return ", which is said to be fair" + nearest_of(actions_.named, {known.begin(), known.end()});
    }
    [[nodiscard]] static UnmetName unmet(const std::string& what) {
        return {.exists = true, .sentence = what + ", though it is said to be fair"};
    }
    [[nodiscard]] static std::string all(const char* what, const Names& known) {
        return known.empty() ? "there are no " + std::string(what)
                             : std::string(what) + ": " + listed({known.begin(), known.end()});
    }

    template <class Visit> void each_actor(const std::optional<Id>& whose, Visit visit) const {
        for (std::size_t actor = 0; actor < model_.parts().actors.size(); ++actor)
            if (!whose || whose->index() == actor)
                visit(actor, *model_.parts().actors[actor]);
    }
    [[nodiscard]] Names timers_of(const std::optional<Id>& whose) const {
        Names all;
        each_actor(whose, [&](std::size_t actor, const AnyActor& type) {
            for (const std::string& timer : model_.findings().timers[actor])
                all.insert(to_text(type.picture_of_timer(timer, model_.parts().names)));
        });
        return all;
    }
    [[nodiscard]] Names typed_timers(const std::optional<Id>& whose) const {
        Names all;
        each_actor(whose, [&](std::size_t, const AnyActor& type) {
            for (const std::string& name : type.timer_names())
                all.insert(name);
        });
        return all;
    }
    [[nodiscard]] Names typed_messages() const {
        const std::vector<std::string> all = model_.parts().actors.front()->message_names();
        return {all.begin(), all.end()};
    }

    const CompiledSystem& model_;
    const Actions& actions_;
};

} // namespace

bool is_called(const std::string& text, const std::string& name) {
    return name.empty() || text == name || (text.starts_with(name) && text[name.size()] == '{');
}

UnmetName look_for_name(const CompiledSystem& model, const Actions& actions,
                        const std::function<std::optional<std::vector<MetMessage>>()>& all_messages) {
    const Search search(model, actions);
    return actions.kind == Actions::Kind::timeout ? search.timer() : search.message(all_messages());
}

} // namespace mdcd::checker::actors
