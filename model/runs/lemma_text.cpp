// Judges each process and each channel once more, and says of the wrong ones what they are and what is true.
// Knows no other claim.
#include "model/runs/lemma_text.hpp"

#include "checker/path.hpp"
#include "model/claims/view_text.hpp"
#include "model/state/value_writer.hpp"

namespace mdcd::model {
namespace {

std::string process_fault(PropertyId property, const LemmaFaults& faults, const SlotSummary& process,
                          const View& view) {
    const std::string proved = numbers_text(view, view.validated);
    switch (property) {
    case PropertyId::told:
        return !faults.untold ? ""
                              : " knows of messages up to " + numbers_text(view, process.valid) +
                                    " only, or not of all outputs: up to " + proved +
                                    " is validated, and no notification is under way";
    case PropertyId::known_is_proved:
        return !faults.believes ? ""
                                : " holds messages up to " + numbers_text(view, process.valid) +
                                      " for validated, but acceptance tests have proved them up to " + proved;
    case PropertyId::number_within_truth:
        return !faults.beyond_truth
                   ? ""
                   : std::string(process.clean ? " is clean" : " is dirty") + " with number " +
                         numbers_text(view, process.number) + ", but depends on " +
                         numbers_text(view, process.depends) + ", and up to " + proved + " is validated";
    case PropertyId::number_covers_dependence:
        return !faults.undernumbered
                   ? ""
                   : " is in a state, or keeps a checkpoint or a message, that depends on more than its "
                     "number says";
    case PropertyId::dirty_iff_checkpoint:
        return !faults.dirty_bit_wrong ? ""
               : process.clean         ? " calls itself clean and keeps a checkpoint"
                                       : " calls itself dirty and keeps no checkpoint";
    case PropertyId::checkpoints_ascend:
        return !faults.checkpoints_out_of_order
                   ? ""
                   : " keeps a checkpoint whose history a later one does not contain, or whose number is larger";
    case PropertyId::oldest_is_validated:
        return !faults.oldest_unproved ? ""
                                       : " keeps no checkpoint older than one that depends on " +
                                             numbers_text(view, process.candidates.front().depends) + ", and up to " +
                                             proved + " is validated";
    case PropertyId::log_completes_checkpoints:
        return !faults.log_fails ? ""
                                 : " keeps a checkpoint that does not come to the present with what was logged after "
                                   "it: a message is "
                                   "missing, or there twice";
    case PropertyId::told_all_keeps_nothing:
        return !faults.keeps_when_told ? ""
                                       : " would keep something even if it were told that all it depends on and has "
                                         "generated is validated";
    default:
        return "";
    }
}

// What goes after "after recovery A1 "; "" if nothing is wrong with it.
std::string outcome_sentence(PropertyId property, const RecoveredProcess& process) {
    if (property == PropertyId::nothing_left_over && process.left_over)
        return "is still dirty, or keeps a checkpoint or a logged message that no later recovery can use";
    if (property == PropertyId::nothing_left_over && process.holds)
        return "runs, and keeps a message that it held while it was halted";
    if (property == PropertyId::recovered_as_restored && !process.as_restored)
        return "is not what the state that it restored says and what it has replayed on top: its history, its number "
               "or "
               "what it knows to be validated is another";
    if (property == PropertyId::history_order && process.reordered)
        return "has taken an earlier message of a sender after a later one";
    return "";
}

template <class Visit> void for_each_high(const System& system, Visit visit) {
    unsigned position = 0;
    for (const impl::ProcessId id : system.layout().processes())
        if (id.group != impl::Group::low)
            visit(name_of(id), position++);
}

} // namespace

std::string long_name(MessageId id) {
    return id.source == 0 ? "cluster message " + std::to_string(id.number) : "message " + name_of(id);
}

std::string names(MessageSet set) {
    std::string text;
    for (unsigned bit = 0; bit < 64; ++bit)
        if ((set >> bit & 1) != 0)
            text += (text.empty() ? "" : ", ") + name_of(message_at(bit));
    return text;
}

std::vector<ProcessSentence> lemma_sentences(PropertyId property, const System& system,
                                             const checker::GlobalState& state, const Recovery& recovery) {
    std::vector<ProcessSentence> all;
    checker::ask(system, state, [&](auto summaries) {
        const Lemmas lemmas = system.lemmas(summaries, recovery);
        std::size_t position = 0;
        for (const impl::ProcessId id : system.layout().processes()) {
            if (id.group == impl::Group::low)
                continue;
            const SlotSummary& process = *summaries[system.layout().slot_of(id)];
            const LemmaFaults faults = lemma_faults(lemmas, process, system.outputs_before(recovery, position));
            ++position;
            const std::string text = process_fault(property, faults, process, recovery.view);
            if (!text.empty())
                all.emplace_back(name_of(id), name_of(id) + text);
        }
        if (property == PropertyId::known_is_proved && lemmas.told_too_much)
            all.emplace_back("", "a notification under way says more than acceptance tests have proved");
        if (property == PropertyId::number_covers_dependence && lemmas.message_undernumbered)
            all.emplace_back("", "a message under way depends on more than its number says");
        if (property == PropertyId::agreement_is_validated && disagrees(lemmas))
            all.emplace_back("", "all processes together know of messages up to " +
                                     numbers_text(recovery.view, lemmas.known) + ", and up to " +
                                     numbers_text(recovery.view, lemmas.validated) + " is validated");
        return 0;
    });
    return all;
}

std::vector<ProcessSentence> outcome_sentences(PropertyId property, const System& system, const Recovery& recovery) {
    std::vector<ProcessSentence> all;
    for_each_high(system, [&](const std::string& name, unsigned position) {
        const std::string text = outcome_sentence(property, *recovery.recovered[position]);
        if (!text.empty())
            all.emplace_back(name, "after recovery " + name + " " + text);
    });
    if (property == PropertyId::recovered_as_restored && !recovery.counters_restored)
        all.emplace_back("", "a shadow's counter is not the number of messages in its history");
    else if (property == PropertyId::recovered_as_restored && all.empty())
        all.emplace_back(
            "", "a process has not gone through each recovery, or ended one by another decision than the others");
    if (property == PropertyId::nothing_left_over && all.empty())
        all.emplace_back("", "a message that was sent after the recovery is marked dirty");
    return all;
}

// Of each shadow what it leaves out; or its messages go out in another order than it generated them.
std::vector<ProcessSentence> takeover_sentences(const System& system, const Recovery& recovery) {
    std::vector<ProcessSentence> all;
    for_each_high(system, [&](const std::string& name, unsigned position) {
        if (position >= recovery.view.shadow_count)
            return;
        const RecoveredProcess& shadow = *recovery.recovered[position];
        const MessageSet skipped = shadow.sent & cluster_messages & ~recovery.view.proved & ~shadow.resent;
        if (skipped != 0)
            all.emplace_back(name, name + " does not re-send " + names(skipped) +
                                       ", which it has generated and no test has proved" +
                                       (shadow.resent == 0 ? std::string() : "; it re-sends " + names(shadow.resent)));
        else if (!shadow.resent_in_order)
            all.emplace_back(name, name + " does not re-send in number order: " + names(shadow.resent));
    });
    return all;
}

} // namespace mdcd::model
