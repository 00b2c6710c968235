// Questions that a predicate must not ask, in words.
// Knows no property.
#include "checker/actors/system_state.hpp"

#include <string>

namespace mdcd::checker::actors {

const SlotView* SystemState::channel(Id from, Id to, TypeTag message) const {
    (void)tag_at(from);
    (void)tag_at(to);
    if (message != shape_.message)
        fail("the messages of this system are of another type than those that are asked for");
    const std::uint16_t slot = shape_.channels[from.index() * actor_count() + to.index()];
    return slot == SystemShape::no_slot ? nullptr : slots_[slot];
}

const SlotView& SystemState::history_of(TypeTag message) const {
    if (message != shape_.message)
        fail("the messages of this system are of another type than those of the history that is asked for");
    if (shape_.history == SystemShape::no_slot)
        fail("the system records no history: call record_history() before");
    return *slots_[shape_.history];
}

void SystemState::no_actor(Id id) {
    fail(id.is_nobody() ? "the state of nobody is asked for: an Id that was never set"
                        : "the state of actor " + std::to_string(id.index()) + " is asked for, which does not exist");
}

void SystemState::wrong_class(Id id) {
    fail("the state of actor " + std::to_string(id.index()) + " is asked for as that of another class");
}

void SystemState::is_down_now(Id id) {
    fail("the state of actor " + std::to_string(id.index()) +
         " is asked for while it is down: ask is_down() first, or for durable()");
}

} // namespace mdcd::checker::actors
