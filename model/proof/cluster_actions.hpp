// The steps of a system with any number of components, under the rules that cluster_rules.hpp knows, as relations
// between a window before and a window after. A reclamation is taken apart into steps of its own, one for each
// checkpoint: what is between two checkpoints that stay need then not be shown. The implementation is tied to these
// texts.
#pragma once

#include <span>

#include "model/proof/cluster_window.hpp"

namespace mdcd::model::proof::cluster {

using Truth = Symbolic::Truth;
using Number = Symbolic::Number;
using Step = Transition<Symbolic>;

enum class ActionId : std::uint8_t {
    low_sends,
    low_passes_test,
    low_sends_inside,
    low_receives,
    shadow_generates,
    shadow_generates_output,
    shadow_sends,
    active_sends,
    active_outputs,
    active_passes_test,
    active_receives,
    shadow_receives,
    active_is_notified,
    shadow_is_notified,
    learns_decision,
    forgets_checkpoint,
    forgets_inputs,
    forgets_outputs,
    ends_reclamation,
};
inline constexpr std::size_t action_count = static_cast<std::size_t>(ActionId::ends_reclamation) + 1;

struct Action {
    const char* name;
    const char* sentence; // what happens
    Truth (*relation)(const Step&);
};

// In the order of ActionId.
[[nodiscard]] std::span<const Action> actions();

// Field by field; of a checkpoint, a message or a process only as far as it is there.
[[nodiscard]] Truth same(const CheckpointWindow<Symbolic>& one, const CheckpointWindow<Symbolic>& other);
[[nodiscard]] Truth same(const ContentWindow<Symbolic>& one, const ContentWindow<Symbolic>& other);
[[nodiscard]] Truth same(const NotificationWindow<Symbolic>& one, const NotificationWindow<Symbolic>& other);
[[nodiscard]] Truth same(const MessageWindow<Symbolic>& one, const MessageWindow<Symbolic>& other);
[[nodiscard]] Truth same(const ProcessWindow<Symbolic>& one, const ProcessWindow<Symbolic>& other);

// `text` of each entry shown, and all of it.
template <class Text> [[nodiscard]] Truth for_each_entry(Text text) {
    return text(any_entry) && text(own_entry);
}

[[nodiscard]] Entries<Number> larger(const Entries<Number>& one, const Entries<Number>& other);
[[nodiscard]] Truth equal(const Entries<Number>& one, const Entries<Number>& other);
[[nodiscard]] Truth at_most(const Entries<Number>& one, const Entries<Number>& other); // as far as shown

// The handlers of impl, of a process of high confidence (cluster_handlers.cpp).
[[nodiscard]] ProcessWindow<Symbolic> generates(ProcessWindow<Symbolic> process, const ProcessWindow<Symbolic>& after,
                                                const MessageWindow<Symbolic>& message);
[[nodiscard]] ProcessWindow<Symbolic> generates_output(ProcessWindow<Symbolic> process,
                                                       const ProcessWindow<Symbolic>& after, Number external_number);
[[nodiscard]] Truth received(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after,
                             const Happening<Symbolic>& happening);
// `outputs`: so many its new version has output, if it is the shadow of the component shown.
[[nodiscard]] Truth learned(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after,
                            const Entries<Number>& number, Number outputs, bool advances);
[[nodiscard]] Truth checkpoint_forgotten(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after,
                                         const Happening<Symbolic>& happening);
[[nodiscard]] Truth inputs_forgotten(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after);
[[nodiscard]] Truth outputs_forgotten(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after);
[[nodiscard]] Truth settled(const ProcessWindow<Symbolic>& before, const ProcessWindow<Symbolic>& after);

} // namespace mdcd::model::proof::cluster
