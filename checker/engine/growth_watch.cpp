// Each value is measured once; a look costs what is new.
// Knows no field but by its name.
#include "checker/engine/growth_watch.hpp"

#include <utility>

#include "checker/channel.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

std::vector<std::string> GrowthWatch::look() {
    ++looks_;
    seen_.resize(model_.slots().size());
    std::vector<Measure> measures;
    for (SlotIndex index = 0; index < seen_.size(); ++index) {
        const Slot& slot = model_.slots()[index];
        const std::uint32_t end = values_.value_count(index);
        if (end - seen_[index] > values_max) // of many those that came last: they lie deepest
            seen_[index] = end - values_max;
        for (; seen_[index] < end; ++seen_[index]) {
            measures.clear();
            if (slot.kind != SlotKind::value)
                measures.push_back({"messages", messages_of(values_.value(index, seen_[index])).size()});
            else
                measure(index, seen_[index], measures);
            for (const Measure& measure : measures)
                note(slot.name + "." + measure.name, measure.value);
        }
    }
    std::vector<std::string> growing;
    for (auto& [name, field] : fields_) {
        if (field.risen) {
            ++field.rises;
            field.rose_at = looks_;
        } else if (looks_ - field.rose_at > looks_min + field.rose_at) { // quiet for as long as all before
            field.rises = 0;
        }
        const bool rises_now = std::exchange(field.risen, false);
        if (rises_now && field.rises >= looks_min && !field.told) {
            field.told = true;
            growing.push_back(name + ": " + std::to_string(field.largest));
        }
    }
    return growing;
}

void GrowthWatch::measure(SlotIndex slot, std::uint32_t value, std::vector<Measure>& measures) {
    try {
        model_.measure(slot, values_.value(slot, value), measures);
    } catch (const ModelError& error) {
        if (!failure_)
            failure_ = {.slot = slot, .value = value, .reason = error.what()};
    }
}

void GrowthWatch::note(const std::string& name, std::uint64_t value) {
    Field& field = fields_[name];
    if (value <= field.largest)
        return;
    field.largest = value;
    field.risen = true;
}

} // namespace mdcd::checker::engine
