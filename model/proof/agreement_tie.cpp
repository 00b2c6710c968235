// Random runs of processes that recover by messages (agreement_system.hpp). What a process has held is taken one
// message after the other. Judges no claim.
#include "model/proof/agreement_tie.hpp"

#include <algorithm>
#include <map>

#include "model/proof/agreement_system.hpp"
#include "model/proof/argument_reading.hpp"

namespace mdcd::model::proof::agreement {

using checker::Random;
using impl::MessageKind;
using impl::ProcessId;

namespace {

using Number64 = std::int64_t;

Number64 number_of(ProcessId process) { // in the order of ids, from 1
    return 1 + 8 * Number64{static_cast<std::uint8_t>(process.group)} + process.index;
}

// What no process keeps of the recovery that starts one incarnation.
struct Ghost {
    bool settled = false;
    impl::SequenceVector value;
    ProcessId first;
    std::vector<ProcessId> deciders;
    std::map<ProcessId, impl::SequenceVector> offered;

    [[nodiscard]] bool has_decided(ProcessId process) const {
        return std::ranges::find(deciders, process) != deciders.end();
    }
};
using Ghosts = std::map<impl::Incarnation, Ghost>;

struct Piece {
    ProcessId actor;
    std::optional<Message> taken;
    bool decides = false; // after the reply was counted
    State before;
    State after;
};

struct View {
    impl::Incarnation incarnation = 1;
    std::array<ProcessId, peers_shown> shown{};
    std::size_t entry = 0;
};

bool is_of(const Message& message, MessageKind kind, const View& view) {
    return message.kind == kind && message.incarnation == view.incarnation;
}

// Under way from one to the other, or held there.
const Message* pending(const State& state, ProcessId from, ProcessId to, MessageKind kind, const View& view) {
    for (const auto& [receiver, message] : state.under_way)
        if (receiver == to && message.sender == from && is_of(message, kind, view))
            return &message;
    for (const Message& message : state.process(to).recovery.held)
        if (message.sender == from && is_of(message, kind, view))
            return &message;
    return nullptr;
}

Peer<Concrete> peer_of(const State& state, const Ghost& ghost, ProcessId id, const View& view) {
    const Process& process = state.process(id);
    const auto& recovery = process.recovery;
    Peer<Concrete> peer;
    peer.id = number_of(id);
    peer.is_new = process.is_new();
    peer.outside = !impl::takes_part(id, {impl::Group::active, impl::active_count_max}, view.incarnation, state.rules);
    peer.gone = peer.is_new && view.incarnation > 1;
    peer.is_before = recovery.incarnation < view.incarnation;
    peer.at = recovery.incarnation == view.incarnation;
    peer.ended = recovery.decided.size() >= view.incarnation;
    peer.running = peer.at && (process.runs() || (peer.is_new && peer.ended));
    peer.coordinating = peer.at && recovery.phase == impl::RecoveryPhase::coordinating;
    peer.coordinator = peer.at && !peer.running ? number_of(recovery.coordinator) : 0;
    peer.known = peer.coordinating ? recovery.known[view.entry] : 0;
    peer.valid = process.validated()[view.entry];
    if (const auto offered = ghost.offered.find(id); offered != ghost.offered.end())
        peer.offered = offered->second[view.entry];
    peer.decision = peer.ended ? recovery.decided[view.incarnation - 1][view.entry] : 0;
    peer.decider = ghost.has_decided(id);
    peer.first = peer.decider && ghost.first == id;
    return peer;
}

Window<Concrete> window_of(const State& state, const Ghost& ghost, const View& view) {
    Window<Concrete> window;
    for (std::size_t place = 0; place < peers_shown; ++place)
        window.peers[place] = peer_of(state, ghost, view.shown[place], view);
    for (std::size_t from = 0; from < peers_shown; ++from)
        for (std::size_t to = 0; to < peers_shown; ++to) {
            if (from == to)
                continue;
            const auto has = [&](MessageKind kind) {
                return pending(state, view.shown[from], view.shown[to], kind, view);
            };
            Line<Concrete>& line = window.line(from, to);
            line.announced = has(MessageKind::recovery_announcement) != nullptr;
            if (const Message* const reply = has(MessageKind::recovery_reply)) {
                line.replied = true;
                line.reply_sn = reply->low_sn[view.entry];
            }
            if (const Message* const decision = has(MessageKind::recovery_decision)) {
                line.decided = true;
                line.decision_sn = decision->low_sn[view.entry];
            }
            line.counted = window.peers[to].coordinating &&
                           state.process(view.shown[to]).recovery.replied.contains(view.shown[from]);
        }
    window.answers_late = impl::guards::answers_late(state.rules);
    window.settled = ghost.settled;
    window.value = ghost.settled ? ghost.value[view.entry] : 0;
    return window;
}

class Reading : public ReadingOf<Transition<Concrete>> {
public:
    explicit Reading(const std::vector<Action>& actions) {
        Step step;
        make_unknown(formulas_, step);
        read_.emplace(argument({.actions = actions}, step));
    }
};

class Comparison {
public:
    Comparison(const std::vector<Action>& actions, const TieOptions& options)
        : actions_(actions), options_(options), reading_(actions), watch_(options.failures) {}

