// Each value is measured once; a look costs what is new.
// Knows no field but by its name.
#include "checker/engine/growth_watch.hpp"

#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

std::vector<std::string> GrowthWatch::look() {
    seen_.resize(space_.layout().order.size());
    std::vector<Measure> measures;
    for (std::uint16_t position = 0; position < seen_.size(); ++position) {
        const Slot& slot = space_.slot_at(position);
        for (const Id end = space_.value_table(position).size(); seen_[position] < end; ++seen_[position]) {
            measures.clear();
            if (slot.kind != SlotKind::value)
                measures.push_back({"messages", space_.message_count(position, seen_[position])});
            else
                measure(position, seen_[position], measures);
            for (const Measure& measure : measures)
                note(slot.name + "." + measure.name, measure.value);
        }
    }
    std::vector<std::string> growing;
    for (auto& [name, field] : fields_) {
        field.rises = field.risen ? field.rises + 1 : 0;
        field.risen = false;
        if (field.rises >= looks_min && !field.told) {
            field.told = true;
            growing.push_back(name + ": " + std::to_string(field.largest));
        }
    }
    return growing;
}

void GrowthWatch::measure(std::uint16_t position, Id value, std::vector<Measure>& measures) {
    try {
        model_.measure(space_.layout().order[position], space_.value(position, value), measures);
    } catch (const ModelError& error) {
        if (!failure_)
            failure_ = {.position = position, .value = value, .reason = error.what()};
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
