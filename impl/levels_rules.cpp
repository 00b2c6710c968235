// The table of the rules of levels, by the names that levels_rules.hpp gives them; a test holds the two together.
// Knows no handler.
#include "impl/levels_rules.hpp"

#include <array>

namespace mdcd::impl {
namespace {

using Names = std::string_view;

constexpr std::array<Names, 2> of_test_proves{"below", "at_or_below"};
constexpr std::array<Names, 3> of_mark_keeps{"lowest", "highest", "latest"};
constexpr std::array<Names, 3> of_level_checkpoint{"every_news", "each_lower_mark", "when_clean"};
constexpr std::array<Names, 2> of_version_guard{"checkpoints", "none"};
constexpr std::array<Names, 3> of_replaced{"up_to_level", "this_level", "all"};
constexpr std::array<Names, 3> of_rolled_back{"who_depends", "this_level", "all_dirty"};
constexpr std::array<Names, 2> of_older_checkpoints{"kept", "dropped"};
constexpr std::array<Names, 3> of_level_replay{"as_received", "plainly", "validated_only"};
constexpr std::array<Names, 3> of_level_in_transit{"untouched", "validated_only", "all"};
constexpr std::array<Names, 2> of_resent_mark{"as_generated", "as_now"};
constexpr std::array<Names, 4> of_escalation{"from_the_mark", "one_up", "same_again", "to_the_top"};

template <auto Member> constexpr LevelRuleDescription level_row(Names name, std::span<const Names> values) {
    return {name, values, [](const LevelRules& rules) { return static_cast<std::uint8_t>(rules.*Member); },
            [](LevelRules& rules, std::uint8_t value) {
                using Value = std::remove_reference_t<decltype(rules.*Member)>;
                rules.*Member = static_cast<Value>(value);
            }};
}

constexpr std::array level_table{
    level_row<&LevelRules::test_proves>("test_proves", of_test_proves),
    level_row<&LevelRules::mark_keeps>("mark_keeps", of_mark_keeps),
    level_row<&LevelRules::level_checkpoint>("level_checkpoint", of_level_checkpoint),
    level_row<&LevelRules::version_guard>("version_guard", of_version_guard),
    level_row<&LevelRules::replaced>("replaced", of_replaced),
    level_row<&LevelRules::rolled_back>("rolled_back", of_rolled_back),
    level_row<&LevelRules::older_checkpoints>("older_checkpoints", of_older_checkpoints),
    level_row<&LevelRules::level_replay>("level_replay", of_level_replay),
    level_row<&LevelRules::level_in_transit>("level_in_transit", of_level_in_transit),
    level_row<&LevelRules::resent_mark>("resent_mark", of_resent_mark),
    level_row<&LevelRules::escalation>("escalation", of_escalation),
};

} // namespace

std::span<const LevelRuleDescription> level_rule_table() {
    return level_table;
}

} // namespace mdcd::impl
