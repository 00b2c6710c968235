// A system of actors as a model of slots and steps (model.hpp). Slots: one for each actor, one for each pair of actors
// between whom messages go, one for each pair that can be cut off, one for each budget. Steps: each channel's delivery,
// each timer, and what may go wrong. Knows users' types only after AnyActor. Not for headers that users compile.
#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/actors/actor_slot.hpp"
#include "checker/actors/findings.hpp"
#include "checker/actors/renamings.hpp"
#include "checker/actors/system.hpp"
#include "checker/model.hpp"

namespace mdcd::checker::actors {

enum class EventKind : std::uint8_t {
    delivery,
    repeated_delivery, // of a fifo: the message stays the oldest
    timeout,
    crash,
    restart,
    loss,
    cut,
    heal,
};

// What a step is about.
struct Event {
    EventKind kind = EventKind::delivery;
    std::uint16_t actor = 0; // who acts; of a loss the receiver
    std::uint16_t peer = 0;  // the sender; of a cut the other one
    std::string timer;       // encoded
    friend bool operator==(const Event&, const Event&) = default;
};

class CompiledSystem {
public:
    // The parts must outlive it.
    CompiledSystem(const SystemParts& parts, Findings findings);
    CompiledSystem(const CompiledSystem&) = delete;
    CompiledSystem& operator=(const CompiledSystem&) = delete;

    using Summary = SlotView;
    [[nodiscard]] std::span<const Slot> slots() const { return slots_; }
    [[nodiscard]] std::span<const Step> steps() const { return steps_; }
    [[nodiscard]] std::vector<GlobalState> initial_states() const;
    void fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const;
    [[nodiscard]] std::span<const Property> properties() const { return properties_; }
    [[nodiscard]] std::span<const PropertyReads> property_reads() const { return reads_; }
    [[nodiscard]] Summary summarise(SlotIndex slot, std::string_view bytes) const;
    [[nodiscard]] PropertyBits judge(std::span<const Summary* const> summaries) const;
    [[nodiscard]] PropertyBits judge_backwards(std::span<const Summary* const> summaries) const;
    [[nodiscard]] SystemState seen(std::span<const Summary* const> summaries) const { return {shape_, summaries}; }
    [[nodiscard]] bool is_final(std::span<const Summary* const> summaries) const;
    [[nodiscard]] std::span<const std::string> coverage_points() const { return points_; }
    [[nodiscard]] bool has_boundary() const { return static_cast<bool>(parts_.boundary); }
    [[nodiscard]] bool is_inside(std::span<const Summary* const> summaries) const;

    void measure(SlotIndex slot, std::string_view bytes, std::vector<Measure>& measures) const;

    [[nodiscard]] std::vector<Renaming> renamings() const;
    void candidate_renamings(std::span<const Summary* const>, std::vector<Renaming>& candidates) const;
    [[nodiscard]] SlotIndex renamed_slot(Renaming renaming, SlotIndex slot) const;
    [[nodiscard]] std::string renamed_bytes(Renaming renaming, SlotIndex slot, std::string_view bytes) const;

    // Of the claims of whole runs, in order: bit i, what must come has not; bit i and as many as there are claims of
    // whole runs, of leads_to: .. and what calls for it is true.
    [[nodiscard]] std::size_t whole_run_count() const { return whole_runs_.size(); }
    [[nodiscard]] const Claim& whole_run(std::size_t number) const { return parts_.claims[whole_runs_[number]]; }
    [[nodiscard]] PropertyBits waiting(std::span<const Summary* const> summaries) const;

    // What handlers have used and the model has no place for: it has to be made again with it. A firing that does so
    // is an error until then.
    [[nodiscard]] Findings missing() const;
    [[nodiscard]] const Findings& findings() const { return findings_; }
    [[nodiscard]] bool starts_wrong() const { return !start_failure_.empty(); } // there is no run to tell

