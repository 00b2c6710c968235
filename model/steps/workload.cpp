// The handlers of the model's steps (section 2 of docs/architecture.md). Ghost state is kept here, protocol state in
// impl. Knows no property.
#include "model/steps/workload.hpp"

#include <algorithm>
#include <vector>

#include "checker/invariant.hpp"
#include "impl/output.hpp"
#include "model/state/encoding.hpp"
#include "model/state/ghost.hpp"
#include "model/state/local.hpp"
#include "model/state/numbers.hpp"

namespace mdcd::model {

using checker::Inputs;
using checker::Outcome;
using checker::SlotIndex;
using impl::Group;
using impl::ProcessId;

namespace {

Payload next_active_message(ProcessId self, History& history) {
    ++history.sent;
    return {{static_cast<std::uint8_t>(first_active_source + self.index), history.sent}, history.depends};
}

History& history_of(LowProcess& process) {
    return process.application;
}
History& history_of(ShadowLocal& local) {
    return local.process.guarded.application;
}

} // namespace

// The cluster's side that a step belongs to: the process itself, then the others of its group as the step reads them.
template <class Local> struct Workload::Side {
    std::vector<ProcessId> ids;
    std::vector<Local> locals; // the same order

    [[nodiscard]] SentCounts sent() {
        SentCounts counts{};
        for (std::size_t position = 0; position < ids.size(); ++position)
            counts[ids[position].index] = history_of(locals[position]).sent;
        return counts;
    }
};

template <class Local> Workload::Side<Local> Workload::side(ProcessId self, const Inputs& inputs) const {
    Side<Local> side{{self}, {decode<Local>(inputs.values[0])}};
    for (const ProcessId other : layout_.others(self)) {
        side.locals.push_back(decode<Local>(inputs.values[1 + side.ids.size()]));
        side.ids.push_back(other);
    }
    return side;
}

// The script with the next message of `component` on the side that has sent `before` in it, and that message.
std::pair<Script, ResolvedMessage> Workload::resolve(const Script& script, const ScriptEntry& entry,
                                                     const SentCounts& before) const {
    Script resolved = script;
    const auto own = [&](const Script& all) {
        return std::ranges::count(all.entries, entry.component, &ScriptEntry::component);
    };
    if (own(script) <= before[entry.component])
        resolved.entries.push_back(entry, "the script");
    const auto id = cluster_message(scope_, entry.component, static_cast<std::uint8_t>(before[entry.component] + 1));
    for (const ResolvedMessage& message : resolved_messages(scope_, resolved))
        if (message.id == id)
            return {resolved, message};
    checker::broken("a message that was just resolved is in no script", __FILE__, __LINE__);
}

Settled Workload::settled_in(const Inputs& inputs) const {
    const std::size_t first = inputs.values.size() - 2 - scope_.active_processes; // Layout::settling()
    std::vector<Standing> actives;
    for (std::size_t active = 0; active < scope_.active_processes; ++active)
        actives.push_back(standing_of(decode<ActiveLocal>(inputs.values[first + 2 + active])));
    return settled(standing_of(decode<ShadowLocal>(inputs.values[first + 1])), actives,
                   decode<Validated>(inputs.values[first]).number[0]);
}

// A new message of the cluster waits while too many are not settled. To follow the other side is always possible.
bool Workload::waits(const ScriptEntry& entry, const Script& script, const SentCounts& before,
                     const Inputs& inputs) const {
    if (scope_.unsettled == 0 || script.entries.size() > before[entry.component])
        return false;
    return script.entries.size() - settled_in(inputs).cluster >= scope_.unsettled;
}

void Workload::write_script(Outcome& outcome, std::uint8_t component, const Script& before, const Script& after) const {
    if (!(before == after))
        write(outcome, layout_.script(component), after);
}

Outcome& Workload::add(const impl::Notes& notes) {
    Outcome& outcome = outcomes_.emplace_back();
    for (const impl::Note& note : notes)
        outcome.fired |= std::uint64_t{1} << static_cast<unsigned>(note.kind);
    notes_.push_back(notes);
    return outcome;
}

template <class T> void Workload::write(Outcome& outcome, SlotIndex slot, const T& value) const {
    outcome.writes.push_back({slot, encode(value)});
}

void Workload::send(Outcome& outcome, ProcessId sender, ProcessId receiver, const std::string& message) const {
    outcome.sends.push_back({layout_.channel(sender, receiver), message});
}

// A test passed in a state that depends on these numbers; remembered only where it may have missed an error.
void Workload::note_test(Outcome& outcome, const Inputs& inputs, const impl::SequenceVector& depends) const {
    if (!layout_.has(SlotRole::tests_passed))
        return;
    std::vector<impl::SequenceVector> sorted{depends};
    for (const impl::SequenceVector& each : decode<TestsPassed>(inputs.values.back()).proved)
        sorted.push_back(each);
    std::ranges::sort(sorted, {}, &impl::SequenceVector::entries);
    TestsPassed tests;
    for (const impl::SequenceVector& each : sorted)
        tests.proved.push_back(each, "the tests passed");
    write(outcome, layout_.shared(SlotRole::tests_passed), tests);
}

// A notification goes to every active and shadow process but the sender.
void Workload::broadcast(Outcome& outcome, ProcessId sender, const std::string& message) const {
    for (const ProcessId receiver : layout_.processes())
        if (receiver.group != Group::low && receiver != sender)
            send(outcome, sender, receiver, message);
}

void Workload::fire(const StepPlace& step, const Inputs& inputs) {
    switch (step.kind) {
    case StepKind::low_send:
        return low_send(step.process, step.peer, inputs);
    case StepKind::low_test:
        return low_test(step.process, inputs);
    case StepKind::low_send_inside:
        return low_send_inside(step.process, step.peer, inputs);
    case StepKind::shadow_generate:
        return shadow_generate(step.process, inputs);
    case StepKind::shadow_send:
        return shadow_send(step.process, step.peer, inputs);
    case StepKind::active_send:
    case StepKind::active_send_low:
        return active_send(step.process, step.peer, inputs);
    case StepKind::active_external:
        return active_external(step.process, inputs);
    case StepKind::deliver:
        return deliver(step.process, inputs);
    case StepKind::detect: // only where recovery is made of steps: asynchronous_workload.hpp
        return;
    }
}

// An internal message of a new version. The others learn its number at once, by message or not at all (rule low_sn);
// as far as the cluster is one source of errors, what they learn becomes part of their past.
// `peer`: the only receiver, where every receiver has a step of its own.
void Workload::low_send(ProcessId self, ProcessId peer, const Inputs& inputs) {
    const auto before = side<LowProcess>(self, inputs);
    const auto script = decode<Script>(inputs.values[1]);
    const SentCounts sent = Side<LowProcess>(before).sent();
    for (const ScriptEntry& entry : next_messages(scope_, script, self.index, sent)) {
        if (entry.external() || waits(entry, script, sent, inputs) ||
            (scope_.channel_capacity > 0 && entry.receiver != peer.index))
            continue;
        Side<LowProcess> after = before;
        LowProcess& process = after.locals[0];
        const auto [resolved, message] = resolve(script, entry, sent);
        impl::SequenceVector number;
        number[message.entry] = message.number;
        ++process.application.sent;
        process.application.depends = together(process.application.depends, number);
        impl::Notes notes;
        const Message sending = impl::send_to_active(process, {message.id, process.application.depends}, rules_, notes);
        if (rules_.low_sn != impl::LowSn::vector)
            process.application.drawn |= 1U << sending.low_sn[0];
        Outcome& outcome = add(notes);
        write(outcome, layout_.slot_of(self), process);
        write_script(outcome, self.index, script, resolved);
        send(outcome, self, {Group::active, entry.receiver}, encode(sending));
        const bool one_source = scope_.faults == FaultModel::cluster;
        for (std::size_t other = 1; other < after.ids.size(); ++other) {
            if (rules_.low_sn == impl::LowSn::shared_atomic) {
                LowProcess& told = after.locals[other];
                impl::learn_number(told, process.low_sn);
                if (one_source)
                    told.application.depends = together(told.application.depends, process.application.depends);
                write(outcome, layout_.slot_of(told.id), told);
            } else if (rules_.low_sn == impl::LowSn::shared_broadcast) {
                const Payload past{{}, one_source ? process.application.depends : impl::SequenceVector{}};
                send(outcome, self, after.ids[other], encode(impl::announce_number(process, past)));
            }
        }
    }
}

// An acceptance test that succeeds, with its external message: one of the script, or one that nobody follows.
void Workload::low_test(ProcessId self, const Inputs& inputs) {
    if (scope_.budgets.cluster_outputs > 0)
        return low_output(self, inputs);
    auto process = decode<LowProcess>(inputs.values[0]);
    auto budget = decode<Budget>(inputs.values[1]);
    auto validated = decode<Validated>(inputs.values[2]);
    if (!budget.spend())
        return;
    impl::Notes notes;
    TestOutcome output;
    const auto result = impl::try_output(process, output, rules_, notes);
    validated.number = together(validated.number, process.application.depends);
    Outcome& outcome = add(notes);
    note_test(outcome, inputs, process.application.depends);
    write(outcome, layout_.slot_of(self), process);
    write(outcome, layout_.shared(SlotRole::low_tests_left), budget);
    write(outcome, layout_.shared(SlotRole::validated), validated);
    broadcast(outcome, self, encode(*result.notification));
    corrected_output(decode<LowProcess>(inputs.values[0]), SlotRole::low_tests_left, budget);
}

void Workload::low_output(ProcessId self, const Inputs& inputs) {
    auto before = side<LowProcess>(self, inputs);
    const auto script = decode<Script>(inputs.values[1]);
    auto validated =
        decode<Validated>(inputs.values[inputs.values.size() - (layout_.has(SlotRole::tests_passed) ? 2 : 1)]);
    const SentCounts sent = before.sent();
    for (const ScriptEntry& entry : next_messages(scope_, script, self.index, sent)) {
        if (!entry.external())
            continue;
        LowProcess& process = before.locals[0];
        const auto [resolved, message] = resolve(script, entry, sent);
        ++process.application.sent;
        impl::Notes notes;
        TestOutcome output;
        const auto result = impl::try_output(process, output, rules_, notes);
        validated.number = together(validated.number, process.application.depends);
        validated.output |= as_set(message.id);
        Outcome& outcome = add(notes);
        note_test(outcome, inputs, process.application.depends);
        write(outcome, layout_.slot_of(self), process);
        write_script(outcome, self.index, script, resolved);
        write(outcome, layout_.shared(SlotRole::validated), validated);
        broadcast(outcome, self, encode(*result.notification));
    }
}

void Workload::low_send_inside(ProcessId self, ProcessId peer, const Inputs& inputs) {
    const auto process = decode<LowProcess>(inputs.values[0]);
    auto budget = decode<Budget>(inputs.values[1]);
    if (budget.left == 0)
        return;
    --budget.left;
    impl::Notes notes;
    const Message message = impl::send_to_component(process, {{}, process.application.depends}, notes);
    Outcome& outcome = add(notes);
    write(outcome, layout_.shared(SlotRole::low_internal_left), budget);
    send(outcome, self, peer, encode(message));
}

// The old version is correct: its messages depend on what it received, not on themselves.
void Workload::shadow_generate(ProcessId self, const Inputs& inputs) {
    const auto before = side<ShadowLocal>(self, inputs);
    const auto script = decode<Script>(inputs.values[1]);
    const SentCounts sent = Side<ShadowLocal>(before).sent();
    for (const ScriptEntry& entry : next_messages(scope_, script, self.index, sent)) {
        if (waits(entry, script, sent, inputs))
            continue;
        Side<ShadowLocal> after = before;
        ShadowLocal& local = after.locals[0];
        const auto [resolved, message] = resolve(script, entry, sent);
        History& application = local.process.guarded.application;
        ++application.sent;
        const Payload payload{message.id, application.depends};
        impl::Notes notes;
        Outbox outbox;
        if (entry.external() && recovery_ != nullptr)
            impl::generate_external(local.process, *recovery_, payload, rules_, outbox, notes);
        else if (entry.external())
            impl::suppress_external(local.process, payload, rules_, notes);
        else if (recovery_ != nullptr)
            impl::generate(local.process, *recovery_, {Group::active, entry.receiver}, payload, rules_, outbox, notes);
        else
            impl::suppress(local.process, {Group::active, entry.receiver}, payload, rules_, notes);
        Outcome& outcome = add(notes);
        write(outcome, layout_.slot_of(self), local);
        for (const auto& each : outbox) {
            if (each.receiver != impl::device) {
                send(outcome, self, each.receiver, encode(each.message));
                continue;
            }
            auto validated = decode<Validated>(inputs.values.back());
            note_outputs(validated, outbox);
            write(outcome, layout_.shared(SlotRole::validated), validated);
        }
        write_script(outcome, self.index, script, resolved);
        for (std::size_t other = 1; rules_.shadow_sn == impl::ShadowSn::shared && other < after.ids.size(); ++other) {
            impl::learn_number(after.locals[other].process, local.process.shadow_sn);
            write(outcome, layout_.slot_of(after.ids[other]), after.locals[other]);
        }
    }
}

void Workload::shadow_send(ProcessId self, ProcessId peer, const Inputs& inputs) {
    auto local = decode<ShadowLocal>(inputs.values[0]);
    auto budget = decode<Budget>(inputs.values[1]);
    if (budget.left == 0)
        return;
    --budget.left;
    History& application = local.process.guarded.application;
    ++application.sent_inside;
    const MessageId id{static_cast<std::uint8_t>(first_shadow_source + self.index), application.sent_inside};
    impl::Notes notes;
    const auto message = impl::send_to_component(local.process, peer, {id, application.depends}, rules_, notes);
    Outcome& outcome = add(notes);
    write(outcome, layout_.slot_of(self), local);
    write(outcome, layout_.shared(SlotRole::shadow_internal_left), budget);
    if (message)
        send(outcome, self, peer, encode(*message));
}

void Workload::active_send(ProcessId self, ProcessId peer, const Inputs& inputs) {
    auto local = decode<ActiveLocal>(inputs.values[0]);
    auto budget = decode<Budget>(inputs.values[1]);
    const std::uint8_t sent = local.process.guarded.application.sent;
    if (sent == active_message_count_max ||
        (scope_.unsettled > 0 && sent - settled_in(inputs).active[self.index] >= scope_.unsettled) || !budget.spend())
        return;
    impl::Notes notes;
    const Payload payload = next_active_message(self, local.process.guarded.application);
    const std::string message = encode(impl::send_internal(local.process, peer.group, payload, rules_, notes));
    Outcome& outcome = add(notes);
    write(outcome, layout_.slot_of(self), local);
    if (peer.group == Group::active) {
        write(outcome, layout_.shared(SlotRole::active_messages_left), budget);
        send(outcome, self, peer, message);
    } else { // to the component: to its new version and to its old one
        write(outcome, layout_.shared(SlotRole::messages_to_cluster_left), budget);
        send(outcome, self, peer, message);
        send(outcome, self, {Group::shadow, peer.index}, message);
    }
}

void Workload::active_external(ProcessId self, const Inputs& inputs) {
    auto local = decode<ActiveLocal>(inputs.values[0]);
    auto budget = decode<Budget>(inputs.values[1]);
    auto validated = decode<Validated>(inputs.values[2]);
    const impl::SequenceVector depends = local.process.guarded.application.depends;
    impl::Notes notes;
    const ActiveProcess before = local.process;
    TestOutcome output;
    const auto result = impl::try_output(local.process, output, rules_, notes);
    if (result.verdict == impl::OutputVerdict::untested) {
        validated.unsafe_output |= !is_within(depends, validated.number);
        write(add(notes), layout_.shared(SlotRole::validated), validated);
        return;
    }
    if (!budget.spend())
        return;
    note_reclamation(local.ghost, before.guarded, local.process.guarded, result.notification->low_sn);
    validated.number = together(validated.number, depends);
    Outcome& outcome = add(notes);
    note_test(outcome, inputs, depends);
    write(outcome, layout_.slot_of(self), local);
    write(outcome, layout_.shared(SlotRole::active_tests_left), budget);
    write(outcome, layout_.shared(SlotRole::validated), validated);
    broadcast(outcome, self, encode(*result.notification));
    corrected_output(decode<ActiveLocal>(inputs.values[0]), SlotRole::active_tests_left, budget);
}

void Workload::deliver(ProcessId self, const Inputs& inputs) {
    const auto message = decode<Message>(inputs.message);
    impl::Notes notes;
    const auto receive = [&](auto local) {
        const Guarded before = local.process.guarded;
        impl::receive(local.process, message, rules_, notes);
        if (message.kind == impl::MessageKind::passed_at)
            note_reclamation(local.ghost, before, local.process.guarded, message.low_sn);
        write(add(notes), layout_.slot_of(self), local);
    };
    if (self.group == Group::active)
        return receive(decode<ActiveLocal>(inputs.values[0]));
    if (self.group == Group::shadow)
        return receive(decode<ShadowLocal>(inputs.values[0]));
    auto process = decode<LowProcess>(inputs.values[0]);
    impl::receive(process, message, rules_, notes);
    if (message.kind == impl::MessageKind::low_number) // its ghost is what the sender's past was
        process.application.depends = together(process.application.depends, message.payload.depends);
    process.application.received = 0; // the new versions stop at recovery: nobody asks for their history
    write(add(notes), layout_.slot_of(self), process);
}

} // namespace mdcd::model
