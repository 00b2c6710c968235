// Blocks and frames as bytes.
// Knows no socket and no link.
#include "impl/runtime/wire.hpp"

#include <array>
#include <cctype>

#include "impl/runtime/bytes.hpp"

namespace mdcd::impl::runtime {
namespace {

constexpr std::string_view hello_magic = "MDCD";
constexpr std::string_view refusal_magic = "MDCN";
constexpr std::size_t prefix_bytes = 4;

constexpr std::array<std::string_view, refusal_count> texts = {
    "not an mdcd peer",           "another wire version",     "another system",
    "not a peer of this process", "a frame that is too long", "a frame that is malformed",
    "no hello in time",           "too many connections",     "a certificate that is not right",
    "a process of another user"};

} // namespace

std::string_view refusal_text(Refusal refusal) {
    return texts[static_cast<std::size_t>(refusal)];
}

std::string encode_hello(const Hello& hello) {
    ByteWriter writer;
    writer.put_rest(hello_magic);
    writer.put(wire_version);
    writer.put(hello.process);
    writer.put(hello.system);
    return writer.take();
}

std::string encode_refusal(Refusal refusal) {
    ByteWriter writer;
    writer.put_rest(refusal_magic);
    writer.put(wire_version);
    writer.put_rest(refusal_text(refusal));
    std::string block = writer.take();
    block.resize(hello_bytes, '\0');
    return block;
}

HelloAnswer decode_hello(std::string_view block, const Members& members, const Digest& system) {
    const auto refused = [](Refusal refusal) { return HelloAnswer{{}, refusal, std::string(refusal_text(refusal))}; };
    const std::string_view magic = block.substr(0, hello_magic.size());
    ByteReader reader(block.substr(hello_magic.size()));
    std::uint16_t version = 0;
    if (magic == refusal_magic) {
        reader.get(version, "version");
        std::string reason;
        for (const char each : reader.get_rest())
            if (std::isprint(static_cast<unsigned char>(each)) != 0)
                reason += each;
        return {{}, {}, reason};
    }
    if (magic != hello_magic)
        return refused(Refusal::garbage);
    Hello hello;
    try {
        reader.get(version, "version");
        if (version != wire_version)
            return refused(Refusal::other_version);
        reader.get(hello.process, "process");
        reader.get(hello.system, "system");
    } catch (const MalformedBytes&) {
        return refused(Refusal::garbage);
    }
    if (hello.system != system)
        return refused(Refusal::other_system);
    if (!belongs(members, hello.process))
        return refused(Refusal::not_a_peer);
    return {hello, {}, ""};
}

std::string encode_frame(const NodeFrame& frame) {
    ByteWriter writer;
    const std::size_t packet_bytes = frame.packet ? frame.packet->size() : 0;
    writer.put(static_cast<std::uint32_t>(24 + packet_bytes));
    writer.put(frame.number);
    writer.put(frame.acknowledged);
    writer.put(frame.confirmed);
    if (frame.packet)
        writer.put_rest(*frame.packet);
    return writer.take();
}

std::optional<std::size_t> frame_length(std::string_view bytes) {
    if (bytes.size() < prefix_bytes)
        return std::nullopt;
    ByteReader reader(bytes.substr(0, prefix_bytes));
    std::uint32_t length = 0;
    reader.get(length, "length");
    if (length > frame_bytes_max)
        throw OversizeFrame("a frame of " + std::to_string(length) + " bytes; at most " +
                            std::to_string(frame_bytes_max));
    return prefix_bytes + length;
}

ReceivedFrame decode_frame(std::string_view bytes) {
    ByteReader reader(bytes);
    ReceivedFrame frame;
    reader.get(frame.number, "the number");
    reader.get(frame.acknowledged, "the acknowledgement");
    reader.get(frame.confirmed, "the confirmation");
    frame.packet = reader.get_rest();
    if (frame.number == 0 && !frame.packet.empty())
        throw MalformedBytes("a packet without a number");
    return frame;
}

} // namespace mdcd::impl::runtime
