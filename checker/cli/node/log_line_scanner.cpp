// From left to right, up to the end of the input; the first thing that is not as expected ends it.
// Knows no handler and no other line.
#include "checker/cli/node/log_line_scanner.hpp"

#include <charconv>
#include <limits>

#include "impl/enumerator_names.hpp"
#include "impl/runtime/log_line.hpp"

namespace mdcd::checker::cli::node {
namespace {

using impl::ProcessId;
using impl::runtime::Input;
using impl::runtime::Packet;
using impl::runtime::process_at;
using impl::runtime::process_count;
using impl::runtime::SystemDescription;

class LineScanner {
public:
    LineScanner(std::string_view text, const SystemDescription& system) : rest_(text), system_(system) {}

    std::optional<LogLine> scan() {
        LogLine line;
        std::uint64_t format = 0, ignored = 0;
        std::string_view process;
        if (!field("{\"format\":", format) || format != impl::runtime::log_format ||
            !quoted(",\"process\":\"", process) || !field(",\"step\":", line.step) || line.step == 0 ||
            !field(",\"incarnation\":", ignored) || !skip(",\"clock\":[") || !skip_numbers() ||
            !named(",\"input\":{\"kind\":\"", line.input.kind))
            return std::nullopt;
        line.process = process;
        const Input::Kind kind = line.input.kind;
        const bool read = kind == Input::Kind::receive ? receive(line)
                          : kind == Input::Kind::tick  ? field(",\"time\":", line.input.time)
                                                       : kind == Input::Kind::go_on || kind == Input::Kind::restart;
        if (!read || !skip("},\"sent\":["))
            return std::nullopt; // also of starts and commands: they are rare
        return line;
    }

private:
    bool skip(std::string_view expected) {
        if (!rest_.starts_with(expected))
            return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    // As JSON has it, in the range that the reader takes.
    template <class Number> bool number(Number& value) {
        const bool leads_with_zero = rest_.size() > 1 && rest_[0] == '0' && rest_[1] >= '0' && rest_[1] <= '9';
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc() || leads_with_zero || (rest_.front() < '0' || rest_.front() > '9'))
            return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        if constexpr (sizeof(Number) == 8)
            return value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        return true;
    }
    template <class Number> bool field(std::string_view before, Number& value) { return skip(before) && number(value); }

    // Printable ASCII up to the quote, without an escape of JSON.
    bool quoted(std::string_view before, std::string_view& value) {
        if (!skip(before))
            return false;
        const std::size_t end = rest_.find('"');
        if (end == std::string_view::npos)
            return false;
        value = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        for (const char each : value)
            if (each < 0x20 || each > 0x7e || each == '\\')
                return false;
        return true;
    }
    template <class E> bool named(std::string_view before, E& value) {
        std::string_view name;
        if (!quoted(before, name))
            return false;
        for (std::size_t each = 0; each < impl::value_count<E>(); ++each)
            if (impl::ValueNames<E>::names[each] == name) {
                value = static_cast<E>(each);
                return true;
            }
        return false;
    }
    bool truth(std::string_view before, bool& value) {
        if (!skip(before))
            return false;
        value = rest_.starts_with('t');
        return skip(value ? "true" : "false");
    }

    template <class Numbers> bool numbers(std::string_view before, Numbers& values, std::size_t count) {
        if (!skip(before))
            return false;
        for (std::size_t each = 0; each < count; ++each)
            if ((each > 0 && !skip(",")) || !number(values[each]))
                return false;
        return skip("]");
    }
    bool skip_numbers() {
        std::uint64_t ignored = 0;
        do
            if (!number(ignored))
                return false;
        while (skip(","));
        return skip("]");
    }

    // In a seat a message says what is in it; everywhere else who has sent it.
    bool change(impl::runtime::StoredChange& change) {
        std::string_view sender;
        if (!named(",\"change\":\"", change.kind))
            return false;
        if (change.kind != impl::ChangeKind::ordinary || !quoted(",\"sender\":\"", sender))
            return false; // of the agreement: rare
        for (const impl::Group group : {impl::Group::low, impl::Group::shadow, impl::Group::active})
            for (std::uint8_t index = 0; index < impl::system_component_max; ++index)
                if (sender.size() == 2 && sender[0] == "LSA"[static_cast<std::size_t>(group)] &&
                    sender[1] == '1' + index) {
                    change.message.sender = {group, index};
                    return true;
                }
        return false;
    }

    bool receive(LogLine& line) {
        std::string_view from, content, digest;
        Packet packet;
        impl::runtime::StoredMessage& message = packet.change.message;
        if (!quoted(",\"from\":\"", from) || !sender(from, line.input.from) ||
            !field(",\"number\":", line.input.number) || line.input.number == 0)
            return false;
        message.sender = line.input.from;
        if (system_.upgrades && !change(packet.change))
            return false;
        if (!named(",\"message\":\"", message.kind) || !truth(",\"dirty\":", message.dirty) ||
            !numbers(",\"low_sn\":[", message.low_sn.entries, system_.members.components) ||
            !field(",\"external_sn\":", message.external_sn) || !field(",\"incarnation\":", message.incarnation) ||
            !numbers(",\"clock\":[", packet.clock, process_count(system_.members)) ||
            !quoted(",\"content\":\"", content) || content.find('%') != std::string_view::npos ||
            !quoted(",\"digest\":\"", digest))
            return false;
        packet.content = content;
        line.packet = encode(system_, packet);
        line.input.packet = impl::runtime::digest_of(line.packet);
        return digest == hex(line.input.packet);
    }

    bool sender(std::string_view name, ProcessId& process) const {
        for (std::size_t position = 0; position < process_count(system_.members); ++position)
            if (const ProcessId each = process_at(system_.members, position); name_in(system_, each) == name) {
                process = each;
                return true;
            }
        return false;
    }

    std::string_view rest_;
    const SystemDescription& system_;
};

} // namespace

std::optional<LogLine> scan_log_line(std::string_view text, const SystemDescription& system) {
    return LineScanner(text, system).scan();
}

} // namespace mdcd::checker::cli::node
