// Visits a struct's fields, as the encoding does.
// Knows no field by name.
#include "model/state/measures.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <string>
#include <type_traits>

#include "model/state/encoding.hpp"
#include "model/state/local.hpp"

namespace mdcd::model {
namespace {

class Measurer {
public:
    Measurer(std::string prefix, std::vector<checker::Measure>& measures)
        : prefix_(std::move(prefix)), measures_(measures) {}

    template <class T> void operator()(const char* name, const T& value) const { measure(name, value); }

private:
    template <class T, std::size_t Capacity>
    void measure(const char* name, const impl::FixedVector<T, Capacity>& values) const {
        measures_.push_back({prefix_ + name + " length", values.size()});
    }
    template <class T>
    requires std::is_class_v<T>
    void measure(const char* name, const T& value) const {
        T::visit_fields(value, Measurer(prefix_ + name + ".", measures_));
    }
    template <class T, std::size_t Count>
    void measure(const char* name, const std::array<T, Count>& values) const { // numbers of components: the largest
        if constexpr (std::integral<T>)
            measure(name, *std::max_element(values.begin(), values.end()));
    }
    template <class T>
    requires std::is_enum_v<T> || std::integral<T>
    void measure(const char* name, const T& value) const {
        if constexpr (std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, MessageSet>) // no enums, no sets
            measures_.push_back({prefix_ + name, static_cast<std::uint64_t>(value)});
    }

    std::string prefix_;
    std::vector<checker::Measure>& measures_;
};

template <class T> void measure_struct(std::string_view bytes, std::vector<checker::Measure>& measures) {
    const auto value = decode<T>(bytes);
    T::visit_fields(value, Measurer("", measures));
}

} // namespace

void measure(const SlotPlace& place, std::string_view bytes, std::vector<checker::Measure>& measures) {
    if (place.role != SlotRole::process)
        return;
    if (place.process.group == impl::Group::low)
        measure_struct<LowProcess>(bytes, measures);
    else if (place.process.group == impl::Group::shadow)
        measure_struct<ShadowLocal>(bytes, measures);
    else
        measure_struct<ActiveLocal>(bytes, measures);
}

} // namespace mdcd::model
