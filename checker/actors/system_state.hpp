// The state of a system as a predicate sees it: the states of its actors and the messages under way, with their types.
// Every index and type is checked; a wrong one is an error of the predicate, with the run that leads there.
// Knows no search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "checker/actors/actor.hpp"
#include "checker/actors/id.hpp"

namespace mdcd::checker::actors {

// What predicates need of one slot: remembered by the engine for each value.
struct SlotView {
    std::shared_ptr<const void> content; // a State, a Durable, or a std::vector<Message>
    std::uint32_t count = 0;             // messages under way, events of the history, or timers set
    bool is_down = false;
};

// What is the same in all states.
struct SystemShape {
    static constexpr std::uint16_t no_slot = 0xffff;
    std::vector<TypeTag> actors;
    std::vector<bool> keeps_some; // of each actor
    TypeTag message = nullptr;
    std::size_t channel_begin = 0; // the slots of channels are together, after those of the actors
    std::size_t channel_end = 0;
    std::vector<std::uint16_t> channels; // slot of the channel from a to b: channels[a * actors + b]
    std::uint16_t history = no_slot;
};

class SystemState {
public:
    SystemState(const SystemShape& shape, std::span<const SlotView* const> slots) : shape_(shape), slots_(slots) {}

    [[nodiscard]] std::size_t actor_count() const { return shape_.actors.size(); }

    // The state of an actor of class A. One that is down has none, unless all of it is durable.
    template <class A> [[nodiscard]] const typename A::State& actor(Id id) const {
        const SlotView& view = slot_of(id, tag_of<A>);
        if (view.is_down && KeepsSome<A>)
            is_down_now(id);
        return *static_cast<const typename A::State*>(view.content.get());
    }
    // What would survive a crash, or did.
    template <class A> [[nodiscard]] const typename A::Durable& durable(Id id) const {
        const SlotView& view = slot_of(id, tag_of<A>);
        if (view.is_down)
            return *static_cast<const typename A::Durable*>(view.content.get());
        return static_cast<const typename A::State*>(view.content.get())->durable;
    }
    template <class A> [[nodiscard]] bool is(Id id) const { return tag_at(id) == tag_of<A>; }
    [[nodiscard]] bool is_down(Id id) const { return slot_of(id, tag_at(id)).is_down; }
    [[nodiscard]] bool has_timer(Id id) const { return slot_of(id, tag_at(id)).count > 0; }

    // Calls visit(id, state) for each actor of class A that has a state.
    template <class A, class Visit> void each(Visit visit) const {
        for (std::size_t index = 0; index < actor_count(); ++index)
            if (shape_.actors[index] == tag_of<A> && !(slots_[index]->is_down && KeepsSome<A>))
                visit(Id(index), *static_cast<const typename A::State*>(slots_[index]->content.get()));
    }

    // Under way from one actor to another: in order, if the network keeps it.
    template <class Message> [[nodiscard]] std::span<const Message> messages(Id from, Id to) const {
        const SlotView* const view = channel(from, to, tag_of<Message>);
        if (view == nullptr)
            return {};
        return *static_cast<const std::vector<Message>*>(view->content.get());
    }
    // Calls visit(from, to, message) for each message under way.
    template <class Message, class Visit> void each_message(Visit visit) const {
        for (std::size_t from = 0; from < actor_count(); ++from)
            for (std::size_t to = 0; to < actor_count(); ++to)
                for (const Message& message : messages<Message>(Id(from), Id(to)))
                    visit(Id(from), Id(to), message);
    }
    [[nodiscard]] std::size_t messages_under_way() const {
        std::size_t count = 0;
        for (std::size_t slot = shape_.channel_begin; slot < shape_.channel_end; ++slot)
            count += slots_[slot]->count;
        return count;
    }

    // What clients invoked and what came of it, in the order in which it happened (ActorSystem::record_history).
    template <class Message> [[nodiscard]] std::span<const HistoryEvent<Message>> history() const {
        return *static_cast<const std::vector<HistoryEvent<Message>>*>(history_of(tag_of<Message>).content.get());
    }

private:
    [[nodiscard]] const SlotView& history_of(TypeTag message) const;
    [[nodiscard]] TypeTag tag_at(Id id) const {
        if (id.index() >= actor_count()) // nobody has the largest index of all
            no_actor(id);
        return shape_.actors[id.index()];
    }
    [[nodiscard]] const SlotView& slot_of(Id id, TypeTag tag) const {
        if (tag_at(id) != tag)
            wrong_class(id);
        return *slots_[id.index()];
    }
    [[nodiscard]] const SlotView* channel(Id from, Id to, TypeTag message) const;
    [[noreturn]] static void no_actor(Id id);
    [[noreturn]] static void wrong_class(Id id);
    [[noreturn]] static void is_down_now(Id id);

    const SystemShape& shape_;
    std::span<const SlotView* const> slots_;
};

} // namespace mdcd::checker::actors
