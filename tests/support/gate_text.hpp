// A gate of two small checks that uses everything a gate can say, as text.
// Both come out as they say under the rules of today; a test that pins them says so.
#pragma once

#include <string>

namespace mdcd::tests {

inline std::string gate_text() {
    return R"~({
  "name": "mine",
  "description": "Two checks.",
  "checks": [
    {"name": "one", "scope": "tiny", "rules": {"from": "published", "rules": {"receiver_log": "while_dirty"}},
     "distinct_states": 3507, "budget": {"max_states": 10000, "max_seconds": 60, "max_memory_mib": 512},
     "expect": {"containment": "holds", "device_safety": "holds", "recoverability": "holds",
                "no_cascading_rollback": "holds", "minimal_rollback": "holds", "reclamation_safety": "holds",
                "reclamation_completeness": "holds", "takeover_order": "holds",
                "contaminated_then_cleaned": "reached", "output_of_validated_state": "reached",
                "recovery_restores_messages": "reached", "several_roll_back": "reached",
                "rollback_to_later_checkpoint": "reached", "partial_reclamation": "reached",
                "needed_checkpoint_kept": "reached", "several_resent": "reached", "told": "holds",
                "told_by_another": "reached", "known_is_proved": "holds", "something_known": "reached",
                "number_within_truth": "holds", "clean_with_number": "reached",
                "number_covers_dependence": "holds", "dirty_with_dependence": "reached",
                "dirty_iff_checkpoint": "holds", "checkpoint_kept": "reached", "checkpoints_ascend": "holds",
                "two_checkpoints_kept": "reached", "oldest_is_validated": "holds", "oldest_depends": "reached",
                "log_completes_checkpoints": "holds", "logged_after_checkpoint": "reached",
                "agreement_is_validated": "holds", "something_agreed": "reached",
                "told_all_keeps_nothing": "holds", "something_kept": "reached", "nothing_left_over": "holds",
                "recovery_clears": "reached", "recovered_as_restored": "holds",
                "recovered_from_checkpoint": "reached"}},
    {"name": "two", "description": "A scope of its own.", "symmetry": true,
     "scope": {"name": "inline", "active_processes": 2,
               "budgets": {"cluster_messages": 2, "active_messages": 1, "active_acceptance_tests": 1},
               "properties": ["recoverability", "several_resent"]},
     "rules": "published",
     "expect": {"recoverability": "violated in 7 steps", "several_resent": "reached"}}
  ]
}
)~";
}

} // namespace mdcd::tests
