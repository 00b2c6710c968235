// The steps of a scope with asynchronous recovery: those of the workload, as far as the process runs, with every
// message stamped; deliveries, which go through the recovery protocol; and tests that fail.
#pragma once

#include <vector>

#include "checker/model.hpp"
#include "impl/notes.hpp"
#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"
#include "model/state/layout.hpp"
#include "model/state/recovery_local.hpp"

namespace mdcd::model {

// One step, while it runs. Every step of a process reads, after what the workload reads, the tests that failed if it
// is a test itself, and then what the process keeps of recovery (Layout).
class AsynchronousWorkload {
public:
    // Outcomes and their notes are appended in the same order.
    AsynchronousWorkload(const Scope& scope, const impl::Rules& rules, const Layout& layout,
                         checker::Outcomes& outcomes, std::vector<impl::Notes>& notes)
        : scope_(scope), rules_(rules), layout_(layout), outcomes_(outcomes),
          notes_(notes), members_{scope.components, scope.active_processes} {}

    void fire(const StepPlace& step, const checker::Inputs& inputs);

private:
    void detect(impl::ProcessId self, const checker::Inputs& inputs, RecoveryLocal recovery);
    void deliver(impl::ProcessId self, const checker::Inputs& inputs, const RecoveryLocal& recovery);
    void ordinary(const StepPlace& step, const checker::Inputs& inputs, const RecoveryLocal& recovery);
    template <class Local>
    void deliver_to(Local local, const Message& message, RecoveryLocal recovery, const checker::Inputs& inputs);
    void write(impl::ProcessId self, std::string process, const RecoveryLocal& recovery, const Outbox& outbox,
               const impl::Notes& notes);

    const Scope& scope_;
    const impl::Rules& rules_;
    const Layout& layout_;
    checker::Outcomes& outcomes_;
    std::vector<impl::Notes>& notes_;
    impl::Members members_;
};

} // namespace mdcd::model
