// The lemmas for any number of components. docs/soundness.md tells the argument in words.
// Knows no action.
#include "model/proof/cluster_lemmas.hpp"

namespace mdcd::model::proof::cluster {

using Shown = Window<Symbolic>;
using Low = LowWindow<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Content = ContentWindow<Symbolic>;
using Notification = NotificationWindow<Symbolic>;

namespace {

// The message shown was sent by this process, and stays between processes of one side.
Truth is_sender(const Shown& window, const Process& process) {
    return process.sends && window.message.content.exists;
}
// How many messages of that kind this process, or the state in a checkpoint of it, has sent.
template <class Part> Number count_of(const Process& process, const Part& part) {
    return choose(process.shadow, part.sent_inside, part.sent);
}

void add_numbers(std::vector<Lemma>& all) {
    all.push_back(
        {.name = "numbers_cover_dependence",
         .sentence = "What a state, a checkpoint or a message truly depends on is at most its number",
         .content = [](const Shown&, const Content& content) { return at_most(content.depends, content.low_sn); },
         .low = [](const Shown&, const Low& low) { return at_most(low.depends, low.low_sn); },
         .process = [](const Shown&, const Process& process) { return at_most(process.depends, process.low_sn); },
         .checkpoint = [](const Shown&, const Process&,
                          const Checkpoint& each) { return at_most(each.depends, each.low_sn); }});
    all.push_back({.name = "numbers_are_earned",
                   .sentence = "The number of a process or a message is validated, or truly depended on",
                   .content =
                       [](const Shown& window, const Content& content) {
                           return at_most(content.low_sn, larger(content.depends, window.validated));
                       },
                   .low = [](const Shown& window,
                             const Low& low) { return at_most(low.low_sn, larger(low.depends, window.validated)); },
                   .process =
                       [](const Shown& window, const Process& process) {
                           return at_most(process.low_sn, larger(process.depends, window.validated));
                       }});
    all.push_back({.name = "components_count_their_messages",
                   .sentence = "A new version's own entry is the number of its last message, which it depends on",
                   .low = [](const Shown& window, const Low& low) {
                       return at_most(low.valid_sn, low.low_sn) && for_each_entry([&](auto entry) {
                                  return implies(low.own[entry], low.low_sn[entry] == window.low_sent[entry] &&
                                                                     low.depends[entry] == window.low_sent[entry]);
                              });
                   }});
    all.push_back({.name = "nothing_depends_on_the_unsent",
                   .sentence = "No state, no message and no test depends on a message that no new version has sent",
                   .shared = [](const Shown& window) { return at_most(window.validated, window.low_sent); },
                   .content = [](const Shown& window,
                                 const Content& content) { return at_most(content.depends, window.low_sent); },
                   .low = [](const Shown& window, const Low& low) { return at_most(low.depends, window.low_sent); },
                   .process = [](const Shown& window,
                                 const Process& process) { return at_most(process.depends, window.low_sent); }});
    all.push_back({.name = "only_the_validated_is_told",
                   .sentence = "What a notification says, and what a process was told, is at most V",
                   .notification = [](const Shown& window,
                                      const Notification& each) { return at_most(each.low_sn, window.validated); },
                   .process = [](const Shown& window,
                                 const Process& process) { return at_most(process.valid_sn, window.validated); }});
    all.push_back({.name = "past_is_closed",
                   .sentence = "Whoever depends on a message of the cluster depends on all that it depends on; V, too",
                   .shared =
                       [](const Shown& window) {
                           return implies(window.message.from_cluster && window.message.content.exists &&
                                              window.message.number <= window.validated[own_entry],
                                          at_most(window.message.content.depends, window.validated));
                       },
                   .content =
                       [](const Shown& window, const Content& content) {
                           return implies(window.message.from_cluster && window.message.content.exists &&
                                              window.message.number <= content.depends[own_entry],
                                          at_most(window.message.content.depends, content.depends));
                       },
                   .low =
                       [](const Shown& window, const Low& low) {
                           return implies(window.message.from_cluster && window.message.content.exists &&
                                              window.message.number <= low.depends[own_entry],
                                          at_most(window.message.content.depends, low.depends));
                       },
                   .process =
                       [](const Shown& window, const Process& process) {
                           return implies(window.message.from_cluster && window.message.content.exists &&
                                              window.message.number <= process.depends[own_entry],
                                          at_most(window.message.content.depends, process.depends));
                       }});
}

void add_confidence(std::vector<Lemma>& all) {
    all.push_back(
        {.name = "clean_is_validated",
         .sentence = "The number of a clean process, and of a message sent clean, is at most V",
         .content = [](const Shown& window,
                       const Content& content) { return content.dirty || at_most(content.low_sn, window.validated); },
         .process = [](const Shown& window,
                       const Process& process) { return process.dirty || at_most(process.low_sn, window.validated); }});
    all.push_back(
        {.name = "dirty_while_checkpoints",
         .sentence = "A process is dirty exactly while it keeps a checkpoint",
         .process = [](const Shown&, const Process& process) { return process.dirty == process.focus.present; }});
    all.push_back({.name = "oldest_is_validated",
                   .sentence = "The number in the oldest checkpoint kept is at most V",
                   .checkpoint = [](const Shown& window, const Process&, const Checkpoint& each) {
                       return implies(each.oldest, at_most(each.low_sn, window.validated));
                   }});
    all.push_back({.name = "absorbed_is_covered",
                   .sentence = "What was absorbed between a checkpoint and the next is at most its number, its index "
                               "or V",
                   .checkpoint = [](const Shown& window, const Process&, const Checkpoint& each) {
                       return at_most(each.absorbed, larger(each.low_sn, larger(each.index, window.validated)));
                   }});
    all.push_back({.name = "checkpoints_ascend",
                   .sentence = "The number and the index of a checkpoint are at most what was absorbed by the next, "
                               "which is at most the process's number",
                   .checkpoint = [](const Shown&, const Process& process, const Checkpoint& each) {
                       return at_most(each.index, each.absorbed) && at_most(each.low_sn, each.absorbed) &&
                              at_most(each.absorbed, process.low_sn);
                   }});
    all.push_back({.name = "what_is_kept_is_wanted",
                   .sentence =
                       "A process that is not reclaiming keeps no checkpoint that could go, and no logged input "
                       "that the oldest one contains",
                   .process =
                       [](const Shown&, const Process& process) {
                           return implies(process.settled && !process.focus.present, !process.logged);
                       },
                   .checkpoint =
                       [](const Shown&, const Process& process, const Checkpoint& each) {
                           return implies(process.settled, each.wanted && implies(each.oldest, !each.logged_before));
                       }});
}

void add_histories(std::vector<Lemma>& all) {
    all.push_back({.name = "agreement_is_validated",
                   .sentence = "The largest validated number that anyone knows is V",
                   .shared = [](const Shown& window) { return equal(window.agreed, window.validated); }});
    all.push_back(
        {.name = "messages_are_counted",
         .sentence =
             "The messages that exist are the first ones of their source, up to its count; those of a component "
             "carry their place as its entry",
         .message =
             [](const Shown& window) {
                 const auto& message = window.message;
                 const Truth counted = message.number <= window.low_sent[own_entry];
                 return implies(
                     message.from_cluster,
                     message.content.exists == counted &&
                         implies(message.content.exists,
                                 message.content.dirty && message.content.low_sn[own_entry] == message.number));
             },
         .process =
             [](const Shown& window, const Process& process) {
                 return implies(process.sends,
                                window.message.content.exists == (window.message.number <= count_of(process, process)));
             }});
    all.push_back({.name = "past_is_past",
                   .sentence = "What a checkpoint's state has sent and received, the process has, too",
                   .checkpoint = [](const Shown&, const Process& process, const Checkpoint& each) {
                       return each.sent <= process.sent && each.sent_inside <= process.sent_inside &&
                              each.externals <= process.externals && implies(each.received, process.received);
                   }});
    all.push_back(
        {.name = "sent_before_has_no_larger_number",
         .sentence = "A message sent in the history of a state has at most the number of that state",
         .process =
             [](const Shown& window, const Process& process) {
                 return implies(is_sender(window, process), at_most(window.message.content.low_sn, process.low_sn));
             },
         .checkpoint =
             [](const Shown& window, const Process& process, const Checkpoint& each) {
                 return implies(is_sender(window, process) && window.message.number <= count_of(process, each),
                                at_most(window.message.content.low_sn, each.low_sn));
             }});
    all.push_back({.name = "sent_after_is_covered",
                   .sentence = "A message sent after a checkpoint was taken has at least its index",
                   .checkpoint = [](const Shown& window, const Process& process, const Checkpoint& each) {
                       return implies(is_sender(window, process) && count_of(process, each) < window.message.number,
                                      at_most(each.index, window.message.content.low_sn));
                   }});
}

void add_receptions(std::vector<Lemma>& all) {
    all.push_back({.name = "messages_are_somewhere",
                   .sentence = "A message that was sent is either under way or received; no other is either",
                   .process = [](const Shown& window, const Process& process) {
                       const Truth exists = window.message.content.exists;
                       const Truth pending = exists && window.message.pending;
                       return implies(process.receives,
                                      exists == (pending || process.received) && !(pending && process.received));
                   }});
    all.push_back({.name = "received_has_no_larger_number",
                   .sentence = "A message received in the history of a state has at most the number of that state",
                   .process =
                       [](const Shown& window, const Process& process) {
                           return implies(process.received, at_most(window.message.content.low_sn, process.low_sn));
                       },
                   .checkpoint =
                       [](const Shown& window, const Process&, const Checkpoint& each) {
                           return implies(each.received, at_most(window.message.content.low_sn, each.low_sn));
                       }});
    all.push_back(
        {.name = "log_completes_checkpoints",
         .sentence = "A checkpoint and the log entries made since hold each message received once",
         .process = [](const Shown&, const Process& process) { return implies(process.logged, process.received); },
         .checkpoint =
             [](const Shown&, const Process& process, const Checkpoint& each) {
                 return implies(process.received, (process.logged && !each.logged_before) == !each.received);
             },
         .needs_oldest = true});
    all.push_back({.name = "log_is_in_order",
                   .sentence = "What is in the log in front of a checkpoint is in front of all newer ones",
                   .pair = [](const Shown&, const Checkpoint& older, const Checkpoint& newer) {
                       return implies(older.logged_before, newer.logged_before);
                   }});
    all.push_back(
        {.name = "nothing_is_received_twice",
         .sentence = "No history holds a message twice",
         .process = [](const Shown&, const Process& process) { return !process.duplicated; },
         .checkpoint = [](const Shown&, const Process&, const Checkpoint& each) { return !each.duplicated; }});
    all.push_back(
        {.name = "nothing_is_kept_twice",
         .sentence = "No channel and no log holds a message twice",
         .message =
             [](const Shown& window) { return implies(window.message.content.exists, !window.message.pending_twice); },
         .process =
             [](const Shown&, const Process& process) {
                 return !process.logged_twice && !process.output.twice && !process.external.twice;
             }});
}

void add_shadows(std::vector<Lemma>& all) {
    all.push_back({.name = "shadow_counts_its_messages",
                   .sentence = "A shadow's counters are the numbers of its messages, now and in checkpoints",
                   .process =
                       [](const Shown&, const Process& process) {
                           return implies(process.shadow, process.shadow_sn == process.sent) &&
                                  implies(process.own[own_entry], process.external_sn == process.externals);
                       },
                   .checkpoint =
                       [](const Shown&, const Process& process, const Checkpoint& each) {
                           return implies(process.shadow, each.shadow_sn == each.sent) &&
                                  implies(process.own[own_entry], each.external_sn == each.externals);
                       }});
    all.push_back({.name = "script_covers_both_sides",
                   .sentence = "What a new version sent and what its shadow generated is decided",
                   .shared =
                       [](const Shown& window) {
                           return at_most(window.low_sent, window.resolved) &&
                                  window.outputs_made <= window.outputs_resolved;
                       },
                   .process =
                       [](const Shown& window, const Process& process) {
                           return implies(process.own[own_entry], process.externals <= window.outputs_resolved) &&
                                  for_each_entry([&](auto entry) {
                                      return implies(process.own[entry], process.sent <= window.resolved[entry]);
                                  });
                       }});
    all.push_back(
        {.name = "outputs_are_logged_until_validated",
         .sentence = "Each message to a process that a shadow generated is logged under its number, or is at most V",
         .process = [](const Shown& window, const Process& process) {
             const Number number = window.message.number;
             const Truth generated = number <= process.sent;
             return implies(process.generates,
                            implies(generated, process.output.logged || number <= window.validated[own_entry]) &&
                                implies(process.output.logged, generated && process.output.index == number &&
                                                                   process.output.number == number));
         }});
    all.push_back({.name = "outputs_depend_on_the_past",
                   .sentence =
                       "What is logged of a state's history to be sent or output depends on at most the number of that "
                       "state",
                   .process =
                       [](const Shown&, const Process& process) {
                           return implies(process.output.logged, at_most(process.output.depends, process.low_sn)) &&
                                  implies(process.external.logged, at_most(process.external.depends, process.low_sn));
                       },
                   .checkpoint =
                       [](const Shown& window, const Process& process, const Checkpoint& each) {
                           return implies(process.output.logged && window.message.number <= each.sent,
                                          at_most(process.output.depends, each.low_sn)) &&
                                  implies(process.external.logged && window.external_number <= each.externals,
                                          at_most(process.external.depends, each.low_sn));
                       }});
    all.push_back(
        {.name = "outputs_ascend",
         .sentence = "A log of what is suppressed is in the order of its numbers, which the counter has reached",
         .process = [](const Shown&, const Process& process) {
             const auto ascends = [](const OutputsWindow<Symbolic>& log, Number counter) {
                 return implies(log.other, log.other_number <= counter && implies(log.logged && log.other_in_front,
                                                                                  log.other_number < log.number));
             };
             return ascends(process.output, process.shadow_sn) &&
                    implies(process.own[own_entry], ascends(process.external, process.external_sn));
         }});
}

void add_outputs(std::vector<Lemma>& all) {
    all.push_back({.name = "only_outputs_are_told",
                   .sentence = "A shadow knows of, and is told of, no more outputs than its new version has made",
                   .notification = [](const Shown& window,
                                      const Notification& each) { return each.outputs <= window.outputs_made; },
                   .process =
                       [](const Shown& window, const Process& process) {
                           return implies(process.own[own_entry], process.valid_external <= window.outputs_made);
                       }});
    all.push_back({.name = "externals_are_logged_until_output",
                   .sentence = "Each message to a device that a shadow generated is logged under its number, or its "
                               "new version has output it",
                   .process = [](const Shown& window, const Process& process) {
                       const Number number = window.external_number;
                       const Truth generated = number <= process.externals;
                       return implies(
                           process.own[own_entry],
                           implies(generated, process.external.logged || number <= window.outputs_made) &&
                               implies(process.external.logged, generated && process.external.number == number));
                   }});
}

} // namespace

std::vector<Lemma> lemmas() {
    std::vector<Lemma> all;
    add_numbers(all);
    add_confidence(all);
    add_histories(all);
    add_receptions(all);
    add_shadows(all);
    add_outputs(all);
    return all;
}

Truth assumed(const Lemma& lemma, const Shown& window, const Happening<Symbolic>& happening) {
    Truth result = window.notified.owner().constant(true);
    if (lemma.shared)
        result = result && lemma.shared(window);
    if (lemma.message)
        result = result && lemma.message(window);
    if (lemma.content)
        for (const Content* content : {&window.message.content, &window.carried, &happening.received})
            result = result && implies(content->exists, lemma.content(window, *content));
    if (lemma.notification)
        result = result && implies(window.notified, lemma.notification(window, window.notification)) &&
                 lemma.notification(window, happening.notification);
    if (lemma.low)
        result = result && lemma.low(window, window.low) && lemma.low(window, happening.low);
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
        result = result && lemma.message(window);
    if (lemma.content)
        for (const Content* content : {&window.message.content, &window.carried})
            result = result && implies(content->exists, lemma.content(window, *content));
    if (lemma.notification)
        result = result && implies(window.notified, lemma.notification(window, window.notification));
    if (lemma.low)
        result = result && lemma.low(window, window.low);
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

} // namespace mdcd::model::proof::cluster
