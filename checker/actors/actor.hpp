// A class of actors as the engine's side sees it: bytes in, bytes out. The adapter is all that is instantiated for a
// user's actor, so that the engine is compiled once. Knows no network and no search.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "checker/actors/codec.hpp"
#include "checker/actors/context.hpp"
#include "checker/actors/picture.hpp"

namespace mdcd::checker::actors {

// Tells types apart at run time, without RTTI.
using TypeTag = const char*;
template <class T> inline char tag_place = 0; // no constant: linkers may fold equal ones
template <class T> inline constexpr TypeTag tag_of = &tag_place<T>;

template <class A> struct TimerOf { using type = NoTimer; };
template <class A>
requires requires {
    typename A::Timer;
}
struct TimerOf<A> {
    using type = typename A::Timer;
};

template <class A> using ContextOf = Context<typename A::Message, typename TimerOf<A>::type>;

template <class A>
concept Starts = requires(const A& actor, ContextOf<A>& context) {
    { actor.start(Id{}, context) } -> std::same_as<typename A::State>;
};
template <class A>
concept Receives = requires(const A& actor, typename A::State& state, const typename A::Message& message,
                            ContextOf<A>& context) {
    actor.receive(state, Id{}, message, context);
};
template <class A>
concept TimesOut = requires(const A& actor, typename A::State& state, const typename TimerOf<A>::type& timer,
                            ContextOf<A>& context) {
    actor.timeout(state, timer, context);
};
// Of the state only `state.durable`, of this type, survives a crash.
template <class A>
concept KeepsSome = requires(typename A::State& state) {
    typename A::Durable;
    { state.durable } -> std::convertible_to<const typename A::Durable&>;
};
template <class A>
concept RestartsFromSome = KeepsSome<A> &&
    requires(const A& actor, const typename A::Durable& durable, ContextOf<A>& context) {
    { actor.restart(Id{}, durable, context) } -> std::same_as<typename A::State>;
};
// Without Durable all of the state survives; timers do not.
template <class A>
concept RestartsFromAll = requires(const A& actor, const typename A::State& state, ContextOf<A>& context) {
    { actor.restart(Id{}, state, context) } -> std::same_as<typename A::State>;
};

// A class of processes. All handlers are const: what they remember is in the State.
template <class A>
concept Actor = Starts<A>;

namespace adapters {

template <class A>
concept HasTypes = requires {
    typename A::State;
    typename A::Message;
};
template <class A>
concept ReceivesIfNotConst = requires(A& actor, typename A::State& state, const typename A::Message& message,
                                      ContextOf<A>& context) {
    actor.receive(state, Id{}, message, context);
};
template <class A>
concept TimesOutIfNotConst = requires(A& actor, typename A::State& state, const typename TimerOf<A>::type& timer,
                                      ContextOf<A>& context) {
    actor.timeout(state, timer, context);
};
template <class A>
concept HasStart = requires {
    &A::start;
};
template <class A>
concept HasReceive = requires {
    &A::receive;
};
template <class A>
concept HasTimeout = requires {
    &A::timeout;
};
template <class A>
concept HasRestart = requires {
    &A::restart;
};

// What is wrong with the class, as far as its declaration says.
enum class Fault : unsigned char {
    none,
    types,
    start,
    receive_not_const,
    receive,
    timeout_not_const,
    timeout,
    restart
};

template <class A> constexpr Fault fault_of() {
    if constexpr (!HasTypes<A>)
        return Fault::types;
    else if constexpr (!Starts<A>)
        return Fault::start;
    else if constexpr (!Receives<A> && ReceivesIfNotConst<A>)
        return Fault::receive_not_const;
    else if constexpr (!Receives<A> && HasReceive<A>)
        return Fault::receive;
    else if constexpr (!TimesOut<A> && TimesOutIfNotConst<A>)
        return Fault::timeout_not_const;
    else if constexpr (!TimesOut<A> && HasTimeout<A>)
        return Fault::timeout;
    else if constexpr (!RestartsFromSome<A> && !RestartsFromAll<A> && HasRestart<A>)
        return Fault::restart;
    else
        return Fault::none;
}

template <class A> constexpr void expect_handlers() {
    constexpr Fault fault = fault_of<A>();
    static_assert(fault != Fault::types, "a class of actors has the public types State and Message");
    static_assert(fault != Fault::start,
                  "a class of actors has: State start(Id, Context<Message, Timer>&) const; without a type Timer in the "
                  "class it is Context<Message>");
    static_assert(fault != Fault::receive_not_const && fault != Fault::timeout_not_const,
                  "handlers must be const: what an actor remembers belongs in its State");
    static_assert(
        fault != Fault::receive,
        "receive() wants these parameters: (State&, Id from, const Message&, Context<Message, Timer>&) const; "
        "without a type Timer in the class it is Context<Message>");
    static_assert(fault != Fault::timeout,
                  "timeout() wants these parameters: (State&, Timer, Context<Message, Timer>&) const, and the class a "
                  "public type Timer");
    static_assert(fault != Fault::restart,
                  "restart() wants these parameters: (Id, const Durable&, Context<Message, Timer>&) const, and returns "
                  "a State; without a type Durable and State::durable of that type it is const State&");
}

} // namespace adapters

class AnyActor {
public:
    AnyActor() = default;
    AnyActor(const AnyActor&) = delete;
    AnyActor& operator=(const AnyActor&) = delete;
    virtual ~AnyActor();

