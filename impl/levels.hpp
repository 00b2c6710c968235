// Levels of trust: which component is of which level, what of a vector of numbers belongs to which levels, and the mark
// that takes the place of the dirty bit. A cluster of level l is all components of levels up to l, so clusters are
// nested. Knows no process and no handler.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "impl/application.hpp"
#include "impl/levels_rules.hpp"
#include "impl/sequence_number.hpp"

namespace mdcd::impl {

using Level = std::uint8_t; // 0: trusted least

inline constexpr std::size_t level_count_max = 3;
// The level of active processes and of old versions. As a mark: clean.
inline constexpr Level above_all = level_count_max;

struct Levels {
    std::uint8_t components = 1;
    std::array<Level, component_count_max> of_component{};

    [[nodiscard]] constexpr Level top() const {
        Level highest = 0;
        for (std::size_t component = 0; component < components; ++component)
            highest = std::max(highest, of_component[component]);
        return highest;
    }
    friend constexpr bool operator==(const Levels&, const Levels&) = default;
};

// The entries that belong to components below that level; those of the others are zero.
[[nodiscard]] constexpr SequenceVector below(const Levels& levels, Level level, const SequenceVector& numbers) {
    SequenceVector result;
    for (std::size_t entry = 0; entry < component_count_max; ++entry)
        if (levels.of_component[entry] < level)
            result[entry] = numbers[entry];
    return result;
}

// What a recovery at that level leaves alone: what is validated of levels up to it, and everything above it.
[[nodiscard]] constexpr SequenceVector left_alone(const Levels& levels, Level level, const SequenceVector& validated) {
    SequenceVector result = validated;
    for (std::size_t entry = 0; entry < component_count_max; ++entry)
        if (levels.of_component[entry] > level)
            result[entry] = std::numeric_limits<SequenceNumber>::max();
    return result;
}

// The lowest level, from `first` on, of which `numbers` say more than `validated`; above_all if there is none.
[[nodiscard]] constexpr Level lowest_beyond(const Levels& levels, const SequenceVector& numbers,
                                            const SequenceVector& validated, Level first) {
    Level lowest = above_all;
    for (std::size_t entry = 0; entry < component_count_max; ++entry)
        if (numbers[entry] > validated[entry] && levels.of_component[entry] >= first)
            lowest = std::min(lowest, levels.of_component[entry]);
    return lowest;
}

// What a test proves that a process of that level has passed.
[[nodiscard]] constexpr SequenceVector proved_by_test(const Levels& levels, Level level, const SequenceVector& depends,
                                                      const LevelRules& rules) {
    return below(levels, rules.test_proves == TestProves::below ? level : static_cast<Level>(level + 1), depends);
}

// The mark of a state that was marked `before`, once it has received something that is marked `news`.
[[nodiscard]] constexpr Level mark_after(Level before, Level news, const LevelRules& rules) {
    if (news == above_all)
        return before;
    switch (rules.mark_keeps) {
    case MarkKeeps::lowest:
        return std::min(before, news);
    case MarkKeeps::highest:
        return before == above_all ? news : std::max(before, news);
    case MarkKeeps::latest:
        break;
    }
    return news;
}

// At which level a recovery is to be, when a test has failed in a state with that mark. `next`: the first level that
// has not been recovered. The components of levels up to the last one are gone: there is nothing to replace again.
[[nodiscard]] constexpr Level level_of_recovery(const Levels& levels, Level mark, Level next, const LevelRules& rules) {
    Level level = next;
    switch (rules.escalation) {
    case Escalation::from_the_mark:
        level = mark == above_all ? next : std::max(mark, next);
        break;
    case Escalation::one_up:
        break;
    case Escalation::same_again:
        level = 0;
        break;
    case Escalation::to_the_top:
        level = levels.top();
        break;
    }
    return std::min(level, levels.top());
}

[[nodiscard]] constexpr bool is_replaced(Level component, Level recovery, const LevelRules& rules) {
    switch (rules.replaced) {
    case Replaced::up_to_level:
        return component <= recovery;
    case Replaced::this_level:
        return component == recovery;
    case Replaced::all:
        break;
    }
    return true;
}

// The application under levels: a message says, besides its content, by which levels its sender is marked; what an old
// version suppresses keeps the numbers of its state as well.
template <Application A> struct Levelled {
    using State = typename A::State;
    struct Payload {
        typename A::Payload content{};
        Level mark = above_all;
        SequenceVector depends; // of a message that is suppressed and logged; a message under way has its low_sn

        friend constexpr bool operator==(const Payload&, const Payload&) = default;

        template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
            visit("content", self.content);
            visit("mark", self.mark);
            visit("depends", self.depends);
        }
    };
    static void deliver(State& state, const Payload& payload) { A::deliver(state, payload.content); }
    static State snapshot(const State& state) { return snapshot_of<A>(state); }
    static void restore(State& state, const State& saved) { impl::restore<A>(state, saved); }
};

} // namespace mdcd::impl
