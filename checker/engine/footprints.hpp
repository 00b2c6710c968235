// What steps change, slot by slot: learnt from what they were seen to do, since no model says it. A search that relies
// on it looks at every firing that it meets, and begins again if one does more (explore() in explorer.cpp).
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::checker::engine {

struct Footprint { // of one step
    struct Sent {
        SlotIndex slot = 0;
        std::uint16_t most = 0; // messages of one firing
        friend bool operator==(const Sent&, const Sent&) = default;
    };
    std::vector<SlotIndex> sets; // values
    std::vector<Sent> sends;

    void set(SlotIndex slot);
    void send(SlotIndex slot, std::uint16_t count);
    void add(const Footprint& other);
    [[nodiscard]] bool covers(const Footprint& other) const;
};
using Footprints = std::vector<Footprint>; // one for each step

// What an outcome changes in a state in which its step is shown `values`. To write what the step has read there is no
// change.
[[nodiscard]] Footprint footprint_of(const Step& step, std::span<const std::string_view> values,
                                     const Outcome& outcome);

// What was not foreseen. Workers add to it at any time.
class Unforeseen {
public:
    explicit Unforeseen(std::size_t steps) : more_(steps) {}

    void add(StepIndex step, const Footprint& footprint) {
        const std::lock_guard guard(lock_);
        more_[step].add(footprint);
        any_ = true;
    }
    [[nodiscard]] bool any() const { return any_; }
    // Nobody may be adding.
    [[nodiscard]] const Footprints& all() const { return more_; }

private:
    std::mutex lock_;
    std::atomic<bool> any_ = false;
    Footprints more_;
};

} // namespace mdcd::checker::engine
