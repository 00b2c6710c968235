// What processes of high confidence do among themselves, in front of a hostile cluster, and that it does nothing else.
// What the cluster does is in boundary_cluster.cpp, what a handler does to a process in boundary_handlers.cpp.
#include <array>

#include "model/proof/boundary_action_parts.hpp"

namespace mdcd::model::proof::boundary {

using Process = ProcessWindow<Symbolic>;
using Content = ContentWindow<Symbolic>;

namespace {

Truth receiving(const Step& step) {
    return step.happening.received.exists && by_itself(step, [&](const Process& process) {
               const Arrival arrival = as_it_is(step, process, step.happening.received);
               return takes_message(step, process, arrival, causes_checkpoint(step, process, arrival));
           });
}

Truth sending(const Step& step) {
    const auto send = [&](const Process& process) {
        const Content content{.exists = constant(step, true),
                              .dirty = process.dirty,
                              .low_sn = process.low_sn,
                              .depends = process.depends};
        return carried_may_arrive(step) || same(content, step.after.carried);
    };
    return by_process(
               step, [&](const Process& process) { return send(process) && same(process, step.after.process); },
               send) &&
           validated_stays(step) && deliveries_stay(step) && told_may_arrive(step);
}

// A shadow that takes over, clean by then, sends what it had logged, marked by what it is now.
Truth sending_again(const Step& step) {
    const auto send = [&](const Process& process) {
        const Content content{.exists = constant(step, true),
                              .dirty = process.dirty,
                              .low_sn = process.low_sn,
                              .depends = process.suppressed_depends};
        return process.shadow && process.recovered && !process.dirty &&
               (carried_may_arrive(step) || (process.suppressed && same(content, step.after.carried)));
    };
    return by_process(
               step,
               [&](const Process& process) { return send(process) && same_but_logs(process, step.after.process); },
               send) &&
           validated_stays(step) && deliveries_stay(step) && told_may_arrive(step);
}

Truth outputting(const Step& step) {
    return by_itself(step, [&](const Process& process) {
        return !process.shadow && !process.dirty && same(process, step.after.process);
    });
}

Truth passing(const Step& step) {
    const auto passes = [&](const Process& process) {
        return !process.shadow && process.dirty &&
               step.after.validated == checker::smt::larger(step.before.validated, process.depends) &&
               (told_may_arrive(step) || step.after.told_sn == process.low_sn);
    };
    return by_process(
               step,
               [&](const Process& process) {
                   return passes(process) && learns(step, process, process.low_sn, constant(step, false));
               },
               passes) &&
           deliveries_stay(step) && carried_may_arrive(step);
}

Truth suppressing(const Step& step) {
    return by_itself(step, [&](const Process& process) {
        const Process& after = step.after.process;
        Process expected = process;
        expected.shadow_sn = process.shadow_sn + 1;
        Process shown = expected;
        shown.suppressed = constant(step, true);
        shown.suppressed_number = expected.shadow_sn;
        shown.suppressed_depends = process.depends;
        return process.shadow && (same(expected, after) || same(shown, after));
    });
}

Truth hearing_reply(const Step& step) {
    return by_itself(step, [&](const Process& process) {
        Process expected = process;
        expected.known = checker::smt::larger(process.known, step.happening.told_sn);
        return process.recovered && same(expected, step.after.process);
    });
}

// What it knows, or less.
Truth telling(const Step& step) {
    const auto tells = [&](const Process& process) {
        return told_may_arrive(step) || step.after.told_sn <= checker::smt::larger(process.valid_sn, process.known);
    };
    return by_process(
               step, [&](const Process& process) { return tells(process) && same(process, step.after.process); },
               tells) &&
           validated_stays(step) && deliveries_stay(step) && carried_may_arrive(step);
}

Truth learning_decision(const Step& step) {
    return by_itself(step, [&](const Process& process) {
        Process before = process;
        before.known = zero(step);
        return process.recovered && (learns(step, before, step.happening.told_sn, constant(step, false)) ||
                                     learns(step, before, process.known, constant(step, false)));
    });
}

Truth replaying(const Step& step) {
    return by_itself(step, [&](const Process& process) {
        const Content& message = step.happening.received;
        Process expected = process;
        expected.low_sn = checker::smt::larger(process.low_sn, message.low_sn);
        expected.depends = checker::smt::larger(process.depends, message.depends);
        return process.recovered && !process.dirty && !process.focus.present && message.exists &&
               guards::is_replayed<OneEntry>(message.dirty, message.low_sn <= process.valid_sn, readings()) &&
               same(expected, step.after.process);
    });
}

using Relation = Truth (*)(const Step&);

void add_protocol(std::vector<Action>& all) {
    struct Text {
        ActionId id;
        const char* name;
        const char* sentence;
        Relation relation;
    };
    static constexpr std::array texts{
        Text{ActionId::receives, "receives", "a process receives a message of another one", receiving},
        Text{ActionId::sends, "sends", "a process sends to another one", sending},
        Text{ActionId::outputs, "outputs", "a clean active process outputs untested", outputting},
        Text{ActionId::passes_test, "passes_test", "a dirty active process passes a test and tells all", passing},
        Text{ActionId::is_notified, "is_notified", "a process hears that another one has passed a test",
             [](const Step& step) { return believes(step, step.happening.told_sn); }},
        Text{ActionId::suppresses, "suppresses", "an old version generates a message and logs it", suppressing},
        Text{ActionId::halts, "halts", "a process announces a recovery, or halts and replies", halting},
        Text{ActionId::hears_reply, "hears_reply", "a coordinator hears a reply", hearing_reply},
        Text{ActionId::tells, "tells", "a process replies, decides, or hands a decision on", telling},
        Text{ActionId::learns_decision, "learns_decision", "a process learns what was decided", learning_decision},
        Text{ActionId::forgets_checkpoint, "forgets_checkpoint", "a process reclaims one checkpoint",
             [](const Step& step) {
                 return by_itself(step, [&](const Process& process) {
                     return checkpoint_forgotten(process, step.after.process, step.happening);
                 });
             }},
        Text{ActionId::forgets_logs, "forgets_logs", "a process purges its logs",
             [](const Step& step) {
                 return by_itself(step, [&](const Process& process) {
                     Process expected = process;
                     expected.dirty = process.focus.present; // set anew
                     return same_but_logs(expected, step.after.process);
                 });
             }},
        Text{ActionId::rolls_back, "rolls_back", "a process goes back to its oldest checkpoint",
             [](const Step& step) {
                 return by_itself(step, [&](const Process& process) {
                     return rolled_back(process, step.after.process, step.happening.dropped);
                 });
             }},
        Text{ActionId::replays, "replays", "a process replays one logged message", replaying},
        Text{ActionId::sends_again, "sends_again", "an old version that takes over sends a message from its log",
             sending_again},
    };
    for (const Text& each : texts)
        all.push_back({each.id, each.name, each.sentence, each.relation});
}

} // namespace

std::vector<Action> actions(const impl::BoundaryRules& rules) {
    std::vector<Action> all;
    add_cluster(all, rules);
    add_protocol(all);
    return all;
}

} // namespace mdcd::model::proof::boundary
