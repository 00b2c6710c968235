// What a type or an enumerator is called in the user's source, without namespaces: what compilers say of a function
// in their own words, cut out. Knows g++ and clang.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace mdcd::checker::actors::names {

// The compilers' text for what follows `T = ` or `V = `.
constexpr std::string_view cut_out(std::string_view signature, std::string_view mark) {
    const std::size_t begin = signature.rfind(mark) + mark.size();
    const std::size_t end = signature.find_first_of(";]", begin);
    return signature.substr(begin, end - begin);
}

// "ns::Message<ns::Payload>" is "Message".
constexpr std::string_view last_name(std::string_view name) {
    std::size_t arguments = name.find('<');
    while (arguments != std::string_view::npos && name.substr(arguments).starts_with("<unnamed>"))
        arguments = name.find('<', arguments + 1);
    name = name.substr(0, arguments);
    const std::size_t colons = name.rfind("::");
    return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

template <class T> constexpr std::string_view type_signature() {
    return __PRETTY_FUNCTION__;
}
template <auto V> constexpr std::string_view value_signature() {
    return __PRETTY_FUNCTION__;
}

template <class T> inline constexpr std::string_view of_type = last_name(cut_out(type_signature<T>(), "T = "));

// Empty if the value has no name: it is written as a cast then.
template <auto V> constexpr std::string_view of_value() {
    const std::string_view name = last_name(cut_out(value_signature<V>(), "V = "));
    const bool is_cast = name.find(')') != std::string_view::npos || name.find('(') != std::string_view::npos;
    return is_cast || (name[0] >= '0' && name[0] <= '9') || name[0] == '-' ? std::string_view{} : name;
}

inline constexpr std::size_t enumerators_max = 32;

// Of the enumerators 0 to 31.
template <class E, std::size_t... values>
constexpr std::array<std::string_view, sizeof...(values)> enumerators(std::index_sequence<values...>) {
    return {of_value<static_cast<E>(values)>()...};
}

template <class E> inline constexpr auto of_enumerators = enumerators<E>(std::make_index_sequence<enumerators_max>());

} // namespace mdcd::checker::actors::names
