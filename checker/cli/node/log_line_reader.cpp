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

using impl::ProcessId;
using impl::runtime::Input;
using impl::runtime::name_in;
using impl::runtime::Packet;
using impl::runtime::process_at;
using impl::runtime::process_count;
using impl::runtime::SystemDescription;
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

ProcessId process_from(const Reader& place, const SystemDescription& system) {
    const std::string name = place.name();
    for (std::size_t position = 0; position < process_count(system.members); ++position)
        if (const ProcessId each = process_at(system.members, position); name_in(system, each) == name)
            return each;
    place.fail("is no process of this system");
}

// The value of an enumeration by its name.
template <class E> E value_from(const Reader& place, std::size_t count, std::string_view (*name)(E)) {
    std::vector<std::string> names;
    for (std::size_t each = 0; each < count; ++each)
        names.emplace_back(name(static_cast<E>(each)));
    return static_cast<E>(std::ranges::find(names, place.one_of(names)) - names.begin());
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

impl::ComponentSet components_from(const Reader& place) {
    return {static_cast<std::uint16_t>(place.integer(0, std::numeric_limits<std::uint16_t>::max()))};
}

// What is in a seat, as messages say it: "L1", "S2", "A3".
ProcessId sender_from(const Reader& place) {
    const std::string name = place.name();
    for (const impl::Group group : {impl::Group::low, impl::Group::shadow, impl::Group::active, impl::Group::device})
        for (unsigned index = 0; index < impl::system_component_max; ++index)
            if (const ProcessId each{group, static_cast<std::uint8_t>(index)}; impl::runtime::name_of(each) == name)
                return each;
    place.fail("is no process");
}

void read_change(const Reader& input, impl::runtime::StoredChange& change) {
    change.kind = value_from(input.field("change"), 6, impl::runtime::change_kind_name);
    change.message.sender = sender_from(input.field("sender"));
    if (change.kind == impl::ChangeKind::ordinary)
        return;
    change.intent = value_from(input.field("intent"), 4, impl::runtime::intent_name);
    change.outcome = value_from(input.field("outcome"), 4, impl::runtime::outcome_name);
    change.components = components_from(input.field("components"));
    change.objects = input.field("objects").boolean();
}

std::string packet_from(const Reader& input, ProcessId sender, const SystemDescription& system) {
    Packet packet;
    impl::runtime::StoredMessage& message = packet.change.message;
    message.sender = sender;
    if (system.upgrades)
        read_change(input, packet.change);
    message.kind =
        value_from(input.field("message"), impl::runtime::message_kind_count, impl::runtime::message_kind_name);
    message.dirty = input.field("dirty").boolean();
    numbers_from(input.field("low_sn"), message.low_sn.entries, system.members.components);
    message.external_sn = small(input.field("external_sn"));
    message.incarnation = small(input.field("incarnation"));
    numbers_from(input.field("clock"), packet.clock, process_count(system.members));
    const std::string content = unescaped(input.field("content"));
    packet.content = content;
    return encode(system, packet);
}

// Up to the end of the input: what follows is half of the line. Quotes within strings are written otherwise, so the
// mark is in none; if it is not there, the line is not as it should be and is read whole.
Value read_beginning(const std::string& text, const std::string& place) {
    for (const std::string_view mark : {R"(},"sent":[)", R"(},"result":")"})
        if (const std::size_t at = text.find(mark); at != std::string::npos)
            return traces::parse_json(text.substr(0, at + 1) + "}", place);
    return traces::parse_json(text, place);
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

LogLine read_log_line(const std::string& text, const std::string& place, const SystemDescription& system) {
    LogLine line;
    const Value value = read_beginning(text, place);
    const Reader root(value, place);
    check_format(root);
    line.process = root.field("process").name();
    line.step = static_cast<std::uint64_t>(root.field("step").integer(1, number_max));
    const Reader input = root.field("input");
    line.input.kind = value_from(input.field("kind"), impl::runtime::input_kind_count, impl::runtime::input_kind_name);
    if (line.input.kind == Input::Kind::command)
        line.input.command = {value_from(input.field("intent"), 4, impl::runtime::intent_name),
                              components_from(input.field("components"))};
    if (line.input.kind == Input::Kind::tick)
        line.input.time = static_cast<std::uint64_t>(input.field("time").integer(0, number_max));
    if (line.input.kind != Input::Kind::receive)
        return line;
    line.input.from = process_from(input.field("from"), system);
    line.input.number = static_cast<std::uint64_t>(input.field("number").integer(1, number_max));
    line.packet = packet_from(input, line.input.from, system);
    line.input.packet = impl::runtime::digest_of(line.packet);
    const std::string recorded = input.field("digest").text();
    if (recorded != hex(line.input.packet))
        input.field("digest").fail("is " + recorded + ", but that of the message in the line is " +
                                   hex(line.input.packet) + ": one of them was changed after it was written");
    return line;
}

} // namespace mdcd::checker::cli::node
