// What two processes say of each other: nothing is received that its sender has not sent, nothing is lost, nothing is
// there twice, and nothing of what was recovered from is left. Asked of one receiver and all that send to it.
// Knows no command line.
#include "checker/cli/node/run_claims.hpp"

namespace mdcd::checker::cli::node {

// Whose messages of a component this receiver gets: an old version those of old ones and of components that are not
// upgraded, everybody else those of who is in service. None if that one is not in this incarnation.
std::optional<std::size_t> RunClaims::source_of(std::uint8_t component, std::size_t receiver) const {
    const auto is_old = [&](const Process& process) {
        return system_.upgrades ? process.state.tenant == "old"
                                : process.core->self().group == impl::Group::shadow && process.state.incarnation == 0;
    };
    const auto is_new = [&](const Process& process) {
        return system_.upgrades ? process.state.tenant == "new" : process.core->self().group == impl::Group::low;
    };
    const Process& to = *processes_[receiver];
    for (std::size_t each = 0; each < processes_.size(); ++each) {
        const Process& from = *processes_[each];
        if (from.component == component && from.state.incarnation == to.state.incarnation &&
            (is_old(from) ? is_old(to) : is_in_service(from) && !(is_new(from) && is_old(to))))
            return each;
    }
    return std::nullopt;
}

// Both run in one incarnation, and nothing waits at the receiver.
bool RunClaims::is_settled(std::size_t sender, std::size_t receiver) const {
    const Process& from = *processes_[sender];
    const Process& to = *processes_[receiver];
    return from.history && to.history && from.state.phase == "running" && to.state.phase == "running" &&
           from.state.incarnation == to.state.incarnation && to.state.held == 0;
}

bool RunClaims::is_under_way(std::uint8_t component, std::size_t receiver) const {
    for (std::size_t each = 0; each < processes_.size(); ++each)
        if (processes_[each]->component == component && !queue(each, receiver).empty())
            return true;
    return false;
}

// An old version that has taken over may not have come as far as its new version: what was received of that is valid,
// or depends on what is not, which is judged beside this.
std::vector<Exchange> RunClaims::exchanges_with(std::size_t receiver) const {
    const Process& to = *processes_[receiver];
    std::vector<Exchange> all;
    for (std::uint8_t component = 0; component < system_.members.components + system_.members.actives; ++component) {
        const std::optional<std::size_t> sender = source_of(component, receiver);
        if (component == to.component || !sender || !is_settled(*sender, receiver))
            continue;
        const Process& from = *processes_[*sender];
        all.push_back({.sender = component,
                       .sent = from.history->sent[to.component],
                       .received = &to.history->received[component],
                       .is_under_way = is_under_way(component, receiver),
                       .may_lag = component < system_.members.components && from.standing.last_recovered});
    }
    return all;
}

void RunClaims::judge_reception(std::size_t receiver) {
    const Process& process = *processes_[receiver];
    if (!process.history || process.state.phase != "running")
        return;
    ++cuts_;
    const std::vector<Exchange> exchanges = exchanges_with(receiver);
    const unsigned components = system_.members.components;
    for (unsigned upgrade = 0; upgrade <= upgrade_count_max; ++upgrade) { // 0: of none, for the messages alone
        if (upgrade > 0 && !process.standing.recovered[upgrade])
            continue;
        const UpgradeNumbers& depends = upgrade == 0 ? process.proved[0] : process.history->depends[upgrade];
        if (const std::optional<FoundFault> found =
                reception_fault(exchanges, process.history->twice, depends, process.proved[upgrade], components))
            explain_reception(receiver, *found, upgrade);
    }
}

void RunClaims::explain_reception(std::size_t receiver, const FoundFault& found, unsigned upgrade) const {
    const Process& process = *processes_[receiver];
    const std::string name = component_name(found.component);
    const NumberSet& received = process.history->received[found.component];
    const std::optional<std::size_t> sender = source_of(found.component, receiver);
    const std::string sender_name = sender ? merge_.names()[*sender] : name;
    const std::uint64_t sent = sender ? processes_[*sender]->history->sent[process.component] : 0;
    switch (found.fault) {
    case ReceptionFault::orphan:
        fail(receiver, "no_orphan",
             "message " + std::to_string(received.last()) + " of " + name + " is in its history, but not in that of " +
                 sender_name + ", which has sent " + std::to_string(sent),
             false);
    case ReceptionFault::lost:
        fail(receiver, "nothing_lost",
             "message " + std::to_string(received.first_missing(sent)) + " of " + name + " was sent by " + sender_name +
                 ", is not under way, and was never delivered",
             false);
    case ReceptionFault::twice:
        fail(receiver, "nothing_twice", "a message was delivered to its application twice", false);
    case ReceptionFault::unvalidated:
        break;
    }
    fail(receiver, "no_unvalidated_after_recovery",
         "after the recovery it depends on message " +
             std::to_string(process.history->depends[upgrade][found.component]) + " of the new version of " + name +
             ", of which no test has proved more than " + std::to_string(process.proved[upgrade][found.component]),
         true);
}

} // namespace mdcd::checker::cli::node
