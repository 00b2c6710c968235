// Packets field by field. The payload's digest is not sent: the receiver computes it from the content.
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

std::string name_of(ProcessId process) {
    static constexpr std::string_view letters = "LSAD";
    return letters[static_cast<std::size_t>(process.group)] + std::to_string(process.index + 1);
}

std::string encode(const Members& members, const Packet& packet) {
    ByteWriter writer;
    writer.put(packet.message.kind);
    writer.put(packet.message.sender);
    writer.put(packet.message.dirty);
    writer.put(packet.message.low_sn);
    writer.put(packet.message.external_sn);
    writer.put(packet.message.incarnation);
    for (std::size_t position = 0; position < process_count(members); ++position)
        writer.put(packet.clock[position]);
    writer.put_rest(packet.content);
    return writer.take();
}

Packet decode(const Members& members, ProcessId sender, std::string_view bytes) {
    ByteReader reader(bytes);
    Packet packet;
    reader.get(packet.message.kind, "the kind");
    reader.get(packet.message.sender, "the sender");
    if (packet.message.sender != sender)
        throw MalformedBytes("the sender is " + name_of(packet.message.sender) + ", not " + name_of(sender));
    reader.get(packet.message.dirty, "the dirty bit");
    reader.get(packet.message.low_sn, "low_sn");
    reader.get(packet.message.external_sn, "external_sn");
    reader.get(packet.message.incarnation, "the incarnation");
    for (std::size_t position = 0; position < process_count(members); ++position)
        reader.get(packet.clock[position], "the clock");
    packet.content = reader.get_rest();
    if (packet.content.size() > content_bytes_max)
        throw MalformedBytes("the content is longer than it may be");
    packet.message.payload = digest_of(packet.content);
    return packet;
}

} // namespace mdcd::impl::runtime
