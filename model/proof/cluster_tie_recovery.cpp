// Recovers each process by the implementation, and reads what the formulas say of the same state after the reclamation;
// then each claim against the part of the checker's predicate that says the same. Knows no rule: it hands them on.
#include <algorithm>
#include <array>

#include "checker/path.hpp"
#include "impl/recovery.hpp"
#include "model/claims/properties.hpp"
#include "model/proof/cluster_tie.hpp"
#include "model/proof/tie_recovery.hpp"

namespace mdcd::model::proof::cluster {

using checker::GlobalState;
using impl::Group;
using impl::ProcessId;

namespace {

// A process after the implementation has recovered it.
struct Result {
    bool rolled_back = false;
    History history;
    MessageSet resent = 0;
    MessageSet generated = 0; // of the messages of its component that are decided
    std::int64_t sent = 0;    // without messages to devices
    std::int64_t externals = 0;
};

// What a shadow in service generates from here on.
void note_generated(const ExplicitState& state, const ShadowProcess& process,
                    const impl::TakeOver<GhostApplication>& take_over, const impl::Rules& rules, Result& result) {
    const std::vector<bool>& order = state.order[process.id.index];
    impl::OutputCounters now{process.shadow_sn, process.external_sn};
    for (std::size_t place = result.history.sent; place < order.size(); ++place) {
        ++(order[place] ? now.external_sn : now.shadow_sn);
        const bool suppressed = order[place] ? impl::suppresses_external(now, take_over.suppress_through,
                                                                         take_over.suppress_external_through, rules)
                                             : impl::suppresses_internal(now, take_over.suppress_through);
        if (!suppressed)
            result.generated |=
                as_set({source_of_component(state, process.id.index), static_cast<std::uint8_t>(place + 1)});
    }
}

Result recovered_by_impl(const ExplicitState& state, ProcessId id, const impl::Rules& rules) {
    const impl::SequenceVector validated = state.agreed();
    Result result;
    impl::Notes notes;
    if (id.group == Group::active) {
        ActiveProcess process = state.active[id.index];
        impl::recover(process, validated, rules, notes);
        result.history = process.guarded.application;
        result.sent = result.history.sent;
    } else {
        ShadowProcess process = state.shadow[id.index];
        learn_outputs(process, state.low[id.index]);
        const auto take_over = impl::recover(process, validated, rules, notes);
        result.history = process.guarded.application;
        for (const auto* log : {&take_over.resent, &take_over.resent_external})
            for (const auto& entry : *log)
                result.resent |= as_set(entry.payload.id);
        result.sent = state.to_processes(id.index, result.history.sent);
        result.externals = state.to_devices(id.index, result.history.sent);
        note_generated(state, process, take_over, rules, result);
    }
    result.rolled_back =
        std::ranges::any_of(notes, [](const impl::Note& note) { return note.kind == impl::NoteKind::rolled_back; });
    return result;
}

bool survives_by_impl(const ExplicitState& state, const Subject& subject, const impl::Rules& rules) {
    for (const auto& channel : state.channels)
        for (const Message& each : channel.messages)
            if (channel.receiver == subject.process && subject.receiver == subject.process &&
                each.kind == impl::MessageKind::application && each.payload.id == subject.message &&
                impl::survives_recovery(each, state.agreed(), rules))
                return true;
    return false;
}

// Everything but what the replay brings to `depends`.
bool fits(const RecoveredWindow<Concrete>& shown, const Result& result, const ExplicitState& state,
          const Subject& subject, bool is_surviving) {
    const MessageSet message = as_set(subject.message);
    const bool own = subject.process == ProcessId{Group::shadow, subject.own};
    const std::optional<MessageId> output = output_of(state, subject.own, subject.external);
    const MessageSet external = own && output ? as_set(*output) : MessageSet{0};
    const bool is_receiver = subject.receiver == subject.process;
    return shown.shown && shown.rolled_back == result.rolled_back && shown.sent == result.sent &&
           shown.sent_inside == result.history.sent_inside &&
           shown.received == (is_receiver && (result.history.received & message) != 0) &&
           shown.duplicated == (is_receiver && (result.history.duplicated & message) != 0) &&
           shown.resent == ((result.resent & message) != 0) && shown.generated == ((result.generated & message) != 0) &&
           shown.survives == is_surviving && shown.externals == (own ? result.externals : 0) &&
           shown.external_resent == ((result.resent & external) != 0) &&
           shown.external_generated == ((result.generated & external) != 0);
}

// One that changes nothing: all that a window before it shows.
Transition<Concrete> at_rest(const ExplicitState& state, const Subject& subject) {
    return transition_of({.action = ActionId::ends_reclamation,
                          .actor = subject.process,
                          .taken = {},
                          .dropped = {},
                          .before = state,
                          .after = state},
                         subject);
}

// What `subject` shows, with each message to a device that its component has decided, and the next one.
template <class Visit> void with_each_output(const ExplicitState& state, Subject subject, Visit visit) {
    const std::int64_t decided = state.to_devices(subject.own, std::ssize(state.order[subject.own]));
    const bool own = subject.process == ProcessId{Group::shadow, subject.own};
    for (subject.external = 1; subject.external <= (own ? decided + 1 : 1); ++subject.external)
        visit(subject);
}

Subject subject_at_recovery(const ExplicitState& state, ProcessId process, MessageId message, ProcessId receiver) {
    Subject subject(process, message, receiver);
    subject.own = leaves_cluster(message) ? component_of(message) : std::uint8_t{0};
    if (!state.guarded(process).checkpoints.empty())
        subject.focus = 0;
    return subject;
}

// `state` before recovery, `ready` after its reclamation.
void tie_outcomes(const System& system, Reading& reading, const ExplicitState& state, const ExplicitState& ready,
                  TieReport& report) {
    for (const ProcessId process : state.high_confidence()) {
        const Result result = recovered_by_impl(state, process, system.rules());
        ++report.recoveries;
        report.rollbacks += result.rolled_back;
        report.shadow_rollbacks += result.rolled_back && process.group == Group::shadow;
        std::array<std::int64_t, impl::component_count_max> depends{};
        bool all_of_log = true; // a message that is logged twice is not shown entirely: no lemma allows it
        const auto compare = [&](const Subject& subject) {
            const Transition<Concrete> seen = at_rest(ready, subject);
            const RecoveredWindow<Concrete> shown = reading.recovered_of(seen);
            ++report.windows;
            if (seen.before.process.logged_twice || seen.before.process.output.twice ||
                seen.before.process.external.twice) {
                all_of_log = false;
                return;
            }
            std::int64_t& entry = depends[subject.any];
            entry = std::max(entry, shown.depends[any_entry]);
            if (shown.replayed)
                entry = std::max(entry, seen.before.message.content.depends[any_entry]);
            if (!fits(shown, result, ready, subject, survives_by_impl(state, subject, system.rules())) &&
                !report.failure)
                report.failure =
                    TieFailure{"recovery", "recovery does something else than the claims take it to do", seen};
        };
        for (const auto& [message, receiver] : messages_of(state))
            for (std::uint8_t any = 0; any < state.low.size(); ++any) {
                Subject subject = subject_at_recovery(ready, process, message, receiver);
                subject.any = any;
                with_each_output(ready, subject, compare);
            }
        for (std::size_t entry = 0; all_of_log && entry < state.low.size(); ++entry)
            if (depends[entry] != std::int64_t{result.history.depends[entry]} && !report.failure)
                report.failure = TieFailure{
                    "recovery", "after recovery a process depends on something else than the claims take it to", {}};
    }
}

} // namespace

std::vector<bool> judged_claims(const System& system, const GlobalState& state) {
    std::vector<bool> truths = proof::judged_claims(system, state); // the first five
    const checker::PropertyBits bits = checker::judge(system, state);
    for (const PropertyId id : {PropertyId::unique_sn, PropertyId::takeover_order, PropertyId::reclamation_safety,
                                PropertyId::reclamation_completeness, PropertyId::output_exactly_once})
        truths.push_back((bits >> static_cast<unsigned>(id) & 1) != 0);
    return truths;
}

namespace {

constexpr std::size_t containment_place = 0;
constexpr std::size_t reclamation_place = 7; // in claims()
constexpr std::size_t completeness_place = 8;

bool is_about_now(std::size_t claim) {
    return claim == containment_place || claim == reclamation_place || claim == completeness_place;
}

// What the windows of a state say of each claim: of what is before recovery, and of what is after its reclamation.
std::vector<Reading::ClaimReading> read_claims(Reading& reading, const ExplicitState& state,
                                               const ExplicitState& ready) {
    std::vector<Reading::ClaimReading> all(claims().size());
    const auto read = [&](const ExplicitState& where, Subject subject, bool before) {
        Transition<Concrete> seen = at_rest(where, subject);
        if (const ProcessId source = source_of(subject.message); source != subject.process)
            seen.happening.other = process_window_of(where, [&] {
                Subject other = subject_at_recovery(where, source, subject.message, subject.receiver);
                other.any = subject.any;
                return other;
            }());
        const std::vector<Reading::ClaimReading> here = reading.claims_of(seen);
        for (std::size_t claim = 0; claim < all.size(); ++claim)
            if (before == is_about_now(claim)) {
                all[claim].holds = all[claim].holds && here[claim].holds;
                all[claim].telling = all[claim].telling || here[claim].telling;
            }
    };
    for (const bool before : {true, false}) {
        const ExplicitState& where = before ? state : ready;
        for (const ProcessId process : where.high_confidence())
            for (const auto& [message, receiver] : messages_of(where))
                for (std::uint8_t any = 0; any < where.low.size(); ++any) {
                    Subject subject = subject_at_recovery(where, process, message, receiver);
                    subject.any = any;
                    if (process.group == Group::shadow) {
                        const ShadowProcess& shadow = where.shadow[process.index];
                        subject.other_output = shadow.output_log.empty() ? std::nullopt : std::optional<std::size_t>(0);
                        subject.other_external =
                            shadow.external_log.empty() ? std::nullopt : std::optional<std::size_t>(0);
                    }
                    const std::size_t checkpoints = before ? where.guarded(process).checkpoints.size() : 1;
                    for (std::size_t focus = 0; focus < std::max<std::size_t>(checkpoints, 1); ++focus) {
                        if (focus > 0)
                            subject.focus = focus;
                        with_each_output(where, subject, [&](const Subject& each) { read(where, each, before); });
                    }
                }
    }
    return all;
}

} // namespace

void tie_recovery(const System& system, Reading& reading, const GlobalState& state, const Sent& sent,
                  const TieOptions& options, TieReport& report) {
    const ExplicitState now = decode_cluster(system.layout(), state, sent);
    const TakenApart apart = decided(now, system.rules());
    const ExplicitState& ready = apart.steps.back().after;
    tie_outcomes(system, reading, now, ready, report);
    if (!options.judge_claims)
        return;
    const std::vector<bool> truths = judged_claims(system, state);
    const std::vector<Reading::ClaimReading> readings = read_claims(reading, now, ready);
    ++report.judged_states;
    for (std::size_t claim = 0; claim < readings.size(); ++claim) {
        report.violated_by_claim[claim] += !truths[claim];
        report.telling_by_claim[claim] += readings[claim].telling;
        // Of reclamation more is said here than there: a state that the checker objects to is not missed.
        const bool says_more = claim == reclamation_place || claim == completeness_place;
        const bool agrees = readings[claim].holds == truths[claim] || (says_more && truths[claim]);
        if (agrees || report.failure)
            continue;
        report.failure = TieFailure{claims()[claim].name,
                                    truths[claim] ? "the windows say that it is violated, the checker that it holds"
                                                  : "the checker says that it is violated, the windows that it holds",
                                    std::nullopt};
    }
}

TieReport tie_recoveries(const System& system, Reading& reading, const TieOptions& options) {
    TieReport report;
    proof::for_each_walked(system, {.seed = options.seed}, options.walks,
                           [&](const GlobalState& state, const Sent& sent) {
                               tie_recovery(system, reading, state, sent, options, report);
                               return !report.failure;
                           });
    return report;
}

} // namespace mdcd::model::proof::cluster
