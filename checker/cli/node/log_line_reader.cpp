// From JSON back to what a step was given.
// Knows no handler and no other line.
#include "checker/cli/node/log_line_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "impl/runtime/log_line.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::checker::cli::node {
namespace {

using impl::Members;
using impl::MessageKind;
using impl::ProcessId;
using impl::runtime::Input;
using impl::runtime::name_of;
using impl::runtime::Packet;
using impl::runtime::process_at;
using impl::runtime::process_count;
using traces::Reader;
using traces::Value;

constexpr std::int64_t number_max = std::numeric_limits<std::int64_t>::max();

void check_format(const Reader& root) {
    if (!root.has("format"))
        root.fail("has no format: it is no line of a log of mdcd");
    const std::int64_t format = root.field("format").integer(0, number_max);
    if (format != impl::runtime::log_format)
        root.field("format").fail("is of format " + std::to_string(format) +
                                  ": another version wrote it; this one knows " +
                                  std::to_string(impl::runtime::log_format));
}

int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The inverse of impl::runtime::escaped.
std::string unescaped(const Reader& place) {
    const std::string text = place.text();
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            bytes += text[at];
            continue;
        }
        if (at + 2 >= text.size() || digit(text[at + 1]) < 0 || digit(text[at + 2]) < 0)
            place.fail("has a % without two digits (0 to 9, A to F) after it");
        bytes += static_cast<char>(16 * digit(text[at + 1]) + digit(text[at + 2]));
        at += 2;
    }
    return bytes;
}

ProcessId process_from(const Reader& place, const Members& members) {
    const std::string name = place.name();
    for (std::size_t position = 0; position < process_count(members); ++position)
        if (const ProcessId each = process_at(members, position); name_of(each) == name)
            return each;
    place.fail("is no process of this system");
}

template <class Names, class NameOf> std::size_t index_from(const Reader& place, std::size_t count, NameOf name_at) {
    Names names;
    for (std::size_t each = 0; each < count; ++each)
        names.emplace_back(name_at(each));
    return static_cast<std::size_t>(std::ranges::find(names, place.one_of(names)) - names.begin());
}

template <class Numbers> void numbers_from(const Reader& place, Numbers& numbers, std::size_t count) {
    const std::vector<Reader> items = place.items();
    if (items.size() != count)
        place.fail("has " + std::to_string(items.size()) + " entries; expected " + std::to_string(count));
    for (std::size_t each = 0; each < count; ++each)
        numbers[each] = static_cast<std::remove_reference_t<decltype(numbers[each])>>(
            items[each].integer(0, sizeof numbers[each] == 8 ? number_max : std::numeric_limits<std::uint32_t>::max()));
}

std::uint32_t small(const Reader& place) {
    return static_cast<std::uint32_t>(place.integer(0, std::numeric_limits<std::uint32_t>::max()));
}

std::string packet_from(const Reader& input, ProcessId sender, const Members& members) {
    Packet packet;
    packet.message.sender = sender;
    packet.message.kind =
        static_cast<MessageKind>(index_from<std::vector<std::string>>(input.field("message"), 6, [](std::size_t each) {
            return impl::runtime::message_kind_name(static_cast<MessageKind>(each));
        }));
    packet.message.dirty = input.field("dirty").boolean();
    numbers_from(input.field("low_sn"), packet.message.low_sn.entries, members.components);
    packet.message.external_sn = small(input.field("external_sn"));
    packet.message.incarnation = small(input.field("incarnation"));
    numbers_from(input.field("clock"), packet.clock, process_count(members));
    const std::string content = unescaped(input.field("content"));
    packet.content = content;
    return encode(members, packet);
}

} // namespace

traces::Value read_first_line(const std::string& text, const std::string& place) {
    const Value value = traces::parse_json(text, place);
    const Reader root(value, place);
    check_format(root);
    const Reader input = root.field("input");
    if (input.field("kind").text() != "start")
        input.field("kind").fail("expected start: the beginning of the log is missing");
    return input.field("system").value();
}

LogLine read_log_line(const std::string& text, const std::string& place, const Members& members) {
    LogLine line;
    line.value = traces::parse_json(text, place);
    const Reader root(line.value, place);
    check_format(root);
    line.process = root.field("process").name();
    line.step = static_cast<std::uint64_t>(root.field("step").integer(1, number_max));
    const Reader input = root.field("input");
    line.input.kind =
        static_cast<Input::Kind>(index_from<std::vector<std::string>>(input.field("kind"), 5, [](std::size_t each) {
            return impl::runtime::input_kind_name(static_cast<Input::Kind>(each));
        }));
    if (line.input.kind == Input::Kind::tick)
        line.input.time = static_cast<std::uint64_t>(input.field("time").integer(0, number_max));
    if (line.input.kind != Input::Kind::receive)
        return line;
    line.input.from = process_from(input.field("from"), members);
    line.input.number = static_cast<std::uint64_t>(input.field("number").integer(1, number_max));
    line.packet = packet_from(input, line.input.from, members);
    line.input.packet = impl::runtime::digest_of(line.packet);
    const std::string recorded = input.field("digest").text();
    if (recorded != hex(line.input.packet))
        input.field("digest").fail("is " + recorded + ", but that of the message in the line is " +
                                   hex(line.input.packet) + ": one of them was changed after it was written");
    return line;
}

} // namespace mdcd::checker::cli::node
