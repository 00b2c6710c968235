// Which kinds of types states and messages are made of, told apart at compile time. A struct lists its fields once,
// as impl does:  template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit).
// Knows no encoding and no text.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "checker/actors/id.hpp"

namespace mdcd::checker::actors::fields {

struct AnyVisitor {
    template <class Field> void operator()(const char*, Field&&) const {}
};

template <class T>
concept Listed = std::is_class_v<T> && requires(T& value) {
    T::visit_fields(value, AnyVisitor{});
};

// Its list can be read through an object only.
template <class T>
concept ListedByObject = std::is_class_v<T> && !Listed<T> && requires(T & value) {
    value.visit_fields(value, AnyVisitor{});
};

template <class T, template <class...> class Template> inline constexpr bool is_instance = false;
template <template <class...> class Template, class... Args>
inline constexpr bool is_instance<Template<Args...>, Template> = true;

template <class T> inline constexpr bool is_array = std::is_bounded_array_v<T>;
template <class T, std::size_t size> inline constexpr bool is_array<std::array<T, size>> = true;

template <class T>
concept Atom = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <class T>
concept Text = std::same_as<T, std::string>;
template <class T>
concept Optional = is_instance<T, std::optional>;
template <class T>
concept Variant = is_instance<T, std::variant>;
template <class T>
concept Tuple = is_instance<T, std::pair> || is_instance<T, std::tuple>;
template <class T>
concept Keyed = requires {
    typename T::key_type;
};
// Of one order only: a hashed container has none that means anything.
template <class T>
concept Sorted = Keyed<T> && requires {
    typename T::key_compare;
};
template <class T>
concept Map = Sorted<T> && requires {
    typename T::mapped_type;
};
template <class T>
concept Sequence = !Keyed<T> && !Text<T> && !Listed<T> && requires(T & value) {
    typename T::value_type;
    value.clear();
    value.push_back(std::declval<typename T::value_type>());
    value.begin();
};
template <class T>
concept Array = is_array<T>;
template <class T>
concept Nothing = std::is_empty_v<T> && !Listed<T>; // a struct without fields needs no list

// All that has an encoding, a text and names in it.
template <class T>
concept Known = std::same_as<T, Id> || Atom<T> || Text<T> || Optional<T> || Variant<T> || Tuple<T> || Sorted<T> ||
    Sequence<T> || Array<T> || Listed<T> || Nothing<T>;

// Whoever goes on with a type that is not Known has one message, and does nothing more with it.
template <class T> constexpr void expect_known() {
    static_assert(!Keyed<T> || Sorted<T>, "a hashed container has no order: use std::map or std::set");
    static_assert(!std::is_same_v<T, long double>, "long double has padding: use double");
    static_assert(!std::is_pointer_v<T>, "a pointer says nothing once the state is copied: use an Id, an index or a "
                                         "value");
    static_assert(!ListedByObject<T>, "visit_fields must be a static member function, and public");
    static_assert(Known<T> || Keyed<T> || std::is_pointer_v<T> || ListedByObject<T>,
                  "this type is not known to the engine: give the struct a field list (visit_fields), or use one of "
                  "the types that the guide (engine.md) lists under Actors");
}

} // namespace mdcd::checker::actors::fields
