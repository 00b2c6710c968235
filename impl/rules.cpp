// The table of rules: what each gap is; names are read off the enumerations. Knows nothing of files.
// Knows no handler.
#include "impl/rules.hpp"

#include <array>
#include <type_traits>
#include <utility>

#include "impl/enumerator_names.hpp"

namespace mdcd::impl {
namespace {

// One row from a pointer to the member that holds the rule: its name and those of its values are those in rules.hpp.
template <auto Member> constexpr RuleDescription row(std::string_view source, std::string_view gap) {
    using Value = std::remove_reference_t<decltype(std::declval<Rules&>().*Member)>;
    static_assert(value_count<Value>() >= 2, "a rule has two values or more");
    return {name_in_source<Member>(),
            ValueNames<Value>::names,
            source,
            gap,
            [](const Rules& rules) { return static_cast<std::uint8_t>(rules.*Member); },
            [](Rules& rules, std::uint8_t value) { rules.*Member = static_cast<Value>(value); }};
}

constexpr std::array table{
    row<&Rules::dirty_delivery>(
        "figure 3 against figure 4",
        "As printed, figure 3 withholds from the application the very message that caused a checkpoint."),
    row<&Rules::notification_sn>("figure 3, the missing brace",
                                 "Whether an active process also advances its number on a passed_AT notification."),
    row<&Rules::validated_register>(
        "section 3.1 against figure 3",
        "Whether a message counts as news only if its number also exceeds the largest validated number known."),
    row<&Rules::first_checkpoint>(
        "S1 of section 3.1 against figures 3 and 4",
        "Whether a clean process checkpoints before any dirty message, or only before one with a larger number."),
    row<&Rules::checkpoint_trigger>(
        "S1 and S2 of section 3.1, figure 3",
        "Whether a dirty active process checkpoints only when its state was propagated, or at every larger number."),
    row<&Rules::propagation_mark>(
        "figure 3",
        "Which sends count as propagation: only those to active processes, or those to the cluster as well."),
    row<&Rules::checkpoint_index>(
        "section 3.1 against figure 3",
        "Whether a checkpoint is indexed by the number of the message that caused it or by the number before it."),
    row<&Rules::reclamation>(
        "section 3.2",
        "Whether a checkpoint is dropped by its index, or only once all that was absorbed after it is validated."),
    row<&Rules::receiver_log>("section 3.1, figures 3 and 4",
                              "Whether a dirty process logs only clean messages or every message it receives."),
    row<&Rules::shadow_input_index>("section 3.1 against figure 4",
                                    "Which number indexes the messages that a shadow receives and logs."),
    row<&Rules::shadow_output_index>("figure 4 and section 3.2 against 3.1",
                                     "Which number indexes the messages that a shadow suppresses and logs."),
    row<&Rules::resend>("sections 3.1 and 3.2",
                        "Which of the logged messages the shadows re-send when they take over."),
    row<&Rules::suppress_until>("section 3.2",
                                "Whether the message that carries the largest validated number is itself suppressed."),
    row<&Rules::rollback_scope>(
        "unstated", "Whether numbers, counters, logs and marks are restored together with the application's state."),
    row<&Rules::recovery_line>(
        "unstated",
        "Whether all roll back by the largest validated number that anyone knows, or each by what it was told."),
    row<&Rules::in_transit>("unstated", "What becomes of messages sent before the recovery and delivered after it."),
    row<&Rules::stop_low>("section 3.2 against figures 2 and 3",
                          "Whether a recovery stops all new versions first, or only the one whose test has failed."),
    row<&Rules::shadow_sn>("figure 4, section 3.2",
                           "Whether all shadows number what they suppress by one counter, or each by its own."),
    row<&Rules::low_sn>(
        "figure 2, section 3.1",
        "Whether the cluster's counter is shared at once, told by messages, or one for each component."),
    row<&Rules::shadow_internal>(
        "figure 4", "Whether shadows exchange the messages of the old pattern, or log them as if they were external."),
    row<&Rules::external_index>("figure 4",
                                "Whether external messages are indexed by the internal counter or by their own."),
};

} // namespace

std::span<const RuleDescription> rule_table() {
    return table;
}

const RuleDescription* find_rule(std::string_view name) {
    for (const RuleDescription& rule : table)
        if (rule.name == name)
            return &rule;
    return nullptr;
}

} // namespace mdcd::impl
