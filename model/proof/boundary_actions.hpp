// The steps of processes of high confidence in front of a hostile cluster, under the rules of `repaired_vector` and any
// rules of the line of defence, as relations between a window before and a window after. What the cluster does is
// whatever impl/boundary.hpp hands on; the rest is nothing to anybody. The implementation is tied to these texts.
#pragma once

#include <functional>
#include <vector>

#include "impl/boundary_rules.hpp"
#include "model/proof/boundary_window.hpp"

namespace mdcd::model::proof::boundary {

using Truth = Symbolic::Truth;
using Number = Symbolic::Number;
using Step = Transition<Symbolic>;

enum class ActionId : std::uint8_t {
    cluster_message,
    cluster_message_to_shadow,
    cluster_counter,
    cluster_test,
    cluster_announces,
    in_anothers_name,
    told_in_anothers_name,
    receives,
    sends,
    outputs,
    passes_test,
    is_notified,
    suppresses,
    halts,
    hears_reply,
    tells,
    learns_decision,
    forgets_checkpoint,
    forgets_logs,
    rolls_back,
    replays,
    sends_again,
};
inline constexpr std::size_t action_count = static_cast<std::size_t>(ActionId::sends_again) + 1;

struct Action {
    ActionId id;
    const char* name;
    const char* sentence; // what happens
    std::function<Truth(const Step&)> relation;
};

// Those that there are under these rules.
[[nodiscard]] std::vector<Action> actions(const impl::BoundaryRules& rules = {});
[[nodiscard]] const char* action_name(ActionId action);

// Field by field; of a checkpoint or a message only as far as it is there.
[[nodiscard]] Truth same(const CheckpointWindow<Symbolic>& one, const CheckpointWindow<Symbolic>& other);
[[nodiscard]] Truth same(const ContentWindow<Symbolic>& one, const ContentWindow<Symbolic>& other);
[[nodiscard]] Truth same(const ProcessWindow<Symbolic>& one, const ProcessWindow<Symbolic>& other);

// What the handlers do to a process (boundary_handlers.cpp). `takes`: a checkpoint before the message.
[[nodiscard]] Truth received(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after,
                             const ContentWindow<Symbolic>& message, Truth takes);
[[nodiscard]] Truth checkpoint_forgotten(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after,
                                         const Happening<Symbolic>& happening);
[[nodiscard]] Truth rolled_back(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after,
                                const CheckpointWindow<Symbolic>& oldest);
// As `expected`, but for what may have gone from its logs.
[[nodiscard]] Truth same_but_logs(ProcessWindow<Symbolic> expected, const ProcessWindow<Symbolic>& after);

} // namespace mdcd::model::proof::boundary
