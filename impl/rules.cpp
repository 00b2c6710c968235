// The table of rules: names, values and what each gap is. Knows nothing of files.
// Knows no handler.
#include "impl/rules.hpp"

#include <array>

namespace mdcd::impl {
namespace {

using Names = std::span<const std::string_view>;

// One row from a pointer to the member that holds the rule.
template <auto Member>
constexpr RuleDescription row(std::string_view name, Names values, std::string_view source, std::string_view gap) {
    return {name,
            values,
            source,
            gap,
            [](const Rules& rules) { return static_cast<std::uint8_t>(rules.*Member); },
            [](Rules& rules, std::uint8_t value) {
                rules.*Member = static_cast<std::remove_reference_t<decltype(rules.*Member)>>(value);
            }};
}

template <std::size_t Count> using Values = std::array<std::string_view, Count>;

constexpr Values<2> dirty_delivery{"deliver", "literal"};
constexpr Values<2> notification_sn{"advance", "keep"};
constexpr Values<2> validated_register{"shadow_only", "everywhere"};
constexpr Values<2> first_checkpoint{"dirty_and_newer", "dirty_only"};
constexpr Values<2> checkpoint_trigger{"published", "every_new_sn"};
constexpr Values<2> propagation_mark{"active_only", "any_internal"};
constexpr Values<2> checkpoint_index{"message_sn", "local_sn"};
constexpr Values<2> reclamation{"by_index", "by_cover"};
constexpr Values<2> receiver_log{"clean_only", "while_dirty"};
constexpr Values<2> shadow_input_index{"low_sn", "shadow_sn"};
constexpr Values<2> shadow_output_index{"shadow_sn", "low_sn"};
constexpr Values<3> resend{"all_in_log", "from_checkpoint_index", "before_checkpoint_above_validated"};
constexpr Values<2> suppress_until{"inclusive", "exclusive"};
constexpr Values<2> rollback_scope{"all_protocol_state", "application_only"};
constexpr Values<2> recovery_line{"agreed", "local"};
constexpr Values<2> in_transit{"discard_unvalidated", "deliver"};
constexpr Values<2> stop_low{"all_first", "detector_only"};
constexpr Values<2> shadow_sn{"shared", "per_component"};
constexpr Values<3> low_sn{"shared_atomic", "shared_broadcast", "vector"};
constexpr Values<2> shadow_internal{"exchange", "literal"};
constexpr Values<2> external_index{"internal_sn", "own_counter"};

constexpr std::array table{
    row<&Rules::dirty_delivery>(
        "dirty_delivery", dirty_delivery, "figure 3 against figure 4",
        "As printed, figure 3 withholds from the application the very message that caused a checkpoint."),
    row<&Rules::notification_sn>("notification_sn", notification_sn, "figure 3, the missing brace",
                                 "Whether an active process also advances its number on a passed_AT notification."),
    row<&Rules::validated_register>(
        "validated_register", validated_register, "section 3.1 against figure 3",
        "Whether a message counts as news only if its number also exceeds the largest validated number known."),
    row<&Rules::first_checkpoint>(
        "first_checkpoint", first_checkpoint, "S1 of section 3.1 against figures 3 and 4",
        "Whether a clean process checkpoints before any dirty message, or only before one with a larger number."),
    row<&Rules::checkpoint_trigger>(
        "checkpoint_trigger", checkpoint_trigger, "S1 and S2 of section 3.1, figure 3",
        "Whether a dirty active process checkpoints only when its state was propagated, or at every larger number."),
    row<&Rules::propagation_mark>(
        "propagation_mark", propagation_mark, "figure 3",
        "Which sends count as propagation: only those to active processes, or those to the cluster as well."),
    row<&Rules::checkpoint_index>(
        "checkpoint_index", checkpoint_index, "section 3.1 against figure 3",
        "Whether a checkpoint is indexed by the number of the message that caused it or by the number before it."),
    row<&Rules::reclamation>(
        "reclamation", reclamation, "section 3.2",
        "Whether a checkpoint is dropped by its index, or only once all that was absorbed after it is validated."),
    row<&Rules::receiver_log>("receiver_log", receiver_log, "section 3.1, figures 3 and 4",
                              "Whether a dirty process logs only clean messages or every message it receives."),
    row<&Rules::shadow_input_index>("shadow_input_index", shadow_input_index, "section 3.1 against figure 4",
                                    "Which number indexes the messages that a shadow receives and logs."),
    row<&Rules::shadow_output_index>("shadow_output_index", shadow_output_index, "figure 4 and section 3.2 against 3.1",
                                     "Which number indexes the messages that a shadow suppresses and logs."),
    row<&Rules::resend>("resend", resend, "sections 3.1 and 3.2",
                        "Which of the logged messages the shadows re-send when they take over."),
    row<&Rules::suppress_until>("suppress_until", suppress_until, "section 3.2",
                                "Whether the message that carries the largest validated number is itself suppressed."),
    row<&Rules::rollback_scope>(
        "rollback_scope", rollback_scope, "unstated",
        "Whether numbers, counters, logs and marks are restored together with the application's state."),
    row<&Rules::recovery_line>(
        "recovery_line", recovery_line, "unstated",
        "Whether all roll back by the largest validated number that anyone knows, or each by what it was told."),
    row<&Rules::in_transit>("in_transit", in_transit, "unstated",
                            "What becomes of messages sent before the recovery and delivered after it."),
    row<&Rules::stop_low>("stop_low", stop_low, "section 3.2 against figures 2 and 3",
                          "Whether a recovery stops all new versions first, or only the one whose test has failed."),
    row<&Rules::shadow_sn>("shadow_sn", shadow_sn, "figure 4, section 3.2",
                           "Whether all shadows number what they suppress by one counter, or each by its own."),
    row<&Rules::low_sn>(
        "low_sn", low_sn, "figure 2, section 3.1",
        "Whether the cluster's counter is shared at once, told by messages, or one for each component."),
    row<&Rules::shadow_internal>(
        "shadow_internal", shadow_internal, "figure 4",
        "Whether shadows exchange the messages of the old pattern, or log them as if they were external."),
    row<&Rules::external_index>("external_index", external_index, "figure 4",
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
