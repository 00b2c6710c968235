// The handlers of the model's steps (section 2 of docs/architecture.md). Ghost state is kept here, protocol state in
// impl. Knows no property.
#include "model/workload.hpp"

#include "model/encoding.hpp"
#include "model/ghost.hpp"
#include "model/local.hpp"

namespace mdcd::model {

using checker::Inputs;
using checker::Outcome;
using checker::SlotIndex;
using impl::Group;
using impl::ProcessId;

namespace {

// The receivers that the next message of the cluster may have, given how far the script is resolved.
std::vector<std::uint8_t> possible_receivers(const Scope& scope, const Script& script, unsigned position) {
    if (position < script.receivers.size())
        return {script.receivers[position]};
    std::vector<std::uint8_t> all;
    if (position < scope.budgets.cluster_messages)
        for (std::uint8_t active = 0; active < scope.active_processes; ++active)
            all.push_back(active);
    return all;
}

// Message number history.sent + 1 of the cluster, from a state with that history. Advances the history.
Payload next_cluster_message(History& history) {
    ++history.sent;
    history.depends = impl::join(history.depends, impl::shared_number(history.sent));
    return {{0, history.sent}, history.depends};
}

Payload next_active_message(ProcessId self, History& history) {
    ++history.sent;
    return {{static_cast<std::uint8_t>(self.index + 1), history.sent}, history.depends};
}

} // namespace

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

// A notification goes to every active and shadow process but the sender.
void Workload::broadcast(Outcome& outcome, ProcessId sender, const std::string& message) const {
    for (const ProcessId receiver : layout_.processes())
        if (receiver.group != Group::low && receiver != sender)
            send(outcome, sender, receiver, message);
}

void Workload::fire(const StepPlace& step, const Inputs& inputs) {
    switch (step.kind) {
    case StepKind::low_send:
        return low_send(step.process, inputs);
    case StepKind::low_test:
        return low_test(step.process, inputs);
    case StepKind::shadow_generate:
        return shadow_generate(step.process, inputs);
    case StepKind::active_send:
    case StepKind::active_send_low:
        return active_send(step.process, step.peer, inputs);
    case StepKind::active_external:
        return active_external(step.process, inputs);
    case StepKind::deliver:
        return deliver(step.process, inputs);
    }
}

void Workload::low_send(ProcessId self, const Inputs& inputs) {
    const auto before = decode<LowProcess>(inputs.values[0]);
    const auto script = decode<Script>(inputs.values[1]);
    for (const std::uint8_t receiver : possible_receivers(scope_, script, before.application.sent)) {
        LowProcess process = before;
        impl::Notes notes;
        const Payload payload = next_cluster_message(process.application);
        const Message message = impl::send_to_active(process, payload, notes);
        Outcome& outcome = add(notes);
        write(outcome, layout_.slot_of(self), process);
        if (process.application.sent > script.receivers.size()) {
            Script resolved = script;
            resolved.receivers.push_back(receiver, "the script");
            write(outcome, layout_.shared(SlotRole::script), resolved);
        }
        send(outcome, self, {Group::active, receiver}, encode(message));
    }
}

void Workload::low_test(ProcessId self, const Inputs& inputs) {
    auto process = decode<LowProcess>(inputs.values[0]);
    auto budget = decode<Budget>(inputs.values[1]);
    auto validated = decode<Validated>(inputs.values[2]);
    if (budget.left == 0)
        return;
    --budget.left;
    impl::Notes notes;
    const Message notification = impl::pass_acceptance_test(process, notes);
    validated.number = impl::join(validated.number, process.application.depends);
    Outcome& outcome = add(notes);
    write(outcome, layout_.slot_of(self), process);
    write(outcome, layout_.shared(SlotRole::low_tests_left), budget);
    write(outcome, layout_.shared(SlotRole::validated), validated);
    broadcast(outcome, self, encode(notification));
}

void Workload::shadow_generate(ProcessId self, const Inputs& inputs) {
    const auto before = decode<ShadowLocal>(inputs.values[0]);
    const auto script = decode<Script>(inputs.values[1]);
    const History& history = before.process.guarded.application;
    for (const std::uint8_t receiver : possible_receivers(scope_, script, history.sent)) {
        ShadowLocal local = before;
        History& application = local.process.guarded.application;
        ++application.sent; // the old version is correct: its messages depend on what it received, not on themselves
        const Payload payload{{0, application.sent}, application.depends};
        impl::Notes notes;
        impl::suppress(local.process, {Group::active, receiver}, payload, rules_, notes);
        Outcome& outcome = add(notes);
        write(outcome, layout_.slot_of(self), local);
        if (application.sent > script.receivers.size()) {
            Script resolved = script;
            resolved.receivers.push_back(receiver, "the script");
            write(outcome, layout_.shared(SlotRole::script), resolved);
        }
    }
}

void Workload::active_send(ProcessId self, ProcessId peer, const Inputs& inputs) {
    auto local = decode<ActiveLocal>(inputs.values[0]);
    auto budget = decode<Budget>(inputs.values[1]);
    if (budget.left == 0)
        return;
    --budget.left;
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
    if (!impl::needs_acceptance_test(local.process)) {
        notes.add(impl::NoteKind::output_without_at, depends);
        validated.unsafe_output |= !impl::covers(validated.number, depends);
        write(add(notes), layout_.shared(SlotRole::validated), validated);
        return;
    }
    if (budget.left == 0)
        return;
    --budget.left;
    const ActiveProcess before = local.process;
    const Message notification = impl::pass_acceptance_test(local.process, rules_, notes);
    note_reclamation(local.ghost, before.guarded, local.process.guarded, notification.low_sn);
    validated.number = impl::join(validated.number, depends);
    Outcome& outcome = add(notes);
    write(outcome, layout_.slot_of(self), local);
    write(outcome, layout_.shared(SlotRole::active_tests_left), budget);
    write(outcome, layout_.shared(SlotRole::validated), validated);
    broadcast(outcome, self, encode(notification));
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
    impl::receive(process, message, notes);
    process.application.received = 0; // the new versions stop at recovery: nobody asks for their history
    write(add(notes), layout_.slot_of(self), process);
}

} // namespace mdcd::model
