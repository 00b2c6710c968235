// Levels of trust: each choice that nested clusters add to the protocol is a rule, with what somebody could think
// right in its place. They are no readings of the paper, so they stand apart from Rules.
// Knows no state and no handler.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "impl/rules.hpp"

namespace mdcd::impl {

// What an acceptance test that a process of level m has passed proves of what its state depends on.
enum class TestProves : std::uint8_t {
    below,       // what is of levels below m
    at_or_below, // .. and of m: a version's own test is believed about the version
};
// What a mark says of a state that depends on several levels unvalidated.
enum class MarkKeeps : std::uint8_t { lowest, highest, latest };
// Before which messages of lower levels a checkpoint is taken.
enum class LevelCheckpoint : std::uint8_t {
    every_news,      // each that adds something unvalidated
    each_lower_mark, // .. that lowers the mark
    when_clean,      // the first
};
// Whether a new version guards itself against the levels below its own, as an active process does.
enum class VersionGuard : std::uint8_t { checkpoints, none };
// Which new versions a recovery at level l replaces.
enum class Replaced : std::uint8_t { up_to_level, this_level, all };
// Whom a recovery at level l rolls back.
enum class RolledBack : std::uint8_t {
    who_depends, // whose state depends on something of a level up to l beyond what is validated
    this_level,  // .. if the lowest such level is l itself
    all_dirty,   // who depends on anything unvalidated
};
// What a rollback leaves of the checkpoints that are older than the one it goes back to.
enum class OlderCheckpoints : std::uint8_t { kept, dropped };
// Which logged messages a rollback at level l replays, and how.
enum class LevelReplay : std::uint8_t {
    as_received,    // what does not depend on levels up to l: with a checkpoint before what is still unvalidated
    plainly,        // .. without one
    validated_only, // what is validated
};
// Which messages under way are still delivered after a recovery at level l.
enum class LevelInTransit : std::uint8_t {
    untouched,      // which do not depend on levels up to l beyond what is validated
    validated_only, // whose numbers are all validated
    all,
};
// By which mark and numbers an old version sends what it had suppressed.
enum class ResentMark : std::uint8_t {
    as_generated, // of its state when it generated the message
    as_now,       // .. when it takes over
};
// At which level a recovery begins, and goes on when a test fails again.
enum class Escalation : std::uint8_t {
    from_the_mark, // the failed state's mark, but above the last one
    one_up,        // the lowest level, then the next, whatever the failed state depends on
    same_again,    // the lowest level, whatever has been recovered
    to_the_top,    // all levels at once
};

// The first value of each is right; docs/levels.md says what the others cost.
struct LevelRules {
    TestProves test_proves = TestProves::below;
    MarkKeeps mark_keeps = MarkKeeps::lowest;
    LevelCheckpoint level_checkpoint = LevelCheckpoint::every_news;
    VersionGuard version_guard = VersionGuard::checkpoints;
    Replaced replaced = Replaced::up_to_level;
    RolledBack rolled_back = RolledBack::who_depends;
    OlderCheckpoints older_checkpoints = OlderCheckpoints::kept;
    LevelReplay level_replay = LevelReplay::as_received;
    LevelInTransit level_in_transit = LevelInTransit::untouched;
    ResentMark resent_mark = ResentMark::as_generated;
    Escalation escalation = Escalation::from_the_mark;

    friend constexpr bool operator==(const LevelRules&, const LevelRules&) = default;
};

// One row of the table of these rules. Values are numbered as in the enumerations above.
struct LevelRuleDescription {
    std::string_view name;
    std::span<const std::string_view> values;
    std::uint8_t (*get)(const LevelRules&);
    void (*set)(LevelRules&, std::uint8_t value); // value < values.size()
};

[[nodiscard]] std::span<const LevelRuleDescription> level_rule_table();

// The readings that levels stand on: one entry for each component in a vector of numbers, and what repairs the
// protocol. What model/rules/repaired_vector.json says.
[[nodiscard]] constexpr Rules readings_under_levels() {
    Rules rules;
    rules.validated_register = ValidatedRegister::everywhere;
    rules.checkpoint_trigger = CheckpointTrigger::every_new_sn;
    rules.receiver_log = ReceiverLog::while_dirty;
    rules.external_index = ExternalIndex::own_counter;
    rules.shadow_sn = ShadowSn::per_component;
    rules.low_sn = LowSn::vector;
    return rules;
}

} // namespace mdcd::impl
