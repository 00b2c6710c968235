// Bytes of a struct and back, from its one field list (visit_fields). Integers are variable-length, so small
// numbers cost a byte and limits can grow. Equal values have equal bytes: the engine compares nothing else.
// Knows no particular struct.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "checker/invariant.hpp"
#include "impl/fixed_vector.hpp"

namespace mdcd::model {

class Encoder {
public:
    [[nodiscard]] std::string take() { return std::move(bytes_); }

    template <class T> void operator()(const char*, const T& value) { write(value); }

    template <class T>
    requires std::integral<T> || std::is_enum_v<T>
    void write(T value) {
        auto rest = static_cast<std::uint64_t>(value);
        for (; rest >= 0x80; rest >>= 7)
            bytes_.push_back(static_cast<char>((rest & 0x7f) | 0x80));
        bytes_.push_back(static_cast<char>(rest));
    }

    template <class T, std::size_t Count> void write(const std::array<T, Count>& values) {
        for (const T& value : values)
            write(value);
    }

    template <class T, std::size_t Capacity> void write(const impl::FixedVector<T, Capacity>& values) {
        write(values.size());
        for (const T& value : values)
            write(value);
    }

    template <class T>
    requires std::is_class_v<T>
    void write(const T& value) { T::visit_fields(value, *this); }

private:
    std::string bytes_;
};

class Decoder {
public:
    explicit Decoder(std::string_view bytes) : rest_(bytes) {}
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    template <class T> void operator()(const char*, T& value) { read(value); }

    template <class T>
    requires std::integral<T> || std::is_enum_v<T>
    void read(T& value) {
        std::uint64_t number = 0;
        unsigned shift = 0;
        for (bool more = true; more; shift += 7) {
            invariant(!rest_.empty() && shift < 64, "the bytes of a value end too soon");
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            number |= std::uint64_t{byte & 0x7fU} << shift;
            more = (byte & 0x80U) != 0;
        }
        value = static_cast<T>(number);
    }

    template <class T, std::size_t Count> void read(std::array<T, Count>& values) {
        for (T& value : values)
            read(value);
    }

    template <class T, std::size_t Capacity> void read(impl::FixedVector<T, Capacity>& values) {
        std::size_t size = 0;
        read(size);
        values.clear();
        for (std::size_t position = 0; position < size; ++position) {
            T value{};
            read(value);
            values.push_back(value, "a decoded list");
        }
    }

    template <class T>
    requires std::is_class_v<T>
    void read(T& value) { T::visit_fields(value, *this); }

private:
    std::string_view rest_;
};

template <class T> [[nodiscard]] std::string encode(const T& value) {
    Encoder encoder;
    encoder.write(value);
    return encoder.take();
}

// `bytes` must come from encode() of the same type.
template <class T> [[nodiscard]] T decode(std::string_view bytes) {
    T value{};
    Decoder decoder(bytes);
    decoder.read(value);
    invariant(decoder.at_end(), "the bytes of a value go on after its end");
    return value;
}

} // namespace mdcd::model
