// One process of the protocol with its application, as a function: an input, then everything that it does by itself
// until it waits again. Every decision is a call into impl; here is only what is called when. The live process and
// `mdcd validate` run the same code. Knows no link, storage, socket or time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "impl/runtime/handlers.hpp"

namespace mdcd::impl::runtime {

struct Input {
    enum class Kind : std::uint8_t {
        start,   // the first step of all
        restart, // it comes back after a crash or a stop; nothing is lost, nothing changes
        receive, // packet `number` of `from`
        tick,    // at `time`
        go_on,   // there was no room for all that it wanted to send; now there is
        command, // an operator has said something
    };
    Kind kind = Kind::start;
    ProcessId from{};
    std::uint64_t number = 0;
    Digest packet{};
    std::uint64_t time = 0;
    Command command{};
};

struct Sent {
    ProcessId to;
    std::uint64_t number = 0; // of all packets for that process, from 1
    Digest packet;
    StoredChange change;
};

struct DeviceOutput {
    std::uint64_t number = 0; // of all outputs of this process, from 1
    std::string content;
};

// Where the lists of a step end that belong to its input, or to one thing that the application wanted.
struct StepPart {
    std::size_t sent = 0;
    std::size_t outputs = 0;
    std::size_t notes = 0;
};

// What a step did.
struct StepRecord {
    std::uint64_t step = 0;
    Input input;
    StoredChange received; // of kind `receive`
    Clock received_clock{};
    std::vector<Sent> sent;
    std::vector<DeviceOutput> outputs;
    std::vector<NamedNote> notes;
    std::vector<StepPart> parts; // that of the input first; not in the log
    std::string_view result;     // of kind `command`: "accepted", or why not
};

// What a process may have on its way to another one, if that is halted and must hold it (held_count_max); and how much
// one step may add to it. Only where upgrades begin and end.
[[nodiscard]] std::size_t under_way_max(const Members& members);
[[nodiscard]] std::size_t actions_per_step(const SystemDescription& system);

class ProcessCore {
public:
    // All three must outlive it.
    ProcessCore(const SystemDescription& system, const Program& program, Contents& contents, ProcessId self);

    // The state before it is undefined if this throws. Throws MalformedBytes if the packet is malformed.
    [[nodiscard]] StepRecord step(const Input& input);

    // Why the process cannot take that message now; "" if it can. Then nothing in a step exceeds a capacity.
    // `waits_before`: an earlier one of that sender has not been taken.
    [[nodiscard]] std::string_view blocked(const StoredChange& message, bool waits_before) const;
    [[nodiscard]] bool can_tick() const;
    [[nodiscard]] bool wants_to_go_on() const;
    // The application has nothing to do by itself, now or later.
    [[nodiscard]] bool is_quiet() const;

    [[nodiscard]] std::string bytes() const;
    void restore_from(std::string_view bytes); // throws MalformedBytes
    void collect(DigestSet& alive) const;

    [[nodiscard]] ProcessId self() const { return self_; }
    [[nodiscard]] const SystemDescription& system() const { return system_; }
    [[nodiscard]] const Contents& contents() const { return contents_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    [[nodiscard]] std::uint64_t outputs() const { return outputs_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] std::uint64_t sent_to(ProcessId peer) const { return sent_[position_of(system_.members, peer)]; }
    [[nodiscard]] std::uint64_t taken_from(ProcessId peer) const; // so many messages
    [[nodiscard]] bool has_taken(ProcessId peer, std::uint64_t number) const;
    [[nodiscard]] std::uint64_t first_not_taken(ProcessId peer) const {
        return taken_[position_of(system_.members, peer)] + 1;
    }
    [[nodiscard]] StateSummary summary() const { return handlers_->summary(); }

private:
    void receive(StepRecord& record);
    void note_taken(std::size_t peer, std::uint64_t number);
    void act(StepRecord& record);
    [[nodiscard]] std::size_t actions_after(const StepRecord& record) const;
    bool perform(const Intention& intention, StepRecord& record);
    void add(Effects&& effects, StepRecord& record);
    static void end_part(StepRecord& record);

    [[nodiscard]] Digest application() const;
    void set_application(const Digest& state) { *handlers_->application() = state; }
    [[nodiscard]] std::optional<Intention> next() const;

    const SystemDescription& system_;
    const Program& program_;
    Contents& contents_;
    ProcessId self_;
    std::unique_ptr<Handlers> handlers_;
    std::uint64_t steps_ = 0;
    std::uint64_t outputs_ = 0;
    Clock clock_{};
    Clock sent_{};                                                 // packets for each process
    Clock taken_{};                                                // packets of each process: all up to this one,
    std::array<std::set<std::uint64_t>, process_count_max> ahead_; // and these, that went past some that waited
};

} // namespace mdcd::impl::runtime
