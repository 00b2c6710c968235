// One sentence for each kind of note.
// Knows no state.
#include "model/runs/note_text.hpp"

#include <algorithm>

#include "model/state/value_writer.hpp"

namespace mdcd::model {

using impl::NoteKind;

namespace {

// " [rule=value]"
std::string by(const impl::Rules& rules, std::string_view name) {
    const impl::RuleDescription& rule = *impl::find_rule(name);
    return " [" + std::string(name) + "=" + std::string(rule.values[rule.get(rules)]) + "]";
}

// Of notes about one message or one recovery: their number, whichever entry it has been put in.
std::string counted(const impl::SequenceVector& numbers) {
    return std::to_string(std::ranges::max(numbers.entries));
}

// What recovery notes, applied at once or by messages.
std::string recovery_text(const impl::Note& note, const impl::Rules& rules, std::size_t entries) {
    const std::string n = to_text(note.number, entries);
    const std::string count = counted(note.number);
    switch (note.kind) {
    case NoteKind::rolled_back:
        return "rolls back to checkpoint " + n;
    case NoteKind::not_rolled_back:
        return "stays where it is";
    case NoteKind::replayed:
        return "replays a logged message with number " + n;
    case NoteKind::not_replayed:
        return "leaves out a logged message with number " + n + ": it is not validated";
    case NoteKind::resent:
        return "re-sends message " + count;
    case NoteKind::suppressing:
        return "will go on suppressing what it generates up to message " + count;
    case NoteKind::recovery_started:
        return "coordinates recovery " + count;
    case NoteKind::halted:
        return "halts for recovery " + count + " and replies with the largest number that it knows to be validated";
    case NoteKind::stopped:
        return "stops for good";
    case NoteKind::yielded:
        return "no longer coordinates recovery " + count + ": the other coordinator has the lower id";
    case NoteKind::rival_ignored:
        return "takes no notice: its coordinator has the lower id";
    case NoteKind::answered_late:
        return "tells that this recovery is over, with " + n + " as the validated number" + by(rules, "stop_low");
    case NoteKind::recovery_decided:
        return "has all replies: the validated number is " + n + by(rules, "recovery_line");
    case NoteKind::resumed:
        return "resumes in incarnation " + count;
    case NoteKind::held:
        return "holds it until it resumes";
    case NoteKind::discarded_message:
        return "discards it: it is of an older incarnation, and " + n + " is not validated" + by(rules, "in_transit");
    case NoteKind::discarded_notification:
        return "takes no notice of it: it is of an older incarnation" + by(rules, "in_transit");
    case NoteKind::sent_by_shadow:
        return "has taken over, and sends message " + count;
    case NoteKind::suppressed_in_service:
        return "suppresses message " + count + ": that of the new version is validated";
    default:
        return "";
    }
}

} // namespace

std::string note_text(const impl::Note& note, const impl::Rules& rules, std::size_t entries) {
    const std::string n = to_text(note.number, entries);
    switch (note.kind) {
    case NoteKind::sent_dirty:
        return "marks it dirty, with number " + n;
    case NoteKind::sent_clean:
        return "marks it clean, with number " + n;
    case NoteKind::propagated:
        return "notes that its dirty state has been passed on: prgt_bit becomes 1" + by(rules, "propagation_mark");
    case NoteKind::at_passed:
        return "thereby proves every message up to its number " + n;
    case NoteKind::output_without_at:
        return "needs no test: it calls itself clean";
    case NoteKind::delivered:
        return "";
    case NoteKind::withheld:
        return "does not pass the message to its application" + by(rules, "dirty_delivery");
    case NoteKind::checkpoint_first:
        return "takes checkpoint " + n + " first: its clean state is about to be contaminated (S1)";
    case NoteKind::checkpoint_propagated:
        return "takes checkpoint " + n + " first: prgt_bit is 1 and its number is about to grow (S2)";
    case NoteKind::checkpoint_new_sn:
        return "takes checkpoint " + n + " first: its number is about to grow" + by(rules, "checkpoint_trigger");
    case NoteKind::no_checkpoint_not_newer:
        return "takes no checkpoint: number " + n + " is not larger than its own";
    case NoteKind::no_checkpoint_validated:
        return "takes no checkpoint: number " + n + " is known to be validated" + by(rules, "validated_register");
    case NoteKind::no_checkpoint_unpropagated:
        return "takes NO checkpoint although number " + n + " is new: prgt_bit is 0" + by(rules, "checkpoint_trigger");
    case NoteKind::logged_input:
        return "logs the message with index " + n + by(rules, "receiver_log");
    case NoteKind::unlogged_input:
        return "does not log the message: it is dirty" + by(rules, "receiver_log");
    case NoteKind::logged_output:
        return "suppresses the message and logs it with index " + n + by(rules, "shadow_output_index");
    case NoteKind::sent_in_cluster:
        return "leaves its number as it is, " + n + ": the message stays inside the cluster";
    case NoteKind::logged_external:
        return "suppresses the message and logs it among the external ones with index " + n +
               by(rules, "external_index");
    case NoteKind::number_advanced:
        return "advances its number to " + n + by(rules, "notification_sn");
    case NoteKind::validated:
        return "";
    case NoteKind::checkpoint_dropped:
        return "drops checkpoint " + n + by(rules, "reclamation");
    case NoteKind::inputs_purged:
        return "purges logged inputs, now that " + n + " is validated" + by(rules, "receiver_log");
    case NoteKind::outputs_purged:
        return "purges suppressed messages up to " + n + " from its log";
    case NoteKind::became_clean:
        return "keeps no checkpoint and calls itself clean";
    case NoteKind::stayed_dirty:
        return "keeps a checkpoint: not all of its state is validated";
    default:
        return recovery_text(note, rules, entries);
    }
    return "";
}

} // namespace mdcd::model
