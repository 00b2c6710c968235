// Reading a value that a user wrote. Knows no document: the callers say which fields there are.
// What stands there instead is shown in few words: a message is one line.
#include "traces/reader.hpp"

#include <algorithm>

#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/path.hpp"

namespace mdcd::traces {

namespace {

// What stands there instead, short enough for a message.
std::string shown(const Value& value) {
    if (value.record() != nullptr) {
        return "a record";
    }
    if (value.list() != nullptr) {
        return "a list";
    }
    return cut(to_text(value), 60);
}

std::string listed(std::span<const std::string> names) {
    std::string text;
    for (const std::string& name : names) {
        text += text.empty() ? name : ", " + name;
    }
    return text;
}

} // namespace

Reader::Reader(const Value& value, std::string file, std::string path)
    : value_(&value), file_(std::move(file)), path_(std::move(path)) {}

void Reader::fail(const std::string& what) const {
    throw FileError(file_, path_, what);
}

void Reader::only_fields(std::span<const std::string> known) const {
    for (const auto& [name, reader] : fields()) {
        if (std::ranges::find(known, name) == known.end()) {
            fail("unknown field " + shown(Value(name)) + did_you_mean(name, known) + "; known are " + listed(known));
        }
    }
}

bool Reader::has(std::string_view field) const {
    return value_->find(field) != nullptr;
}

Reader Reader::field(std::string_view name) const {
    if (value_->record() == nullptr) {
        fail("expected a record, found " + shown(*value_));
    }
    const Value* found = value_->find(name);
    if (found == nullptr) {
        fail("missing field \"" + std::string(name) + "\"");
    }
    return {*found, file_, field_path(path_, name)};
}

std::vector<Reader> Reader::items() const {
    const Value::List* list = value_->list();
    if (list == nullptr) {
        fail("expected a list, found " + shown(*value_));
    }
    std::vector<Reader> readers;
    readers.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        readers.emplace_back((*list)[i], file_, item_path(path_, i));
    }
    return readers;
}

std::vector<std::pair<std::string, Reader>> Reader::fields() const {
    const Value::Record* record = value_->record();
    if (record == nullptr) {
        fail("expected a record, found " + shown(*value_));
    }
    std::vector<std::pair<std::string, Reader>> readers;
    readers.reserve(record->size());
    for (const auto& [name, value] : *record) {
        readers.emplace_back(name, Reader(value, file_, field_path(path_, name)));
    }
    return readers;
}

std::int64_t Reader::integer(std::int64_t min, std::int64_t max) const {
    const std::int64_t* number = value_->number();
    if (number == nullptr || *number < min || *number > max) {
        fail("expected an integer from " + std::to_string(min) + " to " + std::to_string(max) + ", found " +
             shown(*value_));
    }
    return *number;
}

bool Reader::boolean() const {
    const bool* truth = value_->truth();
    if (truth == nullptr) {
        fail("expected true or false, found " + shown(*value_));
    }
    return *truth;
}

std::string Reader::text() const {
    const std::string* text = value_->text();
    if (text == nullptr) {
        fail("expected a text, found " + shown(*value_));
    }
    return *text;
}

std::string Reader::name() const {
    const std::string* text = value_->text();
    if (text == nullptr || !is_name(*text)) {
        fail(std::string("expected a name of ") + name_alphabet + ", found " + shown(*value_));
    }
    return *text;
}

std::string Reader::one_of(std::span<const std::string> names) const {
    const std::string* text = value_->text();
    if (text == nullptr || std::ranges::find(names, *text) == names.end()) {
        fail("expected one of " + listed(names) + ", found " + shown(*value_) +
             (text == nullptr ? "" : did_you_mean(*text, names)));
    }
    return *text;
}

} // namespace mdcd::traces
