// The lemmas, for the claims as far as rules differ. docs/soundness.md tells the argument in words.
// Knows no action.
#include "model/proof/lemmas.hpp"

namespace mdcd::model::proof {

using Shown = Window<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Message = MessageWindow<Symbolic>;

namespace {

// The message shown was sent by this active process.
Truth is_sender(const Shown& window, const Process& process) {
    return process.sends && window.message.exists;
}

void add_numbers(std::vector<Lemma>& all) {
    all.push_back({.name = "numbers_cover_dependence",
                   .sentence = "What a state, a checkpoint or a message truly depends on is at most its number.",
                   .for_containment = true,
                   .message = [](const Shown&, const Message& message) { return message.depends <= message.low_sn; },
                   .process = [](const Shown&, const Process& process) { return process.depends <= process.low_sn; },
                   .checkpoint = [](const Shown&, const Process&,
                                    const Checkpoint& each) { return each.depends <= each.low_sn; }});
    all.push_back(
        {.name = "numbers_are_earned",
         .sentence = "The number of an active process or a message is validated, or truly depended on.",
         .for_containment = true,
         .message = [](const Shown& window,
                       const Message& message) { return message.low_sn <= larger(message.depends, window.validated); },
         .process =
             [](const Shown& window, const Process& process) {
                 return process.shadow || process.low_sn <= larger(process.depends, window.validated);
             }});
    all.push_back({.name = "cluster_counts_its_messages",
                   .sentence = "L1's number is that of its last message, which it depends on.",
                   .for_containment = true,
                   .shared = [](const Shown& window) {
                       return window.low_sn == window.low_sent && window.low_depends == window.low_sent &&
                              window.low_valid <= window.low_sn;
                   }});
    all.push_back(
        {.name = "nothing_depends_on_the_unsent",
         .sentence = "No state, no message and no test depends on a message that L1 has not sent.",
         .for_containment = true,
         .shared = [](const Shown& window) { return window.validated <= window.low_sent; },
         .message = [](const Shown& window, const Message& message) { return message.depends <= window.low_sent; },
         .process = [](const Shown& window, const Process& process) { return process.depends <= window.low_sent; }});
    all.push_back(
        {.name = "only_the_validated_is_told",
         .sentence = "A notification, and what a process learned from one, is at most V.",
         .for_containment = true,
         .notification = [](const Shown& window, Number number) { return number <= window.validated; },
         .process = [](const Shown& window, const Process& process) { return process.valid_sn <= window.validated; }});
}

void add_confidence(std::vector<Lemma>& all, const impl::Rules& rules) {
    const bool by_index = rules.reclamation == impl::Reclamation::by_index;
    all.push_back(
        {.name = "clean_is_validated",
         .sentence = "The number of a clean process, and of a message sent clean, is at most V.",
         .for_containment = true,
         .message = [](const Shown& window,
                       const Message& message) { return message.dirty || message.low_sn <= window.validated; },
         .process = [](const Shown& window,
                       const Process& process) { return process.dirty || process.low_sn <= window.validated; }});
    all.push_back(
        {.name = "dirty_while_checkpoints",
         .sentence = "A process is dirty exactly while it keeps a checkpoint.",
         .for_containment = true,
         .process = [](const Shown&, const Process& process) { return process.dirty == process.focus.present; }});
    all.push_back({.name = "oldest_is_validated",
                   .sentence = "The number in the oldest checkpoint kept is at most V.",
                   .checkpoint = [](const Shown& window, const Process&, const Checkpoint& each) {
                       return implies(each.oldest, each.low_sn <= window.validated);
                   }});
    if (by_index)
        all.push_back({.name = "index_covers_what_follows",
                       .sentence = "What was absorbed after a checkpoint and before the next has at most its index, "
                                   "or is at most V.",
                       .for_containment = true,
                       .checkpoint = [](const Shown& window, const Process&, const Checkpoint& each) {
                           return each.absorbed <= larger(each.index, window.validated);
                       }});
    if (by_index)
        all.push_back({.name = "checkpoints_ascend",
                       .sentence = "Indices ascend with the array, and none is larger than the process's number.",
                       .for_containment = true,
                       .checkpoint = [](const Shown&, const Process& process,
                                        const Checkpoint& each) { return each.index <= process.low_sn; },
                       .pair = [](const Shown&, const Checkpoint& older,
                                  const Checkpoint& newer) { return older.index <= newer.index; }});
    else
        all.push_back({.name = "checkpoints_ascend",
                       .sentence = "Numbers ascend with the array, up to the process's own.",
                       .checkpoint = [](const Shown&, const Process& process, const Checkpoint& each) {
                           return each.low_sn <= each.absorbed && each.absorbed <= process.low_sn;
                       }});
}

void add_histories(std::vector<Lemma>& all, const impl::Rules& rules) {
    all.push_back({.name = "agreement_is_validated",
                   .sentence = "The largest validated number that anyone knows is V.",
                   .shared = [](const Shown& window) { return window.agreed == window.validated; }});
    all.push_back({.name = "messages_are_counted",
                   .sentence = "The messages that exist are the first ones of their source, up to its count.",
                   .message =
                       [](const Shown& window, const Message& message) {
                           return implies(message.from_cluster, message.dirty && message.low_sn == message.number &&
                                                                    message.number <= window.low_sent);
                       },
                   .process =
                       [](const Shown& window, const Process& process) {
                           const Message& message = window.message;
                           return implies(message.from_cluster && message.number <= window.low_sent, message.exists) &&
                                  implies(process.sends, message.exists == (message.number <= process.sent));
                       }});
    all.push_back({.name = "past_is_past",
                   .sentence = "What a checkpoint's state has sent and received, the process has, too.",
                   .checkpoint = [](const Shown&, const Process& process, const Checkpoint& each) {
                       return each.sent <= process.sent && implies(each.received, process.received);
                   }});
    all.push_back({.name = "sent_before_has_no_larger_number",
                   .sentence = "A message sent in the history of a state has at most the number of that state.",
                   .process =
                       [](const Shown& window, const Process& process) {
                           return implies(is_sender(window, process), window.message.low_sn <= process.low_sn);
                       },
                   .checkpoint =
                       [](const Shown& window, const Process& process, const Checkpoint& each) {
                           return implies(is_sender(window, process) && window.message.number <= each.sent,
                                          window.message.low_sn <= each.low_sn);
                       }});
    all.push_back({.name = "sent_after_is_covered",
                   .sentence = "A message sent after a checkpoint was taken has at least the number up to which that "
                               "checkpoint must be kept, unless that is validated.",
                   .checkpoint = [rules](const Shown& window, const Process& process, const Checkpoint& each) {
                       return implies(is_sender(window, process) && each.sent < window.message.number,
                                      cover(each, rules) <= larger(window.message.low_sn, window.validated));
                   }});
    if (rules.reclamation == impl::Reclamation::by_cover &&
        rules.checkpoint_trigger == impl::CheckpointTrigger::published)
        all.push_back({.name = "passing_on_is_noted",
                       .sentence = "A process that has sent a message since its newest checkpoint has prgt_bit 1.",
                       .checkpoint = [](const Shown& window, const Process& process, const Checkpoint& each) {
                           return implies(is_sender(window, process) && each.newest &&
                                              each.sent < window.message.number,
                                          process.propagating);
                       }});
}

void add_receptions(std::vector<Lemma>& all) {
    all.push_back({.name = "messages_are_somewhere",
                   .sentence = "A message that was sent is either under way or received; no other is either.",
                   .process = [](const Shown& window, const Process& process) {
                       const Message& message = window.message;
                       const Truth pending = message.exists && message.pending;
                       return implies(process.receives, message.exists == (pending || process.received) &&
                                                            !(pending && process.received));
                   }});
    all.push_back({.name = "received_has_no_larger_number",
                   .sentence = "A message received in the history of a state has at most the number of that state.",
                   .process =
                       [](const Shown& window, const Process& process) {
                           return implies(process.received, window.message.low_sn <= process.low_sn);
                       },
                   .checkpoint =
                       [](const Shown& window, const Process&, const Checkpoint& each) {
                           return implies(each.received, window.message.low_sn <= each.low_sn);
                       }});
    all.push_back(
        {.name = "log_completes_checkpoints",
         .sentence = "A checkpoint and the log entries made since hold each message received once.",
         .process = [](const Shown&, const Process& process) { return implies(process.logged, process.received); },
         .checkpoint =
             [](const Shown&, const Process& process, const Checkpoint& each) {
                 return implies(process.received, (process.logged && !each.logged_before) == !each.received);
             },
         .needs_oldest = true});
    all.push_back({.name = "log_is_in_order",
                   .sentence = "What is in the log in front of a checkpoint is in front of all newer ones.",
                   .pair = [](const Shown&, const Checkpoint& older, const Checkpoint& newer) {
                       return implies(older.logged_before, newer.logged_before);
                   }});
    all.push_back(
        {.name = "nothing_is_received_twice",
         .sentence = "No history holds a message twice.",
         .process = [](const Shown&, const Process& process) { return !process.duplicated; },
         .checkpoint = [](const Shown&, const Process&, const Checkpoint& each) { return !each.duplicated; }});
    all.push_back({.name = "nothing_is_kept_twice",
                   .sentence = "No channel and no log holds a message twice.",
                   .message = [](const Shown&, const Message& message) { return !message.pending_twice; },
                   .process = [](const Shown&,
                                 const Process& process) { return !process.logged_twice && !process.output_twice; }});
}

void add_shadow(std::vector<Lemma>& all) {
    all.push_back(
        {.name = "shadow_counts_its_messages",
         .sentence = "The shadow's counter is the number of its messages, now and in checkpoints.",
         .process = [](const Shown&,
                       const Process& process) { return implies(process.shadow, process.shadow_sn == process.sent); },
         .checkpoint = [](const Shown&, const Process& process,
                          const Checkpoint& each) { return implies(process.shadow, each.shadow_sn == each.sent); }});
    all.push_back(
        {.name = "script_covers_both_sides",
         .sentence = "What L1 sent and what S1 generated is decided.",
         .shared = [](const Shown& window) { return window.low_sent <= window.resolved; },
         .process = [](const Shown& window,
                       const Process& process) { return implies(process.shadow, process.sent <= window.resolved); }});
    all.push_back({.name = "outputs_are_logged_until_validated",
                   .sentence = "Each message that the shadow generated is logged under its number, or is at most V.",
                   .process = [](const Shown& window, const Process& process) {
                       const Number number = window.message.number;
                       const Truth generated = number <= process.sent;
                       return implies(process.shadow && window.message.from_cluster,
                                      implies(generated, process.output_logged || number <= window.validated) &&
                                          implies(process.output_logged, generated && process.output_index == number &&
                                                                             process.output_number == number));
                   }});
    all.push_back({.name = "outputs_depend_on_the_past",
                   .sentence = "A logged output of a state's history depends on at most the number of that state.",
                   .process =
                       [](const Shown&, const Process& process) {
                           return implies(process.output_logged, process.output_depends <= process.low_sn);
                       },
                   .checkpoint =
                       [](const Shown& window, const Process& process, const Checkpoint& each) {
                           return implies(process.output_logged && window.message.number <= each.sent,
                                          process.output_depends <= each.low_sn);
                       }});
}

} // namespace

std::vector<Lemma> lemmas(Claim claim, const impl::Rules& rules) {
    std::vector<Lemma> all;
    add_numbers(all);
    add_confidence(all, rules);
    add_histories(all, rules);
    add_receptions(all);
    add_shadow(all);
    if (claim == Claim::containment)
        std::erase_if(all, [](const Lemma& each) { return !each.for_containment; });
    return all;
}

Truth assumed(const Lemma& lemma, const Shown& window, const Happening<Symbolic>& happening) {
    Truth result = window.notified.owner().constant(true);
    if (lemma.shared)
        result = result && lemma.shared(window);
    if (lemma.message)
        result = result && implies(window.message.exists, lemma.message(window, window.message)) &&
                 lemma.message(window, happening.received);
    if (lemma.notification)
        result = result && implies(window.notified, lemma.notification(window, window.notified_sn)) &&
                 lemma.notification(window, happening.received_sn);
    for (const Process* process : {&window.process, &happening.other}) {
        if (lemma.process)
            result = result && lemma.process(window, *process);
        if (lemma.checkpoint)
            for (const Checkpoint* each : {&process->focus, &process->before, &process->after, &process->older})
                result = result && implies(each->present, lemma.checkpoint(window, *process, *each));
        const auto pair = [&](const Checkpoint& older, const Checkpoint& newer) {
            result = result && implies(older.present && newer.present, lemma.pair(window, older, newer));
        };
        if (!lemma.pair)
            continue;
        pair(process->older, process->focus);
        pair(process->before, process->focus);
        pair(process->focus, process->after);
    }
    return result;
}

Truth concluded(const Lemma& lemma, const Shown& window) {
    const Process& process = window.process;
    Truth result = window.notified.owner().constant(true);
    if (lemma.shared)
        result = result && lemma.shared(window);
    if (lemma.message)
        result = result && implies(window.message.exists, lemma.message(window, window.message));
    if (lemma.notification)
        result = result && implies(window.notified, lemma.notification(window, window.notified_sn));
    if (lemma.process)
        result = result && lemma.process(window, process);
    if (lemma.checkpoint)
        result = result && implies(process.focus.present, lemma.checkpoint(window, process, process.focus));
    if (lemma.pair)
        result = result && implies(process.older.present, lemma.pair(window, process.older, process.focus));
    if (lemma.needs_oldest)
        result = implies(
            !process.focus.present || process.focus.oldest || (process.older.present && process.older.oldest), result);
    return result;
}

} // namespace mdcd::model::proof
