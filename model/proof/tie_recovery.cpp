// Recovers each process by the implementation, and reads what the formulas say of the same state.
// Knows no rule: it hands them on.
#include "model/proof/tie_recovery.hpp"

#include <algorithm>

#include "model/proof/made_up_state.hpp"
#include "model/proof/recovery.hpp"

namespace mdcd::model::proof {

using impl::Group;
using impl::ProcessId;

namespace {

// A process after the implementation has recovered it.
struct Outcome {
    bool rolled_back = false;
    History history;
    MessageSet resent = 0;
    MessageSet generated = 0; // of the messages of the cluster that are decided
};

bool rolled_back_in(const impl::Notes& notes) {
    return std::ranges::any_of(notes, [](const impl::Note& note) { return note.kind == impl::NoteKind::rolled_back; });
}

Outcome outcome_of(const System& system, const RecoveryCode& code, const ExplicitState& state, ProcessId id,
                   const impl::SequenceVector& validated) {
    Outcome outcome;
    impl::Notes notes;
    if (id.group == Group::active) {
        ActiveProcess process = state.active[id.index];
        code.active(process, validated, system.rules(), notes);
        outcome.history = process.guarded.application;
    } else {
        ShadowProcess process = state.shadow;
        const auto take_over = code.shadow(process, validated, system.rules(), notes);
        outcome.history = process.guarded.application;
        for (const auto& entry : take_over.resent)
            outcome.resent |= as_set(entry.payload.id);
        // What it generates from here on.
        for (std::size_t number = process.guarded.application.sent + std::size_t{1}; number <= state.script.size();
             ++number) {
            ++process.shadow_sn;
            if (!impl::suppresses_internal({.shadow_sn = process.shadow_sn}, take_over.suppress_through))
                outcome.generated |= as_set({0, static_cast<std::uint8_t>(number)});
        }
    }
    outcome.rolled_back = rolled_back_in(notes);
    return outcome;
}

bool survives(const System& system, const RecoveryCode& code, const ExplicitState& state, const Subject& subject,
              const impl::SequenceVector& validated) {
    for (const ExplicitState::Channel& channel : state.channels)
        for (const Message& each : channel.messages)
            if (channel.receiver == subject.process && subject.receiver == subject.process &&
                each.kind == impl::MessageKind::application && each.payload.id == subject.message &&
                code.survives(each, validated, system.rules()))
                return true;
    return false;
}

// Everything but what the replay brings to `depends`.
bool fits(const RecoveredWindow<Concrete>& shown, const Outcome& outcome, const Subject& subject, bool is_surviving) {
    const MessageSet message = as_set(subject.message);
    const bool is_receiver = subject.receiver == subject.process;
    return shown.rolled_back == outcome.rolled_back && shown.sent == outcome.history.sent &&
           shown.received == (is_receiver && (outcome.history.received & message) != 0) &&
           shown.duplicated == (is_receiver && (outcome.history.duplicated & message) != 0) &&
           shown.resent == ((outcome.resent & message) != 0) &&
           shown.generated == ((outcome.generated & message) != 0) && shown.survives == is_surviving;
}

// The messages of a state with their receivers, and for one process every choice of checkpoints to show.
struct Choices {
    std::vector<Subject> messages;
    std::vector<std::pair<std::optional<std::size_t>, std::optional<std::size_t>>> checkpoints;
};
Choices choices_for(const std::vector<Subject>& subjects, ProcessId process) {
    Choices choices;
    for (const Subject& each : subjects) {
        if (each.process != process || each.notified)
            continue;
        const auto same_message = [&](const Subject& other) { return other.message == each.message; };
        if (std::ranges::none_of(choices.messages, same_message))
            choices.messages.push_back(each);
        const std::pair shown{each.focus, each.older};
        if (std::ranges::find(choices.checkpoints, shown) == choices.checkpoints.end())
            choices.checkpoints.push_back(shown);
    }
    return choices;
}

impl::SequenceVector decided_for(const System& system, const ExplicitState& state, ProcessId process) {
    std::vector<impl::SequenceVector> known{state.low.valid_sn};
    for (const ProcessId each : state.high_confidence())
        known.push_back(state.guarded(each).valid_sn);
    return recovers_by_itself(system.rules()) ? state.guarded(process).valid_sn : impl::agreed_validated(known);
}

} // namespace

RecoveryCode recovery_of_impl() {
    return {.active = [](ActiveProcess& process, const impl::SequenceVector& validated, const impl::Rules& rules,
                         impl::Notes& notes) { impl::recover(process, validated, rules, notes); },
            .shadow = [](ShadowProcess& process, const impl::SequenceVector& validated, const impl::Rules& rules,
                         impl::Notes& notes) { return impl::recover(process, validated, rules, notes); },
            .survives = [](const Message& message, const impl::SequenceVector& validated,
                           const impl::Rules& rules) { return impl::survives_recovery(message, validated, rules); }};
}

void tie_recovery(const System& system, Reading& reading, const RecoveryCode& code, const ExplicitState& state,
                  TieReport& report) {
    const std::vector<Subject> subjects = subjects_of(state);
    const auto fail = [&](const std::string& what, const Subject& subject) {
        if (report.failure)
            return;
        Transition<Concrete> seen;
        seen.before = window_of(state, subject);
        report.failure = TieFailure{"recovery", what, std::nullopt, seen};
    };
    for (const ProcessId process : state.high_confidence()) {
        const impl::SequenceVector validated = decided_for(system, state, process);
        const Outcome outcome = outcome_of(system, code, state, process, validated);
        ++report.recoveries;
        report.rollbacks += outcome.rolled_back;
        report.shadow_rollbacks += outcome.rolled_back && process.group == Group::shadow;
        const Choices choices = choices_for(subjects, process);
        std::int64_t depends = 0;
        bool all_of_log = true; // a message that is logged twice is not shown entirely: no lemma allows it
        for (Subject subject : choices.messages) {
            const bool is_surviving = survives(system, code, state, subject, validated);
            bool is_shown = false;
            bool has_fit = false;
            for (const auto& [focus, older] : choices.checkpoints) {
                subject.focus = focus;
                subject.older = older;
                const Window<Concrete> window = window_of(state, subject);
                const RecoveredWindow<Concrete> shown = reading.recovered_of(window);
                ++report.windows;
                if (window.process.logged_twice || window.process.output_twice) {
                    all_of_log = false;
                    is_shown = has_fit = true;
                    break;
                }
                is_shown |= shown.shown;
                if (!shown.shown || !fits(shown, outcome, subject, is_surviving))
                    continue;
                has_fit = true;
                depends = std::max(depends, shown.depends);
                if (shown.replayed)
                    depends = std::max(depends, window.message.depends);
                break;
            }
            if (!is_shown)
                fail("no window shows what recovery does", subject);
            else if (!has_fit)
                fail("recovery does something else than the claims take it to do", subject);
        }
        if (all_of_log && depends != static_cast<std::int64_t>(outcome.history.depends[0]))
            fail("after recovery a process depends on something else than the claims take it to", choices.messages[0]);
    }
}

TieReport tie_recoveries(const System& system, Reading& reading, const TieOptions& options, const RecoveryCode& code) {
    TieReport report;
    for_each_walked(system, options, options.walks, [&](const checker::GlobalState& state, const Sent& sent) {
        tie_recovery(system, reading, code, decode_state(system.layout(), state, sent), report);
        return !report.failure;
    });
    for (std::uint64_t number = 0; number < options.made_up_states && !report.failure; ++number) {
        checker::Random random(options.seed, number);
        const MadeUpState made_up = make_up_state(system, random);
        tie_recovery(system, reading, code, decode_state(system.layout(), made_up.state, made_up.sent), report);
    }
    return report;
}

} // namespace mdcd::model::proof
