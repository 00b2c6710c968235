// The neutral value tree: what states, actions, scopes and rules become when they are written down.
// Knows nothing of the protocol, of the checker or of any file format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mdcd::traces {

class Value {
public:
    // Compilers differ on List{List{..}} (a copy, or a list in a list?): a list in a list is List{Value(List{..})}.
    using List = std::vector<Value>;
    using Record = std::vector<std::pair<std::string, Value>>; // as it is shown, names unique

    // None of these is inline: includers compile faster, and g++ 12 takes an inlined variant for uninitialised.
    Value(); // null
    Value(bool truth);
    Value(int number);
    Value(std::int64_t number);
    Value(std::string text);
    Value(const char* text);
    Value(List items);
    Value(Record fields);
    Value(const Value& other);
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other);
    Value& operator=(Value&& other) noexcept;
    ~Value();

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(content_); }
    [[nodiscard]] const bool* truth() const { return std::get_if<bool>(&content_); }
    [[nodiscard]] const std::int64_t* number() const { return std::get_if<std::int64_t>(&content_); }
    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&content_); }
    [[nodiscard]] const List* list() const { return std::get_if<List>(&content_); }
    [[nodiscard]] const Record* record() const { return std::get_if<Record>(&content_); }

    // The field of that name, or null pointer if this is no record or has none.
    [[nodiscard]] const Value* find(std::string_view field) const;

    friend bool operator==(const Value& a, const Value& b); // the order of fields is no difference, that of items is

private:
    std::variant<std::monostate, bool, std::int64_t, std::string, List, Record> content_;
};

// Compact single-line text in JSON syntax, for messages and tables.
[[nodiscard]] std::string to_text(const Value& value);

// What stands at that path (see path.hpp) in a value; null pointer if the path is malformed or leads nowhere.
[[nodiscard]] const Value* value_at(const Value& value, std::string_view path);

// One place where two values differ: `path` like "A1.checkpoints[0].index" (see path.hpp; "" is the whole value).
struct Difference {
    std::string path;
    Value before;      // null where there was nothing
    Value after;       // null where nothing is left
    bool gone = false; // the field or item is no longer there, rather than there and null
    friend bool operator==(const Difference&, const Difference&) = default;
};

// As deep as the shapes agree, in the order of the fields of `before`, then those that are new; what came or went is
// one difference with its whole content. Lists by position, what went at the end from the last to the first. The order
// of fields is no difference.
[[nodiscard]] std::vector<Difference> differences(const Value& before, const Value& after);

// The value after: no differences(apply_differences(before, differences(before, after)), after). New fields are put at
// the end of their record. None if a path is malformed or leads nowhere, or if a `before` is not what is there.
[[nodiscard]] std::optional<Value> apply_differences(const Value& before, const std::vector<Difference>& changes);

} // namespace mdcd::traces