    [[nodiscard]] virtual TypeTag actor_tag() const = 0;
    [[nodiscard]] virtual TypeTag message_tag() const = 0;
    [[nodiscard]] virtual std::string_view type_name() const = 0;
    // What messages and timers can be called, as far as their types say so.
    [[nodiscard]] virtual std::vector<std::string> message_names() const = 0;
    [[nodiscard]] virtual std::vector<std::string> timer_names() const = 0;
    [[nodiscard]] virtual bool keeps_some() const = 0; // after a crash: a Durable, not a State

    // States are encoded, before and after.
    [[nodiscard]] virtual std::string start(HandlerRun& run) const = 0;
    [[nodiscard]] virtual std::string receive(std::string_view state, Id from, std::string_view message,
                                              HandlerRun& run) const = 0;
    [[nodiscard]] virtual std::string timeout(std::string_view state, std::string_view timer,
                                              HandlerRun& run) const = 0;
    [[nodiscard]] virtual std::string durable_part(std::string_view state) const = 0;
    [[nodiscard]] virtual std::string restart(std::string_view durable, HandlerRun& run) const = 0;

    // Decoded for predicates: a State or a Durable, and a std::vector<Message>.
    [[nodiscard]] virtual std::shared_ptr<const void> state(std::string_view bytes) const = 0;
    [[nodiscard]] virtual std::shared_ptr<const void> durable(std::string_view bytes) const = 0;
    [[nodiscard]] virtual std::shared_ptr<const void> messages(const std::vector<std::string_view>& all) const = 0;
    // A std::vector<HistoryEvent<Message>>.
    [[nodiscard]] virtual std::shared_ptr<const void> history(const std::vector<std::string_view>& events) const = 0;

    [[nodiscard]] virtual Picture picture_of_state(std::string_view bytes, ActorNames names) const = 0;
    [[nodiscard]] virtual Picture picture_of_durable(std::string_view bytes, ActorNames names) const = 0;
    [[nodiscard]] virtual Picture picture_of_message(std::string_view bytes, ActorNames names) const = 0;
    [[nodiscard]] virtual Picture picture_of_event(std::string_view bytes, ActorNames names) const = 0;
    [[nodiscard]] virtual Picture picture_of_timer(std::string_view bytes, ActorNames names) const = 0;

