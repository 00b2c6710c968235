// Random runs of two ends, of which one sends. Each step is one call of impl/link.hpp, or a crash.
// States no rule: what leaves, and what is taken, impl decides.
#include "model/proof/link_tie.hpp"

#include <algorithm>
#include <optional>

#include "checker/random.hpp"
#include "model/proof/argument_reading.hpp"

namespace mdcd::model::proof::link {

using checker::Random;

namespace {

constexpr std::size_t capacity = 3;
using End = impl::LinkEnd<std::int64_t, capacity>;
using Stable = impl::LinkStable<std::int64_t, capacity>;
using Frame = impl::LinkFrame<std::int64_t>;
using History = std::vector<std::int64_t>; // payloads, from message 1 on

// Of one end: what it is, what a transaction under way holds, and what is stored; each with what its process has said
// or taken.
struct Place {
    End end;
    History history;
    bool storing = false;
    Stable written;
    History written_history;
    Stable stored;
    History stored_history;
};
struct Pair {
    Place sender;
    Place receiver;
    std::vector<Frame> frames;           // under way; each may arrive any number of times
    std::vector<Frame> acknowledgements; // ..
    std::int64_t last_payload = 0;
};

std::int64_t at(const History& history, std::int64_t number) {
    return number <= std::ssize(history) ? history[static_cast<std::size_t>(number - 1)] : 0;
}

Sending<Concrete> sending_of(const Stable& stable, const History& history, std::int64_t number) {
    const auto wanted = static_cast<impl::LinkNumber>(number);
    Sending<Concrete> part;
    part.accepted = static_cast<std::int64_t>(stable.accepted);
    part.acknowledged = static_cast<std::int64_t>(stable.acknowledged);
    part.said = at(history, number);
    if (stable.acknowledged < wanted && wanted <= stable.accepted)
        part.kept = stable.unacknowledged[wanted % capacity];
    return part;
}
Taking<Concrete> taking_of(const Stable& stable, const History& history, std::int64_t number) {
    return {.taken = static_cast<std::int64_t>(stable.taken), .got = at(history, number)};
}

struct Subject {
    std::int64_t number = 1;
    std::optional<Frame> frame;
    std::optional<Frame> acknowledgement;
};

bool is_among(const std::vector<Frame>& frames, const std::optional<Frame>& frame) {
    return frame && std::ranges::find(frames, *frame) != frames.end();
}

Window<Concrete> window_of(const Pair& pair, const Subject& subject) {
    const Place& from = pair.sender;
    const Place& to = pair.receiver;
    const auto number = static_cast<impl::LinkNumber>(subject.number);
    Window<Concrete> window;
    window.number = subject.number;
    window.capacity = capacity;
    window.now = sending_of(from.end.stable, from.history, subject.number);
    window.storing = from.storing;
    window.written = sending_of(from.written, from.written_history, subject.number);
    window.stored = sending_of(from.stored, from.stored_history, subject.number);
    window.marked = static_cast<std::int64_t>(from.end.stored.accepted);
    window.sent = static_cast<std::int64_t>(from.end.sent);
    window.taking = taking_of(to.end.stable, to.history, subject.number);
    window.taking_storing = to.storing;
    window.taking_written = taking_of(to.written, to.written_history, subject.number);
    window.taking_stored = taking_of(to.stored, to.stored_history, subject.number);
    window.taken_marked = static_cast<std::int64_t>(to.end.stored.taken);
    // Of the numbers that share its entry only one can be held.
    if (number > to.end.stable.taken && number - to.end.stable.taken <= capacity)
        window.arrived = to.end.arrived[number % capacity].value_or(0);
    if (is_among(pair.frames, subject.frame)) {
        window.frame = true;
        window.frame_number = static_cast<std::int64_t>(subject.frame->number);
        window.frame_payload = subject.frame->number == number ? subject.frame->payload : 0;
        window.frame_confirmed = static_cast<std::int64_t>(subject.frame->confirmed);
    }
    if (is_among(pair.acknowledgements, subject.acknowledgement)) {
        window.acknowledgement = true;
        window.acknowledged = static_cast<std::int64_t>(subject.acknowledgement->acknowledged);
    }
    return window;
}

// What a step was about, beside the two states.
struct Done {
    ActionId action = ActionId::submits;
    std::int64_t payload = 0;
    impl::LinkNumber heard = 0;
    std::int64_t heard_payload = 0;
};

void write(Place& place, const impl::LinkRules& rules) {
    place.storing = true;
    place.written = impl::to_store(place.end, rules);
    place.written_history = place.history;
}
void store(Place& place) {
    place.storing = false;
    place.stored = place.written;
    place.stored_history = place.written_history;
}
void crash(Place& place) {
    place.storing = false;
    place.end = impl::restarted<capacity>(place.stored);
    place.history = place.stored_history;
}
void leave(std::vector<Frame>& frames, const Frame& frame) {
    frames.push_back(frame);
    if (frames.size() > 6)
        frames.erase(frames.begin()); // lost
}

// What a transaction or a crash does to one end; nothing if it cannot be now.
std::optional<Done> stored_step(Place& place, ActionId action, bool writes, bool stores, const impl::LinkRules& rules,
                                Random& random) {
    if ((writes && place.storing) || (stores && !place.storing))
        return std::nullopt;
    if (writes)
        write(place, rules);
    else if (stores)
        store(place);
    else if (random.one_in(3)) // less often
        crash(place);
    else
        return std::nullopt;
    return Done{.action = action};
}

std::optional<Done> submitted(Pair& pair, const impl::LinkRules& rules) {
    const std::int64_t payload = pair.last_payload + 1;
    if (impl::submit(pair.sender.end, payload, rules) != impl::LinkSubmission::accepted)
        return std::nullopt;
    pair.last_payload = payload;
    pair.sender.history.push_back(payload);
    return Done{.action = ActionId::submits, .payload = payload};
}

// A frame leaves.
std::optional<Done> left(End& end, std::vector<Frame>& frames, ActionId action, const impl::LinkRules& rules) {
    const std::optional<Frame> frame = impl::next_frame(end, rules);
    if (!frame)
        return std::nullopt;
    leave(frames, *frame);
    return Done{.action = action};
}

// One that is under way arrives, and may do so again.
std::optional<Done> heard(End& end, const std::vector<Frame>& frames, ActionId action, const impl::LinkRules& rules,
                          Random& random, std::uint64_t& duplicates) {
    if (frames.empty())
        return std::nullopt;
    const Frame& frame = frames[random.below(frames.size())];
    duplicates += impl::receive(end, frame, rules) == impl::LinkReceipt::duplicate;
    if (action == ActionId::hears_acknowledgement)
        return Done{.action = action, .heard = frame.acknowledged};
    return Done{.action = action, .heard = frame.number, .heard_payload = frame.payload};
}

std::optional<Done> taken(Pair& pair) {
    const std::optional<std::int64_t> payload = impl::take(pair.receiver.end);
    if (!payload)
        return std::nullopt;
    pair.receiver.history.push_back(*payload);
    return Done{.action = ActionId::takes, .heard = pair.receiver.end.stable.taken, .heard_payload = *payload};
}

// One step; nothing if it cannot be now.
std::optional<Done> done(Pair& pair, ActionId action, const impl::LinkRules& rules, Random& random,
                         std::uint64_t& duplicates) {
    Place& sender = pair.sender;
    Place& receiver = pair.receiver;
    switch (action) {
    case ActionId::submits:
        return submitted(pair, rules);
    case ActionId::sender_writes:
        return stored_step(sender, action, true, false, rules, random);
    case ActionId::receiver_writes:
        return stored_step(receiver, action, true, false, rules, random);
    case ActionId::sender_stores:
        return stored_step(sender, action, false, true, rules, random);
    case ActionId::receiver_stores:
        return stored_step(receiver, action, false, true, rules, random);
    case ActionId::sender_crashes:
        return stored_step(sender, action, false, false, rules, random);
    case ActionId::receiver_crashes:
        return stored_step(receiver, action, false, false, rules, random);
    case ActionId::sender_is_told:
        impl::was_stored(sender.end, sender.stored);
        return Done{.action = action};
    case ActionId::receiver_is_told:
        impl::was_stored(receiver.end, receiver.stored);
        return Done{.action = action};
    case ActionId::sends:
        return left(sender.end, pair.frames, action, rules);
    case ActionId::sends_again:
        impl::begin_session(sender.end, rules);
        return Done{.action = action};
    case ActionId::hears_acknowledgement:
        return heard(sender.end, pair.acknowledgements, action, rules, random, duplicates);
    case ActionId::receives:
        return heard(receiver.end, pair.frames, action, rules, random, duplicates);
    case ActionId::takes:
        return taken(pair);
    case ActionId::acknowledges:
        receiver.end.told = 0; // as a new session has it
        return left(receiver.end, pair.acknowledgements, action, rules);
    }
    return std::nullopt;
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
        for (std::uint64_t walk = 0; walk < options_.walks && report_.failure.empty(); ++walk) {
            Random random(options_.seed, walk);
            Pair pair;
            run_.clear();
            if (!reading_.is_initial(window_of(pair, {})))
                report_.failure = "the beginning of the proof is not that of the implementation";
            for (std::uint64_t left = options_.steps_max; left > 0 && report_.failure.empty(); --left)
                go_on(pair, random);
        }
        report_.met = watch_.found(std::to_string(options_.walks) + " random runs", report_.steps);
        return report_;
    }

private:
    void go_on(Pair& pair, Random& random) {
        const Pair before = pair;
        const std::optional<Done> step =
            done(pair, static_cast<ActionId>(random.below(action_count)), options_.rules, random, report_.duplicates);
        if (!step) {
            pair = before;
            return;
        }
        ++report_.steps;
        run_.emplace_back(actions_[static_cast<std::size_t>(step->action)].sentence);
        ++report_.steps_by_action[static_cast<std::size_t>(step->action)];
        for (std::uint64_t left = options_.windows_max; left > 0; --left) {
            Subject subject;
            subject.number = 1 + static_cast<std::int64_t>(random.below(before.sender.end.stable.accepted + 2));
            if (step->heard > 0 && random.one_in(2))
                subject.number = static_cast<std::int64_t>(step->heard);
            if (!pair.frames.empty())
                subject.frame = random.one_in(2) ? pair.frames.back() : pair.frames[random.below(pair.frames.size())];
            if (!pair.acknowledgements.empty())
                subject.acknowledgement = pair.acknowledgements[random.below(pair.acknowledgements.size())];
            look(before, pair, *step, subject);
        }
    }

