// Where things are in the global state of a scope: which slot is which process, channel or shared value, and which
// step does what. Pure bookkeeping; knows no rule.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "checker/model.hpp"
#include "impl/process_id.hpp"
#include "model/inputs/scope.hpp"

namespace mdcd::model {

enum class SlotRole : std::uint8_t {
    process,
    channel,
    script,
    validated,
    active_messages_left,
    messages_to_cluster_left,
    low_tests_left,
    active_tests_left,
    low_internal_left,
    shadow_internal_left,
    recovery,     // process: what it keeps of recovery (asynchronous scopes)
    detections,   // acceptance tests that failed, and how many more may (asynchronous scopes)
    tests_passed, // only if some may have missed an error
};

struct SlotPlace {
    SlotRole role = SlotRole::process;
    impl::ProcessId process; // of a channel: the receiver; of a script with order = component: the component
    impl::ProcessId sender;  // of a channel
};

enum class StepKind : std::uint8_t {
    low_send,        // process: internal message to an active process (peer, where channels may be full)
    low_test,        // process: acceptance test passed, external message, notifications
    low_send_inside, // process, peer: message to another new version
    shadow_generate, // process: a message that leaves the cluster is generated, suppressed and logged
    shadow_send,     // process, peer: message to another old version
    active_send,     // process, peer: internal message to another active process
    active_send_low, // process, peer: internal message to a component of the cluster, new and old version
    active_external, // process: external message, with an acceptance test if dirty
    deliver,         // process: receives from peer
    detect,          // process: an acceptance test fails for good, recovery begins (asynchronous scopes)
};

struct StepPlace {
    StepKind kind = StepKind::deliver;
    impl::ProcessId process;
    impl::ProcessId peer;
};

// "L1", "S2", "A3", "device".
[[nodiscard]] std::string name_of(impl::ProcessId process);

class Layout {
public:
    explicit Layout(const Scope& scope);

    [[nodiscard]] std::span<const checker::Slot> slots() const { return slots_; }
    [[nodiscard]] std::span<const SlotPlace> places() const { return places_; }
    [[nodiscard]] std::span<const checker::Step> steps() const { return steps_; }
    [[nodiscard]] std::span<const StepPlace> step_places() const { return step_places_; }

    // In display order: L1.., S1.., A1..
    [[nodiscard]] std::span<const impl::ProcessId> processes() const { return processes_; }
    [[nodiscard]] bool is_asynchronous() const { return asynchronous_; } // has recovery slots

    [[nodiscard]] checker::SlotIndex slot_of(impl::ProcessId process) const;
    [[nodiscard]] checker::SlotIndex channel(impl::ProcessId sender, impl::ProcessId receiver) const;
    [[nodiscard]] checker::SlotIndex shared(SlotRole role) const;
    [[nodiscard]] checker::SlotIndex recovery_of(impl::ProcessId process) const;
    [[nodiscard]] checker::SlotIndex script(std::uint8_t component) const;

    // Whether such a step is an acceptance test that may pass.
    [[nodiscard]] static bool is_test(StepKind kind) {
        return kind == StepKind::low_test || kind == StepKind::active_external;
    }

    // What the last values are that a step reads that sends something new, where scopes bound what is unsettled: what
    // is proved, then the processes of high confidence.
    [[nodiscard]] std::vector<checker::SlotIndex> settling() const;

    // The other processes of the same group, in the order in which steps read their slots.
    [[nodiscard]] std::vector<impl::ProcessId> others(impl::ProcessId process) const;
    [[nodiscard]] bool has(SlotRole role) const;

private:
    void add_slots(const Scope& scope);
    [[nodiscard]] std::vector<checker::SlotIndex> read_by_test(checker::SlotIndex self, SlotRole left) const;
    void add_steps();
    void add_cluster_steps(impl::ProcessId process);
    void add_active_steps(impl::ProcessId process);
    void add_slot(std::string name, SlotPlace place, checker::SlotKind kind, std::uint16_t capacity);
    void add_step(StepPlace place, std::string name, std::vector<checker::SlotIndex> reads);
    void add_delivery(const SlotPlace& channel, checker::SlotIndex slot);

    // Channels that may be full: who sends into one waits until there is room. What is not settled may have a bound:
    // who sends something new sees of all processes whether it is reached (settling()).
    void want_room(impl::ProcessId sender, std::vector<impl::ProcessId> receivers);
    void add_low_send(impl::ProcessId process, const std::vector<checker::SlotIndex>& reads);
    [[nodiscard]] std::vector<checker::SlotIndex> with_settling(std::vector<checker::SlotIndex> reads) const;
    [[nodiscard]] std::vector<impl::ProcessId> notified_by(impl::ProcessId process) const;

    bool outputs_in_script_ = false;
    bool full_channels_ = false;
    bool sees_settling_ = false;
    bool asynchronous_ = false;
    // A shadow that has taken over outputs, too.
    [[nodiscard]] bool may_output(StepPlace place) const {
        return asynchronous_ && outputs_in_script_ && place.process.group == impl::Group::shadow &&
               (place.kind == StepKind::deliver || place.kind == StepKind::shadow_generate);
    }
    std::vector<impl::ProcessId> processes_;
    std::vector<checker::Slot> slots_;
    std::vector<SlotPlace> places_;
    std::vector<checker::Step> steps_;
    std::vector<StepPlace> step_places_;
};

} // namespace mdcd::model
