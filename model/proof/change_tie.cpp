// Random runs of seats that begin, commit, abort and recover (change_system.hpp). What a seat has held is taken one
// message after the other. Judges no claim.
#include "model/proof/change_tie.hpp"

#include <algorithm>

#include "model/proof/argument_reading.hpp"
#include "model/proof/change_view.hpp"

namespace mdcd::model::proof::change {

using checker::Random;
using impl::ChangeKind;
using impl::ChangePhase;
using impl::Outcome;

namespace {

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
        constexpr std::array<impl::Seats, 3> members{{{.components = 2, .upgradable = {1}},
                                                      {.components = 3, .upgradable = {2}},
                                                      {.components = 2, .upgradable = {3}}}};
        for (std::uint64_t walk = 0; walk < options_.walks && report_.failure.empty(); ++walk) {
            Random random(options_.seed, walk);
            State state = initial_state(members[walk % members.size()], options_.protocol, options_.upgrade_rules);
            run_.clear();
            ghosts_.clear();
            last_ = 0;
            look_at_start(state, random);
            for (std::uint64_t left = options_.events_max; left > 0 && report_.failure.empty(); --left)
                if (const std::optional<Event> event = drawn_event(state, random)) {
                    ++report_.events;
                    run_.push_back(text_of(*event));
                    state = go_through(state, *event, random);
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

    View drawn_view(const State& state, SeatId actor, impl::Incarnation incarnation, Random& random) const {
        std::vector<SeatId> all;
        for (const Seat& each : state.seats)
            all.push_back(each.id);
        View view;
        view.incarnation = incarnation;
        view.entry = random.below(state.members.components);
        for (std::size_t place = 0; place < seats_shown; ++place)
            std::swap(all[place], all[place + random.below(all.size() - place)]);
        if (const auto found = std::ranges::find(all, actor); random.one_in(2)) // the actor first
            std::swap(all[0], *found);
        std::copy_n(all.begin(), seats_shown, view.shown.begin());
        return view;
    }

    // A change can begin when the one before it is decided.
    void look_at_start(const State& state, Random& random) {
        ++last_;
        if (last_ > 1)
            ghosts_[last_].under_way = ghosts_[last_ - 1].value.outcome == Outcome::begun;
        Transition<Concrete> seen;
        seen.before = window_of(state, ghosts_[last_], drawn_view(state, state.seats[0].id, last_, random));
        if (!reading_.is_initial(seen.before))
            fail("the beginning of the proof is not that of the implementation");
    }

    // One handler call after the other, as if nothing had been held.
    State go_through(const State& state, const Event& event, Random& random) {
        const State whole = apply(state, event).after;
        State now = state;
        Seat& seat = now.seat(event.seat);
        const std::vector<impl::HeldMessage<Idle>> later(seat.upgrade.held.begin(), seat.upgrade.held.end());
        const bool resumes = whole.seat(event.seat).upgrade.endings.size() > seat.upgrade.endings.size() ||
                             (seat.upgrade.phase == ChangePhase::starting && event.kind == EventKind::arrives &&
                              event.message.kind == ChangeKind::start);
        if (!resumes)
            return take(now, event, random);
        seat.upgrade.held.clear();
        for (const impl::HeldMessage<Idle>& each : later)
            now.under_way.push_back({each.from, event.seat, each.message});
        now = take(now, event, random);
        for (const impl::HeldMessage<Idle>& each : later) {
            Event next = event;
            next.kind = EventKind::arrives;
            next.from = each.from;
            next.message = each.message;
            const auto found = std::ranges::find(now.under_way, Sent{each.from, event.seat, each.message});
            next.position = static_cast<std::size_t>(found - now.under_way.begin());
            now = go_through(now, next, random); // a start is held, too
        }
        if (!(now.seat(event.seat) == whole.seat(event.seat)))
            fail("what was held is received otherwise than one after the other");
        now.under_way = whole.under_way;
        return now;
    }

    State take(const State& before, const Event& event, Random& random) {
        const Happened happened = apply(before, event);
        for (const impl::ChangeEvent each : happened.events) {
            report_.yields += each == impl::ChangeEvent::yielded;
            report_.refused += each == impl::ChangeEvent::decided_to_recover;
        }
        const State& after = happened.after;
        Piece piece{.actor = event.seat, .kind = event.kind, .taken = {}, .before = before, .after = after};
        if (event.kind == EventKind::arrives)
            piece.taken = Sent{event.from, event.seat, event.message};
        const auto& was = piece.was().upgrade;
        const bool decides =
            was.phase == ChangePhase::coordinating && piece.is().upgrade.endings.size() > was.endings.size();
        if (decides && piece.taken && piece.taken->message.kind == ChangeKind::reply) { // it is counted first
            piece.after = before;
            piece.after.under_way.erase(piece.after.under_way.begin() + static_cast<std::ptrdiff_t>(event.position));
            auto& upgrade = piece.after.seat(event.seat).upgrade;
            upgrade.replied.insert(event.from);
            upgrade.known = join(upgrade.known, event.message.message.low_sn);
            upgrade.objected = upgrade.objected || event.message.objects;
            compare(piece, random);
            piece.before = piece.after;
            piece.after = after;
        }
        piece.decides = decides;
        if (decides)
            piece.taken = {};
        compare(piece, random);
        return after;
    }

    void note(const Piece& piece, impl::Incarnation incarnation, ActionId action, Ghost& ghost) {
        const auto& upgrade = piece.is().upgrade;
        if (upgrade.incarnation == incarnation && waits(piece.is()) && !ghost.offered.contains(piece.actor)) {
            ghost.offered[piece.actor] = piece.was().validated();
            ghost.refused[piece.actor] = ghost.under_way ? upgrade.failed : !upgrade.catch_up.is_over();
        }
        if (action != ActionId::decides)
            return;
        const Outcome outcome = upgrade.endings[incarnation - 1].outcome;
        if (!ghost.settled) {
            // By what it has been told, and not by what it makes of it.
            ghost.value = {outcome, piece.was().upgrade.known};
            ghost.first = piece.actor;
        }
        ghost.settled = true;
        ghost.deciders.push_back(piece.actor);
        report_.begun += outcome == Outcome::begun;
        report_.unchanged += outcome == Outcome::unchanged;
        report_.committed += outcome == Outcome::committed;
        report_.recovered += outcome == Outcome::recovered;
    }

    void compare(const Piece& piece, Random& random) {
        const bool is_early = piece.taken && is_of_agreement(piece.taken->message.kind) &&
                              piece.taken->message.message.incarnation > last_;
        if (is_early || piece.is().upgrade.incarnation > last_)
            fail("a change begins before the one before it is decided");
        const impl::Incarnation last = last_;
        for (impl::Incarnation incarnation = 1; incarnation <= last; ++incarnation) {
            const ActionId action = action_of(piece, incarnation);
            const Ghost before = ghosts_[incarnation];
            note(piece, incarnation, action, ghosts_[incarnation]);
            for (std::uint64_t left = options_.windows_max; left > 0; --left)
                look(piece, action, before, ghosts_[incarnation],
                     drawn_view(piece.before, piece.actor, incarnation, random));
        }
        if (ghosts_[last].settled)
            look_at_start(piece.after, random);
    }

    Happening<Concrete> happening_of(const Piece& piece, ActionId action, const View& view) {
        Happening<Concrete> happening;
        bool sender_shown = false;
        bool actor_shown = false;
        for (std::size_t place = 0; place < seats_shown; ++place) {
            happening.acts[place] = view.shown[place] == piece.actor;
            happening.from[place] = piece.taken && view.shown[place] == piece.taken->from;
            actor_shown = actor_shown || happening.acts[place];
            sender_shown = sender_shown || happening.from[place];
        }
        if (piece.taken) {
            const Message& message = piece.taken->message;
            if (!sender_shown)
                happening.sender = number_of(piece.taken->from);
            happening.incarnation = message.message.incarnation;
            happening.is_announcement = message.kind == ChangeKind::announcement;
            happening.is_reply = message.kind == ChangeKind::reply;
            happening.asks_begin = message.intent == impl::Intent::begin;
            happening.asks_commit = message.intent == impl::Intent::commit;
            happening.sn = message.message.low_sn[view.entry];
            happening.objects = message.objects;
            happening.is_begin = is_begin(message.outcome);
            happening.is_granted = is_granted(message.outcome);
            happening.hidden_announcement = !sender_shown && action == ActionId::hears_announcement;
            happening.hidden_decision = !sender_shown && action == ActionId::hears_decision;
        }
        if (action == ActionId::decides) {
            const Outcome outcome = piece.is().upgrade.endings[view.incarnation - 1].outcome;
            happening.sn = piece.was().upgrade.known[view.entry];
            happening.is_begin = is_begin(outcome);
            happening.is_granted = is_granted(outcome);
        }
        happening.hidden_later =
            !actor_shown && action == ActionId::goes_on && piece.is().upgrade.incarnation > view.incarnation;
        return happening;
    }

    void look(const Piece& piece, ActionId action, const Ghost& before, const Ghost& after, const View& view) {
        Transition<Concrete> seen;
        seen.before = window_of(piece.before, before, view);
        seen.after = window_of(piece.after, after, view);
        seen.happening = happening_of(piece, action, view);
        for (std::size_t place = 0; place < seats_shown; ++place) {
            report_.steps_by_action[static_cast<std::size_t>(action)] += seen.happening.acts[place];
            report_.stale += seen.happening.acts[place] && action == ActionId::takes_another &&
                             seen.happening.incarnation < seen.before.incarnation &&
                             (seen.before.peers[place].halted || seen.before.peers[place].coordinating);
        }
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
    Ghosts ghosts_;
    impl::Incarnation last_ = 0; // change that can have begun
    TieReport report_;
};

} // namespace

void TieReport::add(const TieReport& other) {
    events += other.events;
    windows += other.windows;
    for (std::size_t action = 0; action < action_count; ++action)
        steps_by_action[action] += other.steps_by_action[action];
    begun += other.begun;
    unchanged += other.unchanged;
    committed += other.committed;
    recovered += other.recovered;
    refused += other.refused;
    yields += other.yields;
    stale += other.stale;
    met.insert(other.met.begin(), other.met.end());
    if (failure.empty())
        failure = other.failure;
}

std::vector<std::string> TieReport::not_met() const {
    std::vector<std::string> all;
    const std::vector<Action> known = actions();
    for (std::size_t action = 0; action < action_count; ++action)
        if (steps_by_action[action] == 0)
            all.push_back("no step was compared with the action " + std::string(known[action].name));
    if (begun == 0 || unchanged == 0 || committed == 0 || recovered == 0)
        all.emplace_back("not each of the outcomes begun, unchanged, committed and recovered was met");
    if (refused == 0)
        all.emplace_back("no commit was met that became a recovery");
    if (yields == 0)
        all.emplace_back("no coordinator was met that has given way");
    if (stale == 0)
        all.emplace_back("no seat was met that waits and gets a message of a change that is over");
    return all;
}

TieReport tie(const std::vector<Action>& actions, const TieOptions& options) {
    return Comparison(actions, options).run();
}

} // namespace mdcd::model::proof::change
