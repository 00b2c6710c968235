// Runs impl's handlers of upgrades on any number of seats, with what is under way between them.
// States no rule: what a message does, impl decides.
#include "model/proof/change_system.hpp"

#include <algorithm>

namespace mdcd::model::proof::change {

using impl::ChangeKind;

namespace {

constexpr std::size_t held_max = 6; // ends a run before impl would

const char* words_for(ChangeKind kind) {
    switch (kind) {
    case ChangeKind::announcement:
        return "the announcement";
    case ChangeKind::reply:
        return "the reply";
    case ChangeKind::marker:
        return "the marker";
    case ChangeKind::decision:
        return "the decision";
    case ChangeKind::start:
        return "the start";
    case ChangeKind::ordinary:
        break;
    }
    return "passed_AT";
}
std::string name_of_seat(SeatId seat) {
    return std::to_string(seat.component + 1) + (seat.seat == 0 ? "a" : "b");
}

bool has_place(const State& state, const Seat& seat) {
    return seat.upgrade.held.size() < held_max && state.under_way.size() < 10 * state.seats.size();
}

// What `handle` does to one seat, and what it sends.
template <class Handle> void with_handler(Happened& happened, SeatId id, Handle handle) {
    State& state = happened.after;
    Seat& seat = state.seat(id);
    const impl::UpgradeConstants constants{
        .self = id, .seats = state.members, .rules = state.rules, .upgrade_rules = state.upgrade_rules};
    impl::ChangeOutbox<Idle> outbox;
    impl::Notes notes;
    const impl::SeatStep<Idle> step{constants, seat.process, seat.upgrade, outbox, notes, happened.events};
    impl::UpgradeHandler<Idle> handler(step);
    handle(handler);
    for (const auto& each : outbox)
        if (!each.to_device)
            state.under_way.push_back({id, each.receiver, each.message});
}

void learn(Seat& seat, const impl::SequenceVector& numbers) {
    std::visit(
        [&](auto& part) {
            if constexpr (requires { part.guarded; })
                part.guarded.valid_sn = join(part.guarded.valid_sn, numbers);
            else if constexpr (requires { part.valid_sn; })
                part.valid_sn = join(part.valid_sn, numbers);
        },
        seat.process);
}

// It has learned of a test that passed, and tells everybody.
void tell(State& state, const Event& event) {
    Seat& seat = state.seat(event.seat);
    learn(seat, event.numbers);
    Message message;
    message.message.kind = impl::MessageKind::passed_at;
    message.message.low_sn = seat.validated();
    message.message.incarnation = seat.upgrade.incarnation;
    for (const Seat& each : state.seats)
        if (each.id != event.seat)
            state.under_way.push_back({event.seat, each.id, message});
}

} // namespace

impl::SequenceVector Seat::validated() const {
    return impl::validated_by<Idle>(process);
}

const Seat& State::seat(SeatId id) const {
    return *std::ranges::find(seats, id, &Seat::id);
}
Seat& State::seat(SeatId id) {
    return *std::ranges::find(seats, id, &Seat::id);
}

State initial_state(const impl::Seats& members, const impl::Rules& rules, const impl::UpgradeRules& upgrade_rules) {
    State state{members, rules, upgrade_rules, {}, {}};
    members.for_each([&](SeatId id) {
        Seat& seat = state.seats.emplace_back();
        seat.id = id;
        if (id.seat == 0) {
            impl::ActiveProcess<Idle> process;
            process.id = impl::active_id(id.component);
            seat.process = process;
        }
    });
    return state;
}

std::string text_of(const Event& event) {
    const std::string who = name_of_seat(event.seat);
    switch (event.kind) {
    case EventKind::begins:
        return "an operator wants to begin at " + who;
    case EventKind::commits:
        return "an operator wants to commit at " + who;
    case EventKind::aborts:
        return "an operator wants to abort at " + who;
    case EventKind::fails:
        return who + " fails an acceptance test";
    case EventKind::tells:
        return who + " passes an acceptance test and tells the others";
    case EventKind::catches_up:
        return who + " has caught up";
    case EventKind::arrives:
        break;
    }
    return who + " gets " + words_for(event.message.kind) + " of " + name_of_seat(event.from) + ", incarnation " +
           std::to_string(event.message.message.incarnation);
}

std::optional<Event> drawn_event(const State& state, checker::Random& random) {
    Event event;
    if (!state.under_way.empty() && !random.one_in(6)) {
        event.kind = EventKind::arrives;
        event.position = random.below(state.under_way.size());
        const Sent& sent = state.under_way[event.position];
        event.seat = sent.to;
        event.from = sent.from;
        event.message = sent.message;
        return has_place(state, state.seat(event.seat)) ? std::optional(event) : std::nullopt;
    }
    const Seat& seat = state.seats[random.below(state.seats.size())];
    event.seat = seat.id;
    if (!has_place(state, seat))
        return std::nullopt;
    const bool runs = seat.upgrade.phase == impl::ChangePhase::running;
    constexpr std::array kinds{EventKind::begins, EventKind::commits, EventKind::aborts,    EventKind::fails,
                               EventKind::fails,  EventKind::tells,   EventKind::catches_up};
    event.kind = kinds[random.below(kinds.size())];
    if (event.kind == EventKind::begins)
        while (event.components.empty())
            for (std::uint8_t component = 0; component < state.members.components; ++component)
                if (state.members.upgradable.contains(component) && random.one_in(2))
                    event.components.insert(component);
    for (std::size_t entry = 0; entry < state.members.components; ++entry)
        event.numbers[entry] = static_cast<impl::SequenceNumber>(random.below(6));
    // The application and operators wait; a test may fail at any time.
    return runs || event.kind == EventKind::fails ? std::optional(event) : std::nullopt;
}

Happened apply(const State& state, const Event& event) {
    Happened happened{.after = state, .events = {}};
    State& after = happened.after;
    switch (event.kind) {
    case EventKind::begins:
        with_handler(happened, event.seat, [&](auto& each) { static_cast<void>(each.begin(event.components)); });
        break;
    case EventKind::commits:
        with_handler(happened, event.seat, [](auto& each) { static_cast<void>(each.commit()); });
        break;
    case EventKind::aborts:
        with_handler(happened, event.seat, [](auto& each) { static_cast<void>(each.abort()); });
        break;
    case EventKind::fails:
        with_handler(happened, event.seat, [](auto& each) { each.fail_acceptance_test(); });
        break;
    case EventKind::tells:
        tell(after, event);
        break;
    case EventKind::catches_up:
        after.seat(event.seat).upgrade.catch_up = {};
        break;
    case EventKind::arrives:
        after.under_way.erase(after.under_way.begin() + static_cast<std::ptrdiff_t>(event.position));
        with_handler(happened, event.seat, [&](auto& each) { each.receive(event.from, event.message); });
        break;
    }
    return happened;
}

} // namespace mdcd::model::proof::change
