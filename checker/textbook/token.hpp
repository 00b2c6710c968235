// A toy: a token goes round a table of three seats, and may be put down for good at the last one.
// The smallest complete model: the one to copy when starting another.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"

namespace mdcd::checker::textbook {

class Token {
public:
    using Summary = char; // the seat that holds the token, '0' to '2', or '-' once it was put down

    std::span<const Slot> slots() const { return slots_; }
    std::span<const Step> steps() const { return steps_; }
    std::vector<GlobalState> initial_states() const { return {{"0"}}; }
    void fire(StepIndex, const Inputs& inputs, Outcomes& outcomes) const {
        const char seat = inputs.values[0][0];
        const char next = seat == '2' ? '0' : static_cast<char>(seat + 1);
        if (seat != '-')
            outcomes.push_back({.writes = {{0, std::string(1, next)}}, .sends = {}});
        if (seat == '2')
            outcomes.push_back({.writes = {{0, "-"}}, .sends = {}, .fired = 1});
    }
    std::span<const Property> properties() const { return properties_; }
    Summary summarise(SlotIndex, std::string_view bytes) const { return bytes[0]; }
    PropertyBits judge(std::span<const Summary* const> seat) const {
        return (*seat[0] == '-' || *seat[0] <= '2' ? 1U : 0U) | (*seat[0] == '-' ? 2U : 0U);
    }
    std::span<const std::string> coverage_points() const { return coverage_; }
    bool is_final(std::span<const Summary* const> seat) const { return *seat[0] == '-'; }

private:
    std::vector<Slot> slots_ = {{.name = "token"}};
    std::vector<Step> steps_ = {{.name = "pass on", .reads = {0}, .takes = {}, .room = {}}};
    std::vector<Property> properties_ = {
        {"at_the_table", PropertyKind::always, "The token is at one of the three seats, or put down."},
        {"put_down", PropertyKind::reachable, "The token can be put down: the round does not go on for ever."}};
    std::vector<std::string> coverage_ = {"token.put_down"};
};
static_assert(Model<Token> && KnowsFinalStates<Token>);

} // namespace mdcd::checker::textbook
