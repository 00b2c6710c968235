// The names of enumerators and members, read off the source by the compiler, so that no list of them is written a
// second time. Knows no enumeration.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace mdcd::impl {

// The name of an enumerator or a member as the compiler writes it, without what it is in; "" for a value without a
// name, which is written as a cast: (Kind)3.
template <auto Named> consteval std::string_view name_in_source() {
    std::string_view text = __PRETTY_FUNCTION__;
    text = text.substr(text.find("Named = ") + 8);
    text = text.substr(0, text.find_first_of(";]"));
    return text.front() == '(' ? "" : text.substr(text.rfind(':') + 1);
}

// How many enumerators there are, from 0 on without a gap.
template <class Value, std::uint8_t Count = 0> consteval std::size_t value_count() {
    if constexpr (name_in_source<static_cast<Value>(Count)>().empty())
        return Count;
    else
        return value_count<Value, Count + 1>();
}

// All of them, in order.
template <class Value> struct ValueNames {
    template <std::size_t... Index>
    static consteval std::array<std::string_view, sizeof...(Index)> all(std::index_sequence<Index...>) {
        return {name_in_source<static_cast<Value>(Index)>()...};
    }
    static constexpr auto names = all(std::make_index_sequence<value_count<Value>()>());
};

template <class Value> [[nodiscard]] constexpr std::string_view enumerator_name(Value value) {
    return ValueNames<Value>::names[static_cast<std::size_t>(value)];
}

} // namespace mdcd::impl
