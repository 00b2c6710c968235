// The plan of a space-time diagram: which column is which participant, which row is which step, what is written beside
// each event. Knows no drawing format. Time runs downwards, a row for each step, so that the words of two events never
// meet; lengths are pixels.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "traces/document.hpp"
#include "traces/message_flow.hpp"

namespace mdcd::traces {

// What is written beside one event: two short lines, either of which may be empty.
struct EventWords {
    std::string first;  // the messages
    std::string second; // what is wrong with them, outputs, dropped checkpoints, a rollback
    bool on_left = false;
    bool alarming = false; // a finding is about the message received
};

class SpaceTime {
public:
    static constexpr double row_height = 44;
    static constexpr double character_width = 6.6; // of the words beside events, generously
    static constexpr double number_column = 44;    // step numbers, at the left

    SpaceTime(const Trace& trace, const MessageFlow& flow, double top);

    [[nodiscard]] double x(std::size_t participant) const;
    [[nodiscard]] double y(std::size_t step) const;           // of the event of step 1, 2, ..
    [[nodiscard]] double y_after(std::size_t step) const;     // between that step and the next; 0: before the first
    [[nodiscard]] double spacing() const { return spacing_; } // between two participants
    [[nodiscard]] double top() const { return top_; }         // where the process lines start
    [[nodiscard]] double bottom() const;                      // where they end
    [[nodiscard]] double width() const;
    [[nodiscard]] std::size_t actor(std::size_t step) const { return actors_[step - 1]; }
    [[nodiscard]] const EventWords& words(std::size_t step) const { return words_[step - 1]; }
    [[nodiscard]] bool is_test(std::size_t step) const; // an acceptance test
    [[nodiscard]] bool is_failed_test(std::size_t step) const;

private:
    const Trace* trace_;
    std::size_t participant_count_;
    bool ends_with_device_; // the device has no words
    double top_;
    double spacing_ = 0;
    double left_room_ = 0; // for the words at the left of the first participant
    std::vector<std::size_t> actors_;
    std::vector<EventWords> words_;
};

} // namespace mdcd::traces
