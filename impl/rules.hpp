// The readings of the paper: every gap or contradiction in its text is one rule that can be switched.
//
// The names are the vocabulary of rules files, traces and reports; rule_table() says what each is about.
// The first value of each rule is the most charitable reading that the text still supports.
// A new value is an enumerator here and one guarded line where it acts.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace mdcd::impl {

enum class DirtyDelivery : std::uint8_t { deliver, literal };
enum class NotificationSn : std::uint8_t { advance, keep };
enum class ValidatedRegister : std::uint8_t { shadow_only, everywhere };
enum class FirstCheckpoint : std::uint8_t { dirty_and_newer, dirty_only };
enum class CheckpointTrigger : std::uint8_t { published, every_new_sn };
enum class PropagationMark : std::uint8_t { active_only, any_internal };
enum class CheckpointIndex : std::uint8_t { message_sn, local_sn };
enum class Reclamation : std::uint8_t { by_index, by_cover };
enum class ReceiverLog : std::uint8_t { clean_only, while_dirty };
enum class ShadowInputIndex : std::uint8_t { low_sn, shadow_sn };
enum class ShadowOutputIndex : std::uint8_t { shadow_sn, low_sn };
enum class Resend : std::uint8_t { all_in_log, from_checkpoint_index, before_checkpoint_above_validated };
enum class SuppressUntil : std::uint8_t { inclusive, exclusive };
enum class RollbackScope : std::uint8_t { all_protocol_state, application_only };
enum class RecoveryLine : std::uint8_t { agreed, local };
enum class InTransit : std::uint8_t { discard_unvalidated, deliver };
enum class StopLow : std::uint8_t { all_first, detector_only };
enum class ShadowSn : std::uint8_t { shared, per_component };
enum class LowSn : std::uint8_t { shared_atomic, shared_broadcast, vector };
enum class ShadowInternal : std::uint8_t { exchange, literal };
enum class ExternalIndex : std::uint8_t { internal_sn, own_counter };

struct Rules {
    DirtyDelivery dirty_delivery = DirtyDelivery::deliver;
    NotificationSn notification_sn = NotificationSn::advance;
    ValidatedRegister validated_register = ValidatedRegister::shadow_only;
    FirstCheckpoint first_checkpoint = FirstCheckpoint::dirty_and_newer;
    CheckpointTrigger checkpoint_trigger = CheckpointTrigger::published;
    PropagationMark propagation_mark = PropagationMark::active_only;
    CheckpointIndex checkpoint_index = CheckpointIndex::message_sn;
    Reclamation reclamation = Reclamation::by_index;
    ReceiverLog receiver_log = ReceiverLog::clean_only;
    ShadowInputIndex shadow_input_index = ShadowInputIndex::low_sn;
    ShadowOutputIndex shadow_output_index = ShadowOutputIndex::shadow_sn;
    Resend resend = Resend::all_in_log;
    SuppressUntil suppress_until = SuppressUntil::inclusive;
    RollbackScope rollback_scope = RollbackScope::all_protocol_state;
    RecoveryLine recovery_line = RecoveryLine::agreed;
    InTransit in_transit = InTransit::discard_unvalidated;
    StopLow stop_low = StopLow::all_first;
    ShadowSn shadow_sn = ShadowSn::shared;
    LowSn low_sn = LowSn::shared_atomic;
    ShadowInternal shadow_internal = ShadowInternal::exchange;
    ExternalIndex external_index = ExternalIndex::internal_sn;

    friend constexpr bool operator==(const Rules&, const Rules&) = default;
};

// One row of the table of rules. Values are numbered as in the enumerations above.
struct RuleDescription {
    std::string_view name;
    std::span<const std::string_view> values;
    std::string_view source; // where in the paper
    std::string_view gap;    // one sentence: what is open
    std::uint8_t (*get)(const Rules&);
    void (*set)(Rules&, std::uint8_t value); // value < values.size()
};

[[nodiscard]] std::span<const RuleDescription> rule_table();

// The row of that name, or a null pointer.
[[nodiscard]] const RuleDescription* find_rule(std::string_view name);

} // namespace mdcd::impl
