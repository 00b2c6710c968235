// What a builder of graphs asks of the engine: where each firing of a state leads, firing by firing, in the model's
// order, and what a state is made of. The tables behind it (labelled_moves.hpp) are the engine's own affair. For one
// thread. Knows no property.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/state.hpp"

namespace mdcd::checker::engine {

using Label = std::uint32_t; // a firing, interned

struct LabelledMove {
    State next;
    Label label = 0;
};

class LabelledMoves;

class GraphMoves {
public:
    // As LabelledMoves'.
    GraphMoves(const BoundModel& model, std::uint64_t cache_bytes_max, const std::function<bool()>& enough);
    ~GraphMoves();
    GraphMoves(const GraphMoves&) = delete;
    GraphMoves& operator=(const GraphMoves&) = delete;

    // As in LabelledMoves.
    [[nodiscard]] bool find(State state, std::vector<LabelledMove>& moves);
    [[nodiscard]] const std::vector<Firing>& labels() const;
    [[nodiscard]] Label label_of(const Firing& firing);
    [[nodiscard]] std::uint64_t bytes() const;
    void check_samples(const std::function<void()>& look_at_clock);
    [[nodiscard]] std::optional<std::string> nondeterminism() const;

    [[nodiscard]] State fold(const GlobalState& state);
    [[nodiscard]] GlobalState unfold(State state) const;

    // A half, 0 or 1, is some of the slots, in an order of its own. The ids of their values, in that order; an id names
    // a value together with its slot.
    [[nodiscard]] std::span<const SlotIndex> slots_of(unsigned half) const;
    void values_of(unsigned half, Id id, std::span<Id> values);
    [[nodiscard]] std::string_view value(SlotIndex slot, Id value) const;

private:
    std::unique_ptr<LabelledMoves> moves_;
    std::vector<Id> by_position_; // scratch
};

} // namespace mdcd::checker::engine
