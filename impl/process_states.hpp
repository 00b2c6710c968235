// What each kind of process keeps: a new version in service (figure 2), a component that the upgrade does not touch
// (figure 3), an old version in the background (figure 4). Who only stores or judges them needs nothing else.
// Knows no handler.
#pragma once

#include "impl/guarded.hpp"

namespace mdcd::impl {

// Figure 2. Its dirty bit is always 1.
template <Application A> struct LowProcess {
    ProcessId id;
    SequenceVector low_sn;          // int_mSN_Glow: the number of the last message of the cluster, as far as it knows
    SequenceVector valid_sn;        // what its own acceptance tests have proved
    SequenceNumber external_sn = 0; // external messages that it has output
    typename A::State application{};

    friend constexpr bool operator==(const LowProcess&, const LowProcess&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("low_sn", self.low_sn);
        visit("valid_sn", self.valid_sn);
        visit("external_sn", self.external_sn);
        visit("application", self.application);
    }
};

// Figure 3.
template <Application A> struct ActiveProcess {
    ProcessId id;
    Guarded<A> guarded;

    friend constexpr bool operator==(const ActiveProcess&, const ActiveProcess&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("guarded", self.guarded);
    }
};

// A message that was suppressed and may have to be sent after all (sender-side logging, section 3.1).
template <Application A> struct OutputEntry {
    SequenceVector index;      // rule shadow_output_index
    SequenceNumber number = 0; // its own number: int_mSN_Ghighsdw, or the count of external messages
    ProcessId receiver;
    typename A::Payload payload{};

    friend constexpr bool operator==(const OutputEntry&, const OutputEntry&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("index", self.index);
        visit("number", self.number);
        visit("receiver", self.receiver);
        visit("payload", self.payload);
    }
};

template <Application A> using OutputLog = FixedVector<OutputEntry<A>, log_entry_count_max>;

// Figure 4.
template <Application A> struct ShadowProcess {
    ProcessId id;
    SequenceNumber shadow_sn = 0;      // int_mSN_Ghighsdw: the number of the last suppressed message
    SequenceNumber external_sn = 0;    // external messages that it has generated
    SequenceNumber valid_external = 0; // external messages of its new version that are known to be output
    Guarded<A> guarded;
    OutputLog<A> output_log;   // int_msg_log, as far as it holds outputs
    OutputLog<A> external_log; // ext_msg_log

    friend constexpr bool operator==(const ShadowProcess&, const ShadowProcess&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("shadow_sn", self.shadow_sn);
        visit("external_sn", self.external_sn);
        visit("valid_external", self.valid_external);
        visit("guarded", self.guarded);
        visit("output_log", self.output_log);
        visit("external_log", self.external_log);
    }
};

} // namespace mdcd::impl
