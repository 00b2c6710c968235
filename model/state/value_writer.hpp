// The neutral value tree of a struct, from its one field list (visit_fields): what traces show and compare.
// Wrappers are flattened, numbers of a shared counter are plain numbers, sets of messages are lists of names.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "impl/fixed_vector.hpp"
#include "impl/message.hpp"
#include "model/state/application.hpp"
#include "model/state/layout.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

// "c2" (message 2 of a cluster of one component), "L2.1" (of component 2, whoever sends it), "A1.1", "S1.2" (from one
// old version to another); empty for a message that nobody asks for.
[[nodiscard]] inline std::string name_of(MessageId id) {
    if (id.number == 0)
        return "";
    const std::string number = std::to_string(id.number);
    if (id.source == 0)
        return "c" + number;
    const auto of = [&](const char* group, unsigned first) {
        return group + std::to_string(1 + id.source - first) + "." + number;
    };
    if (id.source < first_component_source)
        return of("A", first_active_source);
    return id.source < first_shadow_source ? of("L", first_component_source) : of("S", first_shadow_source);
}

// As many entries as are in use (impl::counter_entries); a plain number where one counter is shared. The name of a
// checkpoint is its index, written like this wherever a person or a file sees it.
[[nodiscard]] inline traces::Value to_value(const impl::SequenceVector& numbers, std::size_t entries) {
    if (entries == 1)
        return static_cast<std::int64_t>(numbers[0]);
    traces::Value::List list;
    for (std::size_t entry = 0; entry < entries; ++entry)
        list.emplace_back(static_cast<std::int64_t>(numbers[entry]));
    return list;
}

[[nodiscard]] inline std::string to_text(const impl::SequenceVector& numbers, std::size_t entries) {
    return traces::to_text(to_value(numbers, entries));
}

struct AnyVisit {
    template <class T> constexpr void operator()(const char*, const T&) const {}
};
template <class T>
concept has_fields = requires(const T& value, AnyVisit visit) {
    T::visit_fields(value, visit);
};

class ValueWriter {
public:
    explicit ValueWriter(std::size_t entries) : entries_(entries) {} // of a vector that are in use

    [[nodiscard]] traces::Value take() { return std::move(record_); }

    template <class T> void operator()(const char* name, const T& value) {
        const std::string_view field = name;
        if constexpr (std::is_same_v<T, impl::ProcessId>) {
            if (field == "id") // the key of the record already says who it is
                return;
        } else if constexpr (has_fields<T>) {
            if (field == "process" || field == "guarded") // wrappers: their fields stand for themselves
                return T::visit_fields(value, *this);
        }
        if constexpr (std::is_same_v<T, impl::Incarnation>)
            if (field == "incarnation" && value == 0) // before any recovery there is nothing to tell apart
                return;
        record_.emplace_back(name, write(value));
    }

    [[nodiscard]] traces::Value write(const impl::SequenceVector& numbers) const { return to_value(numbers, entries_); }
    [[nodiscard]] static traces::Value write(impl::ProcessId process) { return name_of(process); }
    [[nodiscard]] static traces::Value write(MessageId id) { return name_of(id); }
    [[nodiscard]] static traces::Value write(impl::MessageKind kind) {
        constexpr std::array names{"application", "passed_AT", "announcement", "reply", "decision", "low_number"};
        return names[static_cast<std::size_t>(kind)];
    }
    [[nodiscard]] static traces::Value write(bool truth) { return truth; }
    [[nodiscard]] static traces::Value write(MessageSet set) {
        traces::Value::List names;
        for (unsigned bit = 0; bit < 64; ++bit)
            if ((set >> bit & 1) != 0)
                names.emplace_back(name_of(message_at(bit)));
        return names;
    }

    template <std::unsigned_integral T> [[nodiscard]] static traces::Value write(T number) {
        return static_cast<std::int64_t>(number);
    }

    template <class T, std::size_t Count> [[nodiscard]] traces::Value write(const std::array<T, Count>& values) const {
        traces::Value::List list;
        for (const T& value : values)
            list.push_back(write(value));
        return list;
    }

    template <class T, std::size_t Capacity>
    [[nodiscard]] traces::Value write(const impl::FixedVector<T, Capacity>& values) const {
        traces::Value::List list;
        for (const T& value : values)
            list.push_back(write(value));
        return list;
    }

    template <class T>
    requires has_fields<T>
    [[nodiscard]] traces::Value write(const T& value) const {
        ValueWriter writer(entries_);
        T::visit_fields(value, writer);
        return writer.take();
    }

private:
    std::size_t entries_;
    traces::Value::Record record_;
};

} // namespace mdcd::model
