// JSON text to value and back. nlohmann/json takes the text apart (as events, so that nothing is built twice);
// what it tolerates and a careful reader does not (duplicate keys, fractions, NUL bytes) is refused here.
#include "traces/json.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "traces/characters.hpp"
#include "traces/file_error.hpp"

namespace mdcd::traces {

namespace {

constexpr std::size_t depth_max = 64;
constexpr std::size_t file_mebibytes_max = 64; // a value takes some thirty times the bytes of its text

std::string line_and_column(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const std::size_t line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const std::size_t column = 1 + character_count(before.substr(line_start));
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// Walks over the text and tells, through a shared counter, how far the parser has read: its events
// for values do not say where they are.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, std::size_t& bytes_read) : at_(at), bytes_read_(&bytes_read) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        ++*bytes_read_;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator old = *this;
        ++*this;
        return old;
    }
    friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }

private:
    const char* at_;
    std::size_t* bytes_read_;
};

// Builds the value from the parser's events.
class ValueBuilder {
public:
    ValueBuilder(std::string_view text, const std::string& file, const std::size_t& bytes_read)
        : text_(text), file_(file), bytes_read_(bytes_read) {}

    [[nodiscard]] Value take() { return std::move(root_); }

    // The events, as nlohmann::json_sax names them.
    bool null() { return add(Value()); }
    bool boolean(bool truth) { return add(Value(truth)); }
    bool number_integer(std::int64_t number) { return add(Value(number)); }
    bool number_unsigned(std::uint64_t number) {
        if (number > static_cast<std::uint64_t>(INT64_MAX)) {
            fail_at(number_start(), "the number is out of range (64-bit integers with sign)");
        }
        return add(Value(static_cast<std::int64_t>(number)));
    }
    bool number_float(double /*number*/, const std::string& digits) {
        const bool integral = digits.find_first_of(".eE") == std::string::npos;
        fail_at(number_start(), integral ? "the number is out of range (64-bit integers with sign)"
                                         : "numbers must be integers, without point or exponent");
    }
    bool string(std::string& text) { return add(Value(std::move(text))); }
    bool binary(std::vector<std::uint8_t>& /*bytes*/) { fail_at(bytes_read_, "not JSON"); }
    bool start_object(std::size_t /*size*/) { return open(Value::Record()); }
    bool key(std::string& name) {
        Open& record = open_.back();
        if (!record.names.insert(name).second) {
            fail_at(string_start(), "the field " + cut(to_text(Value(name)), 60) + " is there twice");
        }
        record.name = std::move(name);
        return true;
    }
    bool end_object() { return close(Value(std::move(open_.back().fields))); }
    bool start_array(std::size_t /*size*/) { return open(Value::List()); }
    bool end_array() { return close(Value(std::move(open_.back().items))); }
    bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::detail::exception& error) {
        fail_at(position == 0 ? 0 : position - 1, explanation(error.what(), last_token));
    }

private:
    struct Open { // a list or record whose end has not come yet
        Value::List items;
        Value::Record fields;
        bool is_record = false;
        std::string name;                         // of the field whose value comes next
        std::set<std::string, std::less<>> names; // no hash: texts can be made that all have one
    };

    [[noreturn]] void fail_at(std::size_t offset, const std::string& what) const {
        throw FileError(file_, line_and_column(text_, std::min(offset, text_.size())), what);
    }

    // The parser's message without its own name and position, and without a token too long or too odd to show.
    static std::string explanation(std::string message, const std::string& last_token) {
        const std::size_t column = message.find("column ");
        const std::size_t colon = column == std::string::npos ? column : message.find(": ", column);
        if (colon != std::string::npos) {
            message.erase(0, colon + 2);
        }
        constexpr std::size_t shown_max = 40;
        const std::string token = "; last read: '" + last_token + "'";
        const std::size_t at = message.find(token);
        if (at != std::string::npos && (last_token.size() > shown_max || valid_utf8(last_token) != last_token)) {
            message.erase(at, token.size());
        }
        constexpr std::size_t message_bytes_max = 200;
        return cut(valid_utf8(message), message_bytes_max);
    }

    // Where the number that was just read starts: the parser has read it and at most one byte more.
    [[nodiscard]] std::size_t number_start() const {
        constexpr std::string_view number_bytes = "+-.0123456789Ee";
        std::size_t end = std::min(bytes_read_, text_.size());
        while (end > 0 && number_bytes.find(text_[end - 1]) == std::string_view::npos) {
            --end;
        }
        while (end > 0 && number_bytes.find(text_[end - 1]) != std::string_view::npos) {
            --end;
        }
        return end;
    }

    // Where the string that was just read starts: at the last quote that no backslash escapes.
    [[nodiscard]] std::size_t string_start() const {
        std::size_t at = bytes_read_ - 1;
        while (at > 0) {
            --at;
            if (text_[at] != '"') {
                continue; // only what stands in front of a quote is counted, so that each byte is looked at twice
            }
            std::size_t backslashes = 0;
            while (backslashes < at && text_[at - 1 - backslashes] == '\\') {
                ++backslashes;
            }
            if (backslashes % 2 == 0) {
                break;
            }
        }
        return at;
    }

    bool open(Value shape) {
        if (open_.size() == depth_max) {
            fail_at(bytes_read_ - 1, "nested deeper than " + std::to_string(depth_max));
        }
        open_.emplace_back();
        open_.back().is_record = shape.record() != nullptr;
        return true;
    }

    bool close(Value value) {
        open_.pop_back();
        return add(std::move(value));
    }

    bool add(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().is_record) {
            open_.back().fields.emplace_back(std::move(open_.back().name), std::move(value));
        } else {
            open_.back().items.push_back(std::move(value));
        }
        return true;
    }

    std::string_view text_;
    const std::string& file_;
    const std::size_t& bytes_read_;
    std::vector<Open> open_;
    Value root_;
};

