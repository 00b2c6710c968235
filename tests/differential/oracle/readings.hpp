// The rules of the protocol as switches, one for each value that is not the first of its rule. `readings_from` looks
// the names up; a name that is not in the specification's table is refused. Rules that cannot act where recovery is
// atomic (`stop_low`) are known and ignored.
#pragma once

#include "tests/differential/oracle/oracle.hpp"

namespace oracle {

enum class Resend { all_in_log, from_checkpoint_index, before_checkpoint_above_validated };
enum class LowNumbers { shared_atomic, shared_broadcast, vector };

struct Readings {
    bool literal_delivery = false;            // dirty_delivery=literal
    bool keep_on_notification = false;        // notification_sn=keep
    bool register_everywhere = false;         // validated_register=everywhere
    bool first_checkpoint_dirty_only = false; // first_checkpoint=dirty_only
    bool checkpoint_every_new_sn = false;     // checkpoint_trigger=every_new_sn
    bool mark_any_internal = false;           // propagation_mark=any_internal
    bool index_local_sn = false;              // checkpoint_index=local_sn
    bool reclaim_by_cover = false;            // reclamation=by_cover
    bool log_while_dirty = false;             // receiver_log=while_dirty
    bool input_index_shadow_sn = false;       // shadow_input_index=shadow_sn
    bool output_index_low_sn = false;         // shadow_output_index=low_sn
    bool suppress_exclusive = false;          // suppress_until=exclusive
    bool rollback_application_only = false;   // rollback_scope=application_only
    bool local_line = false;                  // recovery_line=local
    bool deliver_in_transit = false;          // in_transit=deliver
    bool shadow_sn_per_component = false;     // shadow_sn=per_component
    bool shadow_internal_literal = false;     // shadow_internal=literal
    bool external_own_counter = false;        // external_index=own_counter
    Resend resend = Resend::all_in_log;
    LowNumbers low_sn = LowNumbers::shared_atomic;

    [[nodiscard]] bool vectors() const { return low_sn == LowNumbers::vector; }
};

Readings readings_from(const Rules& rules);

} // namespace oracle
