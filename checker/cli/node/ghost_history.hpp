// What is true of a state of a real application, and that the protocol cannot see: which messages are in its history,
// and on which messages of new versions it depends. It rides in the application's own state and messages through
// checkpoints, logs and replays, as the model's application does (ADR 7), but for runs of any length.
// Knows no claim and no log.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "impl/upgrade_state.hpp"

namespace mdcd::checker::cli::node {

// Numbers from 1: of the messages of one sender, which come in order but for a while after a recovery. So it is all up
// to one, and few intervals apart from that.
class NumberSet {
public:
    void insert(std::uint64_t number);
    [[nodiscard]] bool contains(std::uint64_t number) const;
    [[nodiscard]] std::uint64_t last() const { return apart_.empty() ? through_ : apart_.back().second; }
    // The first number up to `through` that is not in it; 0 if all are.
    [[nodiscard]] std::uint64_t first_missing(std::uint64_t through) const {
        return through_ < through ? through_ + 1 : 0;
    }

    using Interval = std::pair<std::uint64_t, std::uint64_t>;                   // first and last
    [[nodiscard]] std::uint64_t through() const { return through_; }            // all from 1 to this one are in it
    [[nodiscard]] const std::vector<Interval>& apart() const { return apart_; } // .. and these, in order
    void set_through(std::uint64_t number) { through_ = number; }
    void put_apart(std::uint64_t first, std::uint64_t last) { apart_.emplace_back(first, last); }

private:
    std::uint64_t through_ = 0;
    std::vector<Interval> apart_;
};

inline constexpr std::size_t upgrade_count_max = impl::recovery_count_max;

// Of each upgrade and component that is upgraded: a number of the messages that its new version sends to processes that
// are not upgraded. Upgrade n brings version n.
using NewNumbers = std::array<std::array<std::uint32_t, impl::component_count_max>, upgrade_count_max + 1>;
void join(NewNumbers& numbers, const NewNumbers& others);

// Of a message: the number-th of that sender to that receiver, both components, whichever version it is.
struct GhostMessage {
    std::uint8_t sender = 0;
    std::uint64_t number = 0;
    NewNumbers depends{}; // of the state that sent it, itself included
};

struct GhostHistory {
    NewNumbers depends{};
    std::array<std::uint64_t, impl::system_component_max> sent{}; // to each component
    std::uint64_t outputs = 0;
    std::array<NumberSet, impl::system_component_max> received; // of each component
    bool twice = false;                                         // one of them was received again

    void deliver(const GhostMessage& message);
};

// Before the application's own bytes. `split` leaves those; throws impl::runtime::MalformedBytes.
[[nodiscard]] std::string with(const GhostHistory& history, std::string_view state);
[[nodiscard]] std::string with(const GhostMessage& message, std::string_view content);
[[nodiscard]] GhostHistory split_history(std::string_view& state);
[[nodiscard]] GhostMessage split_message(std::string_view& content);

} // namespace mdcd::checker::cli::node
