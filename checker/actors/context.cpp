// Choices are made by running a handler again: once for each combination, in the order of counting.
// Knows nothing of what handlers do.
#include "checker/actors/context.hpp"

#include <algorithm>

namespace mdcd::checker::actors {
namespace {

// What a loop without end would ask or send in one step.
constexpr std::size_t choices_max = 1000;
constexpr std::size_t sent_max = 1000;

} // namespace

void HandlerRun::send(Id to, std::string message) {
    if (to.is_nobody())
        fail("a message is sent to nobody: an Id that was never set");
    if (to.index() >= actors_)
        fail("a message is sent to actor " + std::to_string(to.index()) + "; the system has " +
             std::to_string(actors_) + " actors");
    if (sent.size() == sent_max)
        fail("sends more than " + std::to_string(sent_max) + " messages in one step");
    sent.push_back({to, std::move(message)});
}

void HandlerRun::set_timer(std::string timer) {
    if (std::ranges::find(timers, timer) == timers.end())
        timers.push_back(std::move(timer));
}

void HandlerRun::cancel_timer(const std::string& timer) {
    std::erase(timers, timer);
}

std::size_t HandlerRun::choose(std::size_t count) {
    if (count == 0)
        fail("choose(0): there is nothing to choose from");
    if (next_choice_ == choices_max)
        fail("chooses more than " + std::to_string(choices_max) + " times in one step");
    if (next_choice_ == choices.size())
        choices.push_back({.chosen = 0, .count = count});
    const Choice& choice = choices[next_choice_++];
    if (choice.count != count)
        fail("a handler that is run again does not make the same choices again: it is not deterministic");
    return choice.chosen;
}

bool HandlerRun::choose_differently() {
    if (next_choice_ != choices.size())
        fail("a handler that is run again does not make the same choices again: it is not deterministic");
    while (!choices.empty() && choices.back().chosen + 1 == choices.back().count)
        choices.pop_back();
    if (choices.empty())
        return false;
    ++choices.back().chosen;
    return true;
}

void HandlerRun::begin(std::vector<std::string> timers_set) {
    sent.clear();
    covered.clear();
    recorded.clear();
    timers = std::move(timers_set);
    next_choice_ = 0;
}

} // namespace mdcd::checker::actors
