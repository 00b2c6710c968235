// Working on windows field by field: unknowns for each, their values in order, equality and choice of whole parts.
// Knows no field by name.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "model/proof/window.hpp"

namespace mdcd::model::proof {

template <class T>
concept WindowPart = requires(T& part) {
    T::visit_fields(part, [](const char*, auto&) {});
};

// Calls visit(field) for each truth and number of `part`, in a fixed order.
template <class Part, class Visit> constexpr void visit_leaves(Part& part, Visit&& visit) {
    std::remove_const_t<Part>::visit_fields(part, [&](const char*, auto& field) {
        if constexpr (WindowPart<std::remove_const_t<std::remove_reference_t<decltype(field)>>>)
            visit_leaves(field, visit);
        else
            visit(field);
    });
}

// The same with the path of each field: visit("process.focus.index", field).
template <class Part, class Visit> void visit_named(Part& part, const std::string& path, Visit&& visit) {
    std::remove_const_t<Part>::visit_fields(part, [&](const char* name, auto& field) {
        const std::string place = path.empty() ? name : path + "." + name;
        if constexpr (WindowPart<std::remove_const_t<std::remove_reference_t<decltype(field)>>>)
            visit_named(field, place, visit);
        else
            visit(place, field);
    });
}

// Makes each field an unknown, named by its path.
template <class Part> void make_unknown(checker::smt::Formulas& formulas, Part& part) {
    visit_named(part, "", [&](const std::string& path, auto& field) {
        if constexpr (std::is_same_v<std::remove_reference_t<decltype(field)>, Symbolic::Truth>)
            field = formulas.unknown_truth(path);
        else
            field = formulas.unknown_number(path);
    });
}

// The values of the fields, in the order of make_unknown, and back.
template <class Part> [[nodiscard]] std::vector<std::int64_t> values_of(const Part& part) {
    std::vector<std::int64_t> values;
    values.reserve(256);
    visit_leaves(part, [&](const auto& field) { values.push_back(field); });
    return values;
}
template <class Part> [[nodiscard]] Part from_values(std::span<const std::int64_t> values) {
    Part part;
    std::size_t next = 0;
    visit_leaves(part,
                 [&](auto& field) { field = static_cast<std::remove_reference_t<decltype(field)>>(values[next++]); });
    return part;
}

// Calls visit with each field of `one` and the same field of `other`.
template <class One, class Part, class Visit>
requires std::is_same_v<std::remove_const_t<One>, Part>
void visit_both(One& one, const Part& other, Visit&& visit) {
    std::vector<const void*> fields;
    visit_leaves(other, [&](const auto& field) { fields.push_back(&field); });
    std::size_t next = 0;
    visit_leaves(one, [&](auto& field) {
        visit(field, *static_cast<const std::remove_reference_t<decltype(field)>*>(fields[next++]));
    });
}

} // namespace mdcd::model::proof
