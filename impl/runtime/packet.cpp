// Packets field by field. The payload's handle is not sent: the receiver makes its own from the content.
// Knows no link and no session.
#include "impl/runtime/packet.hpp"

#include "impl/runtime/bytes.hpp"

namespace mdcd::impl::runtime {

std::size_t process_count(const Members& members) {
    return 2U * members.components + members.actives;
}

std::size_t position_of(const Members& members, ProcessId process) {
    const std::size_t before = process.group == Group::low      ? 0U
                               : process.group == Group::shadow ? members.components
                                                                : 2U * members.components;
    return before + process.index;
}

ProcessId process_at(const Members& members, std::size_t position) {
    ProcessId found = device;
    members.for_each([&](ProcessId each) {
        if (position_of(members, each) == position)
            found = each;
    });
    return found;
}

bool belongs(const Members& members, ProcessId process) {
    bool found = false;
    members.for_each([&](ProcessId each) { found |= each == process; });
    return found;
}

std::string name_of(ProcessId process, bool upgrades) {
    static constexpr std::string_view letters = "LSAD";
    const std::string number = std::to_string(process.index + 1);
    if (upgrades && process.group == Group::low)
        return "C" + number + "a";
    if (upgrades && process.group == Group::shadow)
        return "C" + number + "b";
    return letters[static_cast<std::size_t>(process.group)] + number;
}

std::string name_in(const SystemDescription& system, ProcessId process) {
    return name_of(process, system.upgrades);
}

SeatId seat_of(const Members& members, ProcessId process) {
    if (process.group == Group::active)
        return {static_cast<std::uint8_t>(members.components + process.index), 0};
    return {process.index, static_cast<std::uint8_t>(process.group == Group::low ? 0 : 1)};
}

ProcessId process_in(const Members& members, SeatId seat) {
    if (seat.component >= members.components)
        return {Group::active, static_cast<std::uint8_t>(seat.component - members.components)};
    return {seat.seat == 0 ? Group::low : Group::shadow, seat.component};
}

Seats seats_of(const Members& members) {
    Seats seats;
    seats.components = static_cast<std::uint8_t>(members.components + members.actives);
    for (std::uint8_t component = 0; component < members.components; ++component)
        seats.upgradable.insert(component);
    return seats;
}

namespace {

// Without its payload and its application's state: those are the content.
void put_change(ByteWriter& writer, const StoredChange& change) {
    writer.put(change.kind);
    if (change.kind == ChangeKind::ordinary)
        return;
    writer.put(change.intent);
    writer.put(change.outcome);
    writer.put(change.components);
    writer.put(change.objects);
}

void get_change(ByteReader& reader, StoredChange& change) {
    reader.get(change.kind, "the kind of the change");
    if (change.kind == ChangeKind::ordinary)
        return;
    reader.get(change.intent, "the intent");
    reader.get(change.outcome, "the outcome");
    reader.get(change.components, "the components");
    reader.get(change.objects, "the objection");
}

} // namespace

std::string encode(const SystemDescription& system, const Packet& packet) {
    const StoredMessage& message = packet.change.message;
    ByteWriter writer;
    if (system.upgrades)
        put_change(writer, packet.change);
    writer.put(message.kind);
    writer.put(message.sender);
    writer.put(message.dirty);
    writer.put(message.low_sn);
    writer.put(message.external_sn);
    writer.put(message.incarnation);
    for (std::size_t position = 0; position < process_count(system.members); ++position)
        writer.put(packet.clock[position]);
    writer.put_rest(packet.content);
    return writer.take();
}

// Where there are seats the sender is what sits in the one that the session is of; who that is knows the handler, which
// does not believe the message (impl/upgrade_protocol.hpp).
Packet decode(const SystemDescription& system, ProcessId sender, std::string_view bytes) {
    ByteReader reader(bytes);
    Packet packet;
    StoredMessage& message = packet.change.message;
    if (system.upgrades)
        get_change(reader, packet.change);
    reader.get(message.kind, "the kind");
    reader.get(message.sender, "the sender");
    if (!system.upgrades && message.sender != sender)
        throw MalformedBytes("the sender is " + name_of(message.sender) + ", not " + name_of(sender));
    reader.get(message.dirty, "the dirty bit");
    reader.get(message.low_sn, "low_sn");
    reader.get(message.external_sn, "external_sn");
    reader.get(message.incarnation, "the incarnation");
    for (std::size_t position = 0; position < process_count(system.members); ++position)
        reader.get(packet.clock[position], "the clock");
    packet.content = reader.get_rest();
    if (packet.content.size() > content_bytes_max)
        throw MalformedBytes("the content is longer than it may be");
    return packet;
}

} // namespace mdcd::impl::runtime
