// The claims (docs/soundness.md) that quantify over what nobody knows, each written once and read twice (logic.hpp).
// Every predicate says "this is wrong": a claim holds iff no choice of the unknowns makes its predicate true.
//
// Unknowns: the fault hypothesis (for each component the number of its first erroneous message, and which acceptance
// tests missed an error; consistent iff the numbers are larger than what all other tests have proved), and a recovery
// line (for each process one of its candidates).
#pragma once

#include <array>
#include <vector>

#include "model/claims/logic.hpp"
#include "model/claims/view.hpp"

namespace mdcd::model {

// The numbers of the first erroneous messages, by component.
template <Logic L> struct Hypothesis : std::array<typename L::Number, impl::component_count_max> {
    // The tests that missed an error, by position in View::tests from 1; the first View::misses entries count, and
    // whatever is no position there stands for no test.
    std::array<typename L::Number, miss_count_max> missed{};
};

template <Logic L> using Line = std::array<typename L::Number, high_confidence_count_max>;

template <Logic L>
[[nodiscard]] typename L::Bool is_missed(L& logic, const View& view, const Hypothesis<L>& hypothesis,
                                         std::size_t test) {
    const auto position = logic.number(static_cast<std::uint8_t>(test + 1));
    auto result = logic.constant(false);
    for (unsigned miss = 0; miss < view.misses; ++miss)
        result = logic.either(result, logic.both(logic.at_most(hypothesis.missed[miss], position),
                                                 logic.at_most(position, hypothesis.missed[miss])));
    return result;
}

// No first erroneous number is among what these numbers prove correct.
template <Logic L>
[[nodiscard]] typename L::Bool agrees_with(L& logic, const View& view, const char* name, unsigned which,
                                           const Numbers& proved, const Hypothesis<L>& first_erroneous) {
    auto result = logic.constant(true);
    for (unsigned component = 0; component < view.components; ++component)
        result =
            logic.both(result, logic.negation(logic.at_most(first_erroneous[component],
                                                            logic.fact(name, which, component, proved[component]))));
    return result;
}

// What acceptance tests proved is correct, except for those that missed an error.
template <Logic L>
[[nodiscard]] typename L::Bool is_consistent(L& logic, const View& view, const Hypothesis<L>& first_erroneous) {
    if (view.misses == 0)
        return agrees_with(logic, view, "validated", no_process, view.validated, first_erroneous);
    auto result = logic.constant(true);
    for (std::size_t test = 0; test < view.tests->size(); ++test)
        result = logic.both(result, logic.either(is_missed(logic, view, first_erroneous, test),
                                                 agrees_with(logic, view, "test", static_cast<unsigned>(test),
                                                             (*view.tests)[test], first_erroneous)));
    return result;
}

// What has numbers in a view, for readers of a formula.
struct Dependent {
    const char* name = "depends";
    unsigned process = no_process; // at this position of the view
};

// Something that depends on these numbers depends on an erroneous message.
template <Logic L>
[[nodiscard]] typename L::Bool is_erroneous(L& logic, const View& view, Dependent who, const Numbers& depends,
                                            const Hypothesis<L>& first_erroneous) {
    auto result = logic.constant(false);
    for (unsigned component = 0; component < view.components; ++component)
        result = logic.either(result, logic.at_most(first_erroneous[component],
                                                    logic.fact(who.name, who.process, component, depends[component])));
    return result;
}

// containment: a process that calls itself clean depends on an erroneous message.
template <Logic L>
[[nodiscard]] typename L::Bool violates_containment(L& logic, const View& view, const Hypothesis<L>& first_erroneous) {
    auto result = logic.constant(false);
    for (unsigned process = 0; process < view.process_count; ++process)
        if (view.processes[process].clean)
            result = logic.either(result, logic.named("clean_and_erroneous", process,
                                                      is_erroneous(logic, view, {"depends", process},
                                                                   view.processes[process].depends, first_erroneous)));
    return logic.both(is_consistent(logic, view, first_erroneous), result);
}

// Some process depends on an erroneous message even after recovery.
template <Logic L>
[[nodiscard]] typename L::Bool keeps_error(L& logic, const View& view, const Hypothesis<L>& first_erroneous) {
    auto result = logic.constant(false);
    for (unsigned process = 0; process < view.process_count; ++process)
        result =
            logic.either(result, logic.named("erroneous_after_recovery", process,
                                             is_erroneous(logic, view, {"depends_after_recovery", process},
                                                          view.processes[process].recovered_depends, first_erroneous)));
    return result;
}

// A message was received, but the history of its sender does not contain the send.
template <Logic L> [[nodiscard]] typename L::Bool has_orphan(L& logic, const View& view) {
    const auto received = logic.named("received_active", logic.set(view.received_active));
    const auto sent = logic.named("active_sent", logic.set(view.active_sent));
    return logic.some(logic.named("orphan", logic.without(received, sent)));
}

// recoverability: after recovery an error survives or is still to be delivered, or a message is orphan, lost or
// there twice.
template <Logic L>
[[nodiscard]] typename L::Bool violates_recoverability(L& logic, const View& view,
                                                       const Hypothesis<L>& first_erroneous) {
    const auto set = [&logic](const char* name, MessageSet messages) { return logic.named(name, logic.set(messages)); };
    const auto kept = logic.named("error_in_a_process", keeps_error(logic, view, first_erroneous));
    const auto coming = logic.named(
        "error_to_be_delivered",
        logic.either(is_erroneous(logic, view, {"surviving_depends"}, view.surviving_depends, first_erroneous),
                     is_erroneous(logic, view, {"resent_depends"}, view.resent_depends, first_erroneous)));

    const auto surviving = set("surviving", view.surviving);
    const auto resent = set("resent", view.resent);
    const auto generated_later = set("generated_later", view.generated_later);
    const auto received = logic.named("received", logic.unite(set("received_active", view.received_active),
                                                              set("received_cluster", view.received_cluster)));
    const auto announced =
        logic.named("announced", logic.unite(set("active_sent", view.active_sent), set("resolved", view.resolved)));
    const auto from_shadows = logic.named("from_shadows", logic.unite(resent, generated_later));
    const auto arriving = logic.named("arriving", logic.unite(received, logic.unite(surviving, from_shadows)));

    const auto orphan = logic.named("orphan", logic.without(arriving, announced));
    const auto lost = logic.named("lost", logic.without(announced, arriving));
    const auto twice =
        logic.unite(logic.unite(logic.common(received, surviving), logic.common(received, from_shadows)),
                    logic.unite(logic.common(surviving, from_shadows), logic.common(resent, generated_later)));
    const auto duplicate = logic.named("duplicate", logic.unite(twice, set("duplicated", view.duplicated)));

    return logic.both(is_consistent(logic, view, first_erroneous),
                      logic.either(logic.either(logic.either(kept, coming), logic.some(orphan)),
                                   logic.either(logic.some(lost), logic.some(duplicate))));
}

// no_cascading_rollback: where the processes rolled back to is no consistent state free of error, so that some process
// would have to roll back again.
template <Logic L>
[[nodiscard]] typename L::Bool violates_no_cascading_rollback(L& logic, const View& view,
                                                              const Hypothesis<L>& first_erroneous) {
    const auto error = logic.named("error_in_a_process", keeps_error(logic, view, first_erroneous));
    return logic.both(is_consistent(logic, view, first_erroneous), logic.either(error, has_orphan(logic, view)));
}

// A field of every candidate of one process, for logic.entry().
template <class Field, class Get>
[[nodiscard]] std::vector<Field> candidate_fields(const ProcessView& process, Get get) {
    std::vector<Field> fields;
    for (const Candidate& candidate : *process.candidates)
        fields.push_back(get(candidate));
    return fields;
}

// minimal_rollback: `line` is consistent, free of everything unvalidated, nowhere earlier than the line that recovery
// picks and somewhere later.
template <Logic L>
[[nodiscard]] typename L::Bool violates_minimal_rollback(L& logic, const View& view, const Line<L>& line) {
    auto fits = logic.constant(true);
    auto later = logic.constant(false);
    auto received = logic.set(0);
    auto sent = logic.set(0);
    for (unsigned process = 0; process < view.process_count; ++process) {
        const ProcessView& each = view.processes[process];
        const auto position = line[process];
        const auto chosen = logic.fact("chosen", process, 0, each.chosen);
        const auto last = logic.number(static_cast<std::uint8_t>(each.candidates->size() - 1));
        fits = logic.both(fits, logic.both(logic.at_most(chosen, position), logic.at_most(position, last)));
        later = logic.either(later, logic.negation(logic.at_most(position, chosen)));
        for (unsigned component = 0; component < view.components; ++component) {
            const auto depends = candidate_fields<std::uint8_t>(
                each, [component](const Candidate& candidate) { return candidate.depends[component]; });
            fits = logic.both(fits,
                              logic.at_most(logic.entry(depends, position),
                                            logic.fact("validated", no_process, component, view.validated[component])));
        }
        const auto receives =
            candidate_fields<MessageSet>(each, [](const Candidate& candidate) { return candidate.received; });
        const auto sends =
            candidate_fields<MessageSet>(each, [](const Candidate& candidate) { return candidate.sent; });
        received = logic.unite(received, logic.named("received_on_line", process, logic.entry(receives, position)));
        sent = logic.unite(sent, logic.named("sent_on_line", process, logic.entry(sends, position)));
    }
    const auto orphan =
        logic.named("orphan", logic.without(logic.without(received, logic.set(cluster_messages)), sent));
    return logic.both(logic.both(logic.named("fits", fits), logic.named("later", later)),
                      logic.negation(logic.some(orphan)));
}

} // namespace mdcd::model
