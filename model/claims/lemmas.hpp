// Claims about every state that need no recovery: what processes know of what is validated, and what their numbers,
// dirty bits and checkpoints say of what is true. They are the lemmas that the proof rests on (model/proof/lemmas.hpp),
// said again of whole states and judged from ghost state. Knows no rule but how numbers of the protocol and of faults
// compare.
#pragma once

#include <cstdint>
#include <span>

#include "model/claims/summary.hpp"

namespace mdcd::model {

// What is wrong with one process of high confidence.
struct LemmaFaults {
    bool untold = false;   // knows less than is validated, though no notification is under way
    bool believes = false; // holds for validated what no acceptance test has proved
    bool beyond_truth =
        false; // its number is neither validated nor depended on; or it is clean and it is not validated
    bool undernumbered = false;   // a state of it, or a message it logged, depends on more than its number says
    bool dirty_bit_wrong = false; // dirty without a checkpoint, or clean with one
    bool checkpoints_out_of_order = false; // its checkpoints do not stand in order
    bool oldest_unproved = false;          // its oldest checkpoint depends on more than is validated
    bool log_fails = false;                // a checkpoint and the log after it are not what was received
    bool keeps_when_told = false;          // told that everything is validated, it would keep something

    [[nodiscard]] bool any() const {
        return untold || believes || beyond_truth || undernumbered || dirty_bit_wrong || checkpoints_out_of_order ||
               oldest_unproved || log_fails || keeps_when_told;
    }
};

// What one global state says of these claims, and of their twins.
struct Lemmas {
    Numbers validated{}; // in truth
    bool compare = true; // numbers_compare
    bool notification_under_way = false;
    bool told_too_much = false;         // a notification under way says more than is validated
    bool message_undernumbered = false; // a message under way depends on more than its number says
    LemmaFaults faults{};               // of any process
    bool all_know = true;               // no notification is under way, and all know something to be validated
    bool something_known = false;
    bool clean_with_number = false;
    bool dirty_with_dependence = false;
    bool keeps_checkpoint = false;
    bool keeps_two = false;
    bool oldest_depends = false;
    bool logs_after = false;
    bool keeps = false;
    Numbers known{}; // by all processes together, new versions included
};

// `outputs`: so many external messages of the process's component have been output; 0 where that is not asked.
[[nodiscard]] LemmaFaults lemma_faults(const Lemmas& lemmas, const SlotSummary& process, unsigned outputs);

// Of a channel to a process of high confidence; before the processes.
void note_channel(Lemmas& lemmas, const SlotSummary& channel);
void note_process(Lemmas& lemmas, const SlotSummary& process, unsigned outputs);

// What all processes together know is not what is validated.
[[nodiscard]] bool disagrees(const Lemmas& lemmas);

} // namespace mdcd::model
