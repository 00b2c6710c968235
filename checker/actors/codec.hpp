// States and messages as bytes and back: equal values have equal bytes, different values different ones. Numbers take
// as few bytes as they can, so that states are small. Ids can be renamed while a value is read.
// Knows actors not at all.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "checker/actors/failure.hpp"
#include "checker/actors/fields.hpp"

namespace mdcd::checker::actors {

// By an actor's index: the index that it gets. Empty: everybody keeps their own.
using IdRenaming = std::span<const std::uint16_t>;

class Writer {
public:
    void number(std::uint64_t value) { // seven bits a byte, the low ones first; the last byte has no mark
        for (; value > 0x7f; value >>= 7)
            bytes_.push_back(static_cast<char>(0x80 | (value & 0x7f)));
        bytes_.push_back(static_cast<char>(value));
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_.append(value);
    }
    void raw(std::string_view value) { bytes_.append(value); }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

// Reads what a Writer has written. Anything else is a failure, never a read beyond the end.
class Reader {
public:
    explicit Reader(std::string_view bytes, IdRenaming renaming = {}) : bytes_(bytes), renaming_(renaming) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (bytes_.empty())
                break;
            const auto byte = static_cast<unsigned char>(bytes_.front());
            bytes_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return value;
        }
        broken();
    }
    std::string_view raw(std::uint64_t size) {
        if (size > bytes_.size())
            broken();
        const std::string_view value = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return value;
    }
    std::string_view text() { return raw(number()); }
    std::string_view rest() { return std::exchange(bytes_, {}); }
    [[nodiscard]] Id renamed(std::uint64_t number) const {
        if (number == 0)
            return {};
        if (renaming_.empty())
            return Id(number - 1);
        if (number > renaming_.size())
            broken();
        return Id(renaming_[number - 1]);
    }
    void expect_end() const {
        if (!bytes_.empty())
            broken();
    }
    [[noreturn]] static void broken() { fail("bytes that are no encoded value of the type they are read as"); }

private:
    std::string_view bytes_;
    IdRenaming renaming_;
};

template <class T> void write(Writer& writer, const T& value) {
    fields::expect_known<T>();
    if constexpr (std::is_same_v<T, Id>) {
        writer.number(value.is_nobody() ? 0 : value.index() + 1);
    } else if constexpr (std::is_enum_v<T>) {
        write(writer, static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        writer.raw({bytes, sizeof(T)});
    } else if constexpr (std::is_arithmetic_v<T> && std::is_signed_v<T>) { // -1 is 1, 1 is 2, -2 is 3, ..
        const auto wide = static_cast<std::int64_t>(value);
        writer.number(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
    } else if constexpr (std::is_arithmetic_v<T>) {
        writer.number(static_cast<std::uint64_t>(value));
    } else if constexpr (fields::Text<T>) {
        writer.text(value);
    } else if constexpr (fields::Optional<T>) {
        writer.number(value ? 1 : 0);
        if (value)
            write(writer, *value);
    } else if constexpr (fields::Variant<T>) {
        writer.number(value.index());
        std::visit([&](const auto& alternative) { write(writer, alternative); }, value);
    } else if constexpr (fields::Tuple<T>) {
        std::apply([&](const auto&... parts) { (write(writer, parts), ...); }, value);
    } else if constexpr (fields::Array<T>) {
        for (const auto& each : value)
            write(writer, each);
    } else if constexpr (fields::Sorted<T> || fields::Sequence<T>) {
        writer.number(value.size());
        for (const typename T::value_type& each : value)
            write(writer, each);
    } else if constexpr (fields::Listed<T>) {
        T::visit_fields(value, [&](const char*, const auto& field) { write(writer, field); });
    }
}

template <class T> void read(Reader& reader, T& value);

template <class T> T read_as(Reader& reader) {
    T value{};
    read(reader, value);
    return value;
}

namespace fields {

template <class T, std::size_t... indices>
void read_alternative(Reader& reader, T& value, std::uint64_t index, std::index_sequence<indices...>) {
    const bool found = ((index == indices && (read(reader, value.template emplace<indices>()), true)) || ...);
    if (!found)
        Reader::broken();
}

template <class T> void read_items(Reader& reader, T& value) {
    value.clear();
    for (std::uint64_t left = reader.number(); left > 0; --left) {
        if constexpr (Map<T>) {
            auto key = read_as<typename T::key_type>(reader);
            value.emplace(std::move(key), read_as<typename T::mapped_type>(reader));
        } else if constexpr (Sorted<T>) {
            value.insert(read_as<typename T::key_type>(reader)); // renamed ones may come in another order
        } else {
            value.push_back(read_as<typename T::value_type>(reader));
        }
    }
}

} // namespace fields

template <class T> void read(Reader& reader, T& value) {
    fields::expect_known<T>();
    if constexpr (std::is_same_v<T, Id>) {
        value = reader.renamed(reader.number());
    } else if constexpr (std::is_enum_v<T>) {
        value = static_cast<T>(read_as<std::underlying_type_t<T>>(reader));
    } else if constexpr (std::is_floating_point_v<T>) {
        std::memcpy(&value, reader.raw(sizeof(T)).data(), sizeof(T));
    } else if constexpr (std::is_arithmetic_v<T> && std::is_signed_v<T>) {
        const std::uint64_t bits = reader.number();
        value = static_cast<T>(static_cast<std::int64_t>(bits >> 1 ^ (0 - (bits & 1))));
    } else if constexpr (std::is_arithmetic_v<T>) {
        value = static_cast<T>(reader.number());
    } else if constexpr (fields::Text<T>) {
        value = reader.text();
    } else if constexpr (fields::Optional<T>) {
        if (reader.number() != 0)
            read(reader, value.emplace());
        else
            value.reset();
    } else if constexpr (fields::Variant<T>) {
        fields::read_alternative(reader, value, reader.number(), std::make_index_sequence<std::variant_size_v<T>>());
    } else if constexpr (fields::Tuple<T>) {
        std::apply([&](auto&... parts) { (read(reader, parts), ...); }, value);
    } else if constexpr (fields::Array<T>) {
        for (auto& each : value)
            read(reader, each);
    } else if constexpr (fields::Sorted<T> || fields::Sequence<T>) {
        fields::read_items(reader, value);
    } else if constexpr (fields::Listed<T>) {
        T::visit_fields(value, [&](const char*, auto& field) { read(reader, field); });
    }
}

template <class T> [[nodiscard]] std::string encode(const T& value) {
    Writer writer;
    write(writer, value);
    return writer.take();
}

// Fails unless the bytes are exactly one value.
template <class T> [[nodiscard]] T decode(std::string_view bytes, IdRenaming renaming = {}) {
    Reader reader(bytes, renaming);
    T value = read_as<T>(reader);
    reader.expect_end();
    return value;
}

} // namespace mdcd::checker::actors
