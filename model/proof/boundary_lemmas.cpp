// The lemmas about a hostile cluster. docs/soundness.md tells the argument in words.
// Knows no action.
#include "model/proof/boundary_lemmas.hpp"

#include "model/proof/fields.hpp"

namespace mdcd::model::proof::boundary {

using Shown = Window<Symbolic>;
using Process = ProcessWindow<Symbolic>;
using Checkpoint = CheckpointWindow<Symbolic>;
using Content = ContentWindow<Symbolic>;
using checker::smt::larger;

namespace {

void add_numbers(std::vector<Lemma>& all) {
    all.push_back({.name = "numbers_cover_dependence",
                   .sentence = "What a state, a checkpoint or a message truly depends on is at most its number",
                   .content = [](const Shown&, const Content& each) { return each.depends <= each.low_sn; },
                   .process = [](const Shown&, const Process& process) { return process.depends <= process.low_sn; },
                   .checkpoint = [](const Shown&, const Process&,
                                    const Checkpoint& each) { return each.depends <= each.low_sn; }});
    all.push_back({.name = "numbers_are_earned",
                   .sentence = "The number of a process or a message is validated, or truly depended on",
                   .content = [](const Shown& window,
                                 const Content& each) { return each.low_sn <= larger(each.depends, window.validated); },
                   .process =
                       [](const Shown& window, const Process& process) {
                           return process.low_sn <= larger(process.depends, window.validated);
                       }});
    all.push_back({.name = "only_the_validated_is_told",
                   .sentence = "What processes of high confidence tell each other and believe is at most V",
                   .told = [](const Shown& window, Number number) { return number <= window.validated; },
                   .process =
                       [](const Shown& window, const Process& process) {
                           return process.valid_sn <= window.validated && process.known <= window.validated;
                       }});
    all.push_back(
        {.name = "nothing_depends_on_the_undelivered",
         .sentence = "No state, no message and no test depends on a message that no channel has delivered",
         .shared = [](const Shown& window) { return window.validated <= window.delivered; },
         .content = [](const Shown& window, const Content& each) { return each.depends <= window.delivered; },
         .process = [](const Shown& window, const Process& process) { return process.depends <= window.delivered; }});
    all.push_back(
        {.name = "channels_are_counted",
         .sentence = "Until there is a recovery, the receiver's number is how many messages came by a channel",
         .process = [](const Shown& window, const Process& process) {
             return implies(process.receives && !process.recovered, process.low_sn == window.delivered);
         }});
}

void add_confidence(std::vector<Lemma>& all) {
    all.push_back(
        {.name = "clean_is_validated",
         .sentence = "The number of a clean process, and of a message sent clean, is at most V",
         .content = [](const Shown& window,
                       const Content& each) { return each.dirty || each.low_sn <= window.validated; },
         .process = [](const Shown& window,
                       const Process& process) { return process.dirty || process.low_sn <= window.validated; }});
    all.push_back(
        {.name = "dirty_while_checkpoints",
         .sentence = "A process is dirty exactly while it keeps a checkpoint",
         .process = [](const Shown&, const Process& process) { return process.dirty == process.focus.present; }});
    all.push_back({.name = "oldest_is_validated",
                   .sentence = "The number in the oldest checkpoint kept is at most V",
                   .checkpoint = [](const Shown& window, const Process&, const Checkpoint& each) {
                       return implies(each.oldest, each.low_sn <= window.validated);
                   }});
    all.push_back({.name = "absorbed_is_covered",
                   .sentence = "What was absorbed between a checkpoint and the next is at most its number, its index "
                               "or V",
                   .checkpoint = [](const Shown& window, const Process&, const Checkpoint& each) {
                       return each.absorbed <= larger(each.low_sn, larger(each.index, window.validated));
                   }});
    all.push_back({.name = "suppressed_depends_on_the_past",
                   .sentence = "What an old version has suppressed depends on at most the number of each state that "
                               "has generated it",
                   .process =
                       [](const Shown&, const Process& process) {
                           return implies(process.suppressed, process.suppressed_depends <= process.low_sn &&
                                                                  process.suppressed_number <= process.shadow_sn);
                       },
                   .checkpoint =
                       [](const Shown&, const Process& process, const Checkpoint& each) {
                           return implies(process.suppressed && process.suppressed_number <= each.shadow_sn,
                                          process.suppressed_depends <= each.low_sn) &&
                                  implies(process.shadow, each.shadow_sn <= process.shadow_sn);
                       }});
}

Truth well_formed(const Process& process) {
    const Checkpoint& focus = process.focus;
    Truth result =
        implies(focus.present, focus.oldest == !process.before.present && focus.newest == !process.after.present) &&
        implies(process.before.present, !process.before.newest && process.before.absorbed == focus.low_sn) &&
        implies(process.after.present, !process.after.oldest && focus.absorbed == process.after.low_sn) &&
        implies(process.suppressed, process.shadow);
    for (const Checkpoint* const each : {&focus, &process.before, &process.after})
        result =
            result && implies(each->present, focus.present && implies(each->newest, each->absorbed == process.low_sn));
    return result;
}

} // namespace

std::vector<Lemma> lemmas() {
    std::vector<Lemma> all;
    add_numbers(all);
    add_confidence(all);
    return all;
}

Truth assumed(const Lemma& lemma, const Step& step) {
    const Shown& window = step.before;
    Truth result = window.told.owner().constant(true);
    if (lemma.shared)
        result = result && lemma.shared(window);
    const auto of_checkpoint = [&](const Process& process, const Checkpoint& each, Truth when) {
        if (lemma.checkpoint)
            result = result && implies(when && each.present, lemma.checkpoint(window, process, each));
    };
    if (lemma.content)
        for (const Content* const each :
             {&window.carried, &step.happening.received, &window.process.logged, &step.happening.other.logged})
            result = result && implies(each->exists, lemma.content(window, *each));
    if (lemma.told)
        result = result && implies(window.told, lemma.told(window, window.told_sn)) &&
                 lemma.told(window, step.happening.told_sn);
    for (const Process* const process : {&window.process, &step.happening.other}) {
        if (lemma.process)
            result = result && lemma.process(window, *process);
        for (const Checkpoint* const each : {&process->focus, &process->before, &process->after})
            of_checkpoint(*process, *each, window.told.owner().constant(true));
    }
    of_checkpoint(window.process, step.happening.dropped, step.happening.here);
    return result;
}

Truth concluded(const Lemma& lemma, const Shown& window) {
    const Process& process = window.process;
    Truth result = window.told.owner().constant(true);
    if (lemma.shared)
        result = result && lemma.shared(window);
    if (lemma.content)
        for (const Content* const each : {&window.carried, &process.logged})
            result = result && implies(each->exists, lemma.content(window, *each));
    if (lemma.told)
        result = result && implies(window.told, lemma.told(window, window.told_sn));
    if (lemma.process)
        result = result && lemma.process(window, process);
    if (lemma.checkpoint)
        result = result && implies(process.focus.present, lemma.checkpoint(window, process, process.focus));
    return result;
}

std::vector<Premise> structure_before(const Step& step) {
    return {{"the window before is well formed", well_formed(step.before.process)},
            {"the other process is well formed", well_formed(step.happening.other)},
            {"a channel has one receiver", !(step.before.process.receives && step.happening.other.receives)}};
}
std::vector<Premise> structure_after(const Step& step) {
    return {{"the window after is well formed", well_formed(step.after.process)}};
}

Truth initial(const Shown& window) {
    const Process& process = window.process;
    Truth nothing = !window.told && !window.carried.exists && !process.recovered && !process.dirty &&
                    !process.logged.exists && !process.suppressed && !process.focus.present;
    const Number zero = window.validated.owner().number(0);
    for (const Number each : {window.validated, window.delivered, process.low_sn, process.valid_sn, process.known,
                              process.depends, process.shadow_sn})
        nothing = nothing && each == zero;
    return nothing;
}

Truth contained(const Shown& window) {
    const Process& process = window.process;
    // In other entries than this one, too, the oldest checkpoint is from before.
    const Truth is_kept =
        implies(process.focus.present && process.focus.oldest, process.focus.depends <= window.validated);
    return implies(influenced(window), process.dirty && process.focus.present) && is_kept;
}
Truth influenced(const Shown& window) {
    return window.validated < window.process.depends;
}
Truth influenced_and_clean(const Shown& window) {
    return !window.process.dirty && window.validated.owner().number(1) <= window.process.depends;
}

} // namespace mdcd::model::proof::boundary
