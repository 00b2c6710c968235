// Recovery at a level: the components of levels up to it are replaced, and who depends on what they have sent beyond
// what is validated rolls back. Who does not, and what is above, stays as it is, for a recovery at a higher level,
// which comes if a test fails again. These are the local parts; who decides, and how it reaches everyone, is the
// caller's.
#pragma once

#include "impl/levels_process.hpp"

namespace mdcd::impl {

struct LevelDecision {
    Level level = 0;
    SequenceVector validated;
};

// Whether an application message that is under way is still delivered after the recovery.
template <Application A>
[[nodiscard]] bool survives_recovery(const Message<Levelled<A>>& message, const LevelDecision& decision,
                                     const LevelConstants& constants) {
    switch (constants.level_rules.level_in_transit) {
    case LevelInTransit::untouched:
        return survives_recovery(message, left_alone(constants.levels, decision.level, decision.validated),
                                 constants.rules);
    case LevelInTransit::validated_only:
        return survives_recovery(message, decision.validated, constants.rules);
    case LevelInTransit::all:
        break;
    }
    return true;
}

namespace detail {

[[nodiscard]] constexpr bool is_affected(Level mark, Level recovery, const LevelRules& rules) {
    switch (rules.rolled_back) {
    case RolledBack::who_depends:
        return mark <= recovery;
    case RolledBack::this_level:
        return mark == recovery;
    case RolledBack::all_dirty:
        break;
    }
    return mark != above_all;
}

template <Application A>
void reclaim_all(LevelProcess<A>& process, const SequenceVector& validated, const Rules& rules, Notes& notes) {
    reclaim(process.process.guarded, validated, rules, notes);
}
template <Application A>
void reclaim_all(LevelShadow<A>& process, const SequenceVector& validated, const Rules& rules, Notes& notes) {
    reclaim(process.process, validated, rules, notes);
}

template <Application A> void restore_outputs(LevelProcess<A>&, const Checkpoint<Levelled<A>>&, const Rules&) {}
template <Application A>
void restore_outputs(LevelShadow<A>& shadow, const Checkpoint<Levelled<A>>& target, const Rules& rules) {
    impl::restore_outputs(shadow.process, target, rules);
}

// A logged message once more. `alone`: what the recovery at that level leaves alone.
template <class P>
void replay(P& process, const InputEntry<typename P::App>& entry, Level recovery, const SequenceVector& alone,
            const LevelConstants& constants, Notes& notes) {
    auto& guarded = process.process.guarded;
    MessageTo<P> message = entry.message;
    message.low_sn = join(message.low_sn, message.payload.depends);
    message.payload.depends = {};
    const bool unvalidated =
        message.dirty && !covers(guarded.valid_sn, below(constants.levels, level_of(process), message.low_sn));
    if ((message.dirty && !covers(alone, message.low_sn)) ||
        (unvalidated && constants.level_rules.level_replay == LevelReplay::validated_only)) {
        notes.add(NoteKind::not_replayed, message.low_sn);
        return;
    }
    notes.add(NoteKind::replayed, message.low_sn);
    if (unvalidated && constants.level_rules.level_replay == LevelReplay::as_received)
        return receive_application(process, message, constants, notes);
    if (process.mark != above_all && process.mark > recovery) // dirty by a level above: that may be undone later
        log_input(guarded, entry.message, false, entry.index, constants.rules, notes);
    P::App::deliver(guarded.application, message.payload);
    guarded.low_sn = join(guarded.low_sn, message.low_sn);
}

// The oldest checkpoint that was taken before something that the recovery does not leave alone.
template <class P>
[[nodiscard]] std::size_t target_of(const P& process, const SequenceVector& alone, const Rules& rules) {
    const auto& guarded = process.process.guarded;
    std::size_t position = 0;
    while (position < guarded.checkpoints.size() && reclaimable(guarded, position, alone, rules))
        ++position;
    return position;
}

} // namespace detail

// Returns the checkpoint that the process went back to, if it did. What is older stays, with its part of the log.
template <class P>
std::optional<Checkpoint<typename P::App>> roll_back(P& process, const LevelDecision& decision,
                                                     const LevelConstants& constants, Notes& notes) {
    auto& guarded = process.process.guarded;
    const SequenceVector known = below(constants.levels, level_of(process), decision.validated);
    guarded.valid_sn = join(guarded.valid_sn, known);
    detail::reclaim_all(process, known, constants.rules, notes);
    settle_mark(process, process.mark, constants);

    const SequenceVector alone = constants.level_rules.rolled_back == RolledBack::all_dirty
                                     ? decision.validated
                                     : left_alone(constants.levels, decision.level, decision.validated);
    const std::size_t position = detail::target_of(process, alone, constants.rules);
    const bool depends = guarded.dirty && position < guarded.checkpoints.size();
    if (!depends || !detail::is_affected(process.mark, decision.level, constants.level_rules)) {
        notes.add(NoteKind::not_rolled_back, guarded.low_sn);
        if (!depends)
            settle_mark(process, static_cast<Level>(decision.level + 1), constants);
        return std::nullopt;
    }
    const Checkpoint<typename P::App> target = guarded.checkpoints[position];
    auto older = guarded.checkpoints;
    older.truncate(position);
    const auto log = guarded.input_log;
    guarded.input_log.clear(); // roll_back of recovery.hpp would replay all of it
    roll_back(guarded, target, alone, constants.rules, notes);
    detail::restore_outputs(process, target, constants.rules);
    const std::size_t first = position == 0 ? 0 : target.log_length;
    if (position > 0 && constants.level_rules.older_checkpoints == OlderCheckpoints::kept) {
        guarded.checkpoints = older;
        guarded.dirty = true;
        guarded.input_log = log;
        guarded.input_log.truncate(first);
    }
    settle_mark(process, static_cast<Level>(decision.level + 1), constants);
    for (std::size_t entry = first; entry < log.size(); ++entry)
        detail::replay(process, log[entry], decision.level, alone, constants, notes);
    return target;
}

// An old version: it takes over if its new version is replaced now. `outputs`: external messages of the new version.
template <Application A>
[[nodiscard]] TakeOver<Levelled<A>> recover(LevelShadow<A>& shadow, const LevelDecision& decision, bool takes_over,
                                            SequenceNumber outputs, const LevelConstants& constants, Notes& notes) {
    ShadowProcess<Levelled<A>>& process = shadow.process;
    process.valid_external = std::max(process.valid_external, outputs);
    const auto target = roll_back(shadow, decision, constants, notes);
    TakeOver<Levelled<A>> take_over;
    if (!takes_over)
        return take_over;
    shadow.in_service = true;
    note_resent(process, target, take_over, constants.rules, notes);
    note_suppressed(process, take_over, constants.rules, notes);
    shadow.suppress_through = take_over.suppress_through;
    shadow.suppress_external_through = take_over.suppress_external_through;
    process.output_log.clear(); // nobody is there any more from whom to take over
    process.external_log.clear();
    return take_over;
}

// What an old version sends that it had suppressed.
template <Application A>
[[nodiscard]] Message<Levelled<A>> resent(const LevelShadow<A>& shadow, const OutputEntry<Levelled<A>>& entry,
                                          Level recovery, const LevelConstants& constants) {
    const Guarded<Levelled<A>>& guarded = shadow.process.guarded;
    Message<Levelled<A>> message = send_in_service(shadow.process, entry.payload);
    message.payload.depends = {};
    message.payload.mark = shadow.mark;
    const bool depends_above = shadow.mark != above_all && shadow.mark > recovery;
    if (constants.level_rules.resent_mark == ResentMark::as_now || !depends_above)
        return message;
    message.payload.mark = lowest_beyond(constants.levels, entry.payload.depends, guarded.valid_sn, entry.payload.mark);
    message.dirty = message.payload.mark != above_all;
    message.low_sn = entry.payload.depends;
    return message;
}

} // namespace mdcd::impl
