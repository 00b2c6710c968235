// A state of a system of seats, for claims about it: who is where, what each one has done and has heard.
// Knows no claim.
#pragma once

#include <array>
#include <vector>

#include "model/upgrade/crashing_seat.hpp"
#include "model/upgrade/linked_seat.hpp"

namespace mdcd::model::upgrade {

class View {
public:
    View(const actors::SystemState& system, const impl::Seats& seats) : seats_(seats) {
        std::size_t index = 0;
        seats.for_each([&](impl::SeatId seat) {
            const actors::Id id(index++);
            const bool is_down = system.is_down(id);
            states_[seat.component][seat.seat] = state_of(system, id, is_down);
            down_seats_[seat.component][seat.seat] = is_down;
            all_.push_back(seat);
        });
        messages_under_way_ = system.messages_under_way();
    }

    [[nodiscard]] const std::vector<impl::SeatId>& all() const { return all_; }
    [[nodiscard]] std::uint8_t components() const { return seats_.components; }
    [[nodiscard]] const Seat::State& at(impl::SeatId seat) const { return *states_[seat.component][seat.seat]; }
    [[nodiscard]] const Upgrade& upgrade(impl::SeatId seat) const { return at(seat).upgrade; }
    [[nodiscard]] const History* history(impl::SeatId seat) const { return history_of(at(seat).process); }
    [[nodiscard]] bool is_down(impl::SeatId seat) const { return down_seats_[seat.component][seat.seat]; }
    [[nodiscard]] bool runs(impl::SeatId seat) const {
        return upgrade(seat).phase == impl::ChangePhase::running && !is_down(seat);
    }
    [[nodiscard]] bool is_dirty(impl::SeatId seat) const {
        const Process& process = at(seat).process;
        if (const auto* active = std::get_if<Active>(&process))
            return active->guarded.dirty;
        if (const auto* shadow = std::get_if<Shadow>(&process))
            return shadow->guarded.dirty;
        return std::holds_alternative<Low>(process);
    }

    template <class Holds> [[nodiscard]] bool every(Holds holds) const {
        for (const impl::SeatId seat : all_)
            if (!holds(seat))
                return false;
        return true;
    }
    template <class Holds> [[nodiscard]] bool some(Holds holds) const {
        return !every([&](impl::SeatId seat) { return !holds(seat); });
    }

    // Nothing is under way, nobody waits for anything.
    [[nodiscard]] bool is_quiet() const {
        return messages_under_way_ == 0 && every([&](impl::SeatId seat) {
                   return runs(seat) && upgrade(seat).held.empty() && at(seat).waiting.empty();
               });
    }

    // Of all seats in a quiet state.
    [[nodiscard]] bool has_two(std::uint8_t component) const { return upgrade(all_[0]).upgraded.contains(component); }
    [[nodiscard]] impl::SeatId old_seat(std::uint8_t component) const { // or the only one
        return {component, static_cast<std::uint8_t>(upgrade(all_[0]).second_seat.contains(component) ? 1 : 0)};
    }
    [[nodiscard]] impl::SeatId new_seat(std::uint8_t component) const {
        const impl::SeatId seat = old_seat(component);
        return has_two(component) ? impl::SeatId{component, static_cast<std::uint8_t>(1 - seat.seat)} : seat;
    }
    // Whose messages of `sender` the version in seat `receiver` gets.
    [[nodiscard]] impl::SeatId source(std::uint8_t sender, impl::SeatId receiver) const {
        const bool is_old = has_two(receiver.component) && receiver == old_seat(receiver.component);
        return is_old ? old_seat(sender) : new_seat(sender);
    }

    // By tests that passed anywhere, or because a commit says so.
    [[nodiscard]] NewMessages proved() const {
        NewMessages all = 0;
        for (const impl::SeatId seat : all_)
            all |= at(seat).record.proved;
        return all;
    }
    [[nodiscard]] NewMessages valid() const {
        NewMessages all = proved();
        for (const impl::SeatId seat : all_)
            all |= at(seat).record.declared;
        return all;
    }

    [[nodiscard]] bool has_ended(impl::SeatId seat, impl::Outcome outcome) const {
        for (const impl::Ending& ending : upgrade(seat).endings)
            if (ending.outcome == outcome)
                return true;
        return false;
    }
    [[nodiscard]] bool has_just_ended(impl::SeatId seat, impl::Outcome outcome) const {
        const auto& endings = upgrade(seat).endings;
        return !endings.empty() && endings[endings.size() - 1].outcome == outcome;
    }

private:
    // Of one that is down: what is stored.
    static const Seat::State* state_of(const actors::SystemState& system, actors::Id id, bool is_down) {
        if (system.is<LinkedSeat>(id))
            return is_down ? &system.durable<LinkedSeat>(id).seat : &system.actor<LinkedSeat>(id).now().seat;
        if (system.is<CrashingSeat>(id))
            return is_down ? &system.durable<CrashingSeat>(id).stored : &system.actor<CrashingSeat>(id).now;
        return &system.actor<Seat>(id);
    }

    impl::Seats seats_;
    std::array<std::array<const Seat::State*, 2>, components_max> states_{};
    std::array<std::array<bool, 2>, components_max> down_seats_{};
    std::vector<impl::SeatId> all_;
    std::size_t messages_under_way_ = 0;
};

} // namespace mdcd::model::upgrade