    TieReport run() {
        // Of new versions that nobody tells there is one, as the proof has it.
        constexpr std::array<impl::Members, 3> members{
            {{.components = 1, .actives = 3}, {.components = 1, .actives = 1}, {.components = 2, .actives = 1}}};
        const bool told = options_.protocol.stop_low == impl::StopLow::all_first;
        for (std::uint64_t walk = 0; walk < options_.walks && report_.failure.empty(); ++walk) {
            Random random(options_.seed, walk);
            State state = initial_state(members[walk % (told ? 3 : 2)], options_.protocol);
            run_.clear();
            Ghosts ghosts;
            look_at_start(state, random);
            for (std::uint64_t left = options_.events_max; left > 0 && report_.failure.empty(); --left)
                if (const std::optional<Event> event = drawn_event(state, random)) {
                    ++report_.events;
                    run_.push_back(text_of(*event));
                    state = go_through(state, *event, ghosts, random);
                }
        }
        report_.met = watch_.found(std::to_string(options_.walks) + " random runs", report_.events);
        return report_;
    }

private:
    void fail(const std::string& what) {
        if (report_.failure.empty())
            report_.failure = what;
    }

    View drawn_view(const State& state, ProcessId actor, impl::Incarnation incarnation, Random& random) const {
        std::vector<ProcessId> all;
        for (const Process& each : state.processes)
            all.push_back(each.id());
        View view;
        view.incarnation = incarnation;
        view.entry = random.below(state.members.components);
        for (std::size_t place = 0; place < peers_shown; ++place) {
            const std::size_t drawn = place + random.below(all.size() - place);
            std::swap(all[place], all[drawn]);
        }
        if (const auto found = std::ranges::find(all, actor); random.one_in(2)) // the actor first
            std::swap(all[0], *found);
        std::copy_n(all.begin(), peers_shown, view.shown.begin());
        return view;
    }

    void look_at_start(const State& state, Random& random) {
        Transition<Concrete> seen;
        seen.before = window_of(state, {}, drawn_view(state, state.processes[0].id(), 1, random));
        if (!reading_.is_initial(seen.before))
            fail("the beginning of the proof is not that of the implementation");
    }

