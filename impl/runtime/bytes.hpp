// States and messages as bytes and back, field by field through visit_fields: big-endian numbers, sizes before what has
// a size. Reading bears any bytes: what does not fit is an error that says what, never a state.
// Knows no type of the protocol by name.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "impl/enumerator_names.hpp"
#include "impl/fixed_vector.hpp"
#include "impl/message.hpp"
#include "impl/process_id.hpp"
#include "impl/recovery_state.hpp"
#include "impl/upgrade_state.hpp"

namespace mdcd::impl::runtime {

// Bytes that are not what they should be.
class MalformedBytes : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct AnyVisit {
    template <class T> void operator()(const char*, T&&) const {}
};
template <class T>
concept Visitable = requires(T& value) {
    std::remove_const_t<T>::visit_fields(value, AnyVisit{});
};

class ByteWriter {
public:
    template <class T> void operator()(const char*, const T& value) { put(value); }

    template <class T>
    requires std::is_integral_v<T>
    void put(T value) {
        auto rest =
            static_cast<std::make_unsigned_t<std::conditional_t<std::is_same_v<T, bool>, std::uint8_t, T>>>(value);
        std::array<char, sizeof rest> bytes;
        for (std::size_t place = sizeof rest; place-- > 0;) {
            bytes[place] = static_cast<char>(rest & 0xffU);
            if constexpr (sizeof rest > 1)
                rest >>= 8U;
        }
        bytes_.append(bytes.data(), bytes.size());
    }
    template <class T>
    requires std::is_enum_v<T>
    void put(T value) { put(static_cast<std::uint8_t>(value)); }
    template <Visitable T> void put(const T& value) { T::visit_fields(value, *this); }
    template <class T, std::size_t Size> void put(const std::array<T, Size>& items) {
        for (const T& each : items)
            put(each);
    }
    template <class T, std::size_t Capacity> void put(const FixedVector<T, Capacity>& items) {
        put(static_cast<std::uint32_t>(items.size()));
        for (const T& each : items)
            put(each);
    }
    void put_text(std::string_view text) {
        put(static_cast<std::uint32_t>(text.size()));
        bytes_ += text;
    }
    void put_rest(std::string_view text) { bytes_ += text; }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    template <class T> void operator()(const char* field, T& value) { get(value, field); }

    template <class T>
    requires std::is_integral_v<T>
    void get(T& value, const char* field) {
        const std::string_view bytes = take(sizeof(T), field);
        std::uint64_t number = 0;
        for (const char each : bytes)
            number = (number << 8U) | static_cast<std::uint8_t>(each);
        if constexpr (std::is_same_v<T, bool>) {
            if (number > 1)
                fail(field, "is neither 0 nor 1");
            value = number == 1;
        } else {
            value = static_cast<T>(number);
        }
    }
    template <class T>
    requires std::is_enum_v<T>
    void get(T& value, const char* field) {
        static_assert(value_count<T>() > 0);
        std::uint8_t number = 0;
        get(number, field);
        if (number >= value_count<T>())
            fail(field, "has a value that there is not");
        value = static_cast<T>(number);
    }
    template <Visitable T> void get(T& value, const char*) { T::visit_fields(value, *this); }
    template <class T, std::size_t Size> void get(std::array<T, Size>& items, const char* field) {
        for (T& each : items)
            get(each, field);
    }
    template <class T, std::size_t Capacity> void get(FixedVector<T, Capacity>& items, const char* field) {
        std::uint32_t size = 0;
        get(size, field);
        if (size > Capacity)
            fail(field, "has more entries than there is room for");
        items.clear();
        for (std::uint32_t position = 0; position < size; ++position) {
            T each{};
            get(each, field);
            items.push_back(each, field);
        }
    }
    [[nodiscard]] std::string_view get_text(const char* field, std::size_t bytes_max) {
        std::uint32_t size = 0;
        get(size, field);
        if (size > bytes_max)
            fail(field, "is longer than it may be");
        return take(size, field);
    }
    [[nodiscard]] std::string_view get_rest() { return take(rest_.size(), "the rest"); }
    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
    void expect_end() const {
        if (!is_at_end())
            fail("the end", "is followed by more bytes");
    }

private:
    [[noreturn]] static void fail(const char* field, const char* what) {
        throw MalformedBytes(std::string(field) + " " + what);
    }
    std::string_view take(std::size_t count, const char* field) {
        if (count > rest_.size())
            fail(field, "is cut off");
        const std::string_view bytes = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return bytes;
    }

    std::string_view rest_;
};

} // namespace mdcd::impl::runtime
