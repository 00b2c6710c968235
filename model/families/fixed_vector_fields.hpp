// The engine's codec and pictures for impl's vectors of fixed capacity, so that states of impl can be states of actors:
// each is a list of its entries. Knows no state.
#pragma once

#include <cstddef>

#include "checker/actors/codec.hpp"
#include "checker/actors/picture.hpp"
#include "impl/fixed_vector.hpp"

namespace mdcd::checker::actors {

template <class T, std::size_t capacity> void write(Writer& writer, const impl::FixedVector<T, capacity>& value) {
    writer.number(value.size());
    for (const T& each : value)
        write(writer, each);
}

template <class T, std::size_t capacity> void read(Reader& reader, impl::FixedVector<T, capacity>& value) {
    value.clear();
    for (std::uint64_t left = reader.number(); left > 0; --left)
        value.push_back(read_as<T>(reader), "a vector that is read");
}

} // namespace mdcd::checker::actors

namespace mdcd::impl {

// Found by the type of the vector.
template <class T, std::size_t capacity>
checker::actors::Picture picture_of(const FixedVector<T, capacity>& value, checker::actors::ActorNames names) {
    namespace actors = checker::actors;
    actors::Picture list = actors::pictures::group(actors::Picture::Kind::list);
    for (const T& each : value)
        actors::pictures::add_item(list, actors::picture_of(each, names));
    return list;
}

} // namespace mdcd::impl