    // One handler call after the other, as if nothing had been held.
    State go_through(const State& state, const Event& event, Ghosts& ghosts, Random& random) {
        const State whole = apply(state, event).after;
        State now = state;
        auto& held = now.process(event.process).recovery.held;
        const std::vector<Message> later(held.begin(), held.end());
        const bool ends =
            whole.process(event.process).recovery.decided.size() > state.process(event.process).recovery.decided.size();
        if (ends) {
            held.clear();
            for (const Message& each : later)
                now.under_way.emplace_back(event.process, each);
        }
        now = take(now, event, ghosts, random);
        for (const Message& each : ends ? later : std::vector<Message>()) {
            Event next = event;
            next.kind = EventKind::arrives;
            next.message = each;
            const auto found = std::ranges::find(now.under_way, std::pair(event.process, each));
            next.position = static_cast<std::size_t>(found - now.under_way.begin());
            now = take(now, next, ghosts, random);
        }
        if (!(now.process(event.process) == whole.process(event.process)))
            fail("what was held is received otherwise than one after the other");
        now.under_way = whole.under_way;
        return now;
    }

    State take(const State& before, const Event& event, Ghosts& ghosts, Random& random) {
        const Happened happened = apply(before, event);
        for (const impl::Note& note : happened.notes)
            report_.yields += note.kind == impl::NoteKind::yielded;
        Piece piece{.actor = event.process, .taken = {}, .before = before, .after = happened.after};
        if (event.kind == EventKind::arrives)
            piece.taken = event.message;
        const auto& was = before.process(event.process).recovery;
        const bool ends = happened.after.process(event.process).recovery.decided.size() > was.decided.size();
        report_.handed_on += ends && was.phase == impl::RecoveryPhase::coordinating &&
                             event.message.kind == MessageKind::recovery_decision;
        if (!ends || event.message.kind != MessageKind::recovery_reply) {
            compare(piece, ghosts, random);
            return happened.after;
        }
        // The last reply is counted; then it decides.
        State counted = before;
        counted.under_way.erase(counted.under_way.begin() + static_cast<std::ptrdiff_t>(event.position));
        auto& recovery = counted.process(event.process).recovery;
        recovery.replied.insert(event.message.sender);
        recovery.known = join(recovery.known, event.message.low_sn);
        piece.after = counted;
        compare(piece, ghosts, random);
        compare({.actor = event.process, .taken = {}, .decides = true, .before = counted, .after = happened.after},
                ghosts, random);
        ++report_.recoveries;
        return happened.after;
    }

    // What is none of that recovery's business may let a process learn, and nothing else: messages of others, too.
    static ActionId action_of(const Piece& piece, impl::Incarnation incarnation) {
        const Process& before = piece.before.process(piece.actor);
        const Process& after = piece.after.process(piece.actor);
        if (piece.decides && after.recovery.incarnation == incarnation)
            return ActionId::decides;
        const bool is_held = after.recovery.held.size() > before.recovery.held.size();
        if (piece.taken && piece.taken->incarnation == incarnation && !is_held) {
            if (piece.taken->kind == MessageKind::recovery_announcement)
                return ActionId::hears_announcement;
            if (piece.taken->kind == MessageKind::recovery_reply)
                return ActionId::hears_reply;
            if (piece.taken->kind == MessageKind::recovery_decision)
                return ActionId::hears_decision;
        }
        if (before.recovery.incarnation < incarnation && after.recovery.incarnation == incarnation)
            return ActionId::announces;
        if (before.recovery.incarnation != after.recovery.incarnation)
            return ActionId::moves_on;
        return ActionId::learns;
    }

    void note(const Piece& piece, impl::Incarnation incarnation, ActionId action, Ghost& ghost) const {
        const Process& before = piece.before.process(piece.actor);
        const Process& after = piece.after.process(piece.actor);
        if (after.recovery.incarnation == incarnation && !after.runs() && !ghost.offered.contains(piece.actor))
            ghost.offered[piece.actor] = before.validated();
        if (action != ActionId::decides)
            return;
        if (!ghost.settled) {
            ghost.value = before.recovery.known;
            ghost.first = piece.actor;
        }
        ghost.settled = true;
        ghost.deciders.push_back(piece.actor);
    }

