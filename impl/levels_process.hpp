// One process of a system with levels of trust: an active process, a new version of some level, or an old version. They
// hand on to the handlers of figures 2 to 4 what those need to see; what is added is the mark.
// Knows nothing of channels, devices or time: handlers take a state and give back what to send.
#pragma once

#include "impl/levels.hpp"
#include "impl/recovery_protocol.hpp"

namespace mdcd::impl {

struct LevelConstants {
    Members members;
    Levels levels;
    Rules rules = readings_under_levels();
    LevelRules level_rules;
};

// An active process, or a new version: towards the levels below its own it is as figure 3 has it, towards the others as
// figure 2 has it.
template <Application A> struct LevelProcess {
    using App = Levelled<A>;

    Level level = above_all;
    Level mark = above_all;         // the lowest level below its own that it depends on unvalidated
    SequenceNumber external_sn = 0; // new versions: external messages that it has output
    bool stopped = false;           // new versions: replaced by their old ones
    ActiveProcess<App> process;

    friend constexpr bool operator==(const LevelProcess&, const LevelProcess&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("level", self.level);
        visit("mark", self.mark);
        visit("external_sn", self.external_sn);
        visit("stopped", self.stopped);
        visit("process", self.process);
    }
};

// An old version, as figure 4 has it until it takes over; then as an active process, whatever is recovered later.
template <Application A> struct LevelShadow {
    using App = Levelled<A>;

    Level mark = above_all;
    bool in_service = false;
    SequenceNumber suppress_through = 0; // in service: what it generates up to these numbers is not sent
    SequenceNumber suppress_external_through = 0;
    ShadowProcess<App> process;

    friend constexpr bool operator==(const LevelShadow&, const LevelShadow&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("mark", self.mark);
        visit("in_service", self.in_service);
        visit("suppress_through", self.suppress_through);
        visit("suppress_external_through", self.suppress_external_through);
        visit("process", self.process);
    }
};

template <class P> using MessageTo = Message<typename P::App>;

template <Application A> [[nodiscard]] Level level_of(const LevelProcess<A>& process) {
    return process.level;
}
template <Application A> [[nodiscard]] Level level_of(const LevelShadow<A>&) {
    return above_all;
}

// What of a message the process may have to undo: what is of levels below its own. The log keeps all numbers.
template <class P>
[[nodiscard]] MessageTo<P> seen_by(const P& process, const MessageTo<P>& message, const LevelConstants& constants) {
    const Level level = level_of(process);
    if (level == above_all)
        return message;
    MessageTo<P> seen = message;
    const bool guards = constants.level_rules.version_guard == VersionGuard::checkpoints;
    seen.dirty = guards && message.dirty && message.payload.mark < level;
    seen.low_sn = guards ? below(constants.levels, level, message.low_sn) : SequenceVector{};
    seen.payload.depends = message.low_sn;
    return seen;
}

// The mark after something was validated, or undone: levels below `first` are no matter any more.
template <class P> void settle_mark(P& process, Level first, const LevelConstants& constants) {
    const auto& guarded = process.process.guarded;
    if (!guarded.dirty) {
        process.mark = above_all;
        return;
    }
    const Level level = level_of(process);
    const Level left =
        lowest_beyond(constants.levels, below(constants.levels, level, guarded.low_sn), guarded.valid_sn, first);
    if (left < level)
        process.mark = left;
}

[[nodiscard]] constexpr bool takes_level_checkpoint(Level mark, Level news, const LevelRules& rules) {
    switch (rules.level_checkpoint) {
    case LevelCheckpoint::every_news:
        return true;
    case LevelCheckpoint::each_lower_mark:
        return news < mark;
    case LevelCheckpoint::when_clean:
        break;
    }
    return mark == above_all;
}

template <class P>
void receive_application(P& process, const MessageTo<P>& message, const LevelConstants& constants, Notes& notes) {
    auto& guarded = process.process.guarded;
    const MessageTo<P> seen = seen_by(process, message, constants);
    const Level news =
        seen.dirty ? lowest_beyond(constants.levels, seen.low_sn, guarded.valid_sn, message.payload.mark) : above_all;
    if (news != above_all && !takes_level_checkpoint(process.mark, news, constants.level_rules))
        guarded.low_sn = join(guarded.low_sn, seen.low_sn); // no news to the handler
    receive_application(process.process, seen, constants.rules, notes);
    guarded.low_sn = join(guarded.low_sn, message.low_sn);
    process.mark = guarded.dirty ? mark_after(process.mark, news, constants.level_rules) : above_all;
    if (guarded.dirty && process.mark == above_all)
        process.mark = message.payload.mark; // a checkpoint that was not needed
}

template <class P>
void receive(P& process, const MessageTo<P>& message, const LevelConstants& constants, Notes& notes) {
    if (message.kind != MessageKind::passed_at)
        return receive_application(process, message, constants, notes);
    receive_notification(process.process, seen_by(process, message, constants), constants.rules, notes);
    settle_mark(process, process.mark, constants);
}

// An internal message of an active process.
template <Application A>
[[nodiscard]] Message<Levelled<A>> send(LevelProcess<A>& process, ProcessId receiver,
                                        const typename A::Payload& content, const LevelConstants& constants,
                                        Notes& notes) {
    return send_internal(process.process, receiver.group, {content, process.mark, {}}, constants.rules, notes);
}

// .. of a new version: it carries the next number if it leaves the components of its level.
template <Application A>
[[nodiscard]] Message<Levelled<A>> send_from_version(LevelProcess<A>& process, bool leaves_level,
                                                     const typename A::Payload& content,
                                                     const LevelConstants& constants, Notes& notes) {
    LowProcess<Levelled<A>> version;
    version.id = process.process.id;
    version.low_sn = process.process.guarded.low_sn;
    const typename Levelled<A>::Payload payload{content, std::min(process.level, process.mark), {}};
    const auto message = leaves_level ? send_to_active(version, payload, constants.rules, notes)
                                      : send_to_component(version, payload, notes);
    process.process.guarded.low_sn = version.low_sn;
    return message;
}

// What an old version suppresses, or sends once it has taken over, is marked by its state now.
template <Application A>
[[nodiscard]] typename Levelled<A>::Payload marked(const LevelShadow<A>& process, const typename A::Payload& content) {
    return {content, process.mark, process.in_service ? SequenceVector{} : process.process.guarded.low_sn};
}

// .. for the handlers of figure 4, which ask whether it has taken over.
template <Application A> [[nodiscard]] RecoveryState<Levelled<A>> service_of(const LevelShadow<A>& process) {
    RecoveryState<Levelled<A>> state;
    state.incarnation = process.in_service ? 1 : 0;
    state.suppress_through = process.suppress_through;
    state.suppress_external_through = process.suppress_external_through;
    return state;
}

// A test has passed in an active process, or in a new version.
template <Application A>
[[nodiscard]] Message<Levelled<A>> pass_test(LevelProcess<A>& process, const LevelConstants& constants, Notes& notes) {
    SequenceVector& depends = process.process.guarded.low_sn;
    const SequenceVector all = depends;
    depends = proved_by_test(constants.levels, process.level, all, constants.level_rules);
    Message<Levelled<A>> notification = pass_acceptance_test(process.process, constants.rules, notes);
    depends = all;
    if (process.level < above_all)
        notification.external_sn = ++process.external_sn;
    settle_mark(process, process.mark, constants);
    return notification;
}

} // namespace mdcd::impl