bool is_scalar(const Value& value) {
    return value.list() == nullptr && value.record() == nullptr;
}

void append_json(std::string& out, const Value& value, std::size_t indent) {
    const std::string inner(indent + 2, ' ');
    if (const Value::List* items = value.list(); items != nullptr && !std::ranges::all_of(*items, is_scalar)) {
        out += "[\n";
        for (const Value& item : *items) {
            out += inner;
            append_json(out, item, indent + 2);
            out += &item == &items->back() ? "\n" : ",\n";
        }
        out.append(indent, ' ') += ']';
    } else if (const Value::Record* fields = value.record(); fields != nullptr && !fields->empty()) {
        out += "{\n";
        for (const auto& field : *fields) {
            out += inner;
            append_quoted(out, field.first);
            out += ": ";
            append_json(out, field.second, indent + 2);
            out += &field == &fields->back() ? "\n" : ",\n";
        }
        out.append(indent, ' ') += '}';
    } else {
        out += to_text(value);
    }
}

// A regular file, open for reading: a pipe could make us wait, and a device has no end.
class OpenFile {
public:
    explicit OpenFile(const std::string& file) {
        number_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (number_ < 0) {
            throw FileError(file, "", std::string("cannot be opened for reading: ") + std::strerror(errno));
        }
        struct stat status {};
        const bool is_known = ::fstat(number_, &status) == 0;
        if (!is_known || !S_ISREG(status.st_mode)) {
            ::close(number_);
            throw FileError(
                file, "", is_known && S_ISDIR(status.st_mode) ? "is a directory, not a file" : "is not a regular file");
        }
    }
    ~OpenFile() { ::close(number_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_ = -1;
};

} // namespace

Value parse_json(std::string_view text, const std::string& file) {
    // The parser takes a NUL byte for the end of the text and would not look at what follows.
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        throw FileError(file, line_and_column(text, nul), "a NUL byte is not JSON");
    }
    std::size_t bytes_read = 0;
    ValueBuilder builder(text, file, bytes_read);
    const CountingIterator begin(text.data(), bytes_read);
    const CountingIterator end(text.data() + text.size(), bytes_read);
    static_cast<void>(nlohmann::json::sax_parse(begin, end, &builder)); // every error throws
    return builder.take();
}

std::string read_text_file(const std::string& file) {
    const OpenFile open_file(file);
    std::string text;
    std::vector<char> block(std::size_t{1} << 16U);
    for (;;) {
        const ssize_t size = ::read(open_file.number(), block.data(), block.size());
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0) {
            throw FileError(file, "", std::string("cannot be read: ") + std::strerror(errno));
        }
        if (size == 0) {
            return text;
        }
        text.append(block.data(), static_cast<std::size_t>(size));
        if (text.size() > file_mebibytes_max << 20U) {
            throw FileError(file, "", "is larger than " + std::to_string(file_mebibytes_max) + " MiB");
        }
    }
}

std::string to_json(const Value& value) {
    std::string out;
    append_json(out, value, 0);
    out += '\n';
    return out;
}

} // namespace mdcd::traces
