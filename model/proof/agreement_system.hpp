// Processes that recover by messages (impl/recovery_protocol.hpp), new versions included, as they run: what the proof
// that a recovery has one outcome is compared with. Anybody may fail a test, and learn any number, at any time;
// messages arrive in any order. Knows no window and no lemma.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "checker/random.hpp"
#include "impl/recovery_protocol.hpp"

namespace mdcd::model::proof::agreement {

// The application does nothing: only numbers count.
struct Idle {
    struct State {
        friend bool operator==(const State&, const State&) = default;
    };
    struct Payload {
        friend bool operator==(const Payload&, const Payload&) = default;
    };
    static void deliver(State&, const Payload&) {}
};
using Message = impl::Message<Idle>;

struct Process {
    std::variant<impl::LowProcess<Idle>, impl::ShadowProcess<Idle>, impl::ActiveProcess<Idle>> parts;
    impl::RecoveryState<Idle> recovery;

    friend bool operator==(const Process&, const Process&) = default;

    [[nodiscard]] impl::ProcessId id() const;
    [[nodiscard]] bool is_new() const { return id().group == impl::Group::low; }
    [[nodiscard]] bool runs() const { return impl::is_running(recovery); }
    [[nodiscard]] impl::SequenceVector validated() const; // what it knows to be
};

struct State {
    impl::Members members;
    impl::Rules rules;
    std::vector<Process> processes;
    std::vector<std::pair<impl::ProcessId, Message>> under_way; // to whom

    [[nodiscard]] const Process& process(impl::ProcessId id) const;
    [[nodiscard]] Process& process(impl::ProcessId id);
};
[[nodiscard]] State initial_state(const impl::Members& members, const impl::Rules& rules);

enum class EventKind : std::uint8_t { detects, tells, arrives };
struct Event {
    EventKind kind = EventKind::detects;
    impl::ProcessId process;
    impl::SequenceVector numbers = {}; // of `tells`: what it has learned, and tells the others
    Message message = {};              // of `arrives`
    std::size_t position = 0;          // .. among what is under way
};
[[nodiscard]] std::string text_of(const Event& event);

// Anything that may happen in that state, drawn at random; nothing if a capacity would be exceeded.
[[nodiscard]] std::optional<Event> drawn_event(const State& state, checker::Random& random);

struct Happened {
    State after;
    impl::Notes notes;
};
// By impl's own handlers.
[[nodiscard]] Happened apply(const State& state, const Event& event);

} // namespace mdcd::model::proof::agreement