    [[nodiscard]] virtual std::string renamed_state(std::string_view bytes, IdRenaming renaming) const = 0;
    [[nodiscard]] virtual std::string renamed_durable(std::string_view bytes, IdRenaming renaming) const = 0;
    [[nodiscard]] virtual std::string renamed_message(std::string_view bytes, IdRenaming renaming) const = 0;
    // Those of the start, the first ones, are sorted by client, as all of them are before anything has happened.
    [[nodiscard]] virtual std::vector<std::string> renamed_history(const std::vector<std::string_view>& events,
                                                                   std::size_t at_start, IdRenaming renaming) const = 0;
    [[nodiscard]] virtual std::string renamed_timer(std::string_view bytes, IdRenaming renaming) const = 0;
};

namespace adapters {

[[noreturn]] void no_handler(std::string_view type, std::string_view handler, std::string_view event);
[[noreturn]] void loses_fields(std::string_view actor, std::string_view type);

// A field that is missing from a field list is forgotten by the engine: seen where the type can be compared.
template <class A, class T> std::string encode_all(const T& value) {
    std::string bytes = encode(value);
    if constexpr (std::equality_comparable<T>)
        if (!(decode<T>(bytes) == value))
            loses_fields(names::of_type<A>, names::of_type<T>);
    return bytes;
}

template <class T> std::string renamed(std::string_view bytes, IdRenaming renaming) {
    return encode(decode<T>(bytes, renaming));
}

// What a crash leaves: State where there is no Durable.
template <class A> struct Left { using type = typename A::State; };
template <KeepsSome A> struct Left<A> { using type = typename A::Durable; };

} // namespace adapters

template <Actor A> class TypedActor final : public AnyActor {
    using State = typename A::State;
    using Message = typename A::Message;
    using Timer = typename TimerOf<A>::type;
    using Left = typename adapters::Left<A>::type;

public:
    explicit TypedActor(A actor) : actor_(std::move(actor)) {}

    TypeTag actor_tag() const override { return tag_of<A>; }
    TypeTag message_tag() const override { return tag_of<Message>; }
    std::string_view type_name() const override { return names::of_type<A>; }
    std::vector<std::string> message_names() const override { return names_of_values<Message>(); }
    std::vector<std::string> timer_names() const override { return names_of_values<Timer>(); }
    bool keeps_some() const override { return KeepsSome<A>; }

    std::string start(HandlerRun& run) const override {
        ContextOf<A> context(run);
        return adapters::encode_all<A>(actor_.start(run.self(), context));
    }
    std::string receive(std::string_view bytes, [[maybe_unused]] Id from, std::string_view message,
                        HandlerRun& run) const override {
        ContextOf<A> context(run);
        State state = decode<State>(bytes);
        if constexpr (Receives<A>)
            actor_.receive(state, from, decode<Message>(message), context);
        else
            adapters::no_handler(type_name(), "receive", "a message");
        return adapters::encode_all<A>(state);
    }
    std::string timeout(std::string_view bytes, [[maybe_unused]] std::string_view timer,
                        HandlerRun& run) const override {
        ContextOf<A> context(run);
        State state = decode<State>(bytes);
        if constexpr (TimesOut<A>)
            actor_.timeout(state, decode<Timer>(timer), context);
        else
            adapters::no_handler(type_name(), "timeout", "a timer that fires");
        return adapters::encode_all<A>(state);
    }
    std::string durable_part(std::string_view bytes) const override {
        if constexpr (KeepsSome<A>)
            return encode(static_cast<const Left&>(decode<State>(bytes).durable));
        else
            return std::string(bytes);
    }
    std::string restart(std::string_view bytes, HandlerRun& run) const override {
        ContextOf<A> context(run);
        if constexpr (RestartsFromSome<A> || RestartsFromAll<A>)
            return adapters::encode_all<A>(actor_.restart(run.self(), decode<Left>(bytes), context));
        else if constexpr (KeepsSome<A>)
            adapters::no_handler(type_name(), "restart", "a crash");
        else
            return std::string(bytes);
    }

    std::shared_ptr<const void> state(std::string_view bytes) const override {
        return std::make_shared<const State>(decode<State>(bytes));
    }
    std::shared_ptr<const void> durable(std::string_view bytes) const override {
        return std::make_shared<const Left>(decode<Left>(bytes));
    }
    std::shared_ptr<const void> messages(const std::vector<std::string_view>& all) const override {
        std::vector<Message> decoded;
        for (const std::string_view each : all)
            decoded.push_back(decode<Message>(each));
        return std::make_shared<const std::vector<Message>>(std::move(decoded));
    }
    std::shared_ptr<const void> history(const std::vector<std::string_view>& events) const override {
        std::vector<HistoryEvent<Message>> decoded;
        for (const std::string_view each : events)
            decoded.push_back(decode<HistoryEvent<Message>>(each));
        return std::make_shared<const std::vector<HistoryEvent<Message>>>(std::move(decoded));
    }

    Picture picture_of_state(std::string_view bytes, ActorNames names) const override {
        return picture_of(decode<State>(bytes), names);
    }
    Picture picture_of_durable(std::string_view bytes, ActorNames names) const override {
        return picture_of(decode<Left>(bytes), names);
    }
    Picture picture_of_message(std::string_view bytes, ActorNames names) const override {
        return picture_of(decode<Message>(bytes), names);
    }
    // Of the message, as what the client calls or gets.
    Picture picture_of_event(std::string_view bytes, ActorNames names) const override {
        const auto event = decode<HistoryEvent<Message>>(bytes);
        Picture picture = pictures::group(Picture::Kind::record, event.is_return ? "returns" : "invokes");
        pictures::add_field(picture, {}, picture_of(event.message, names));
        return picture;
    }
    Picture picture_of_timer(std::string_view bytes, ActorNames names) const override {
        return picture_of(decode<Timer>(bytes), names);
    }

    std::string renamed_state(std::string_view bytes, IdRenaming renaming) const override {
        return adapters::renamed<State>(bytes, renaming);
    }
    std::string renamed_durable(std::string_view bytes, IdRenaming renaming) const override {
        return adapters::renamed<Left>(bytes, renaming);
    }
    std::string renamed_message(std::string_view bytes, IdRenaming renaming) const override {
        return adapters::renamed<Message>(bytes, renaming);
    }
    std::vector<std::string> renamed_history(const std::vector<std::string_view>& events, std::size_t at_start,
                                             IdRenaming renaming) const override {
        std::vector<HistoryEvent<Message>> renamed;
        for (const std::string_view each : events)
            renamed.push_back(decode<HistoryEvent<Message>>(each, renaming));
        std::stable_sort(renamed.begin(),
                         renamed.begin() + static_cast<std::ptrdiff_t>(std::min(at_start, renamed.size())),
                         [](const auto& a, const auto& b) { return a.client < b.client; });
        std::vector<std::string> encoded;
        for (const HistoryEvent<Message>& each : renamed)
            encoded.push_back(encode(each));
        return encoded;
    }
    std::string renamed_timer(std::string_view bytes, IdRenaming renaming) const override {
        return adapters::renamed<Timer>(bytes, renaming);
    }

private:
    const A actor_;
};

} // namespace mdcd::checker::actors
