// Values as people read them: a small tree that becomes a line of text, a difference or a value of a trace document.
// Knows no encoding and no document.
#pragma once

#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "checker/actors/fields.hpp"
#include "checker/actors/type_name.hpp"

namespace mdcd::checker::actors {

struct Picture {
    enum class Kind { number, truth, word, text, nothing, list, set, map, record };
    Kind kind = Kind::nothing;
    std::string text;                                   // of an atom; of a record its type's name
    std::vector<std::pair<std::string, Picture>> parts; // names: fields of a record, keys of a map
    bool is_alternative = false;                        // of a variant: its type's name tells it from the others
    friend bool operator==(const Picture&, const Picture&) = default;
};

// `Put{key 3, by client 2}`, `[1, 2]`, `none`.
[[nodiscard]] std::string to_text(const Picture& picture);

// What became different, one line each: `phase: idle -> waiting`, `votes[2]: 7`, `log: 1 item fewer`.
[[nodiscard]] std::vector<std::string> differences(const Picture& before, const Picture& after);

// By an actor's index: what it is called.
using ActorNames = std::span<const std::string>;

namespace pictures {

[[nodiscard]] Picture of_number(long long value);
[[nodiscard]] Picture of_number(unsigned long long value);
[[nodiscard]] Picture of_number(double value);
[[nodiscard]] Picture of_character(char value); // 'a'; one that cannot be printed: its number
[[nodiscard]] Picture of_word(Picture::Kind kind, std::string_view word);
[[nodiscard]] Picture of_actor(Id id, ActorNames names);
[[nodiscard]] Picture group(Picture::Kind kind, std::string_view name = {});
void add_item(Picture& group, Picture part);
void add_field(Picture& record, std::string_view name, Picture part);
void add_entry(Picture& map, const Picture& key, Picture part);

} // namespace pictures

template <class T> [[nodiscard]] Picture picture_of(const T& value, ActorNames names);

namespace pictures {

template <class T> Picture of_enumerator(T value) {
    using Number = std::underlying_type_t<T>;
    const auto number = static_cast<Number>(value);
    if constexpr (requires { T{0}; }) // otherwise not every number is a value of the type
        if (number >= Number{0} && static_cast<std::size_t>(number) < names::enumerators_max)
            if (const std::string_view name = names::of_enumerators<T>[static_cast<std::size_t>(number)]; !name.empty())
                return of_word(Picture::Kind::word, name);
    return of_number(static_cast<long long>(number));
}

template <class T> Picture of_items(const T& value, ActorNames names) {
    constexpr bool is_set = fields::Sorted<T>;
    if constexpr (fields::Map<T>) {
        Picture map = group(Picture::Kind::map);
        for (const auto& [key, mapped] : value)
            add_entry(map, picture_of(key, names), picture_of(mapped, names));
        return map;
    } else {
        Picture list = group(is_set ? Picture::Kind::set : Picture::Kind::list);
        if constexpr (fields::Sequence<T> || fields::Sorted<T>) {
            for (const typename T::value_type& each : value) // those of a vector<bool> too
                add_item(list, picture_of(each, names));
        } else {
            for (const auto& each : value)
                add_item(list, picture_of(each, names));
        }
        return list;
    }
}

} // namespace pictures

template <class T> Picture picture_of(const T& value, ActorNames names) {
    fields::expect_known<T>();
    if constexpr (std::is_same_v<T, Id>) {
        return pictures::of_actor(value, names);
    } else if constexpr (std::is_same_v<T, bool>) {
        return pictures::of_word(Picture::Kind::truth, value ? "true" : "false");
    } else if constexpr (std::is_same_v<T, char>) {
        return pictures::of_character(value);
    } else if constexpr (std::is_enum_v<T>) {
        return pictures::of_enumerator(value);
    } else if constexpr (std::is_floating_point_v<T>) {
        return pictures::of_number(static_cast<double>(value));
    } else if constexpr (std::is_arithmetic_v<T> && std::is_signed_v<T>) {
        return pictures::of_number(static_cast<long long>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
        return pictures::of_number(static_cast<unsigned long long>(value));
    } else if constexpr (fields::Text<T>) {
        return pictures::of_word(Picture::Kind::text, value);
    } else if constexpr (fields::Optional<T>) {
        return value ? picture_of(*value, names) : Picture{};
    } else if constexpr (fields::Variant<T>) {
        Picture picture = std::visit([&](const auto& alternative) { return picture_of(alternative, names); }, value);
        picture.is_alternative = true;
        return picture;
    } else if constexpr (fields::Tuple<T>) {
        Picture list = pictures::group(Picture::Kind::list);
        std::apply([&](const auto&... parts) { (pictures::add_item(list, picture_of(parts, names)), ...); }, value);
        return list;
    } else if constexpr (fields::Listed<T>) {
        Picture record = pictures::group(Picture::Kind::record, names::of_type<T>);
        T::visit_fields(value, [&](const char* name, const auto& field) {
            pictures::add_field(record, name, picture_of(field, names));
        });
        return record;
    } else if constexpr (fields::Nothing<T>) {
        return pictures::group(Picture::Kind::record, names::of_type<T>);
    } else if constexpr (fields::Known<T>) {
        return pictures::of_items(value, names);
    } else {
        return {};
    }
}

namespace pictures {

template <class T> void add_names(std::vector<std::string>& all);

template <class T> struct AlternativeNames {
    static void add(std::vector<std::string>&) {}
};
template <class... Alternatives> struct AlternativeNames<std::variant<Alternatives...>> {
    static void add(std::vector<std::string>& all) { (add_names<Alternatives>(all), ...); }
};

template <class T> void add_names(std::vector<std::string>& all) {
    if constexpr (fields::Variant<T>) {
        AlternativeNames<T>::add(all);
    } else if constexpr (std::is_enum_v<T>) {
        if constexpr (requires { T{0}; })
            for (const std::string_view name : names::of_enumerators<T>)
                if (!name.empty())
                    all.emplace_back(name);
    } else if constexpr (fields::Listed<T> || fields::Nothing<T>) {
        all.emplace_back(names::of_type<T>);
    }
}

} // namespace pictures

// What values of the type can be called, as far as the type itself says so: its alternatives, its enumerators, its
// name.
template <class T> [[nodiscard]] std::vector<std::string> names_of_values() {
    std::vector<std::string> all;
    pictures::add_names<T>(all);
    return all;
}

} // namespace mdcd::checker::actors
