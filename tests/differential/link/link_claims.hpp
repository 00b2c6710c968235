// What is claimed of two ends of a link, and the points that its exploration has to pass.
// Knows no state.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::tests::link {

enum class Point : std::uint8_t { // coverage
    refused,
    arrived,
    held, // before its turn
    duplicate_dropped,
    no_room,
    only_acknowledged,
    lost,
    repeated,
    overtaken,
    a_crashed,
    b_crashed,
    crash_cost_decision,
    crash_cost_taking,
    crash_cost_arrived,
    broke,
    kept_over_break,
    sent_again,
    stored_many, // steps in one transaction
    count,
};

enum class Claim : std::uint8_t {
    once_and_in_order,
    nothing_before_storage,
    kept_until_taken,
    within_bounds,
    nobody_forgets,
    quiet_is_done,
    back_pressure, // twins
    beyond_the_window,
    count,
};

inline std::vector<std::string> point_names() {
    return {"refused",
            "arrived",
            "held",
            "duplicate dropped",
            "no room",
            "only acknowledged",
            "lost",
            "repeated",
            "overtaken",
            "A crashed",
            "B crashed",
            "a crash cost a decision",
            "a crash cost a taking",
            "a crash cost what had arrived",
            "a session broke",
            "a frame arrived in another session",
            "sent again",
            "many steps in one transaction"};
}

inline std::vector<checker::Property> link_properties() {
    return {
        {"once_and_in_order", checker::PropertyKind::always,
         "What one end has taken is the beginning of what the other one has decided to send."},
        {"nothing_before_storage", checker::PropertyKind::always, "No frame speaks of a step that a crash would undo."},
        {"kept_until_taken", checker::PropertyKind::always,
         "A message is kept until its receiver has taken it, and stored that."},
        {"within_bounds", checker::PropertyKind::always, "The numbers of an end are in order and its windows hold."},
        {"nobody_forgets", checker::PropertyKind::always, "No end is told more than it knows."},
        {"quiet_is_done", checker::PropertyKind::always,
         "When nothing is left to be done, all has been taken and nothing is kept, on disk neither."},
        {"back_pressure", checker::PropertyKind::reachable, "A process has more to send than its link can keep."},
        {"beyond_the_window", checker::PropertyKind::reachable, "More messages than a window holds arrive."}};
}

} // namespace mdcd::tests::link
