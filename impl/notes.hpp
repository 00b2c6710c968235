// What a handler did and by which guard, for whoever watches: traces, coverage, a system's log.
// The protocol writes notes and never reads them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "impl/fixed_vector.hpp"
#include "impl/sequence_number.hpp"

namespace mdcd::impl {

enum class NoteKind : std::uint8_t {
    sent_dirty,                 // an internal message left with dirty bit 1
    sent_clean,                 // an internal message left with dirty bit 0
    propagated,                 // prgt_bit was set by a send
    at_passed,                  // an acceptance test succeeded
    output_without_at,          // an external message left a clean state untested
    delivered,                  // a message was passed to the application
    withheld,                   // a message was not passed to the application (dirty_delivery=literal)
    checkpoint_first,           // S1: a clean state is about to be contaminated
    checkpoint_propagated,      // S2: a propagated dirty state is about to be contaminated further
    checkpoint_new_sn,          // a dirty state is about to absorb a larger number
    no_checkpoint_not_newer,    // dirty message, but its number is not larger
    no_checkpoint_validated,    // dirty message, but its number is known to be validated
    no_checkpoint_unpropagated, // dirty message with a larger number, but prgt_bit is 0
    logged_input,               // a received message was logged
    unlogged_input,             // a message reached a dirty process and was not logged
    logged_output,              // a suppressed message was logged
    number_advanced,            // low_sn took over the number of a notification
    sent_in_cluster,            // a message between components of the cluster left
    logged_external,            // a suppressed external message was logged
    validated,                  // a notification was processed
    checkpoint_dropped,         // a checkpoint was reclaimed
    inputs_purged,              // entries of the receiver log were reclaimed
    outputs_purged,             // entries of the log of suppressed messages were reclaimed
    became_clean,               // the last checkpoint went, the dirty bit with it
    stayed_dirty,               // some checkpoint remains
    rolled_back,                // the state of a checkpoint was restored
    not_rolled_back,            // a clean process stays where it is
    replayed,                   // a logged message was passed to the application again
    not_replayed,               // a logged message depends on what was not validated
    resent,                     // a suppressed message is sent in the take-over
    suppressing,                // messages up to a number will be suppressed
    // Recovery by messages (recovery_protocol.hpp):
    recovery_started,       // an acceptance test failed for good: the process coordinates a recovery
    halted,                 // the process takes part in a recovery and waits for its decision
    stopped,                // a new version has stopped for good
    yielded,                // a coordinator gives way to another one
    rival_ignored,          // a process that waits for one coordinator takes no notice of another one
    answered_late,          // an announcement came when its recovery was over: the decision is told again
    recovery_decided,       // all have replied: the validated number is decided
    resumed,                // the process is in its new incarnation
    held,                   // a message waits until the process resumes
    discarded_message,      // an application message of an older incarnation is not received
    discarded_notification, // a notification of an older incarnation tells nothing, or what nobody can rely on
    sent_by_shadow,         // a shadow that has taken over sends
    suppressed_in_service,  // a shadow that has taken over suppresses what is validated
};
inline constexpr std::size_t note_kind_count = static_cast<std::size_t>(NoteKind::suppressed_in_service) + 1;

[[nodiscard]] std::string_view note_name(NoteKind kind);

struct Note {
    NoteKind kind = NoteKind::delivered;
    SequenceVector number; // what the note is about: an index, a validated number, ..
    friend constexpr bool operator==(const Note&, const Note&) = default;
};

class Notes {
public:
    static constexpr std::size_t capacity = 4 * (checkpoint_count_max + log_entry_count_max + held_count_max);

    void add(NoteKind kind, const SequenceVector& number = {}) {
        entries_.push_back({kind, number}, "the list of notes");
    }
    [[nodiscard]] const Note* begin() const { return entries_.begin(); }
    [[nodiscard]] const Note* end() const { return entries_.end(); }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    FixedVector<Note, capacity> entries_;
};

} // namespace mdcd::impl
