// The handlers: decide whether the process may act at all, let the workload or the recovery protocol act, keep the
// ghost. Knows no property.
#include "model/steps/asynchronous_workload.hpp"

#include <algorithm>

#include "impl/output.hpp"
#include "model/state/encoding.hpp"
#include "model/state/ghost.hpp"
#include "model/state/numbers.hpp"
#include "model/steps/workload.hpp"

namespace mdcd::model {

using checker::Inputs;
using checker::Outcome;
using impl::Group;
using impl::ProcessId;

namespace {

impl::SequenceVector depends_of(ProcessId process, std::string_view bytes) {
    if (process.group == Group::low)
        return decode<LowProcess>(bytes).application.depends;
    return decode<ActiveLocal>(bytes).process.guarded.application.depends;
}

// A state of that process runs an acceptance test before an external message.
bool tests_output(ProcessId process, std::string_view bytes) {
    return process.group == Group::low || impl::needs_acceptance_test(decode<ActiveLocal>(bytes).process);
}

// The new versions stop: nobody asks for their history. Whatever a counter told is part of their past.
void note_reception(LowProcess& process, const LowProcess&, const Message& message) {
    if (message.kind == impl::MessageKind::low_number)
        process.application.depends = together(process.application.depends, message.payload.depends);
    process.application.received = 0;
}

// A notification that was received, not held or dropped, before any recovery.
template <class Process>
void note_reception(Local<Process>& local, const Local<Process>& before, const Message& message) {
    if (message.kind == impl::MessageKind::passed_at)
        note_reclamation(local.ghost, before.process.guarded, local.process.guarded, message.low_sn);
}

// Messages from a shadow that has taken over, in the order of their arrival (an earlier one may still be held).
void note_arrival(RecoveryGhost& ghost, ProcessId self, const Message& message) {
    if (message.kind != impl::MessageKind::application || message.incarnation == 0 ||
        message.sender.group != Group::shadow || self.group != Group::active)
        return;
    std::uint8_t& last = ghost.last_from_shadow[message.sender.index];
    ghost.out_of_order |= message.payload.id.number <= last;
    last = message.payload.id.number;
}

// Something for the device is to be sent.
bool outputs(const Outbox& outbox) {
    return std::ranges::any_of(outbox, [](const auto& each) { return each.receiver == impl::device; });
}

void note_recovery(RecoveryGhost& ghost, ProcessId self, const Outbox& outbox, const impl::Notes& notes) {
    for (const impl::Note& note : notes)
        if (note.kind == impl::NoteKind::rolled_back)
            ghost.rollbacks = static_cast<std::uint8_t>(std::min(ghost.rollbacks + 1, 2));
    if (self.group == Group::shadow)
        for (const auto& each : outbox)
            if (each.message.kind == impl::MessageKind::application && each.receiver.group == Group::active)
                ghost.resent_through = std::max(ghost.resent_through, each.message.payload.id.number);
}

} // namespace

void AsynchronousWorkload::fire(const StepPlace& step, const Inputs& inputs) {
    const auto recovery = decode<RecoveryLocal>(inputs.values.back());
    if (step.kind == StepKind::deliver)
        return deliver(step.process, inputs, recovery);
    if (!impl::is_running(recovery.state))
        return;
    if (step.kind == StepKind::detect)
        return detect(step.process, inputs, recovery);
    ordinary(step, inputs, recovery);
}

// What the workload does in every scope; a test cannot pass where it would contradict one that failed.
void AsynchronousWorkload::ordinary(const StepPlace& step, const Inputs& inputs, const RecoveryLocal& recovery) {
    const bool is_test = Layout::is_test(step.kind);
    const auto values = inputs.values.first(inputs.values.size() - (is_test ? 2 : 1));
    if (is_test && tests_output(step.process, values[0])) {
        const auto detections = decode<Detections>(inputs.values[values.size()]);
        const auto validated = decode<Validated>(values.back()); // the last that a test reads
        if (!detections.allow(together(validated.number, depends_of(step.process, values[0]))))
            return;
    }
    const std::size_t first = outcomes_.size();
    Workload(scope_, rules_, layout_, outcomes_, notes_, &recovery.state)
        .fire(step, {.values = values, .message = inputs.message});
    for (std::size_t position = first; position < outcomes_.size(); ++position) {
        auto& sends = outcomes_[position].sends;
        std::erase_if(sends, [&](const Outcome::Change& send) {
            return !impl::reaches(recovery.state, layout_.places()[send.slot].process);
        });
        for (Outcome::Change& send : sends)
            send.bytes = encode(impl::stamped(recovery.state, decode<Message>(send.bytes)));
    }
}

// A test fails and compensation is not feasible. It fails only if the state may be erroneous.
void AsynchronousWorkload::detect(ProcessId self, const Inputs& inputs, RecoveryLocal recovery) {
    const auto validated = decode<Validated>(inputs.values[1]);
    auto detections = decode<Detections>(inputs.values[2]);
    const impl::SequenceVector depends = depends_of(self, inputs.values[0]);
    if (detections.left == 0 || is_within(depends, validated.number))
        return;
    --detections.left;
    detections.add(depends);
    const auto fail = [&](auto local) {
        impl::Notes notes;
        Outbox outbox;
        TestOutcome output{.passes = false};
        if (impl::try_output(process_of(local), output, rules_, notes).verdict != impl::OutputVerdict::failed)
            return; // no test stands before what this state outputs
        impl::RecoveryHandler handler(process_of(local), recovery.state, members_, rules_, outbox, notes);
        handler.fail_acceptance_test();
        recovery.ghost = {};
        write(self, encode(local), recovery, outbox, notes);
        outcomes_.back().writes.push_back({layout_.shared(SlotRole::detections), encode(detections)});
    };
    if (self.group == Group::low)
        fail(decode<LowProcess>(inputs.values[0]));
    else
        fail(decode<ActiveLocal>(inputs.values[0]));
}

void AsynchronousWorkload::deliver(ProcessId self, const Inputs& inputs, const RecoveryLocal& recovery) {
    const auto message = decode<Message>(inputs.message);
    if (self.group == Group::low)
        deliver_to(decode<LowProcess>(inputs.values[0]), message, recovery, inputs);
    else if (self.group == Group::shadow)
        deliver_to(decode<ShadowLocal>(inputs.values[0]), message, recovery, inputs);
    else
        deliver_to(decode<ActiveLocal>(inputs.values[0]), message, recovery, inputs);
}

template <class Local>
void AsynchronousWorkload::deliver_to(Local local, const Message& message, RecoveryLocal recovery,
                                      const Inputs& inputs) {
    const Local before = local;
    Message marked = message;
    if constexpr (requires { local.ghost; })
        if (scope_.channels == ChannelModel::fifo) { // elsewhere order is nobody's promise
            tell_sender(marked);
            tell_senders(process_of(local).guarded, recovery.state);
        }
    const RecoveryState state_before = recovery.state;
    const ProcessId self = process_of(local).id;
    impl::Notes notes;
    Outbox outbox;
    impl::RecoveryHandler handler(process_of(local), recovery.state, members_, rules_, outbox, notes);
    handler.receive(marked);

    const bool recovered = recovery.state.decided.size() > state_before.decided.size();
    if (impl::is_running(state_before) && state_before.incarnation == 0)
        note_reception(local, before, message);
    note_arrival(recovery.ghost, self, message);
    bool reordered = false;
    if constexpr (requires { local.ghost; })
        reordered = process_of(local).guarded.application.reordered;
    if (recovered) {
        note_recovery(recovery.ghost, self, outbox, notes);
        if constexpr (requires { local.ghost; })
            local.ghost = {}; // it is about recoveries that might begin
    }
    if (recovery.state.incarnation != state_before.incarnation)
        recovery.ghost = {};
    recovery.ghost.out_of_order |= reordered;
    write(self, encode(local), recovery, outbox, notes);
    if (outputs(outbox)) {
        auto validated = decode<Validated>(inputs.values[1]);
        note_outputs(validated, outbox);
        outcomes_.back().writes.push_back({layout_.shared(SlotRole::validated), encode(validated)});
    }
}

void AsynchronousWorkload::write(ProcessId self, std::string process, const RecoveryLocal& recovery,
                                 const Outbox& outbox, const impl::Notes& notes) {
    Outcome& outcome = outcomes_.emplace_back();
    for (const impl::Note& note : notes)
        outcome.fired |= std::uint64_t{1} << static_cast<unsigned>(note.kind);
    notes_.push_back(notes);
    outcome.writes.push_back({layout_.slot_of(self), std::move(process)});
    outcome.writes.push_back({layout_.recovery_of(self), encode(recovery)});
    for (const auto& each : outbox) // no channel leads from a process to itself: what it sends there, nobody gets
        if (each.receiver != impl::device && each.receiver != self)
            outcome.sends.push_back({layout_.channel(self, each.receiver), encode(each.message)});
}

} // namespace mdcd::model