    // For those who tell a run.
    [[nodiscard]] const SystemParts& parts() const { return parts_; }
    [[nodiscard]] const Event& event(StepIndex step) const { return events_[step]; }
    [[nodiscard]] SlotIndex channel(std::size_t from, std::size_t to) const {
        return shape_.channels[from * parts_.actors.size() + to];
    }
    // Not the history.
    [[nodiscard]] bool is_channel(std::size_t slot) const {
        return slot >= shape_.channel_begin && slot < shape_.channel_end;
    }
    [[nodiscard]] std::string describe(StepIndex step, std::string_view message) const;
    [[nodiscard]] const std::string& name(std::size_t actor) const { return parts_.names[actor]; }
    // The choices that a handler made on the way to this outcome of a step.
    [[nodiscard]] std::vector<HandlerRun::Choice> choices(StepIndex step, const Inputs& inputs,
                                                          std::uint16_t outcome) const;

private:
    struct Result {
        Outcome outcome;
        std::vector<HandlerRun::Choice> choices;
    };
    struct Places { // of one renaming
        actors::Places actors;
        std::vector<SlotIndex> slots;
    };

    void add_slots();
    void add_links(std::uint16_t from, std::uint16_t to);
    void add_steps_of(std::uint16_t actor);
    void add_deliveries(std::uint16_t actor);
    void add_network_steps();
    void add_reads(const Claim& claim);
    void add_step(Event event, std::string name, std::vector<SlotIndex> reads);
    void add_renamings(const std::vector<actors::Places>& all);
    void start_all();
    void count_start_events();
    [[nodiscard]] GlobalState started(const GlobalState& before, const Outcome& outcome) const;
    void expect_alike_starts() const;
    [[nodiscard]] std::vector<Result> start(std::uint16_t actor);
    [[nodiscard]] bool can_crash(std::uint16_t actor) const;
    [[nodiscard]] SlotIndex link(std::size_t a, std::size_t b) const { return links_[a * parts_.actors.size() + b]; }
    [[nodiscard]] bool is_linked(std::size_t a, std::size_t b) const { return link(a, b) != SystemShape::no_slot; }

    [[nodiscard]] std::vector<Result> results(StepIndex step, const Inputs& inputs) const;
    [[nodiscard]] std::vector<Result> network_results(const Event& event, const Inputs& inputs) const;
    [[nodiscard]] std::vector<Result> crash_results(const Event& event, const Inputs& inputs) const;
    [[nodiscard]] bool is_true(std::size_t property, const SystemState& state) const;
    void expect_to_fit(const HandlerRun& run) const;
    // Runs a handler for all its choices. `call`: given the run, the state's bytes after it.
    template <class Call>
    [[nodiscard]] std::vector<Result> run_all(std::uint16_t actor, std::vector<std::string> timers,
                                              std::string_view before, Call call) const;
    [[nodiscard]] bool note(const HandlerRun& run) const; // false: the model has no place for what the run did

    const SystemParts& parts_;
    Findings findings_;
    SystemShape shape_;
    std::vector<Slot> slots_;
    std::vector<Step> steps_;
    std::vector<Event> events_; // by step
    std::vector<Property> properties_;
    std::vector<PropertyReads> reads_; // of each property
    std::vector<std::size_t> claim_of_property_;
    std::vector<std::size_t> whole_runs_; // claims
    std::size_t start_events_ = 0;        // in the history of every initial state; in no order, so by client
    const Claim* no_deadlock_ = nullptr;
    std::vector<std::string> points_;
    std::vector<SlotIndex> links_; // by pair of actors, both ways
    SlotIndex crashes_left_ = SystemShape::no_slot;
    SlotIndex cuts_left_ = SystemShape::no_slot;
    std::vector<Places> renamings_;
    std::vector<GlobalState> initial_states_;
    std::string start_failure_;
    mutable std::mutex missing_lock_;
    mutable Findings missing_;
};

} // namespace mdcd::checker::actors
