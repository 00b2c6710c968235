// The numbers of a link, its rules, and its guards, each in one text: when there is room, what may leave, what is known
// already. Both ends ask them about values, the proof about formulas (guards.hpp says how). Pure: they know no end.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>

namespace mdcd::impl {

// Of the messages of one direction, from 1 on, for as long as the link lives. Never used twice: at a million messages a
// second they last for half a million years, and then submit() refuses.
using LinkNumber = std::uint64_t;

// When stable storage has a step whose frames leave.
enum class Durability : std::uint8_t {
    each_step,  // before: what leaves has been stored
    never,      // not at all
    after_send, // some time: frames do not wait for it
};
// What is acknowledged: messages that the process has taken (and stored), or that have arrived.
enum class LinkAcknowledgement : std::uint8_t { taken, arrived };
// For how long a number means a message.
enum class LinkNumbering : std::uint8_t { for_ever, each_session };
// What happens to a new message if as many wait as can be kept.
enum class WhenLinkFull : std::uint8_t { refuse, drop_oldest };
// A message arrives before one of a smaller number: it is held, or the missing ones are given up, as if a session kept
// all frames and their order.
enum class LinkGap : std::uint8_t { hold, skip };
// Where a new session begins: with what is not acknowledged, or with what has not been sent.
enum class LinkResumption : std::uint8_t { unacknowledged, unsent };

// The first value of each is right. The others are mistakes that have been made elsewhere, kept so that the checker can
// show what they cost (docs/link.md).
struct LinkRules {
    Durability durability = Durability::each_step;
    LinkAcknowledgement acknowledgement = LinkAcknowledgement::taken;
    LinkNumbering numbering = LinkNumbering::for_ever;
    WhenLinkFull when_full = WhenLinkFull::refuse;
    LinkGap gap = LinkGap::hold;
    LinkResumption resumption = LinkResumption::unacknowledged;

    friend constexpr bool operator==(const LinkRules&, const LinkRules&) = default;
};

// What guards of a link are written over. A sum is the largest number where there is no larger one.
template <class L>
concept LinkLogic = requires(typename L::Truth truth, typename L::Number number) {
    { !truth } -> std::same_as<typename L::Truth>;
    { number <= number } -> std::same_as<typename L::Truth>;
    { L::sum(number, number) } -> std::same_as<typename L::Number>;
};

// The logic of an end that runs.
struct LinkValues {
    using Truth = bool;
    using Number = LinkNumber;

    static constexpr Number sum(Number one, Number other) {
        return one > std::numeric_limits<Number>::max() - other ? std::numeric_limits<Number>::max() : one + other;
    }
};
static_assert(LinkLogic<LinkValues>);

namespace link_guards {

template <class L> using Truth = typename L::Truth;
template <class L> using Number = typename L::Number;

// Whether a new message finds no room: so many are kept.
template <LinkLogic L = LinkValues>
[[nodiscard]] constexpr Truth<L> is_full(const Number<L>& accepted, const Number<L>& acknowledged,
                                         const Number<L>& capacity) {
    return L::sum(acknowledged, capacity) <= accepted;
}
// .. and whether the oldest one then makes room, or the new one is refused.
[[nodiscard]] constexpr bool drops_oldest(const LinkRules& rules) {
    switch (rules.when_full) {
    case WhenLinkFull::refuse:
        return false;
    case WhenLinkFull::drop_oldest:
        return true;
    }
    return false;
}

// Up to where the peer may be told. `stored`: as far as this end has been told that it is stored; `now`: as far as it
// is.
template <LinkLogic L = LinkValues>
[[nodiscard]] constexpr Number<L> may_leave(const Number<L>& stored, const Number<L>& now, const LinkRules& rules) {
    switch (rules.durability) {
    case Durability::each_step:
        return stored;
    case Durability::never:
    case Durability::after_send:
        return now;
    }
    return stored;
}
// Whether messages that have arrived without a gap count as taken.
[[nodiscard]] constexpr bool acknowledges_the_arrived(const LinkRules& rules) {
    switch (rules.acknowledgement) {
    case LinkAcknowledgement::taken:
        return false;
    case LinkAcknowledgement::arrived:
        return true;
    }
    return false;
}
// Whether the next message leaves.
template <LinkLogic L = LinkValues>
[[nodiscard]] constexpr Truth<L> has_more(const Number<L>& sent, const Number<L>& may_leave) {
    return !(may_leave <= sent);
}

// Whether a frame says more than the end to which it comes knows.
template <LinkLogic L = LinkValues>
[[nodiscard]] constexpr Truth<L> is_beyond(const Number<L>& said, const Number<L>& known) {
    return !(said <= known);
}
// Whether the process has a message already.
template <LinkLogic L = LinkValues>
[[nodiscard]] constexpr Truth<L> is_known(const Number<L>& number, const Number<L>& taken) {
    return number <= taken;
}
// Whether the messages before one that arrives are given up.
[[nodiscard]] constexpr bool skips_gaps(const LinkRules& rules) {
    switch (rules.gap) {
    case LinkGap::hold:
        return false;
    case LinkGap::skip:
        return true;
    }
    return false;
}

} // namespace link_guards
} // namespace mdcd::impl
