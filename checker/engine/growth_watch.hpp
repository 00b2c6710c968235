// Infinite, or merely large? Watches the largest value of every field of the slot values that a search meets (a
// counter, the length of a log, the messages in a channel), and tells of those that keep growing.
// Changes nothing that the search goes by.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/slot_space.hpp"

namespace mdcd::checker::engine {

class GrowthWatch {
public:
    static constexpr unsigned looks_min = 10;

    GrowthWatch(const BoundModel& model, const SlotSpace& space) : model_(model), space_(space) {}

    // Looks at the values that are new since the last look. Returns the fields that have reached a new maximum in each
    // of the last looks_min looks, each once, as "A1.log length: 12". Nobody may be interning.
    [[nodiscard]] std::vector<std::string> look();

private:
    struct Field {
        std::uint64_t largest = 0;
        unsigned rises = 0; // looks in a row
        bool risen = false; // in this look
        bool told = false;
    };
    void note(const std::string& name, std::uint64_t value);

    const BoundModel& model_;
    const SlotSpace& space_;
    std::vector<Id> seen_; // by position: values looked at
    std::map<std::string, Field> fields_;
};

} // namespace mdcd::checker::engine
