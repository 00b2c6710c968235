// What one process of high confidence keeps for the case that confidence was wrong: its checkpoint array and its
// receiver-side message log. Used by active processes and by shadows alike.
// Knows no handler (checkpoint.hpp has them).
#pragma once

#include <cstdint>

#include "impl/fixed_vector.hpp"
#include "impl/message.hpp"

namespace mdcd::impl {

template <Application A> struct Checkpoint {
    SequenceVector index;           // rule checkpoint_index
    SequenceVector low_sn;          // the process's number when it was taken
    bool propagating = false;       // active processes: prgt_bit when it was taken
    SequenceNumber shadow_sn = 0;   // shadows: the counter of suppressed messages when it was taken
    SequenceNumber external_sn = 0; // shadows: the count of external messages when it was taken
    std::uint32_t log_length = 0;   // entries of the receiver log that are older than it
    typename A::State application{};

    friend constexpr bool operator==(const Checkpoint&, const Checkpoint&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("index", self.index);
        visit("low_sn", self.low_sn);
        visit("propagating", self.propagating);
        visit("shadow_sn", self.shadow_sn);
        visit("external_sn", self.external_sn);
        visit("log_length", self.log_length);
        visit("application", self.application);
    }
};

template <Application A> struct InputEntry {
    SequenceVector index; // the receiver's number when it was logged (rule shadow_input_index)
    Message<A> message;

    friend constexpr bool operator==(const InputEntry&, const InputEntry&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("index", self.index);
        visit("message", self.message);
    }
};

// The part of a process that confidence is about. Checkpoints stand oldest first; indices ascend with them.
template <Application A> struct Guarded {
    bool dirty = false;
    bool propagating = false; // prgt_bit; shadows never set it
    SequenceVector low_sn;    // int_mSN_Glow
    SequenceVector valid_sn;  // iVRlow: the largest validated number known here
    FixedVector<Checkpoint<A>, checkpoint_count_max> checkpoints;
    FixedVector<InputEntry<A>, log_entry_count_max> input_log;
    typename A::State application{};

    friend constexpr bool operator==(const Guarded&, const Guarded&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("dirty", self.dirty);
        visit("propagating", self.propagating);
        visit("low_sn", self.low_sn);
        visit("valid_sn", self.valid_sn);
        visit("checkpoints", self.checkpoints);
        visit("input_log", self.input_log);
        visit("application", self.application);
    }
};

} // namespace mdcd::impl
