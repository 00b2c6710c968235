// The neutral value tree: look-up, compact text, differences and their application.
// Applying changes is strict: what does not fit is refused, since a wrong state would be worse than none.
#include "traces/value.hpp"

#include <algorithm>
#include <span>

#include "traces/characters.hpp"
#include "traces/path.hpp"

namespace mdcd::traces {

namespace {

void append_text(std::string& out, const Value& value) {
    if (const bool* truth = value.truth()) {
        out += *truth ? "true" : "false";
    } else if (const std::int64_t* number = value.number()) {
        out += std::to_string(*number);
    } else if (const std::string* text = value.text()) {
        append_quoted(out, *text);
    } else if (const Value::List* items = value.list()) {
        out += '[';
        for (const Value& item : *items) {
            out += &item == items->data() ? "" : ", ";
            append_text(out, item);
        }
        out += ']';
    } else if (const Value::Record* fields = value.record()) {
        out += '{';
        for (const auto& field : *fields) {
            out += &field == fields->data() ? "" : ", ";
            append_quoted(out, field.first);
            out += ": ";
            append_text(out, field.second);
        }
        out += '}';
    } else {
        out += "null";
    }
}

void compare(const std::string& path, const Value& before, const Value& after, std::vector<Difference>& found);

// The field of `fields` that stands at `position` in the other record, or wherever it is: records that are compared
// mostly have the same fields in the same order.
const Value* find_near(const Value::Record& fields, std::size_t position, const std::string& name) {
    if (position < fields.size() && fields[position].first == name) {
        return &fields[position].second;
    }
    const auto field = std::ranges::find(fields, name, &std::pair<std::string, Value>::first);
    return field == fields.end() ? nullptr : &field->second;
}

void compare_records(const std::string& path, const Value::Record& before, const Value::Record& after,
                     std::vector<Difference>& found) {
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto& [name, value] = before[i];
        const std::string place = field_path(path, name);
        if (const Value* other = find_near(after, i, name)) {
            compare(place, value, *other, found);
        } else {
            found.push_back({place, value, Value(), true});
        }
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto& [name, value] = after[i];
        if (find_near(before, i, name) == nullptr) {
            found.push_back({field_path(path, name), Value(), value, false});
        }
    }
}

void compare_lists(const std::string& path, const Value::List& before, const Value::List& after,
                   std::vector<Difference>& found) {
    const std::size_t shared = std::min(before.size(), after.size());
    for (std::size_t i = 0; i < shared; ++i) {
        compare(item_path(path, i), before[i], after[i], found);
    }
    for (std::size_t i = before.size(); i > shared; --i) {
        found.push_back({item_path(path, i - 1), before[i - 1], Value(), true});
    }
    for (std::size_t i = shared; i < after.size(); ++i) {
        found.push_back({item_path(path, i), Value(), after[i], false});
    }
}

void compare(const std::string& path, const Value& before, const Value& after, std::vector<Difference>& found) {
    if (before.record() != nullptr && after.record() != nullptr) {
        compare_records(path, *before.record(), *after.record(), found);
    } else if (before.list() != nullptr && after.list() != nullptr) {
        compare_lists(path, *before.list(), *after.list(), found);
    } else if (before != after) {
        found.push_back({path, before, after, false});
    }
}

// The changed copy of `value`, in which `parts` leads from `value` to the place of the change.
std::optional<Value> changed(const Value& value, std::span<const PathPart> parts, const Difference& change);

std::optional<Value> changed_record(Value::Record fields, std::span<const PathPart> parts, const Difference& change) {
    const std::string& name = std::get<std::string>(parts.front());
    const auto field = std::ranges::find(fields, name, &std::pair<std::string, Value>::first);
    if (field == fields.end()) {
        if (parts.size() > 1 || change.gone || !change.before.is_null()) {
            return std::nullopt;
        }
        fields.emplace_back(name, change.after);
    } else if (parts.size() == 1 && change.gone) {
        if (field->second != change.before) {
            return std::nullopt;
        }
        fields.erase(field);
    } else {
        std::optional<Value> next = changed(field->second, parts.subspan(1), change);
        if (!next) {
            return std::nullopt;
        }
        field->second = std::move(*next);
    }
    return Value(std::move(fields));
}

std::optional<Value> changed_list(Value::List items, std::span<const PathPart> parts, const Difference& change) {
    const std::size_t position = std::get<std::size_t>(parts.front());
    if (position == items.size()) {
        if (parts.size() > 1 || change.gone || !change.before.is_null()) {
            return std::nullopt;
        }
        items.push_back(change.after);
    } else if (position > items.size()) {
        return std::nullopt;
    } else if (parts.size() == 1 && change.gone) {
        if (position + 1 != items.size() || items.back() != change.before) {
            return std::nullopt;
        }
        items.pop_back();
    } else {
        std::optional<Value> next = changed(items[position], parts.subspan(1), change);
        if (!next) {
            return std::nullopt;
        }
        items[position] = std::move(*next);
    }
    return Value(std::move(items));
}

std::optional<Value> changed(const Value& value, std::span<const PathPart> parts, const Difference& change) {
    if (parts.empty()) {
        return value == change.before && !change.gone ? std::optional(change.after) : std::nullopt;
    }
    const bool names_field = std::holds_alternative<std::string>(parts.front());
    if (names_field && value.record() != nullptr) {
        return changed_record(*value.record(), parts, change);
    }
    if (!names_field && value.list() != nullptr) {
        return changed_list(*value.list(), parts, change);
    }
    return std::nullopt;
}

} // namespace

Value::Value() = default;
Value::Value(bool truth) : content_(truth) {}
Value::Value(int number) : content_(static_cast<std::int64_t>(number)) {}
Value::Value(std::int64_t number) : content_(number) {}
Value::Value(std::string text) : content_(std::move(text)) {}
Value::Value(const char* text) : content_(std::string(text)) {}
Value::Value(List items) : content_(std::move(items)) {}
Value::Value(Record fields) : content_(std::move(fields)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

bool operator==(const Value& a, const Value& b) {
    return a.content_ == b.content_;
}

const Value* Value::find(std::string_view field) const {
    const Record* fields = record();
    if (fields == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(*fields, field, &std::pair<std::string, Value>::first);
    return found == fields->end() ? nullptr : &found->second;
}

std::string to_text(const Value& value) {
    std::string out;
    append_text(out, value);
    return out;
}

const Value* value_at(const Value& value, std::string_view path) {
    const std::optional<std::vector<PathPart>> parts = path_parts(path);
    const Value* found = parts ? &value : nullptr;
    for (std::size_t i = 0; found != nullptr && i < parts->size(); ++i) {
        if (const auto* name = std::get_if<std::string>(&(*parts)[i])) {
            found = found->find(*name);
        } else {
            const Value::List* items = found->list();
            const std::size_t position = std::get<std::size_t>((*parts)[i]);
            found = items != nullptr && position < items->size() ? &(*items)[position] : nullptr;
        }
    }
    return found;
}

std::vector<Difference> differences(const Value& before, const Value& after) {
    std::vector<Difference> found;
    compare("", before, after, found);
    return found;
}

std::optional<Value> apply_differences(const Value& before, const std::vector<Difference>& changes) {
    std::optional<Value> value = before;
    for (const Difference& change : changes) {
        const std::optional<std::vector<PathPart>> parts = path_parts(change.path);
        value = parts ? changed(*value, *parts, change) : std::nullopt;
        if (!value) {
            break;
        }
    }
    return value;
}

} // namespace mdcd::traces
