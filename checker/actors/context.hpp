// What a handler may do besides changing its own state: send, set and cancel timers, choose, mark that it passed a
// point. No clock, no thread, no random number: what is not in the arguments is not there. Knows no engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "checker/actors/codec.hpp"
#include "checker/actors/history.hpp"
#include "checker/actors/id.hpp"

namespace mdcd::checker::actors {

struct Sent {
    Id to;
    std::string message; // encoded
};

// One run of a handler: what it was told to choose, and what it did. Belongs to the engine's side.
class HandlerRun {
public:
    HandlerRun(Id self, std::size_t actors) : self_(self), actors_(actors) {}

    [[nodiscard]] Id self() const { return self_; }
    [[nodiscard]] std::size_t actor_count() const { return actors_; }

    void send(Id to, std::string message);
    void set_timer(std::string timer);
    void cancel_timer(const std::string& timer);
    [[nodiscard]] std::size_t choose(std::size_t count);
    void cover(std::string_view point) { covered.emplace_back(point); }
    void record(std::string event) { recorded.push_back(std::move(event)); }

    // Before each further run: forgets what was done. False if every choice has been made.
    [[nodiscard]] bool choose_differently();
    void begin(std::vector<std::string> timers_set);

    struct Choice {
        std::size_t chosen = 0;
        std::size_t count = 1;
    };
    std::vector<Sent> sent;
    std::vector<std::string> timers; // set now, each once, the one that was set first in front
    std::vector<std::string> covered;
    std::vector<std::string> recorded; // events of the history, encoded
    std::vector<Choice> choices;

private:
    Id self_;
    std::size_t actors_;
    std::size_t next_choice_ = 0;
};

enum class NoTimer : std::uint8_t {};

template <class Message, class Timer = NoTimer> class Context {
public:
    explicit Context(HandlerRun& run) : run_(run) {}

    [[nodiscard]] Id self() const { return run_.self(); }
    [[nodiscard]] std::size_t actor_count() const { return run_.actor_count(); }

    void send(Id to, const Message& message) { run_.send(to, encode(message)); }
    // To all others.
    void broadcast(const Message& message) {
        const std::string bytes = encode(message);
        for (std::size_t index = 0; index < actor_count(); ++index)
            if (Id(index) != self())
                run_.send(Id(index), bytes);
    }
    void broadcast(const std::vector<Id>& receivers, const Message& message) {
        for (const Id receiver : receivers)
            send(receiver, message);
    }

    // A timer that is set fires at some time, once. Setting it again changes nothing.
    void set_timer(const Timer& timer) { run_.set_timer(encode(timer)); }
    void cancel_timer(const Timer& timer) { run_.cancel_timer(encode(timer)); }

    // 0 .. count - 1: each of them is explored.
    [[nodiscard]] std::size_t choose(std::size_t count) { return run_.choose(count); }
    // At most 64 points in a system: the report says how often each was passed.
    void cover(std::string_view point) { run_.cover(point); }

    // For the system's history (ActorSystem::record_history): the operation that this client begins, and what the one
    // that it has begun returned.
    void invoked(const Message& operation) { record(false, operation); }
    void returned(const Message& result) { record(true, result); }

private:
    void record(bool is_return, const Message& message) {
        run_.record(encode(HistoryEvent<Message>{.is_return = is_return, .client = self(), .message = message}));
    }

    HandlerRun& run_;
};

} // namespace mdcd::checker::actors
