// One process at one end of a link, with its stable storage, as the checker explores it: what it decides to send, what
// it takes, and how much of both a crash leaves. Guards are written here once, for the steps and for the claims. Knows
// no search.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "impl/link.hpp"

namespace mdcd::tests::link {

using Content = std::uint8_t;
using Frame = impl::LinkFrame<Content>;
using Frames = std::vector<Frame>; // under way in one direction, the oldest first

struct Faults { // that are left
    std::uint8_t losses = 0;
    std::uint8_t repetitions = 0;
    std::uint8_t overtakings = 0;
    std::uint8_t crashes = 0;
    std::uint8_t breaks = 0;

    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("losses", self.losses);
        visit("repetitions", self.repetitions);
        visit("overtakings", self.overtakings);
        visit("crashes", self.crashes);
        visit("breaks", self.breaks);
    }
};

struct Scope {
    std::size_t outgoing = 2; // windows: 2 and 2, 2 and 1, or 1 and 1
    std::size_t incoming = 2;
    std::size_t messages[2] = {0, 0}; // that each end decides to send
    bool answers = false;             // B sends an answer in the step that takes a message
    bool answers_back = false;        // .. and so does A, for ever
    bool stored_apart = false;        // the link and the process are stored one after the other: a mistake
    bool timer = false;               // what is not acknowledged may be sent again at any time
    std::size_t under_way_max = 2;    // frames in one direction; the session takes no more
    Faults faults = {};
    impl::LinkRules rules = {};
};

// What claims need to know of one side, whatever its windows.
struct SideFacts {
    std::vector<Content> decided;
    std::vector<Content> taken;
    impl::LinkMarks disk;
    std::uint64_t acknowledged = 0; // what it no longer keeps: as far as it knows, or if it is down its disk
    std::uint64_t taken_stored = 0;
    bool is_up = false;
    bool in_session = false;
    bool has_forgotten = false;
    bool has_frame = false; // that could leave
    bool rests = false;     // but for frames and sessions: nothing to store, to take, to send again
    bool is_full = false;
    bool keeps_nothing = false;
    bool is_within_bounds = false;
};

template <std::size_t Outgoing, std::size_t Incoming> struct Side {
    using End = impl::LinkEnd<Content, Outgoing, Incoming>;
    using Stable = impl::LinkStable<Content, Outgoing>;

    End end;
    Stable disk;
    std::vector<Content> decided; // what it has given to the link
    std::vector<Content> taken;
    std::uint8_t decided_stored = 0; // so many of them survive a crash
    std::uint8_t taken_stored = 0;
    std::uint8_t crashes = 0;
    bool is_up = true;
    bool in_session = false;
    bool has_forgotten = false; // the link has said so

    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("end", self.end);
        visit("disk", self.disk);
        visit("decided", self.decided);
        visit("taken", self.taken);
        visit("decided_stored", self.decided_stored);
        visit("taken_stored", self.taken_stored);
        visit("crashes", self.crashes);
        visit("is_up", self.is_up);
        visit("in_session", self.in_session);
        visit("has_forgotten", self.has_forgotten);
    }

    [[nodiscard]] bool can_write(const Scope& scope) const {
        return is_up && scope.rules.durability != impl::Durability::never &&
               (disk != to_store(end, scope.rules) || decided_stored != decided.size() || taken_stored != taken.size());
    }
    [[nodiscard]] bool can_learn_of_storage() const {
        return is_up && end.stored != impl::LinkMarks{.accepted = disk.accepted, .taken = disk.taken};
    }
    [[nodiscard]] bool has_frame(const Scope& scope) const {
        End copy = end;
        return next_frame(copy, scope.rules).has_value();
    }
    [[nodiscard]] bool can_take(bool answers) const { return is_up && has_arrived(end) && (!answers || room(end) > 0); }
    [[nodiscard]] bool can_send_again(const Scope& scope) const {
        return scope.timer && in_session && end.sent > end.stable.acknowledged;
    }

    [[nodiscard]] static End restarted_from(const Stable& disk) { return impl::restarted<Incoming>(disk); }

    // A message that is decided once more after a crash is another one.
    [[nodiscard]] Content next_content() const {
        return static_cast<Content>(decided.size() + 1 + std::size_t{16} * crashes);
    }

    void crash() {
        decided.resize(decided_stored);
        taken.resize(taken_stored);
        end = {};
        ++crashes;
        is_up = false;
        in_session = false;
    }

    [[nodiscard]] SideFacts facts(const Scope& scope, bool answers) const {
        return {.decided = decided,
                .taken = taken,
                .disk = {.accepted = disk.accepted, .taken = disk.taken},
                .acknowledged = is_up ? end.stable.acknowledged : disk.acknowledged,
                .taken_stored = taken_stored,
                .is_up = is_up,
                .in_session = in_session,
                .has_forgotten = has_forgotten,
                .has_frame = has_frame(scope),
                .rests = is_up && !can_write(scope) && !can_learn_of_storage() && !can_take(answers) &&
                         !can_send_again(scope),
                .is_full = is_up && room(end) == 0,
                .keeps_nothing = is_up && is_idle(end) && disk == end.stable &&
                                 disk.unacknowledged == std::array<Content, Outgoing>{},
                .is_within_bounds = is_within_bounds()};
    }

private:
    [[nodiscard]] bool is_within_bounds() const {
        return end.stable.acknowledged <= end.stable.accepted &&
               end.stable.accepted - end.stable.acknowledged <= Outgoing && end.sent <= end.stable.accepted &&
               end.stable.acknowledged <= end.sent && end.stored.accepted <= end.stable.accepted &&
               end.stored.taken <= end.stable.taken;
    }
};

} // namespace mdcd::tests::link
