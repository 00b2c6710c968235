// The one table of properties: for each its name, kind and sentence, where it says something, and which other shows
// that it is not vacuous. What makes a property true is in model/claims (properties.hpp, predicates.hpp).
// Knows no state.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "checker/model.hpp"
#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"

namespace mdcd::model {

enum class PropertyId : std::uint8_t {
    containment,
    device_safety,
    recoverability,
    no_cascading_rollback,
    minimal_rollback,
    reclamation_safety,
    reclamation_completeness,
    takeover_order,
    // twins, in the same order
    contaminated_then_cleaned,
    output_of_validated_state,
    recovery_restores_messages,
    several_roll_back,
    rollback_to_later_checkpoint,
    partial_reclamation,
    needed_checkpoint_kept,
    several_resent,
    // of clusters of several components, of external messages; each with its twin after it
    unique_sn,
    several_components_sent,
    output_exactly_once,
    output_before_and_after,
    // of every state, and of what is left of a recovery; each with its twin after it
    told,
    told_by_another,
    known_is_proved,
    something_known,
    number_within_truth,
    clean_with_number,
    number_covers_dependence,
    dirty_with_dependence,
    dirty_iff_checkpoint,
    checkpoint_kept,
    checkpoints_ascend,
    two_checkpoints_kept,
    oldest_is_validated,
    oldest_depends,
    log_completes_checkpoints,
    logged_after_checkpoint,
    agreement_is_validated,
    something_agreed,
    told_all_keeps_nothing,
    something_kept,
    nothing_left_over,
    recovery_clears,
    recovered_as_restored,
    recovered_from_checkpoint,
    history_order,
    several_replayed,
    // of recoveries that really happened (asynchronous scopes); each with its twin after it
    recovered_consistently,
    recovery_completed,
    recovered_in_order,
    resent_received,
    rolled_back_once,
    recovered_by_rollback,
    recovery_terminates,
    // what else a recovery may meet
    coordinators_met,
    old_message_discarded,
    validated_suppressed,
};
inline constexpr std::size_t property_count = static_cast<std::size_t>(PropertyId::validated_suppressed) + 1;

// An invariant that a user has written in the scope: the nth there, from 0.
struct InvariantNumber {
    std::size_t nth = 0;

    friend bool operator==(const InvariantNumber&, const InvariantNumber&) = default;
};

// What a system is asked: a property of the table, or an invariant of its scope.
using AnyProperty = std::variant<PropertyId, InvariantNumber>;

// By position among the properties of a system: the table, then the invariants.
[[nodiscard]] AnyProperty property_at(std::size_t position);
[[nodiscard]] std::size_t position_of(const AnyProperty& property);

struct PropertyRow {
    PropertyId id;
    checker::Property property;
    std::optional<PropertyId> twin; // of a claim: what has to be reachable for it to say something
    bool (*applies)(const Scope&, const impl::Rules&);
};

// In the order of PropertyId.
[[nodiscard]] std::span<const PropertyRow> property_table();

// The same, as the engine knows them.
[[nodiscard]] std::span<const checker::Property> all_properties();

// Whether the property says anything about the runs of a scope under these rules. What does not apply is not checked,
// and reported as not applicable, never as holding. A user's invariant says something of every scope.
[[nodiscard]] bool applies(const AnyProperty& property, const Scope& scope, const impl::Rules& rules);

// Where that is, in a sentence; "" if everywhere.
[[nodiscard]] std::string_view where_it_applies(PropertyId property);

// Whether the protocol numbers messages as the model counts what is erroneous. If not, a number and a dependence cannot
// be compared: a vector of counters with one source of errors, or the reverse, or a counter that all components share
// while each has its own order.
[[nodiscard]] bool numbers_compare(const Scope& scope, const impl::Rules& rules);

} // namespace mdcd::model