    void compare(const Piece& piece, Ghosts& ghosts, Random& random) {
        const impl::Incarnation last = piece.after.process(piece.actor).recovery.incarnation + 1;
        for (impl::Incarnation incarnation = 1; incarnation <= last; ++incarnation) {
            const ActionId action = action_of(piece, incarnation);
            const Ghost before = ghosts[incarnation];
            note(piece, incarnation, action, ghosts[incarnation]);
            for (std::uint64_t left = options_.windows_max; left > 0; --left)
                look(piece, action, before, ghosts[incarnation],
                     drawn_view(piece.before, piece.actor, incarnation, random));
        }
    }

    void look(const Piece& piece, ActionId action, const Ghost& before, const Ghost& after, const View& view) {
        Transition<Concrete> seen;
        seen.before = window_of(piece.before, before, view);
        seen.after = window_of(piece.after, after, view);
        Happening<Concrete>& happening = seen.happening;
        bool sender_shown = false;
        for (std::size_t place = 0; place < peers_shown; ++place) {
            happening.acts[place] = view.shown[place] == piece.actor;
            happening.from[place] = piece.taken && view.shown[place] == piece.taken->sender;
            sender_shown = sender_shown || happening.from[place];
            report_.steps_by_action[static_cast<std::size_t>(action)] += happening.acts[place];
            report_.left += happening.acts[place] && seen.before.peers[place].at && !seen.after.peers[place].at;
        }
        if (piece.taken && !sender_shown) {
            happening.sender = number_of(piece.taken->sender);
            happening.hidden_decision = action == ActionId::hears_decision;
            (happening.hidden_decision ? happening.decision_sn : happening.sn) = piece.taken->low_sn[view.entry];
        }
        if (piece.decides)
            happening.sn = piece.before.process(piece.actor).recovery.known[view.entry];
        ++report_.windows;
        const std::string name = actions_[static_cast<std::size_t>(action)].name;
        watch_.look(reading_, name, seen, run_);
        if (const std::string objection = reading_.objection(static_cast<std::size_t>(action), seen);
            !objection.empty())
            fail(name + ": " + objection);
        if (!options_.judge_lemmas)
            return;
        for (const std::string& lemma : reading_.false_lemmas(seen))
            fail(name + ": lemma " + lemma + " is false in a state that can be reached");
    }

    const std::vector<Action>& actions_;
    const TieOptions& options_;
    Reading reading_;
    FailureWatch watch_;
    std::vector<std::string> run_; // the events so far
    TieReport report_;
};

} // namespace

void TieReport::add(const TieReport& other) {
    events += other.events;
    windows += other.windows;
    for (std::size_t action = 0; action < action_count; ++action)
        steps_by_action[action] += other.steps_by_action[action];
    recoveries += other.recoveries;
    yields += other.yields;
    left += other.left;
    handed_on += other.handed_on;
    for (const auto& [name, occurrence] : other.met) {
        Occurrence& known = met[name];
        const bool is_reached = known.reached;
        if (!is_reached)
            known.looked.insert(known.looked.end(), occurrence.looked.begin(), occurrence.looked.end());
        if (!is_reached && occurrence.reached) {
            known.reached = true;
            known.run = occurrence.run;
        }
    }
    if (failure.empty())
        failure = other.failure;
}

std::vector<std::string> TieReport::not_met() const {
    std::vector<std::string> all;
    const std::vector<Action> known = actions();
    for (std::size_t action = 0; action < action_count; ++action)
        if (steps_by_action[action] == 0)
            all.push_back("no step was compared with the action " + std::string(known[action].name));
    if (recoveries == 0)
        all.emplace_back("no recovery was met that somebody has decided");
    if (yields == 0)
        all.emplace_back("no coordinator was met that has given way");
    if (handed_on == 0)
        all.emplace_back("no coordinator was met that hands on a decision it heard");
    if (left == 0)
        all.emplace_back("no process was met that goes on to the next recovery");
    return all;
}

TieReport tie(const std::vector<Action>& actions, const TieOptions& options) {
    return Comparison(actions, options).run();
}

} // namespace mdcd::model::proof::agreement
