// The type of a variable of an ITF trace: found from all its values, written in Apalache's notation, and used to write
// each value. Knows no trace. Names become identifiers of TLA+, since readers parse the types: "L1->A1" is L1_to_A1.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "traces/value.hpp"

namespace mdcd::traces {

class ItfType {
public:
    // The type of nothing; `admit` widens it.
    ItfType() = default;

    // Makes this the least type that has the values it had and this one.
    void admit(const Value& value);

    // "Int", "Seq({ index: Int })", "None(UNIT) | Some(Int)", ..
    [[nodiscard]] std::string notation() const;

    // Of a record type: each field as it is written, and the notation of its type.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> field_notations() const;

    // A value that was admitted, as ITF writes a value of this type.
    [[nodiscard]] Value written(const Value& value) const;

private:
    enum class Kind { nothing, boolean, integer, text, list, record, mixed };

    void widen(Kind kind);
    [[nodiscard]] Value written_present(const Value& value) const;

    Kind kind_ = Kind::nothing;
    bool may_be_null_ = false;
    std::unique_ptr<ItfType> item_;                       // list
    std::vector<std::pair<std::string, ItfType>> fields_; // record
    std::vector<std::string> fit_names_;                  // of the fields, as they are written
    std::size_t records_admitted_ = 0;
};

} // namespace mdcd::traces
