// One end of a link between two processes: messages in order, each once, across sessions that break and processes that
// crash. A pure state machine: it is asked for frames and given those that arrive; it knows no session, storage or
// time, only what others say of them. Whoever drives it stores `stable` in the transaction of the step that changed it.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "impl/link_rules.hpp"

namespace mdcd::impl {

inline constexpr std::size_t link_window_max = 64; // messages that one end keeps for its peer, and holds for itself

// What travels. It means the same in every session, however late.
template <class Payload> struct LinkFrame {
    LinkNumber number = 0;       // of the message in it; 0: there is none
    LinkNumber acknowledged = 0; // the sender of the frame has taken all messages up to this one, for good
    LinkNumber confirmed = 0;    // .. and has been told the same by the receiver
    Payload payload{};

    friend constexpr bool operator==(const LinkFrame&, const LinkFrame&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("acknowledged", self.acknowledged);
        visit("confirmed", self.confirmed);
        visit("payload", self.payload);
    }
};

// What must survive a crash. Message n is in entry n modulo the capacity; entries that hold none are value-initialised,
// so equal contents are equal objects.
template <class Payload, std::size_t Outgoing = link_window_max> struct LinkStable {
    LinkNumber accepted = 0;                        // the last message accepted for the peer
    LinkNumber acknowledged = 0;                    // the peer has taken all up to this one: kept no longer
    std::array<Payload, Outgoing> unacknowledged{}; // those after it
    LinkNumber taken = 0;                           // the last message of the peer that the process has taken

    friend constexpr bool operator==(const LinkStable&, const LinkStable&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("accepted", self.accepted);
        visit("acknowledged", self.acknowledged);
        visit("unacknowledged", self.unacknowledged);
        visit("taken", self.taken);
    }
};

// How far stable storage is.
struct LinkMarks {
    LinkNumber accepted = 0;
    LinkNumber taken = 0;

    friend constexpr bool operator==(const LinkMarks&, const LinkMarks&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("accepted", self.accepted);
        visit("taken", self.taken);
    }
};

// `Incoming` should be no less than the peer's `Outgoing`; otherwise it needs resend() to go on.
template <std::copyable Payload, std::size_t Outgoing = link_window_max, std::size_t Incoming = Outgoing>
struct LinkEnd {
    static_assert(Outgoing > 0 && Incoming > 0);

    LinkStable<Payload, Outgoing> stable;
    LinkMarks stored;    // as far as this end has been told
    LinkNumber sent = 0; // the last message that has left since the session began or resend() was called
    LinkNumber told = 0; // the acknowledgement that has left last; 0: it must leave again
    std::array<std::optional<Payload>, Incoming>
        arrived{}; // and not taken yet: message n in entry n modulo the capacity

    friend constexpr bool operator==(const LinkEnd&, const LinkEnd&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("stable", self.stable);
        visit("stored", self.stored);
        visit("sent", self.sent);
        visit("told", self.told);
        visit("arrived", self.arrived);
    }
};

enum class LinkSubmission : std::uint8_t {
    accepted,  // it will arrive
    full,      // not now: nothing has changed. Wait until the peer acknowledges, or refuse the work with this reason
    exhausted, // never: there are no more numbers
};

enum class LinkReceipt : std::uint8_t {
    no_message, // an acknowledgement
    arrived,    // a new message, held until it is its turn
    duplicate,  // dropped
    no_room,    // dropped: too far ahead. The peer keeps it
    forgotten,  // ignored: the peer has been told more than this end knows. Its storage was lost, or is an older copy,
                // or the peer is not the one it was: nothing that the link could do is right, so stop and tell somebody
};

// How many messages submit() will accept before the peer acknowledges one. A step that sends asks this first.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] std::size_t room(const LinkEnd<Payload, Outgoing, Incoming>& end) {
    return Outgoing - static_cast<std::size_t>(end.stable.accepted - end.stable.acknowledged);
}

// Whether take() has a message.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] bool has_arrived(const LinkEnd<Payload, Outgoing, Incoming>& end) {
    return end.arrived[(end.stable.taken + 1) % Incoming].has_value();
}

// Nothing is kept: the peer has taken all, and so has this process.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] bool is_idle(const LinkEnd<Payload, Outgoing, Incoming>& end) {
    return end.stable.accepted == end.stable.acknowledged &&
           std::ranges::none_of(end.arrived, [](const auto& each) { return each.has_value(); });
}

namespace detail {

// What may be said of this end to its peer.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] LinkMarks may_leave(const LinkEnd<Payload, Outgoing, Incoming>& end, const LinkRules& rules) {
    LinkMarks marks{.accepted = link_guards::may_leave(end.stored.accepted, end.stable.accepted, rules),
                    .taken = link_guards::may_leave(end.stored.taken, end.stable.taken, rules)};
    if (link_guards::acknowledges_the_arrived(rules))
        while (end.arrived[(marks.taken + 1) % Incoming] && marks.taken < end.stable.taken + Incoming)
            ++marks.taken;
    return marks;
}

// The peer has taken all up to that message. Not more than were accepted.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
void drop_through(LinkEnd<Payload, Outgoing, Incoming>& end, LinkNumber number) {
    while (end.stable.acknowledged < number) {
        ++end.stable.acknowledged;
        end.stable.unacknowledged[end.stable.acknowledged % Outgoing] = Payload{};
    }
    end.sent = std::max(end.sent, end.stable.acknowledged);
}

