// Processes of high confidence behind the line of defence of impl/boundary.hpp, as they run, in front of a cluster that
// sends anything: what the proof about a hostile cluster is compared with. Any state, and each thing that can happen to
// one process. Knows no window and no lemma.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "checker/random.hpp"
#include "impl/boundary.hpp"
#include "impl/output.hpp"

namespace mdcd::model::proof::boundary {

// The application: of each channel, how many of its messages are in its causal past.
struct Watched {
    struct State {
        impl::SequenceVector depends;
        friend bool operator==(const State&, const State&) = default;
    };
    struct Payload {
        impl::SequenceVector depends;
        bool alarm = false; // the detector sees an intrusion
        friend bool operator==(const Payload&, const Payload&) = default;
    };
    struct Output {
        bool passes = true;
    };
    static void deliver(State& state, const Payload& payload) { state.depends = join(state.depends, payload.depends); }
    static bool is_intrusion(const State&, const Payload& payload) { return payload.alarm; }
    static bool acceptance_test(const State&, const Output& output) { return output.passes; }
    static bool compensate(const State&, Output&) { return false; }
};

using Active = impl::ActiveProcess<Watched>;
using Shadow = impl::ShadowProcess<Watched>;
using Guarded = impl::Guarded<Watched>;
using Message = impl::Message<Watched>;
using Outgoing = impl::Outgoing<Watched>;

struct Process {
    std::variant<Active, Shadow> parts;
    impl::RecoveryState<Watched> recovery;
    impl::BoundaryState boundary;

    friend bool operator==(const Process&, const Process&) = default;

    [[nodiscard]] impl::ProcessId id() const;
    [[nodiscard]] const Guarded& guarded() const;
    [[nodiscard]] Guarded& guarded();
    [[nodiscard]] const Shadow* shadow() const { return std::get_if<Shadow>(&parts); }
    [[nodiscard]] bool runs() const { return impl::is_running(recovery); }
    [[nodiscard]] bool recovered() const { return recovery.incarnation > 0; }
};

// From a component to a process of high confidence. The ghost counts by the entry that it has with a stamp by channel.
struct Channel {
    std::uint8_t component = 0;
    impl::ProcessId receiver;
};

struct State {
    impl::BoundaryConstants constants;
    std::vector<Process> processes; // shadows, then active ones
    impl::SequenceVector validated; // ghost: V
    impl::SequenceVector delivered; // ghost
    std::vector<std::pair<impl::ProcessId, Message>>
        under_way; // to whom; between processes of high confidence, in order

    [[nodiscard]] const Process& process(impl::ProcessId id) const;
    [[nodiscard]] Process& process(impl::ProcessId id);
    [[nodiscard]] std::vector<Channel> channels() const; // to active processes
    // Where the messages of a channel are counted: by the ghost, and by the line of defence.
    [[nodiscard]] std::size_t ghost_entry(const Channel& channel) const;
    [[nodiscard]] std::size_t entry(const Channel& channel) const;
    // No process that the cluster has influenced beyond V is clean, and each keeps a state from before.
    [[nodiscard]] bool contained() const;
};
[[nodiscard]] State initial_state(const impl::Members& members, const impl::Rules& rules,
                                  const impl::BoundaryRules& boundary_rules);

enum class EventKind : std::uint8_t { cluster, arrives, sends, generates, outputs };

// One thing that happens to one process.
struct Event {
    EventKind kind = EventKind::sends;
    impl::ProcessId process;
    impl::ProcessId receiver = {}; // of what it sends
    Message message = {};          // of `cluster`: whatever it says; of `arrives`: the one that does
    std::uint8_t component = 0;    // of `cluster`: who really sends it
    std::size_t position = 0;      // of `arrives`: among what is under way
    bool passes = true;            // of `outputs`: its test, if there is one
};
[[nodiscard]] std::string text_of(const Event& event);

// Anything that may happen in that state, drawn at random; nothing if a capacity would be exceeded.
[[nodiscard]] std::optional<Event> drawn_event(const State& state, checker::Random& random);

struct Happened {
    State after;
    std::vector<Outgoing> sent; // in this order, to processes of high confidence
    impl::BoundaryEvents events;
    impl::Notes notes;
    bool delivered = false; // of `cluster`: to the handlers, as an application message
    bool proves = false;    // of `outputs`: the test passed
};
// By impl's own handlers.
[[nodiscard]] Happened apply(const State& state, const Event& event);

} // namespace mdcd::model::proof::boundary
