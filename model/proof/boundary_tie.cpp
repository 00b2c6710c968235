// Random runs and altered states; the formulas on the values of whole transitions.
// Knows no handler: it sees states before and after a step.
#include "model/proof/boundary_tie.hpp"

#include <algorithm>

namespace mdcd::model::proof::boundary {

using checker::Random;

Reading::Reading(const std::vector<Action>& read) {
    Step step;
    make_unknown(formulas_, step);
    read_.emplace(argument({.changed = read}, step));
    for (const Action& each : read)
        actions_.push_back(each.id);
}

std::string Reading::objection(ActionId action, const Transition<Concrete>& transition) {
    const auto found = std::ranges::find(actions_, action);
    return found == actions_.end()
               ? "there is no such action under these rules"
               : ReadingOf::objection(static_cast<std::size_t>(found - actions_.begin()), transition);
}

Reading::ClaimReading Reading::claim_of(const Window<Concrete>& window) {
    const ArgumentReading::ClaimReading claim = read_claims(alone(window)).front();
    return {claim.holds, claim.cases[0], claim.cases[1]};
}

void TieReport::add(const TieReport& other) {
    events += other.events;
    windows += other.windows;
    for (std::size_t action = 0; action < action_count; ++action)
        steps_by_action[action] += other.steps_by_action[action];
    judged_states += other.judged_states;
    influenced += other.influenced;
    influenced_and_clean += other.influenced_and_clean;
    if (failure.empty()) {
        failure = other.failure;
        seen = other.seen;
    }
}

std::vector<std::string> TieReport::not_met(const std::vector<Action>& actions) const {
    std::vector<std::string> all;
    for (const Action& each : actions)
        if (steps_by_action[static_cast<std::size_t>(each.id)] == 0)
            all.push_back("no step was compared with the action " + std::string(each.name));
    if (influenced == 0)
        all.emplace_back("no process was met that the cluster has influenced beyond V");
    if (influenced_and_clean == 0)
        all.emplace_back("no process was met that the cluster has influenced and that is clean");
    return all;
}

namespace {

constexpr std::uint64_t close_numbers = 4;
constexpr std::uint64_t any_number = std::uint64_t{1} << 30;

// Where lemmas need not hold. Numbers are close together, so that comparisons go all ways; of any size in half of them.
State altered(const State& state, Random& random) {
    State result = state;
    const std::uint64_t base = random.one_in(2) ? random.below(any_number) : 0;
    const std::vector<Channel> channels = state.channels(); // no other entry is in use
    const auto alter = [&](impl::SequenceVector& vector) {
        for (const Channel& each : channels)
            if (random.one_in(2))
                vector[state.ghost_entry(each)] = static_cast<impl::SequenceNumber>(base + random.below(close_numbers));
    };
    alter(result.validated);
    alter(result.delivered);
    for (Process& process : result.processes) {
        Guarded& guarded = process.guarded();
        alter(guarded.low_sn);
        alter(guarded.valid_sn);
        alter(guarded.application.depends);
        if (process.recovered())
            alter(process.recovery.known);
        while (random.one_in(2) && guarded.checkpoints.size() < 4) {
            impl::Checkpoint<Watched> added;
            added.log_length = static_cast<std::uint32_t>(random.below(guarded.input_log.size() + 1));
            guarded.checkpoints.push_back(added, "the checkpoint array");
        }
        for (auto& each : guarded.checkpoints) {
            alter(each.index);
            alter(each.low_sn);
            alter(each.application.depends);
            each.shadow_sn = process.shadow() != nullptr ? static_cast<impl::SequenceNumber>(random.below(3)) : 0;
        }
        // Two that are alike could not be told apart.
        const auto all = guarded.checkpoints;
        guarded.checkpoints.keep_if([&](const auto& each, std::size_t position) {
            return std::none_of(all.begin(), all.begin() + position, [&](const auto& other) {
                return other.index == each.index && other.low_sn == each.low_sn;
            });
        });
        // What decides whether there is something to go back to stays as it is in every state.
        guarded.dirty = guarded.checkpoints.empty() ? random.one_in(3) && process.runs() : !random.one_in(4);
    }
    for (auto& [receiver, message] : result.under_way) {
        alter(message.low_sn);
        if (message.kind == impl::MessageKind::application) {
            alter(message.payload.depends);
            message.dirty = random.one_in(2);
        }
    }
    return result;
}

class Comparison {
public:
    Comparison(const std::vector<Action>& actions, const TieOptions& options)
        : actions_(actions), options_(options), reading_(actions), watch_(options.failures) {}

    TieReport run() {
        const std::vector<impl::Members> members = tie_members();
        for (std::uint64_t walk = 0; walk < options_.walks && report_.failure.empty(); ++walk) {
            Random random(options_.seed, walk);
            State state = initial_state(members[walk % members.size()], options_.protocol, options_.rules);
            run_.clear();
            look_at_start(state, random);
            for (std::uint64_t left = options_.events_max; left > 0 && report_.failure.empty(); --left)
                state = go_on(state, random);
        }
        report_.met = watch_.found(std::to_string(options_.walks) + " random runs", report_.events);
        return report_;
    }

private:
    void fail(const std::string& place, const std::string& what, const Transition<Concrete>& seen) {
        if (!report_.failure.empty())
            return;
        report_.failure = place + ": " + what;
        report_.seen = seen;
    }

