// The name of an actor inside a system: what messages and states hold to speak of others. A type of its own, so that
// members that are alike can be renamed wherever they are spoken of. Knows no actor.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mdcd::checker::actors {

class Id {
public:
    constexpr Id() = default; // nobody
    constexpr explicit Id(std::size_t index) : number_(static_cast<std::uint16_t>(index + 1)) {}

    // Actors are numbered from 0 in the order in which they were added. Of somebody only.
    [[nodiscard]] constexpr std::size_t index() const { return number_ - std::size_t{1}; }
    [[nodiscard]] constexpr bool is_nobody() const { return number_ == 0; }

    friend constexpr auto operator<=>(const Id&, const Id&) = default;

private:
    std::uint16_t number_ = 0;
};

// The actors that will be added as number `first` and after it.
[[nodiscard]] inline std::vector<Id> ids(std::size_t first, std::size_t count) {
    std::vector<Id> all;
    for (std::size_t index = first; index < first + count; ++index)
        all.emplace_back(index);
    return all;
}

} // namespace mdcd::checker::actors
