// What is called when: a packet goes to the handlers, what the application wants to send goes to them too, and what
// they leave is numbered. No guard of the protocol is here. Knows no link, storage, socket or time.
#include "impl/runtime/process_core.hpp"

#include <algorithm>
#include <stdexcept>

namespace mdcd::impl::runtime {
namespace {

// What one step sends at most by itself; the rest is for the next step.
constexpr std::size_t actions_per_step_max = 32;
// Places in the queue of a halted process that messages of the application leave to the agreement.
constexpr std::size_t held_reserve = 4;

} // namespace

std::size_t under_way_max(const Members& members) {
    const std::size_t peers = std::max<std::size_t>(process_count(members), 2) - 1;
    return std::max<std::size_t>((held_count_max - held_reserve) / peers, 1);
}

std::size_t actions_per_step(const SystemDescription& system) {
    return system.upgrades ? std::max<std::size_t>(under_way_max(system.members) / 3, 1) : actions_per_step_max;
}

ProcessCore::ProcessCore(const SystemDescription& system, const Program& program, Contents& contents, ProcessId self)
    : system_(system), program_(program), contents_(contents), self_(self),
      handlers_(system.upgrades ? seat_handlers(system, self) : one_upgrade_handlers(system, self)) {}

Digest ProcessCore::application() const {
    const Digest* const state = handlers_->application();
    return state == nullptr ? Digest{} : *state;
}

std::optional<Intention> ProcessCore::next() const {
    if (handlers_->application() == nullptr)
        return std::nullopt;
    return program_.next(handlers_->place(), *contents_.at(application()));
}

StepRecord ProcessCore::step(const Input& input) {
    const StepContext context(contents_, program_, *handlers_);
    StepRecord record;
    record.input = input;
    record.step = ++steps_;
    ++clock_[position_of(system_.members, self_)];
    switch (input.kind) {
    case Input::Kind::start:
        if (handlers_->application() != nullptr)
            set_application(contents_.put(program_.first_state(handlers_->place())));
        break;
    case Input::Kind::receive:
        receive(record);
        break;
    case Input::Kind::tick: {
        std::string state = *contents_.at(application());
        program_.tick(handlers_->place(), state, input.time);
        set_application(contents_.put(std::move(state)));
        break;
    }
    case Input::Kind::command: {
        Effects effects;
        const bool lacks_version =
            input.command.intent == Intent::begin && handlers_->next_version() >= program_.versions();
        record.result = lacks_version ? "no_version_left" : handlers_->command(input.command, effects);
        add(std::move(effects), record);
        break;
    }
    case Input::Kind::restart:
    case Input::Kind::go_on:
        break;
    }
    end_part(record);
    act(record);
    return record;
}

void ProcessCore::receive(StepRecord& record) {
    const ProcessId from = record.input.from;
    const Contents::Bytes bytes = contents_.at(record.input.packet);
    Packet packet = decode(system_, from, *bytes);
    handle_of_content(packet.change) = contents_.put(packet.content);
    record.received = packet.change;
    record.received_clock = packet.clock;
    note_taken(position_of(system_.members, from), record.input.number);
    for (std::size_t position = 0; position < clock_.size(); ++position)
        clock_[position] = std::max(clock_[position], packet.clock[position]);
    Effects effects;
    handlers_->receive(from, packet.change, effects);
    add(std::move(effects), record);
}

void ProcessCore::note_taken(std::size_t peer, std::uint64_t number) {
    std::set<std::uint64_t>& ahead = ahead_[peer];
    if (number != taken_[peer] + 1) {
        ahead.insert(number);
        return;
    }
    ++taken_[peer];
    while (!ahead.empty() && *ahead.begin() == taken_[peer] + 1) {
        ++taken_[peer];
        ahead.erase(ahead.begin());
    }
}

// Where upgrades begin and end, only steps that wait for room to send; others leave it to them.
std::size_t ProcessCore::actions_after(const StepRecord& record) const {
    const Input::Kind kind = record.input.kind;
    const bool waits = kind == Input::Kind::start || kind == Input::Kind::tick || kind == Input::Kind::go_on ||
                       (kind == Input::Kind::receive && is_of_application(record.received));
    return system_.upgrades && !waits ? 0 : actions_per_step(system_);
}

// The application sends what it wants to send, as long as it may and there is room.
void ProcessCore::act(StepRecord& record) {
    const std::size_t most = actions_after(record);
    for (std::size_t action = 0; action < most && handlers_->can_send() && handlers_->has_room_to_send(); ++action) {
        const std::optional<Intention> intention = next();
        if (!intention || !perform(*intention, record))
            return;
        std::string state = *contents_.at(application());
        program_.was_sent(handlers_->place(), state);
        set_application(contents_.put(std::move(state)));
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
    Effects effects;
    const bool done = handlers_->send(intention, contents_, effects);
    add(std::move(effects), record);
    end_part(record);
    return done;
}

void ProcessCore::end_part(StepRecord& record) {
    record.parts.push_back({record.sent.size(), record.outputs.size(), record.notes.size()});
}

void ProcessCore::add(Effects&& effects, StepRecord& record) {
    record.notes.insert(record.notes.end(), effects.notes.begin(), effects.notes.end());
    for (Effects::Sending& each : effects.sent) {
        if (each.to == device && each.message.message.payload == Digest{}) {
            record.outputs.push_back({++outputs_, std::move(each.output)});
            continue;
        }
        const bool start = each.message.kind == ChangeKind::start;
        const Contents::Bytes content = contents_.at(start ? each.message.application : each.message.message.payload);
        if (each.to == device) { // of a version that takes over
            record.outputs.push_back({++outputs_, *content});
            continue;
        }
        std::string packet = encode(system_, {each.message, clock_, *content});
        record.sent.push_back(
            {each.to, ++sent_[position_of(system_.members, each.to)], contents_.put(std::move(packet)), each.message});
    }
}

} // namespace mdcd::impl::runtime
