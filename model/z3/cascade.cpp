// The propagation of rollbacks, link by link, to its fixed point.
// Asks no solver.
#include "model/z3/cascade.hpp"

#include <bit>
#include <utility>

#include "model/claims/view_text.hpp"
#include "model/state/value_writer.hpp"

namespace mdcd::model {
namespace {

class Propagation {
public:
    Propagation(const View& view, const Hypothesis<Native>& first_erroneous)
        : view_(view), first_erroneous_(first_erroneous), places_(places_of(view)) {
        for (unsigned process = 0; process < view.process_count; ++process)
            at_[process] = static_cast<std::uint8_t>(places_[process].each.size() - 1);
    }

    Cascade run() {
        while (next_error() || next_orphan()) {
            if (!cascade_.links.back().to)
                return std::move(cascade_);
            at_[cascade_.links.back().process] = *cascade_.links.back().to;
        }
        cascade_.end = at_;
        return std::move(cascade_);
    }

private:
    [[nodiscard]] const Candidate& place(unsigned process) const { return places_[process].each[at_[process]]; }

    [[nodiscard]] bool is_free_of_error(const Candidate& place) const {
        Native logic;
        return !is_erroneous(logic, view_, {}, place.depends, first_erroneous_);
    }

    template <class IsFree> void add(CascadeLink link, IsFree is_free) {
        for (std::uint8_t to = at_[link.process]; to-- > 0 && !link.to;)
            if (is_free(places_[link.process].each[to]))
                link.to = to;
        cascade_.links.push_back(link);
    }

    bool next_error() {
        for (unsigned process = 0; process < view_.process_count; ++process) {
            if (is_free_of_error(place(process)))
                continue;
            CascadeLink link{.process = process, .received = {}, .depends = 0, .component = 0, .to = {}};
            while (place(process).depends[link.component] < first_erroneous_[link.component])
                ++link.component;
            link.depends = place(process).depends[link.component];
            add(link, [&](const Candidate& each) { return is_free_of_error(each); });
            return true;
        }
        return false;
    }

    bool next_orphan() {
        MessageSet sent = cluster_messages;
        for (unsigned process = 0; process < view_.process_count; ++process)
            sent |= place(process).sent;
        for (unsigned process = 0; process < view_.process_count; ++process) {
            const MessageSet orphans = place(process).received & ~sent;
            if (orphans == 0)
                continue;
            const auto bit = static_cast<unsigned>(std::countr_zero(orphans));
            add({.process = process, .received = message_at(bit), .depends = 0, .component = 0, .to = {}},
                [&](const Candidate& each) { return (each.received >> bit & 1) == 0; });
            return true;
        }
        return false;
    }

    const View& view_;
    const Hypothesis<Native>& first_erroneous_;
    AllPlaces places_;
    Line<Native> at_{};
    Cascade cascade_;
};

// "A1", from "A1.2".
std::string sender_of(MessageId id) {
    const std::string name = name_of(id);
    return name.substr(0, name.find('.'));
}

std::string place_text(const View& view, const AllPlaces& places, unsigned process, unsigned at) {
    const std::size_t after = places[process].each.size() - 1 - at;
    if (after == 0)
        return "where recovery leaves it";
    if (after == 1 && places[process].rolled_back)
        return "at the same checkpoint, without the replay";
    return "at checkpoint " + std::to_string(at + 1) + " of " +
           std::to_string(view.processes[process].candidates->size() - 1);
}

} // namespace

AllPlaces places_of(const View& view) {
    AllPlaces places;
    for (unsigned process = 0; process < view.process_count; ++process) {
        const ProcessView& each = view.processes[process];
        const auto& candidates = *each.candidates;
        const Candidate& chosen = candidates[each.chosen];
        places[process].rolled_back = each.chosen + std::size_t{1} < candidates.size();
        places[process].each.assign(candidates.begin(), candidates.begin() + each.chosen);
        if (places[process].rolled_back)
            places[process].each.push_back(chosen);
        places[process].each.push_back(
            {.received = each.received, .sent = chosen.sent, .depends = each.recovered_depends});
    }
    return places;
}

bool sends_only_grow(const View& view, const AllPlaces& places) {
    for (unsigned process = 0; process < view.process_count; ++process)
        for (std::size_t at = 1; at < places[process].each.size(); ++at)
            if ((places[process].each[at - 1].sent & ~places[process].each[at].sent) != 0)
                return false;
    return true;
}

Cascade cascade_of(const View& view, const Hypothesis<Native>& first_erroneous) {
    return Propagation(view, first_erroneous).run();
}

std::vector<std::string> cascade_sentences(const View& view, const Cascade& cascade) {
    const AllPlaces places = places_of(view);
    std::vector<std::string> sentences;
    std::array<bool, high_confidence_count_max> again{};
    for (const CascadeLink& link : cascade.links) {
        const std::string name = process_name(view, link.process);
        const bool twice = places[link.process].rolled_back || again[link.process];
        again[link.process] = true;
        std::string text = name + " must roll back " + (twice ? "once more" : "after all") + ", because it ";
        if (link.received)
            text += "has received " + name_of(*link.received) + ", and " + sender_of(*link.received) +
                    " has rolled back to before the send";
        else
            text += "depends on " +
                    (view.components == 1
                         ? "cluster message " + std::to_string(link.depends)
                         : "message " + std::to_string(link.depends) + " of L" + std::to_string(link.component + 1)) +
                    ", which may be erroneous";
        text += link.to ? ": it then is " + place_text(view, places, link.process, *link.to)
                        : ": but it keeps no state that is free of that";
        sentences.push_back(std::move(text));
    }
    return sentences;
}

std::string line_of_places(const View& view, const Line<Native>& line) {
    const AllPlaces places = places_of(view);
    std::string text;
    for (unsigned process = 0; process < view.process_count; ++process)
        text += (process == 0 ? "" : ", ") + process_name(view, process) + ' ' +
                place_text(view, places, process, line[process]);
    return text;
}

} // namespace mdcd::model
