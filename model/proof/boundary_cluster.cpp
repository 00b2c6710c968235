// What the line of defence makes of whatever the cluster sends, rule by rule (impl/boundary.hpp).
// Knows nothing of what processes of high confidence do among themselves.
#include "impl/boundary.hpp"
#include "model/proof/boundary_action_parts.hpp"

namespace mdcd::model::proof::boundary {

using Process = ProcessWindow<Symbolic>;
using Content = ContentWindow<Symbolic>;
using impl::BoundaryRules;
using Kind = impl::MessageKind;

namespace {

// A message of the cluster counts as one more delivered by its channel, whatever its header says.
Content with_dependence(const Step& step, Content content) {
    content.exists = constant(step, true);
    content.depends = choose(step.happening.of_channel, step.before.delivered + 1, zero(step));
    return content;
}
Truth is_delivered(const Step& step) {
    return step.after.delivered == choose(step.happening.of_channel, step.before.delivered + 1, step.before.delivered);
}

// BoundaryHandler::stamped_here.
Content stamped(const Step& step, const Process& process, const BoundaryRules& rules) {
    Content content = with_dependence(step, step.happening.claimed);
    if (!guards::stamps(rules))
        return content;
    const Number number = guards::stamp<OneEntry>(process.low_sn, step.happening.claimed.low_sn, rules);
    content.dirty = constant(step, true);
    content.low_sn = choose(step.happening.of_entry, number, zero(step));
    return content;
}
// Which entries there are, and in which one the message is counted.
Truth stamp_is_shown(const Step& step, const Process& process, impl::BoundaryStamp stamp) {
    const auto& happening = step.happening;
    const Truth witness = implies(happening.of_entry, happening.witness_low_sn == process.low_sn &&
                                                          happening.witness_valid_sn == process.valid_sn);
    switch (stamp) {
    case impl::BoundaryStamp::by_channel:
        return happening.of_entry == happening.of_channel && witness &&
               happening.witness_sn == happening.witness_low_sn + 1;
    case impl::BoundaryStamp::one_counter:
        return implies(happening.of_channel, happening.of_entry) && witness &&
               happening.witness_sn == happening.witness_low_sn + 1;
    case impl::BoundaryStamp::at_least_claimed:
        return happening.of_entry == happening.of_channel && witness &&
               happening.witness_low_sn + 1 <= happening.witness_sn;
    case impl::BoundaryStamp::as_claimed:
        break;
    }
    return constant(step, true);
}

Truth takes_stamped(const Step& step, const Process& process, const BoundaryRules& rules) {
    const Arrival arrival = as_it_is(step, process, stamped(step, process, rules));
    const Truth is_due = causes_checkpoint(step, process, arrival);
    Arrival without = arrival; // a checkpoint
    without.is_no_news = constant(step, true);
    const Truth no = constant(step, false);
    switch (rules.boundary_checkpoint) {
    case impl::BoundaryCheckpoint::every_message:
        break;
    case impl::BoundaryCheckpoint::by_confidence: // as prgt_bit has it, which is not shown
        return takes_message(step, process, arrival, is_due) ||
               (process.dirty && takes_message(step, process, without, no));
    case impl::BoundaryCheckpoint::none:
        without.process_sn = checker::smt::larger(process.low_sn, arrival.content.low_sn);
        return takes_message(step, process, without, no);
    }
    return takes_message(step, process, arrival, is_due);
}

// BoundaryHandler::receive_application, of what was not seen to be an intrusion. A detector may miss anything.
Truth cluster_speaks(const Step& step, const BoundaryRules& rules, bool to_shadow) {
    const auto speaks = [&](const Process& process) {
        const Content content = stamped(step, process, rules);
        Truth accepted = !process.recovered;
        if (!guards::refusal(Kind::application, to_shadow, true, rules)) // or what the recovery decided on
            accepted =
                accepted ||
                guards::survives_recovery<OneEntry>(content.dirty, content.low_sn <= process.valid_sn, readings()) ||
                constant(step, !guards::stamps(rules));
        return accepted && process.shadow == constant(step, to_shadow) &&
               implies(step.happening.of_channel && !process.shadow, process.receives) && is_delivered(step);
    };
    return by_process(
               step,
               [&](const Process& process) {
                   return speaks(process) && stamp_is_shown(step, process, rules.boundary_stamp) &&
                          takes_stamped(step, process, rules);
               },
               speaks) &&
           validated_stays(step) && nothing_new_under_way(step);
}

// A message that nobody stamps: with a dirty bit and a number of its own choice.
Truth unstamped(const Step& step) {
    const auto speaks = [&](const Process&) { return is_delivered(step); };
    return by_process(
               step,
               [&](const Process& process) {
                   const Arrival arrival = as_it_is(step, process, with_dependence(step, step.happening.claimed));
                   return speaks(process) &&
                          takes_message(step, process, arrival, causes_checkpoint(step, process, arrival));
               },
               speaks) &&
           validated_stays(step) && nothing_new_under_way(step);
}

} // namespace

void add_cluster(std::vector<Action>& all, const BoundaryRules& rules) {
    all.push_back({ActionId::cluster_message, "cluster_message",
                   "a message of the cluster, whatever it says, is received by an active process",
                   [rules](const Step& step) { return cluster_speaks(step, rules, false); }});
    const auto passes = [&](Kind kind, bool to_shadow) { return !guards::refusal(kind, to_shadow, false, rules); };
    if (passes(Kind::application, true))
        all.push_back({ActionId::cluster_message_to_shadow, "cluster_message_to_shadow",
                       "a message of the cluster is received by an old version",
                       [rules](const Step& step) { return cluster_speaks(step, rules, true); }});
    if (passes(Kind::low_number, false))
        all.push_back({ActionId::cluster_counter, "cluster_counter", "the cluster's counter is received as a message",
                       unstamped});
    if (passes(Kind::passed_at, false))
        all.push_back({ActionId::cluster_test, "cluster_test",
                       "a process believes that a new version has passed a test of any number",
                       [](const Step& step) { return believes(step, step.happening.claimed.low_sn); }});
    if (passes(Kind::recovery_announcement, false))
        all.push_back({ActionId::cluster_announces, "cluster_announces",
                       "a process halts since a new version has announced a recovery", halting});
    if (!guards::overrules_senders(rules)) {
        all.push_back({ActionId::in_anothers_name, "in_anothers_name",
                       "a message of the cluster is received as one of a process of high confidence", unstamped});
        all.push_back({ActionId::told_in_anothers_name, "told_in_anothers_name",
                       "a process believes what the cluster tells in the name of a process of high confidence",
                       [](const Step& step) { return believes(step, step.happening.claimed.low_sn); }});
    }
}

} // namespace mdcd::model::proof::boundary
