// What would follow if a recovery line is not consistent: who has to roll back once more, because of which message, and
// where that ends. The end is a predicate over a logic, so that Z3 can find it with the line unknown.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/claims/predicates.hpp"
#include "model/claims/view.hpp"

namespace mdcd::model {

// The states that a process can be in after recovery or go back to from there: the checkpoints up to the one that
// recovery picks, then the state in which recovery leaves it (its checkpoint with what is replayed, or where it is).
struct Places {
    std::vector<Candidate> each;
    bool rolled_back = false; // recovery has done so; the last place but one is then its checkpoint without the replay
};
using AllPlaces = std::array<Places, high_confidence_count_max>; // of the view's processes, in its order

[[nodiscard]] AllPlaces places_of(const View& view);

// Each process has sent, at every place, what it had sent at the place before: so it is in every run.
[[nodiscard]] bool sends_only_grow(const View& view, const AllPlaces& places);

// One rollback that an earlier one, or an error, makes necessary.
struct CascadeLink {
    unsigned process = 0;
    std::optional<MessageId>
        received;                   // because it has received this, which its sender has un-sent; none: because of ..
    std::uint8_t depends = 0;       // .. its dependence on this number ..
    unsigned component = 0;         // .. of this component
    std::optional<std::uint8_t> to; // the latest place that is free of the reason; none: it has no such state
};

struct Cascade {
    std::vector<CascadeLink> links;  // in an order in which each is caused by what is before it
    std::optional<Line<Native>> end; // places, one for each process; none: somebody had nothing to go back to
};

// Under a fault hypothesis. No links: the line of recovery is consistent and free of error.
[[nodiscard]] Cascade cascade_of(const View& view, const Hypothesis<Native>& first_erroneous);

// One sentence for each link: who, where to, and why.
[[nodiscard]] std::vector<std::string> cascade_sentences(const View& view, const Cascade& cascade);

// "S1 where recovery leaves it, A1 at checkpoint 1 of 2, .."
[[nodiscard]] std::string line_of_places(const View& view, const Line<Native>& line);

// Whether a line of places is free of error under this hypothesis and has no orphan. If sends only grow, lines with
// that are closed under taking the later place everywhere, and the latest of them is where a cascade ends.
template <Logic L>
[[nodiscard]] typename L::Bool ends_cascade(L& logic, const View& view, const AllPlaces& places,
                                            const Hypothesis<L>& first_erroneous, const Line<L>& line) {
    auto fits = logic.constant(true);
    auto received = logic.set(0);
    auto sent = logic.set(0);
    for (unsigned process = 0; process < view.process_count; ++process) {
        std::vector<MessageSet> receives;
        std::vector<MessageSet> sends;
        for (const Candidate& place : places[process].each) {
            receives.push_back(place.received);
            sends.push_back(place.sent);
        }
        for (unsigned component = 0; component < view.components; ++component) {
            std::vector<std::uint8_t> depends;
            for (const Candidate& place : places[process].each)
                depends.push_back(place.depends[component]);
            fits = logic.both(
                fits, logic.negation(logic.at_most(first_erroneous[component], logic.entry(depends, line[process]))));
        }
        received = logic.unite(received, logic.entry(receives, line[process]));
        sent = logic.unite(sent, logic.entry(sends, line[process]));
    }
    const auto orphan = logic.without(logic.without(received, logic.set(cluster_messages)), sent);
    return logic.both(fits, logic.negation(logic.some(orphan)));
}

} // namespace mdcd::model
