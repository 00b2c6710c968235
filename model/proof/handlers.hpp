// What the handlers of impl do to a process of high confidence, as relations between its window before and after.
// One function for each handler; the rules decide while the formula is built.
#pragma once

#include "model/proof/actions.hpp"

namespace mdcd::model::proof {

// Field by field; of a checkpoint, a message or a process only as far as it is there.
[[nodiscard]] Truth same(const CheckpointWindow<Symbolic>& one, const CheckpointWindow<Symbolic>& other);
[[nodiscard]] Truth same(const MessageWindow<Symbolic>& one, const MessageWindow<Symbolic>& other);
[[nodiscard]] Truth same(const ProcessWindow<Symbolic>& one, const ProcessWindow<Symbolic>& other);

// impl::suppress. `message`: the one that the window shows.
[[nodiscard]] ProcessWindow<Symbolic> generates(ProcessWindow<Symbolic> process, const MessageWindow<Symbolic>& message,
                                                const impl::Rules& rules);

// impl::send_internal.
[[nodiscard]] ProcessWindow<Symbolic> sends(ProcessWindow<Symbolic> process, bool to_cluster, const impl::Rules& rules);

// impl::pass_acceptance_test.
[[nodiscard]] Truth tested(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after,
                           const impl::Rules& rules);

// impl::receive_application of an active process or a shadow.
[[nodiscard]] Truth received(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after,
                             const Happening<Symbolic>& happening, const impl::Rules& rules);

// impl::receive_notification of an active process or a shadow.
[[nodiscard]] Truth notified(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after, Number number,
                             bool shadow, const impl::Rules& rules);

} // namespace mdcd::model::proof
