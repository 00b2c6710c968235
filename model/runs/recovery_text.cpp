// Reads the recovery slots of one state.
// Knows no property but by what it says.
#include "model/runs/recovery_text.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <span>

#include "model/state/encoding.hpp"
#include "model/state/recovery_local.hpp"
#include "model/state/value_writer.hpp"

namespace mdcd::model {

using impl::Group;
using impl::RecoveryPhase;
using traces::Finding;

namespace {

RecoveryLocal local_of(const Layout& layout, const checker::GlobalState& state, impl::ProcessId process) {
    return decode<RecoveryLocal>(state[layout.recovery_of(process)]);
}

// None where recovery is atomic: a saved run may ask for any claim, whether it says something of its scope or not.
std::span<const impl::ProcessId> recovering_processes(const Layout& layout) {
    return layout.is_asynchronous() ? layout.processes() : std::span<const impl::ProcessId>{};
}

std::string text_of(impl::ProcessId process, const RecoveryLocal& local, std::size_t entries) {
    const RecoveryState& state = local.state;
    const std::string incarnation = std::to_string(state.incarnation);
    switch (state.phase) {
    case RecoveryPhase::stopped:
        return "has stopped";
    case RecoveryPhase::coordinating:
        return "coordinates recovery " + incarnation + " and waits for replies";
    case RecoveryPhase::halted:
        return "has halted for recovery " + incarnation + " and waits for the decision of " +
               name_of(state.coordinator);
    case RecoveryPhase::running:
        break;
    }
    if (state.incarnation == 0)
        return process.group == Group::low ? "runs: nobody has stopped it" : "runs: it has heard of no recovery";
    std::string text = "runs in incarnation " + incarnation + ", which began with " +
                       to_text(state.decided[state.decided.size() - 1], entries) + " as the validated number" +
                       (local.ghost.rollbacks > 0 ? " and a rollback" : "");
    if (local.ghost.resent_through > 0)
        text += "; re-sent up to message " + std::to_string(local.ghost.resent_through);
    if (state.suppress_external_through > 0)
        text += "; suppresses its external messages up to number " + std::to_string(state.suppress_external_through);
    if (state.suppress_through > 0)
        text += "; suppresses what it generates up to message " + std::to_string(state.suppress_through);
    return text;
}

template <class Select, class Text>
std::vector<Finding> findings(const Layout& layout, const checker::GlobalState& state, const char* kind, Select select,
                              Text text) {
    std::vector<Finding> all;
    for (const impl::ProcessId process : recovering_processes(layout)) {
        const RecoveryLocal local = local_of(layout, state, process);
        if (process.group != Group::low && select(process, local))
            all.push_back({kind, name_of(process), "", name_of(process) + " " + text(process, local)});
    }
    return all;
}

} // namespace

std::vector<traces::RecoveredProcess> describe_recovery(const Layout& layout, std::size_t entries,
                                                        const checker::GlobalState& state) {
    std::vector<traces::RecoveredProcess> all;
    for (const impl::ProcessId process : recovering_processes(layout))
        all.push_back({.process = name_of(process),
                       .text = text_of(process, local_of(layout, state, process), entries),
                       .checkpoint = {},
                       .after_step = {}});
    return all;
}

namespace {

// The number of a cluster message by its name, "c2" or "L1.2@1"; 0 for what is none.
std::int64_t number_in(const std::string& message) {
    const std::size_t digits = message.starts_with('c') ? 1 : message.starts_with('L') ? message.find('.') + 1 : 0;
    const char* const end = message.data() + std::min(message.find('@'), message.size());
    std::int64_t number = 0;
    return digits > 0 && std::from_chars(message.data() + digits, end, number).ptr == end ? number : 0;
}

// The first message that came to the process from a shadow after one with a larger number; "" if none did.
std::string late_message(std::span<const traces::Step> steps, const std::string& process) {
    std::map<std::string, std::int64_t> last; // of each shadow
    for (const traces::Step& step : steps) {
        if (step.action.process != process || !step.action.taken || !step.action.taken->peer.starts_with('S'))
            continue;
        const std::int64_t number = number_in(step.action.taken->message);
        std::int64_t& known = last[step.action.taken->peer];
        if (number > 0 && number <= known)
            return step.action.taken->message;
        known = std::max(known, number);
    }
    return "";
}

} // namespace

std::vector<Finding> out_of_order(const Layout& layout, const checker::GlobalState& state,
                                  std::span<const traces::Step> steps) {
    auto all = findings(
        layout, state, "out_of_order", [](auto, const RecoveryLocal& local) { return local.ghost.out_of_order; },
        [](auto, const RecoveryLocal&) { return "got a message of a shadow after one with a larger number"; });
    for (Finding& finding : all)
        finding.message = late_message(steps, finding.process);
    if (all.empty())
        all.push_back(
            {"skipped", "", "",
             "a message of the cluster is skipped: its receiver has one with a larger number from the shadow, "
             "and nothing will bring it"});
    return all;
}

std::vector<Finding> rolled_back_again(const Layout& layout, const checker::GlobalState& state) {
    return findings(
        layout, state, "rolled_back_again", [](auto, const RecoveryLocal& local) { return local.ghost.rollbacks > 1; },
        [](auto, const RecoveryLocal&) { return "has rolled back more than once in one recovery"; });
}

std::vector<Finding> waiting(const Layout& layout, std::size_t entries, const checker::GlobalState& state) {
    return findings(
        layout, state, "waiting",
        [&](impl::ProcessId process, const RecoveryLocal& local) {
            if (process.group == Group::low) // a stopped one waits for nothing
                return local.state.phase == impl::RecoveryPhase::coordinating;
            return !impl::is_running(local.state) ||
                   (process.group == Group::shadow &&
                    decode<ShadowLocal>(state[layout.slot_of(process)]).process.shadow_sn <
                        local.state.suppress_through);
        },
        [entries](impl::ProcessId process, const RecoveryLocal& local) {
            return text_of(process, local, entries) + ", and nothing that is bound to happen will change that";
        });
}

} // namespace mdcd::model