    void look(const Pair& before, const Pair& after, const Done& step, const Subject& subject) {
        Transition<Concrete> seen;
        seen.before = window_of(before, subject);
        seen.after = window_of(after, subject);
        seen.payload = step.payload;
        seen.heard = static_cast<std::int64_t>(step.heard);
        if (seen.heard == subject.number || step.action == ActionId::takes)
            seen.heard_payload = step.heard_payload;
        ++report_.windows;
        const std::string name = actions_[static_cast<std::size_t>(step.action)].name;
        const auto fail = [&](const std::string& what) {
            if (report_.failure.empty())
                report_.failure = name + ": " + what;
        };
        watch_.look(reading_, name, seen, run_);
        if (const std::string objection = reading_.objection(static_cast<std::size_t>(step.action), seen);
            !objection.empty())
            fail(objection);
        if (!options_.judge_lemmas)
            return;
        for (const std::string& each : reading_.false_lemmas(seen))
            fail(each + " is false in a state that can be reached");
        for (const std::string& each : reading_.false_claims(seen))
            fail(each + " is false in a state that can be reached");
    }

    const std::vector<Action>& actions_;
    const TieOptions& options_;
    Reading reading_;
    FailureWatch watch_;
    std::vector<std::string> run_; // what happened so far
    TieReport report_;
};

} // namespace

std::vector<std::string> TieReport::not_met() const {
    std::vector<std::string> all;
    const std::vector<Action> known = actions();
    for (std::size_t action = 0; action < action_count; ++action)
        if (steps_by_action[action] == 0)
            all.push_back("no step was compared with the action " + std::string(known[action].name));
    if (duplicates == 0)
        all.emplace_back("no frame was met that brought what was known");
    return all;
}

TieReport tie(const std::vector<Action>& actions, const TieOptions& options) {
    return Comparison(actions, options).run();
}

} // namespace mdcd::model::proof::link
