// Sets of the actions of a system, for saying what is fair: the delivery of a message, a timer, a restart, the healing
// of a cut. What the network does wrong and what crashes is never among them. Knows no search.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "checker/actors/id.hpp"

namespace mdcd::checker::actors {

// Each message on its way from one actor to another is an action of its own, by its content, and so is each timer.
struct Actions {
    enum class Kind : std::uint8_t { delivery, timeout, restart, healing };
    Kind kind = Kind::delivery;
    std::optional<Id> from = {}; // of a delivery, and of a healing one of both ends; none: anybody
    std::optional<Id> to = {};   // who receives, whose timer it is, who restarts, the other end
    std::string named = {}; // as runs tell it: "Ask", "Packet{content 1, bit true}", "resend"; a type's name stands
                            // for all its values; empty: any
    bool together = false;  // all are one action: it can happen if one of them can
};

[[nodiscard]] inline Actions deliveries(std::string message = {}) {
    return {.kind = Actions::Kind::delivery, .named = std::move(message)};
}
[[nodiscard]] inline Actions deliveries(Id from, Id to, std::string message = {}) {
    return {.kind = Actions::Kind::delivery, .from = from, .to = to, .named = std::move(message)};
}
[[nodiscard]] inline Actions timeouts(std::string timer = {}) {
    return {.kind = Actions::Kind::timeout, .named = std::move(timer)};
}
[[nodiscard]] inline Actions timeouts(Id whose, std::string timer = {}) {
    return {.kind = Actions::Kind::timeout, .to = whose, .named = std::move(timer)};
}
[[nodiscard]] inline Actions restarts() {
    return {.kind = Actions::Kind::restart};
}
[[nodiscard]] inline Actions restarts(Id who) {
    return {.kind = Actions::Kind::restart, .to = who};
}
[[nodiscard]] inline Actions healings() {
    return {.kind = Actions::Kind::healing};
}
[[nodiscard]] inline Actions together(Actions actions) {
    actions.together = true;
    return actions;
}

} // namespace mdcd::checker::actors
