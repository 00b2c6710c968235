// Compares numbers of the protocol with ghost state, process by process.
// Knows no slot.
#include "model/claims/lemmas.hpp"

namespace mdcd::model {

LemmaFaults lemma_faults(const Lemmas& lemmas, const SlotSummary& process, unsigned outputs) {
    LemmaFaults faults;
    faults.dirty_bit_wrong = process.clean != process.checkpoint_indices.empty();
    faults.checkpoints_out_of_order = process.checkpoints_out_of_order;
    faults.oldest_unproved =
        process.candidates.size() > 1 && !covers(lemmas.validated, process.candidates.front().depends);
    faults.log_fails = process.log_fails;
    faults.keeps_when_told = process.keeps_when_told;
    if (!lemmas.compare)
        return faults;
    const bool quiet = !lemmas.notification_under_way;
    faults.untold = quiet && (!covers(process.valid, lemmas.validated) || process.valid_external < outputs);
    faults.believes = !covers(lemmas.validated, process.valid);
    faults.beyond_truth =
        !covers(process.clean ? lemmas.validated : join(lemmas.validated, process.depends), process.number);
    faults.undernumbered = process.undernumbered;
    return faults;
}

void note_channel(Lemmas& lemmas, const SlotSummary& channel) {
    lemmas.notification_under_way |= channel.notifies;
    lemmas.told_too_much |= lemmas.compare && !covers(lemmas.validated, channel.valid);
    lemmas.message_undernumbered |= lemmas.compare && channel.undernumbered;
}

void note_process(Lemmas& lemmas, const SlotSummary& process, unsigned outputs) {
    const LemmaFaults faults = lemma_faults(lemmas, process, outputs);
    lemmas.faults.untold |= faults.untold;
    lemmas.faults.believes |= faults.believes;
    lemmas.faults.beyond_truth |= faults.beyond_truth;
    lemmas.faults.undernumbered |= faults.undernumbered;
    lemmas.faults.dirty_bit_wrong |= faults.dirty_bit_wrong;
    lemmas.faults.checkpoints_out_of_order |= faults.checkpoints_out_of_order;
    lemmas.faults.oldest_unproved |= faults.oldest_unproved;
    lemmas.faults.log_fails |= faults.log_fails;
    lemmas.faults.keeps_when_told |= faults.keeps_when_told;
    const bool knows = process.valid != Numbers{};
    lemmas.all_know &= knows;
    lemmas.something_known |= knows;
    lemmas.clean_with_number |= process.clean && process.number != Numbers{};
    lemmas.dirty_with_dependence |= !process.clean && process.depends != Numbers{};
    lemmas.keeps_checkpoint |= !process.clean && !process.checkpoint_indices.empty();
    lemmas.keeps_two |= process.checkpoint_indices.size() > 1;
    lemmas.oldest_depends |= process.candidates.size() > 1 && process.candidates.front().depends != Numbers{};
    lemmas.logs_after |= process.logs_after;
    lemmas.keeps |= process.keeps;
    lemmas.known = join(lemmas.known, process.valid);
}

bool disagrees(const Lemmas& lemmas) {
    return lemmas.compare && lemmas.known != lemmas.validated;
}

} // namespace mdcd::model
