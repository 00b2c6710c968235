// Packets, states and frames as bytes: what is written is read, and no bytes whatever are taken for something that they
// are not, nor do any harm.
#include <doctest/doctest.h>

#include <random>

#include "impl/runtime/bytes.hpp"
#include "impl/runtime/examples/metering/metering.hpp"
#include "impl/runtime/log_line.hpp"
#include "impl/runtime/node_core.hpp"
#include "impl/runtime/wire.hpp"

namespace mdcd::tests::unit::impl_runtime {
namespace {

using namespace mdcd::impl;          // NOLINT: one test
using namespace mdcd::impl::runtime; // NOLINT

constexpr Members packet_members{2, 2};

SystemDescription packet_system() {
    SystemDescription system;
    system.members = packet_members;
    return system;
}

Packet example() {
    Packet packet;
    packet.change.message.kind = MessageKind::passed_at;
    packet.change.message.sender = {Group::active, 1};
    packet.change.message.dirty = true;
    packet.change.message.low_sn.entries = {1, 0xffffffffU, 3, 4};
    packet.change.message.external_sn = 7;
    packet.change.message.incarnation = 2;
    packet.clock[5] = 0x0102030405060708U;
    packet.content = std::string_view("a\0b\xff", 4);
    packet.change.message.payload = digest_of(packet.content);
    return packet;
}

} // namespace

TEST_CASE("a packet is read as it was written") {
    const Packet packet = example();
    const std::string bytes = encode(packet_system(), packet);
    Packet read = decode(packet_system(), {Group::active, 1}, bytes);
    handle_of_content(read.change) = digest_of(read.content);
    CHECK(read.change == packet.change);
    CHECK(read.clock == packet.clock);
    CHECK(read.content == packet.content);
    CHECK_THROWS_AS((void)decode(packet_system(), {Group::active, 0}, bytes), MalformedBytes);
    const std::size_t fixed = bytes.size() - packet.content.size();
    for (std::size_t size = 0; size < fixed; ++size)
        CHECK_THROWS_AS((void)decode(packet_system(), {Group::active, 1}, bytes.substr(0, size)), MalformedBytes);
}

TEST_CASE("changed bytes are another packet or none") {
    const std::string bytes = encode(packet_system(), example());
    std::mt19937 random(5);
    std::size_t none = 0;
    for (int turn = 0; turn < 5000; ++turn) {
        std::string changed = bytes;
        changed[random() % changed.size()] = static_cast<char>(random());
        if (changed == bytes)
            continue;
        std::string again;
        try {
            again = encode(packet_system(), decode(packet_system(), {Group::active, 1}, changed));
        } catch (const MalformedBytes&) {
            ++none;
            continue;
        }
        CHECK(again == changed);
    }
    CHECK(none > 50);
}

TEST_CASE("changed states are refused, or are states") {
    SystemDescription system;
    system.members = packet_members;
    const examples::metering::Metering program({.readings = 9});
    NodeCore core(system, program, {Group::active, 0});
    (void)core.start();
    for (std::uint64_t turn = 1; turn <= 5; ++turn) {
        core.tick_at(turn);
        (void)core.step();
    }
    const NodeSnapshot snapshot = core.snapshot();
    std::vector<std::string> contents;
    for (const Digest& each : snapshot.contents.added)
        contents.push_back(*core.core().contents().at(each));
    const auto restored = [&](const std::string& state) {
        NodeCore again(system, program, {Group::active, 0});
        for (const std::string& each : contents)
            again.put_content(each);
        again.restore_from(state);
        return again.snapshot().state;
    };
    CHECK(restored(snapshot.state) == snapshot.state);
    std::mt19937 random(6);
    std::size_t refused = 0;
    for (int turn = 0; turn < 3000; ++turn) {
        std::string changed = snapshot.state;
        if (turn % 3 == 0)
            changed.resize(random() % changed.size());
        else
            changed[random() % changed.size()] = static_cast<char>(random());
        try {
            (void)restored(changed);
        } catch (const MalformedBytes&) {
            ++refused;
        }
    }
    CHECK(refused > 1000);
}

TEST_CASE("frames and hellos") {
    const auto packet = std::make_shared<const std::string>("packet");
    const std::string bytes = encode_frame({3, 2, 1, packet});
    REQUIRE(frame_length(bytes) == bytes.size());
    CHECK_FALSE(frame_length(bytes.substr(0, 3)));
    const ReceivedFrame frame = decode_frame(std::string_view(bytes).substr(4));
    CHECK(frame.number == 3);
    CHECK(frame.acknowledged == 2);
    CHECK(frame.confirmed == 1);
    CHECK(frame.packet == "packet");
    CHECK_THROWS_AS((void)frame_length(std::string("\xff\xff\xff\xff", 4)), OversizeFrame);
    CHECK(encode_hello({digest_of("s"), {Group::low, 0}}).size() == hello_bytes);
    for (std::size_t each = 0; each < refusal_count; ++each) {
        const std::string block = encode_refusal(static_cast<Refusal>(each));
        CHECK(block.size() == hello_bytes);
        CHECK(decode_hello(block, packet_members, digest_of("s")).reason == refusal_text(static_cast<Refusal>(each)));
    }
}

TEST_CASE("any bytes are one word of a log line") {
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    const std::string text = escaped(all);
    for (const char each : text)
        CHECK((each >= ' ' && each < 0x7f && each != '"' && each != '\\'));
    CHECK(escaped("period 4 980") == "period 4 980");
    CHECK(escaped("100%\n") == "100%25%0A");
}

} // namespace mdcd::tests::unit::impl_runtime
