// The neutral value tree: look-up, compact text, differences and their application.
// Applying changes is strict: what does not fit is refused, since a wrong state would be worse than none.
#include "traces/value.hpp"

#include <algorithm>
#include <numeric>
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

// What a value of one's own holds, to be changed in place: Value shows its content, and lets nobody else change it.
template <typename Content> Content& to_change(const Content& own) {
    return const_cast<Content&>(own);
}

// Makes the change in `value`, in which `parts` leads from `value` to its place; whether it fits.
bool make_change(Value& value, std::span<const PathPart> parts, const Difference& change);

bool change_record(Value::Record& fields, std::span<const PathPart> parts, const Difference& change) {
    const std::string& name = std::get<std::string>(parts.front());
    const auto field = std::ranges::find(fields, name, &std::pair<std::string, Value>::first);
    if (field == fields.end()) {
        if (parts.size() > 1 || change.gone || !change.before.is_null()) {
            return false;
        }
        fields.emplace_back(name, change.after);
        return true;
    }
    if (parts.size() == 1 && change.gone) {
        if (field->second != change.before) {
            return false;
        }
        fields.erase(field);
        return true;
    }
    return make_change(field->second, parts.subspan(1), change);
}

bool change_list(Value::List& items, std::span<const PathPart> parts, const Difference& change) {
    const std::size_t position = std::get<std::size_t>(parts.front());
    if (position == items.size()) {
        if (parts.size() > 1 || change.gone || !change.before.is_null()) {
            return false;
        }
        items.push_back(change.after);
        return true;
    }
    if (position > items.size()) {
        return false;
    }
    if (parts.size() == 1 && change.gone) {
        if (position + 1 != items.size() || items.back() != change.before) {
            return false;
        }
        items.pop_back();
        return true;
    }
    return make_change(items[position], parts.subspan(1), change);
}

bool make_change(Value& value, std::span<const PathPart> parts, const Difference& change) {
    if (parts.empty()) {
        if (value != change.before || change.gone) {
            return false;
        }
        value = change.after;
        return true;
    }
    const bool names_field = std::holds_alternative<std::string>(parts.front());
    if (names_field && value.record() != nullptr) {
        return change_record(to_change(*value.record()), parts, change);
    }
    if (!names_field && value.list() != nullptr) {
        return change_list(to_change(*value.list()), parts, change);
    }
    return false;
}

// The positions of the fields, by name.
std::vector<std::size_t> by_name(const Value::Record& fields) {
    std::vector<std::size_t> order(fields.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return fields[a].first < fields[b].first; });
    return order;
}

// A record says the same in any order of its fields. Most have the same order.
bool same_records(const Value::Record& a, const Value::Record& b) {
    if (a.size() != b.size()) {
        return false;
    }
    if (std::ranges::equal(a, b, {}, &Value::Record::value_type::first, &Value::Record::value_type::first)) {
        return std::ranges::equal(a, b, {}, &Value::Record::value_type::second, &Value::Record::value_type::second);
    }
    const std::vector<std::size_t> order_a = by_name(a);
    const std::vector<std::size_t> order_b = by_name(b);
    return std::ranges::equal(order_a, order_b, [&](std::size_t i, std::size_t j) { return a[i] == b[j]; });
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
    const Value::Record* const fields = a.record();
    const Value::Record* const others = b.record();
    return fields != nullptr && others != nullptr ? same_records(*fields, *others) : a.content_ == b.content_;
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
        if (!parts || !make_change(*value, *parts, change)) {
            return std::nullopt;
        }
    }
    return value;
}

} // namespace mdcd::traces