// Both directions begin with 1 again: what is kept for the peer is renumbered.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
void renumber(LinkEnd<Payload, Outgoing, Incoming>& end) {
    LinkEnd<Payload, Outgoing, Incoming> fresh;
    for (LinkNumber number = end.stable.acknowledged; number < end.stable.accepted; ++number)
        fresh.stable.unacknowledged[++fresh.stable.accepted % Outgoing] =
            end.stable.unacknowledged[(number + 1) % Outgoing];
    fresh.stored.accepted = std::max(end.stored.accepted, end.stable.acknowledged) - end.stable.acknowledged;
    end = fresh;
}

} // namespace detail

// Within a step of the process: one more message for the peer. It leaves when the step has been stored.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] LinkSubmission submit(LinkEnd<Payload, Outgoing, Incoming>& end, const Payload& payload,
                                    const LinkRules& rules) {
    if (end.stable.accepted == std::numeric_limits<LinkNumber>::max())
        return LinkSubmission::exhausted;
    if (link_guards::is_full(end.stable.accepted, end.stable.acknowledged, Outgoing)) {
        if (!link_guards::drops_oldest(rules))
            return LinkSubmission::full;
        detail::drop_through(end, end.stable.acknowledged + 1);
    }
    ++end.stable.accepted;
    end.stable.unacknowledged[end.stable.accepted % Outgoing] = payload;
    return LinkSubmission::accepted;
}

// The step of the process that takes the next message, in order; nothing if it has not arrived.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] std::optional<Payload> take(LinkEnd<Payload, Outgoing, Incoming>& end) {
    if (!has_arrived(end))
        return std::nullopt;
    ++end.stable.taken;
    return std::exchange(end.arrived[end.stable.taken % Incoming], std::nullopt);
}

// What the next transaction has to hold of this end, together with the state of the process and all other links.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] LinkStable<Payload, Outgoing> to_store(const LinkEnd<Payload, Outgoing, Incoming>& end,
                                                     const LinkRules& rules) {
    return rules.durability == Durability::never ? LinkStable<Payload, Outgoing>{} : end.stable;
}

// A transaction with this in it has ended well; called in their order. Meanwhile the end may have gone on, and one
// transaction can hold many steps.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
void was_stored(LinkEnd<Payload, Outgoing, Incoming>& end, const LinkStable<Payload, Outgoing>& content) {
    end.stored = {.accepted = content.accepted, .taken = content.taken};
}

// After a crash, from what was stored. No session yet.
template <std::size_t Incoming, class Payload, std::size_t Outgoing>
[[nodiscard]] LinkEnd<Payload, Outgoing, Incoming> restarted(const LinkStable<Payload, Outgoing>& content) {
    LinkEnd<Payload, Outgoing, Incoming> end;
    end.stable = content;
    was_stored(end, content);
    end.sent = content.acknowledged;
    return end;
}

// What is not acknowledged leaves once more. Right at any time; useful when nothing has been acknowledged for a while,
// on networks that lose frames of a session that goes on.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
void resend(LinkEnd<Payload, Outgoing, Incoming>& end) {
    end.sent = end.stable.acknowledged;
}

// There is a new session: what was under way is gone, or will arrive once more.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
void begin_session(LinkEnd<Payload, Outgoing, Incoming>& end, const LinkRules& rules) {
    if (rules.resumption == LinkResumption::unacknowledged)
        resend(end);
    end.told = 0;
    if (rules.numbering == LinkNumbering::each_session)
        detail::renumber(end);
}

// The next frame for the peer, if there is one. Asked again whenever the session can take a frame.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] std::optional<LinkFrame<Payload>> next_frame(LinkEnd<Payload, Outgoing, Incoming>& end,
                                                           const LinkRules& rules) {
    const LinkMarks marks = detail::may_leave(end, rules);
    const bool has_message = link_guards::has_more(end.sent, marks.accepted);
    if (!has_message && end.told >= marks.taken)
        return std::nullopt;
    LinkFrame<Payload> frame{.acknowledged = marks.taken, .confirmed = end.stable.acknowledged};
    end.told = marks.taken;
    if (has_message) {
        frame.number = ++end.sent;
        frame.payload = end.stable.unacknowledged[frame.number % Outgoing];
    }
    return frame;
}

// A frame of the peer, of whatever session. Any numbers are bearable.
template <class Payload, std::size_t Outgoing, std::size_t Incoming>
[[nodiscard]] LinkReceipt receive(LinkEnd<Payload, Outgoing, Incoming>& end, const LinkFrame<Payload>& frame,
                                  const LinkRules& rules) {
    if (link_guards::is_beyond(frame.acknowledged, end.stable.accepted) ||
        link_guards::is_beyond(frame.confirmed, end.stable.taken))
        return LinkReceipt::forgotten;
    detail::drop_through(end, frame.acknowledged);
    if (frame.number == 0)
        return LinkReceipt::no_message;
    if (link_guards::is_known(frame.number, end.stable.taken)) {
        end.told = 0; // the peer may not know
        return LinkReceipt::duplicate;
    }
    if (link_guards::skips_gaps(rules) && !has_arrived(end))
        end.stable.taken = frame.number - 1;
    if (frame.number - end.stable.taken > Incoming)
        return LinkReceipt::no_room;
    std::optional<Payload>& entry = end.arrived[frame.number % Incoming];
    if (entry)
        return LinkReceipt::duplicate;
    entry = frame.payload;
    return LinkReceipt::arrived;
}

} // namespace mdcd::impl
