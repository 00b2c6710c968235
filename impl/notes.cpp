// The names of notes, as reports show them.
// Knows no handler.
#include "impl/notes.hpp"

#include <array>

namespace mdcd::impl {
namespace {

constexpr std::array<std::string_view, note_kind_count> names{
    "sent_dirty",
    "sent_clean",
    "propagated",
    "at_passed",
    "output_without_at",
    "delivered",
    "withheld",
    "checkpoint_first",
    "checkpoint_propagated",
    "checkpoint_new_sn",
    "no_checkpoint_not_newer",
    "no_checkpoint_validated",
    "no_checkpoint_unpropagated",
    "logged_input",
    "unlogged_input",
    "logged_output",
    "number_advanced",
    "sent_in_cluster",
    "logged_external",
    "validated",
    "checkpoint_dropped",
    "inputs_purged",
    "outputs_purged",
    "became_clean",
    "stayed_dirty",
    "rolled_back",
    "not_rolled_back",
    "replayed",
    "not_replayed",
    "resent",
    "suppressing",
    "recovery_started",
    "halted",
    "stopped",
    "yielded",
    "rival_ignored",
    "answered_late",
    "recovery_decided",
    "resumed",
    "held",
    "discarded_message",
    "discarded_notification",
    "sent_by_shadow",
    "suppressed_in_service",
};

} // namespace

std::string_view note_name(NoteKind kind) {
    return names[static_cast<std::size_t>(kind)];
}

} // namespace mdcd::impl