    void look_at_start(const State& state, Random& random) {
        for (const Subject& each : drawn_subjects(state, state.processes[0].id(), options_.windows_max, random)) {
            Transition<Concrete> seen;
            seen.before = window_of(state, each);
            if (!reading_.is_initial(seen.before))
                fail("start", "the beginning of the proof is not that of the implementation", seen);
        }
    }

    State go_on(const State& state, Random& random) {
        if (options_.altered && random.one_in(4)) {
            const State other = altered(state, random);
            if (const std::optional<Event> event = drawn_event(other, random))
                compare(other, *event, false, random, false);
        }
        const std::optional<Event> event = drawn_event(state, random);
        if (!event)
            return state;
        run_.push_back(text_of(*event));
        return compare(state, *event, options_.judge_lemmas, random, true);
    }

    State compare(const State& state, const Event& event, bool judge_lemmas, Random& random, bool is_run) {
        const Happened happened = apply(state, event);
        ++report_.events;
        const TakenApart apart = taken_apart(state, event, happened);
        if (!apart.failure.empty())
            fail(text_of(event), apart.failure, {});
        for (const SmallStep& step : apart.steps) {
            ++report_.steps_by_action[static_cast<std::size_t>(step.action)];
            for (const Subject& subject : drawn_subjects(step.after, step.actor, options_.windows_max, random)) {
                const Transition<Concrete> seen = transition_of(step, subject);
                ++report_.windows;
                if (is_run)
                    watch_.look(reading_, name_of(step.action), seen, run_);
                if (const std::string objection = reading_.objection(step.action, seen); !objection.empty())
                    fail(name_of(step.action), objection + ": " + text_of(event), seen);
                for (const std::string& lemma : judge_lemmas ? reading_.false_lemmas(seen) : std::vector<std::string>())
                    fail(name_of(step.action), "lemma " + lemma + " is false after " + text_of(event), seen);
            }
        }
        judge(happened.after);
        return happened.after;
    }

    // The claim through every window, and as it is.
    void judge(const State& state) {
        bool holds = true;
        for (const Channel& channel : state.channels())
            for (const Process& process : state.processes) {
                Subject subject;
                subject.channel = channel;
                subject.process = process.id();
                if (!process.guarded().checkpoints.empty())
                    subject.focus = 0;
                const Reading::ClaimReading claim = reading_.claim_of(window_of(state, subject));
                holds = holds && claim.holds;
                report_.influenced += claim.influenced;
                report_.influenced_and_clean += claim.influenced_and_clean;
            }
        ++report_.judged_states;
        // It names the oldest checkpoint; that another one might do says nothing in states that can be reached.
        if (holds && !state.contained())
            fail(claim_name, "the windows say that it holds, and it does not", {});
    }

    [[nodiscard]] std::string name_of(ActionId action) const {
        const auto found = std::ranges::find(actions_, action, &Action::id);
        return found == actions_.end() ? "an action that is not there" : found->name;
    }

    const std::vector<Action>& actions_;
    const TieOptions& options_;
    Reading reading_;
    FailureWatch watch_;
    std::vector<std::string> run_; // the events so far
    TieReport report_;
};

} // namespace

TieReport tie(const std::vector<Action>& actions, const TieOptions& options) {
    return Comparison(actions, options).run();
}

namespace {

// Whether the claim is false after these events, those of them that can still happen.
bool does_harm(State state, const std::vector<Event>& events) {
    for (Event event : events) {
        if (event.kind == EventKind::arrives) {
            const auto found = std::ranges::find(state.under_way, std::pair(event.process, event.message));
            if (found == state.under_way.end())
                return false;
            event.position = static_cast<std::size_t>(found - state.under_way.begin());
        } else if (event.kind != EventKind::cluster && !state.process(event.process).runs()) {
            return false;
        }
        state = apply(state, event).after;
    }
    return !state.contained();
}

// Without each event that it does not need.
std::vector<Event> shortened(const State& start, std::vector<Event> events) {
    for (std::size_t place = events.size(); place-- > 0;) {
        std::vector<Event> fewer = events;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(place));
        if (does_harm(start, fewer))
            events = std::move(fewer);
    }
    return events;
}

} // namespace

FoundRun find_run(const impl::Rules& protocol, const impl::BoundaryRules& rules, std::uint64_t seed,
                  std::uint64_t runs_max) {
    constexpr std::size_t events_max = 24;
    constexpr std::uint64_t attempts_max = 200; // some come to nothing
    const std::vector<impl::Members> members = tie_members();
    FoundRun found;
    std::vector<Event> shortest;
    for (; found.runs < runs_max; ++found.runs) {
        Random random(seed, found.runs);
        const State start = initial_state(members[found.runs % members.size()], protocol, rules);
        State state = start;
        std::vector<Event> events;
        for (std::uint64_t left = attempts_max; left > 0 && events.size() < events_max && state.contained(); --left)
            if (const std::optional<Event> event = drawn_event(state, random)) {
                state = apply(state, *event).after;
                ++found.states;
                events.push_back(*event);
            }
        if (state.contained())
            continue;
        events = shortened(start, std::move(events));
        if (shortest.empty() || events.size() < shortest.size())
            shortest = std::move(events);
    }
    for (const Event& each : shortest)
        found.events.push_back(text_of(each));
    return found;
}

std::vector<impl::Members> tie_members() {
    return {{.components = 1, .actives = 2},
            {.components = 2, .actives = 1},
            {.components = 1, .actives = 3},
            {.components = 1, .actives = 1}};
}

} // namespace mdcd::model::proof::boundary
