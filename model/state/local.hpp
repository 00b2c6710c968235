// The values of the slots: each process's implementation state with its own ghost, and what is shared.
// Knows no step.
#pragma once

#include <cstdint>

#include "impl/active_process.hpp"
#include "impl/low_process.hpp"
#include "impl/shadow_process.hpp"
#include "model/inputs/scope.hpp"
#include "model/state/application.hpp"

namespace mdcd::model {

using Message = impl::Message<GhostApplication>;
using Guarded = impl::Guarded<GhostApplication>;
using Checkpoint = impl::Checkpoint<GhostApplication>;
using LowProcess = impl::LowProcess<GhostApplication>;
using ShadowProcess = impl::ShadowProcess<GhostApplication>;
using ActiveProcess = impl::ActiveProcess<GhostApplication>;

// What memory reclamation took away that may still be needed (property reclamation_safety).
struct ReclamationGhost {
    bool dropped = false;  // the last state free of what was not validated went with a reclamation
    MessageSet purged = 0; // log entries that went although the oldest checkpoint kept does not contain them

    friend constexpr bool operator==(const ReclamationGhost&, const ReclamationGhost&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("dropped", self.dropped);
        visit("purged", self.purged);
    }
};

// A high-confidence process with its ghost.
template <class Process> struct Local {
    Process process;
    ReclamationGhost ghost;

    friend constexpr bool operator==(const Local&, const Local&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("process", self.process);
        visit("ghost", self.ghost);
    }
};
using ActiveLocal = Local<ActiveProcess>;
using ShadowLocal = Local<ShadowProcess>;

// The process in the value of its slot.
[[nodiscard]] inline LowProcess& process_of(LowProcess& local) {
    return local;
}
template <class Process> [[nodiscard]] Process& process_of(Local<Process>& local) {
    return local.process;
}

// The message that a shadow generated last, as it is logged; a null pointer if it is not: the shadow has taken over.
[[nodiscard]] inline const impl::OutputEntry<GhostApplication>* last_generated(const ShadowProcess& process) {
    const auto& inside = process.output_log;
    const auto& outside = process.external_log;
    if (inside.empty() && outside.empty())
        return nullptr;
    const bool external = !outside.empty() && outside[outside.size() - 1].receiver == impl::device &&
                          outside[outside.size() - 1].payload.id.number == process.guarded.application.sent;
    return external ? &outside[outside.size() - 1] : &inside[inside.size() - 1];
}

// How often something may still happen.
struct Budget {
    std::uint8_t left = 0; // unbounded_budget: as often as you like

    // Whether it may happen once more.
    [[nodiscard]] constexpr bool spend() {
        if (left == 0)
            return false;
        left = left == unbounded_budget ? left : static_cast<std::uint8_t>(left - 1);
        return true;
    }

    friend constexpr bool operator==(const Budget&, const Budget&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("left", self.left);
    }
};

// What the acceptance tests have proved in truth (V), and whether a device got what it should not.
struct Validated {
    impl::SequenceVector number; // every cluster message up to this one is correct
    bool unsafe_output = false;  // an external message left without a test from a state that depends on more
    MessageSet output = 0;       // external messages of the cluster that have reached their device
    MessageSet output_twice = 0; // .. and reached it again, from a shadow that has taken over

    friend constexpr bool operator==(const Validated&, const Validated&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("unsafe_output", self.unsafe_output);
        visit("output", self.output);
        visit("output_twice", self.output_twice);
    }
};

// The acceptance tests passed so far, where they may have missed an error: for each what its process depended on, and
// so what it proved if it did not miss. Sorted, since the order of tests tells nothing.
struct TestsPassed {
    impl::FixedVector<impl::SequenceVector, test_count_max> proved;

    friend constexpr bool operator==(const TestsPassed&, const TestsPassed&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("proved", self.proved);
    }
};

} // namespace mdcd::model
