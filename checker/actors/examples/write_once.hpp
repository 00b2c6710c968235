// A register that is written once: the first value stays, and who writes another is told so. With one copy it looks as
// if operations happened one after the other. With a second copy that hears of writes later, what is read there can be
// old; with two copies that know nothing of each other, both take a first value.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "checker/actors/history.hpp"
#include "checker/actors/scripted_client.hpp"
#include "checker/actors/system.hpp"

namespace mdcd::checker::actors::examples::write_once {

struct Put {
    unsigned value = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("value", self.value);
    }
};
struct Get {};
struct Done {};
struct Refused {};
struct Value {
    std::optional<unsigned> value;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("value", self.value);
    }
};
struct Copy {
    unsigned value = 0;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("value", self.value);
    }
};
using Message = std::variant<Put, Get, Done, Refused, Value, Copy>;

// What a register does whose operations happen one after the other.
struct Register {
    std::optional<unsigned> value;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("value", self.value);
    }
    Message perform(const Message& operation) {
        const Put* const put = std::get_if<Put>(&operation);
        if (put == nullptr)
            return Value{value};
        if (value && *value != put->value)
            return Refused{};
        value = put->value;
        return Done{};
    }
};

class Server {
public:
    using Message = write_once::Message;
    using State = Register;

    // `backup` hears of what is written; it may be nobody.
    explicit Server(Id backup) : backup_(backup) {}

    State start(Id, Context<Message>&) const { return {}; }
    void receive(State& state, Id from, const Message& message, Context<Message>& context) const {
        if (const Copy* const copy = std::get_if<Copy>(&message)) {
            state.value = copy->value;
            return;
        }
        const bool was_empty = !state.value;
        context.send(from, state.perform(message));
        if (was_empty && state.value && !backup_.is_nobody())
            context.send(backup_, Copy{*state.value});
    }

private:
    Id backup_;
};

enum class Copies { one, backup, independent };

// Two who write, each another value, and one who reads twice.
inline ActorSystem write_once(Copies copies) {
    ActorSystem system;
    const Id first = system.add("server 1", Server(copies == Copies::backup ? Id(1) : Id()));
    const Id second = copies == Copies::one ? first : system.add("server 2", Server(Id()));
    using Client = ScriptedClient<Message>;
    system.add("writer 1", Client({{first, Put{1}}}));
    system.add("writer 2", Client({{copies == Copies::independent ? second : first, Put{2}}}));
    system.add("reader", Client({{second, Get{}}, {second, Get{}}}));
    system.record_history();
    const auto is = [](Consistency consistency) {
        return [consistency](const SystemState& state) {
            return is_consistent<Register>(state.history<Message>(), consistency);
        };
    };
    system.always("linearizable", is(Consistency::linearizable),
                  "Operations look as if each took effect between its beginning and its end.");
    system.always("sequential", is(Consistency::sequential),
                  "Operations look as if they happened one after the other, each client's in its order.");
    system.reachable("all_return", [](const SystemState& state) { return state.history<Message>().size() == 8; });
    system.no_deadlock([](const SystemState& state) { return state.history<Message>().size() == 8; });
    return system;
}

} // namespace mdcd::checker::actors::examples::write_once
