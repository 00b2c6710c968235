// What is called when: a packet goes to the recovery handler, what the application wants to send goes to the handler of
// its kind, and what they put into the outbox is numbered. No guard of the protocol is here.
// Knows no link, storage, socket or time.
#include "impl/runtime/process_core.hpp"

#include <algorithm>
#include <stdexcept>

#include "impl/output.hpp"
#include "impl/recovery_protocol.hpp"

namespace mdcd::impl::runtime {
namespace {

using A = StoredApplication;

// What one step sends at most by itself; the rest is for the next step.
constexpr std::size_t actions_per_step_max = 32;

} // namespace

ProcessCore::ProcessCore(const SystemDescription& system, const Program& program, Contents& contents, ProcessId self)
    : system_(system), program_(program), contents_(contents), self_(self) {
    if (self.group == Group::low)
        process_.emplace<Low>();
    else if (self.group == Group::shadow)
        process_.emplace<Shadow>();
    else
        process_.emplace<Active>();
    std::visit([&](auto& process) { process.id = self; }, process_);
}

const Digest& ProcessCore::application() const {
    if (const auto* low = std::get_if<Low>(&process_))
        return low->application;
    if (const auto* shadow = std::get_if<Shadow>(&process_))
        return shadow->guarded.application;
    return std::get<Active>(process_).guarded.application;
}

void ProcessCore::set_application(const Digest& state) {
    if (auto* low = std::get_if<Low>(&process_))
        low->application = state;
    else if (auto* shadow = std::get_if<Shadow>(&process_))
        shadow->guarded.application = state;
    else
        std::get<Active>(process_).guarded.application = state;
}

std::optional<Intention> ProcessCore::next() const {
    return program_.next(self_, *contents_.at(application()));
}

StepRecord ProcessCore::step(const Input& input) {
    const StepContext context(contents_, program_, self_);
    StepRecord record;
    record.input = input;
    record.step = ++steps_;
    ++clock_[position_of(system_.members, self_)];
    switch (input.kind) {
    case Input::Kind::start:
        set_application(contents_.put(program_.first_state(self_)));
        break;
    case Input::Kind::receive:
        receive(record);
        break;
    case Input::Kind::tick: {
        std::string state = *contents_.at(application());
        program_.tick(self_, state, input.time);
        set_application(contents_.put(state));
        break;
    }
    case Input::Kind::restart:
    case Input::Kind::go_on:
        break;
    }
    act(record);
    return record;
}

void ProcessCore::receive(StepRecord& record) {
    const ProcessId from = record.input.from;
    const Contents::Bytes bytes = contents_.at(record.input.packet);
    const Packet packet = decode(system_.members, from, *bytes);
    record.received = packet.message;
    record.received_clock = packet.clock;
    taken_[position_of(system_.members, from)] = record.input.number;
    for (std::size_t position = 0; position < clock_.size(); ++position)
        clock_[position] = std::max(clock_[position], packet.clock[position]);
    contents_.put(packet.content);
    StoredOutbox outbox;
    Notes notes;
    std::visit(
        [&](auto& process) {
            RecoveryHandler handler(process, recovery_, system_.members, system_.rules, outbox, notes);
            handler.receive(packet.message);
        },
        process_);
    add(outbox, notes, record);
}

// The application sends what it wants to send, as long as it may and there is room.
void ProcessCore::act(StepRecord& record) {
    for (std::size_t action = 0; action < actions_per_step_max && is_running(recovery_) && has_room_to_send();
         ++action) {
        const std::optional<Intention> intention = next();
        if (!intention || !perform(*intention, record))
            return;
        std::string state = *contents_.at(application());
        program_.was_sent(self_, state);
        set_application(contents_.put(state));
    }
}

// Whether it has been sent, or logged. If not, a recovery has begun.
bool ProcessCore::perform(const Intention& intention, StepRecord& record) {
    if (intention.content.size() > content_bytes_max)
        throw std::length_error("the application's message has " + std::to_string(intention.content.size()) +
                                " bytes; at most " + std::to_string(content_bytes_max));
    const std::uint8_t count =
        intention.to == Intention::To::active ? system_.members.actives : system_.members.components;
    if (intention.to != Intention::To::device && intention.index >= count)
        throw std::logic_error("the application sends to a process that there is not");
    StoredOutbox outbox;
    Notes notes;
    const bool done =
        std::visit([&](auto& process) { return perform(process, intention, outbox, notes, record); }, process_);
    add(outbox, notes, record);
    return done;
}

bool ProcessCore::perform(Low& process, const Intention& intention, StoredOutbox& outbox, Notes& notes,
                          StepRecord& record) {
    const Digest payload = contents_.put(intention.content);
    switch (intention.to) {
    case Intention::To::active:
        outbox.push_back({{Group::active, intention.index},
                          stamped<A>(recovery_, send_to_active(process, payload, system_.rules, notes))},
                         "the list of messages to send");
        return true;
    case Intention::To::component:
        outbox.push_back(
            {{Group::low, intention.index}, stamped<A>(recovery_, send_to_component(process, payload, notes))},
            "the list of messages to send");
        return true;
    case Intention::To::device:
        return output(process, intention, outbox, notes, record);
    }
    return true;
}

bool ProcessCore::perform(Shadow& process, const Intention& intention, StoredOutbox& outbox, Notes& notes,
                          StepRecord&) {
    const Digest payload = contents_.put(intention.content);
    switch (intention.to) {
    case Intention::To::active:
        generate<A>(process, recovery_, {Group::active, intention.index}, payload, system_.rules, outbox, notes);
        break;
    case Intention::To::component: {
        const ProcessId receiver{Group::shadow, intention.index};
        if (const auto message = send_to_component<A>(process, receiver, payload, system_.rules, notes))
            outbox.push_back({receiver, stamped<A>(recovery_, *message)}, "the list of messages to send");
        break;
    }
    case Intention::To::device:
        generate_external<A>(process, recovery_, payload, system_.rules, outbox, notes);
        break;
    }
    return true;
}

bool ProcessCore::perform(Active& process, const Intention& intention, StoredOutbox& outbox, Notes& notes,
                          StepRecord& record) {
    if (intention.to == Intention::To::device)
        return output(process, intention, outbox, notes, record);
    const bool active = intention.to == Intention::To::active;
    const Group group = active ? Group::active : Group::low;
    const StoredMessage message =
        stamped<A>(recovery_, send_internal(process, group, contents_.put(intention.content), system_.rules, notes));
    if (active) {
        outbox.push_back({{Group::active, intention.index}, message}, "the list of messages to send");
        return true;
    }
    for (const ProcessId version : {ProcessId{Group::low, intention.index}, ProcessId{Group::shadow, intention.index}})
        if (reaches(recovery_, version)) // a component: both of its versions
            outbox.push_back({version, message}, "the list of messages to send");
    return true;
}

// An external message of a process in service.
template <class Process>
bool ProcessCore::output(Process& process, const Intention& intention, StoredOutbox& outbox, Notes& notes,
                         StepRecord& record) {
    A::Output external{intention.content};
    const OutputResult<A> result = try_output<A>(process, external, system_.rules, notes);
    if (result.verdict == OutputVerdict::failed) {
        RecoveryHandler(process, recovery_, system_.members, system_.rules, outbox, notes).fail_acceptance_test();
        return false;
    }
    add_output(external.content, record);
    if (result.notification)
        system_.members.for_each([&](ProcessId each) {
            if (each.group != Group::low && each != self_)
                outbox.push_back({each, stamped<A>(recovery_, *result.notification)}, "the list of messages to send");
        });
    return true;
}

void ProcessCore::add_output(std::string content, StepRecord& record) {
    record.outputs.push_back({++outputs_, std::move(content)});
}

void ProcessCore::add(const StoredOutbox& outbox, const Notes& notes, StepRecord& record) {
    record.notes.insert(record.notes.end(), notes.begin(), notes.end());
    for (const Outgoing<A>& each : outbox) {
        const Contents::Bytes content = contents_.at(each.message.payload);
        if (each.receiver == device) {
            add_output(*content, record);
            continue;
        }
        const std::string packet = encode(system_.members, {each.message, clock_, *content});
        record.sent.push_back(
            {each.receiver, ++sent_[position_of(system_.members, each.receiver)], contents_.put(packet), each.message});
    }
}

} // namespace mdcd::impl::runtime
