// A set of steps, for models of so few that it is a few words.
// Knows no step.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "checker/model.hpp"

namespace mdcd::checker::engine {

class StepSet {
public:
    // More steps than these a reduction of states does not know: labels of firings have a byte (sleep.hpp).
    static constexpr std::size_t steps_max = 254;

    void add(StepIndex step) { words_[step / 64] |= std::uint64_t{1} << (step % 64); }
    void add(const StepSet& others) {
        for (std::size_t i = 0; i < words_.size(); ++i)
            words_[i] |= others.words_[i];
    }
    void remove(const StepSet& others) {
        for (std::size_t i = 0; i < words_.size(); ++i)
            words_[i] &= ~others.words_[i];
    }
    void keep(const StepSet& others) {
        for (std::size_t i = 0; i < words_.size(); ++i)
            words_[i] &= others.words_[i];
    }
    [[nodiscard]] bool contains(StepIndex step) const { return (words_[step / 64] >> (step % 64) & 1) != 0; }
    [[nodiscard]] std::size_t size() const {
        std::size_t size = 0;
        for (const std::uint64_t word : words_)
            size += static_cast<std::size_t>(std::popcount(word));
        return size;
    }
    [[nodiscard]] bool empty() const { return *this == StepSet(); }

    // In ascending order.
    template <class Visit> void each(Visit visit) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
                visit(static_cast<StepIndex>(64 * i + static_cast<std::size_t>(std::countr_zero(word))));
    }
    // Takes the first one out. Not of an empty set.
    StepIndex take_first() {
        std::size_t i = 0;
        while (words_[i] == 0)
            ++i;
        const auto first = static_cast<StepIndex>(64 * i + static_cast<std::size_t>(std::countr_zero(words_[i])));
        words_[i] &= words_[i] - 1;
        return first;
    }

    friend bool operator==(const StepSet&, const StepSet&) = default;

private:
    std::array<std::uint64_t, (steps_max + 63) / 64> words_{};
};

} // namespace mdcd::checker::engine
