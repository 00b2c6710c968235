// Infinite, or merely large? Watches the largest value of every field of the slot values that a search meets (a
// counter, the length of a log, the messages in a channel), and tells of those that keep growing.
// Changes nothing that the search goes by.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/state_space.hpp"

namespace mdcd::checker::engine {

// A measure failed: of which value.
struct MeasureFailure {
    SlotIndex slot = 0;
    std::uint32_t value = 0; // as in SeenValues::value()
    std::string reason;
};

class GrowthWatch {
public:
    static constexpr unsigned looks_min = 10;
    static constexpr std::uint32_t values_max = 4096; // of a slot, in one look

    GrowthWatch(const BoundModel& model, const SeenValues& values) : model_(model), values_(values) {}

    // Looks at the values that are new since the last look. Returns the fields that have reached a new maximum in
    // looks_min looks, this one among them, each once, as "A1.log length: 12". In a search level by level what grows
    // does so with the level, and that may be once in many looks. Between rounds.
    [[nodiscard]] std::vector<std::string> look();

    [[nodiscard]] const std::optional<MeasureFailure>& failure() const { return failure_; } // the first

private:
    struct Field {
        std::uint64_t largest = 0;
        unsigned rises = 0;   // looks; none are left after a time without any that is as long as all before
        unsigned rose_at = 0; // the last one of them
        bool risen = false;   // in this look
        bool told = false;
    };
    void measure(SlotIndex slot, std::uint32_t value, std::vector<Measure>& measures);
    void note(const std::string& name, std::uint64_t value);

    const BoundModel& model_;
    const SeenValues& values_;
    unsigned looks_ = 0;
    std::vector<std::uint32_t> seen_; // by slot: values looked at
    std::map<std::string, Field> fields_;
    std::optional<MeasureFailure> failure_;
};

} // namespace mdcd::checker::engine
