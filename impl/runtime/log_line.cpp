// The text of a line, always in the same order of fields, so that equal steps are equal lines.
// Knows no file and no database.
#include "impl/runtime/log_line.hpp"

#include <array>
#include <charconv>

#include "impl/enumerator_names.hpp"

namespace mdcd::impl::runtime {
namespace {

constexpr std::size_t sent_content_max = 1024;

class Line {
public:
    explicit Line(const SystemDescription& system) : system_(system), members_(system.members) { text_.reserve(1024); }

    void begin(std::string_view key, char bracket) {
        if (!key.empty())
            name(key);
        else
            separate();
        text_ += bracket;
    }
    void end(char bracket) { text_ += bracket; }
    void number(std::string_view key, std::uint64_t value) {
        name(key);
        digits(value);
    }
    void truth(std::string_view key, bool value) {
        name(key);
        text_ += value ? "true" : "false";
    }
    void plain(std::string_view key, std::string_view value) { // nothing in it needs an escape
        name(key);
        text_ += '"';
        text_ += value;
        text_ += '"';
    }
    void json(std::string_view key, std::string_view value) {
        name(key);
        text_ += value;
    }
    void vector(std::string_view key, const SequenceVector& value) {
        name(key);
        list(value.entries, std::max<std::size_t>(members_.components, 1));
    }
    void clock(const Clock& value) {
        name("clock");
        list(value, process_count(members_));
    }
    // With the clock: an input, from which the step is run again. Without: what was sent; then a long content is told
    // by its length, since the digest says which it is.
    void message(const StoredChange& change, const Clock* clock_of_it, const Contents& contents) {
        const StoredMessage& message = change.message;
        if (system_.upgrades) {
            plain("change", change_kind_name(change.kind));
            if (change.kind != ChangeKind::ordinary) {
                plain("intent", intent_name(change.intent));
                plain("outcome", outcome_name(change.outcome));
                number("components", change.components.bits);
                truth("objects", change.objects);
            }
            plain("sender", name_of(message.sender));
        }
        plain("message", message_kind_name(message.kind));
        truth("dirty", message.dirty);
        vector("low_sn", message.low_sn);
        number("external_sn", message.external_sn);
        number("incarnation", message.incarnation);
        if (clock_of_it != nullptr)
            clock(*clock_of_it);
        const std::string& content =
            *contents.at(change.kind == ChangeKind::start ? change.application : message.payload);
        if (clock_of_it != nullptr || content.size() <= sent_content_max)
            plain("content", escaped(content));
        else
            number("content_bytes", content.size());
    }
    void item(std::string_view value) {
        separate();
        text_ += '"';
        text_ += value;
        text_ += '"';
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    void separate() {
        if (!text_.empty() && text_.back() != '{' && text_.back() != '[')
            text_ += ',';
    }
    void name(std::string_view key) {
        separate();
        text_ += '"';
        text_ += key;
        text_ += "\":";
    }
    template <class Numbers> void list(const Numbers& numbers, std::size_t count) {
        text_ += '[';
        for (std::size_t position = 0; position < count; ++position) {
            if (position > 0)
                text_ += ',';
            digits(numbers[position]);
        }
        text_ += ']';
    }
    void digits(std::uint64_t value) {
        std::array<char, 20> text;
        const auto end = std::to_chars(text.begin(), text.end(), value).ptr;
        text_.append(text.data(), static_cast<std::size_t>(end - text.data()));
    }

    const SystemDescription& system_;
    const Members& members_;
    std::string text_;
};

void add_input(Line& line, const ProcessCore& core, const StepRecord& record) {
    const Input& input = record.input;
    line.begin("input", '{');
    line.plain("kind", input_kind_name(input.kind));
    switch (input.kind) {
    case Input::Kind::start:
        line.json("system", core.system().text);
        break;
    case Input::Kind::receive:
        line.plain("from", name_in(core.system(), input.from));
        line.number("number", input.number);
        line.message(record.received, &record.received_clock, core.contents());
        line.plain("digest", hex(input.packet));
        break;
    case Input::Kind::tick:
        line.number("time", input.time);
        break;
    case Input::Kind::command:
        line.plain("intent", intent_name(input.command.intent));
        line.number("components", input.command.components.bits);
        break;
    case Input::Kind::restart:
    case Input::Kind::go_on:
        break;
    }
    line.end('}');
}

void add_state(Line& line, const StateSummary& state) {
    line.begin("state", '{');
    line.plain("phase", state.phase);
    if (!state.tenant.empty()) {
        line.plain("tenant", state.tenant);
        line.number("version", state.version);
        line.plain("endings", state.endings);
    }
    line.truth("dirty", state.dirty);
    line.vector("low_sn", state.low_sn);
    line.vector("valid_sn", state.valid_sn);
    line.number("checkpoints", state.checkpoints);
    line.number("inputs_logged", state.inputs_logged);
    line.number("outputs_logged", state.outputs_logged);
    line.number("held", state.held);
    line.plain("application", hex(state.application));
    line.end('}');
}

} // namespace

std::string_view message_kind_name(MessageKind kind) {
    return enumerator_name(kind);
}
std::string_view input_kind_name(Input::Kind kind) {
    return enumerator_name(kind);
}
std::string_view change_kind_name(ChangeKind kind) {
    return enumerator_name(kind);
}
std::string_view intent_name(Intent intent) {
    return enumerator_name(intent);
}
std::string_view outcome_name(Outcome outcome) {
    return enumerator_name(outcome);
}

std::string escaped(std::string_view bytes) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size());
    std::size_t plain = 0; // from here on nothing had to be written in another way
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        const char each = bytes[place];
        const auto byte = static_cast<unsigned char>(each);
        if (byte >= 0x20 && byte < 0x7f && each != '"' && each != '\\' && each != '%')
            continue;
        text += bytes.substr(plain, place - plain);
        text += '%';
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
        plain = place + 1;
    }
    text += bytes.substr(plain);
    return text;
}

std::string log_line(const ProcessCore& core, const StepRecord& record) {
    const StateSummary state = core.summary();
    Line line(core.system());
    line.begin("", '{');
    line.number("format", log_format);
    line.plain("process", name_in(core.system(), core.self()));
    line.number("step", record.step);
    line.number("incarnation", state.incarnation);
    line.clock(core.clock());
    add_input(line, core, record);
    if (!record.result.empty())
        line.plain("result", record.result);
    line.begin("sent", '[');
    for (const Sent& each : record.sent) {
        line.begin("", '{');
        line.plain("to", name_in(core.system(), each.to));
        line.number("number", each.number);
        line.message(each.change, nullptr, core.contents());
        line.plain("digest", hex(each.packet));
        line.end('}');
    }
    line.end(']');
    line.begin("outputs", '[');
    for (const DeviceOutput& each : record.outputs) {
        line.begin("", '{');
        line.number("number", each.number);
        line.plain("content", escaped(each.content));
        line.end('}');
    }
    line.end(']');
    line.begin("notes", '[');
    for (const NamedNote& each : record.notes)
        line.item(each.name);
    line.end(']');
    add_state(line, state);
    line.plain("digest", hex(digest_of(core.bytes())));
    line.end('}');
    return line.take();
}

std::string output_line(const std::string& process, const DeviceOutput& output) {
    return "{\"format\":1,\"process\":\"" + process + "\",\"number\":" + std::to_string(output.number) +
           ",\"content\":\"" + escaped(output.content) + "\"}";
}

} // namespace mdcd::impl::runtime
