// Halves of states on their way between two ranks, each of which has ids of its own. Both number halves and slot values
// in the order in which they are first sent: what is sent again is one small number, what is new brings its content.
// Knows no state and no transport.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/distributed/wire.hpp"
#include "checker/engine/slot_space.hpp"

namespace mdcd::checker::distributed {

// To one other rank.
class HalfSender {
public:
    explicit HalfSender(const engine::SlotSpace& space) : space_(space), values_(space.layout().order.size()) {}

    // `node`: left_half or right_half.
    void write(engine::NodeIndex node, engine::Id id, Writer& out);

    [[nodiscard]] std::uint64_t bytes() const;

private:
    class Numbers { // by id: the number it was sent as, plus 1
    public:
        // True if it has no number yet; then it has one from now on.
        bool enter(engine::Id id, std::uint32_t& number);
        [[nodiscard]] std::uint64_t bytes() const { return numbers_.capacity() * sizeof(std::uint32_t); }

    private:
        std::vector<std::uint32_t> numbers_;
        std::uint32_t count_ = 0;
    };

    const engine::SlotSpace& space_;
    std::array<Numbers, 2> halves_;
    std::vector<Numbers> values_; // by position
    std::vector<engine::Id> ids_; // scratch, by position
};

// From one other rank.
class HalfReceiver {
public:
    explicit HalfReceiver(engine::SlotSpace& space) : space_(space), values_(space.layout().order.size()) {}

    struct Half {
        engine::Id id = 0;
        std::uint32_t hash = 0; // the upper half
    };
    [[nodiscard]] Half read(engine::NodeIndex node, Reader& in);

    [[nodiscard]] std::uint64_t bytes() const;

private:
    engine::SlotSpace& space_;
    std::array<std::vector<Half>, 2> halves_;     // by number
    std::vector<std::vector<engine::Id>> values_; // by position, then by number
    std::vector<engine::Id> ids_;                 // scratch, by position
};

} // namespace mdcd::checker::distributed
