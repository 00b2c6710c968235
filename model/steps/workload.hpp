// The handlers of the model's steps: decode what a step reads, call impl, encode what it wrote. The workload is
// non-deterministic: what an application may do next, within the budgets, is one outcome each.
#pragma once

#include <utility>
#include <vector>

#include "checker/model.hpp"
#include "impl/notes.hpp"
#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"
#include "model/state/layout.hpp"
#include "model/state/recovery_local.hpp"
#include "model/state/script.hpp"
#include "model/state/settled.hpp"

namespace mdcd::model {

// One step of a scope under some rules, while it runs.
class Workload {
public:
    // Outcomes and their notes are appended in the same order.
    // `recovery`: of the process that acts, in asynchronous scopes.
    Workload(const Scope& scope, const impl::Rules& rules, const Layout& layout, checker::Outcomes& outcomes,
             std::vector<impl::Notes>& notes, const RecoveryState* recovery = nullptr)
        : scope_(scope), rules_(rules), layout_(layout), outcomes_(outcomes), notes_(notes), recovery_(recovery) {}

    void fire(const StepPlace& step, const checker::Inputs& inputs);

private:
    void low_send(impl::ProcessId self, impl::ProcessId peer, const checker::Inputs& inputs);
    void low_test(impl::ProcessId self, const checker::Inputs& inputs);
    void low_output(impl::ProcessId self, const checker::Inputs& inputs);
    void low_send_inside(impl::ProcessId self, impl::ProcessId peer, const checker::Inputs& inputs);
    void shadow_generate(impl::ProcessId self, const checker::Inputs& inputs);
    void shadow_send(impl::ProcessId self, impl::ProcessId peer, const checker::Inputs& inputs);
    void active_send(impl::ProcessId self, impl::ProcessId peer, const checker::Inputs& inputs);
    void active_external(impl::ProcessId self, const checker::Inputs& inputs);
    void deliver(impl::ProcessId self, const checker::Inputs& inputs);

    template <class Local> struct Side;
    template <class Local> [[nodiscard]] Side<Local> side(impl::ProcessId self, const checker::Inputs& inputs) const;
    [[nodiscard]] std::pair<Script, ResolvedMessage> resolve(const Script& script, const ScriptEntry& entry,
                                                             const SentCounts& before) const;
    [[nodiscard]] Settled settled_in(const checker::Inputs& inputs) const;
    [[nodiscard]] bool waits(const ScriptEntry& entry, const Script& script, const SentCounts& before,
                             const checker::Inputs& inputs) const;
    void write_script(checker::Outcome& outcome, std::uint8_t component, const Script& before,
                      const Script& after) const;

    template <class Local> void corrected_output(Local local, SlotRole role, const Budget& budget);
    checker::Outcome& add(const impl::Notes& notes);
    void note_test(checker::Outcome& outcome, const checker::Inputs& inputs, const impl::SequenceVector& depends) const;
    template <class T> void write(checker::Outcome& outcome, checker::SlotIndex slot, const T& value) const;
    void send(checker::Outcome& outcome, impl::ProcessId sender, impl::ProcessId receiver,
              const std::string& message) const;
    void broadcast(checker::Outcome& outcome, impl::ProcessId sender, const std::string& message) const;

    const Scope& scope_;
    const impl::Rules& rules_;
    const Layout& layout_;
    checker::Outcomes& outcomes_;
    std::vector<impl::Notes>& notes_;
    const RecoveryState* recovery_;
};

} // namespace mdcd::model
