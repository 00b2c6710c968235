// The predicates judge; only then it is looked up what they have found.
// Knows no process, no log and no handler.
#include "checker/cli/node/claim_views.hpp"

#include "model/claims/properties.hpp"

namespace mdcd::checker::cli::node {
namespace {

// The messages of one sender in a view: as many kinds as can differ, each of which stands for all that are alike.
constexpr unsigned kinds = 3;
constexpr unsigned in_both = 0;       // sent and received
constexpr unsigned only_received = 1; // not in the history of the sender
constexpr unsigned only_sent = 2;     // not in that of the receiver
static_assert(kinds * impl::system_component_max <= 64);

model::MessageSet bit(std::uint8_t component, unsigned kind) {
    return model::MessageSet{1} << (kinds * component + kind);
}

// The order of two numbers is all that is looked at.
model::View view_of(const UpgradeNumbers& depends, const UpgradeNumbers& proved, unsigned components) {
    model::View view;
    view.components = components;
    view.process_count = 1;
    for (std::size_t component = 0; component < components; ++component) {
        view.validated[component] = 1;
        view.processes[0].depends[component] = depends[component] > proved[component] ? 2 : 1;
    }
    view.processes[0].recovered_depends = view.processes[0].depends;
    return view;
}

std::optional<std::uint8_t> beyond(const UpgradeNumbers& depends, const UpgradeNumbers& proved, unsigned components) {
    for (std::uint8_t component = 0; component < components; ++component)
        if (depends[component] > proved[component])
            return component;
    return std::nullopt;
}

void add(const Exchange& exchange, model::View& view) {
    if (exchange.sent > 0 && exchange.received->contains(1)) {
        view.active_sent |= bit(exchange.sender, in_both);
        view.received_active |= bit(exchange.sender, in_both);
    }
    if (exchange.received->last() > exchange.sent && !exchange.may_lag)
        view.received_active |= bit(exchange.sender, only_received);
    if (exchange.received->first_missing(exchange.sent) == 0)
        return;
    view.active_sent |= bit(exchange.sender, only_sent);
    if (exchange.is_under_way)
        view.surviving |= bit(exchange.sender, only_sent);
}

} // namespace

std::optional<std::uint8_t> uncontained(const UpgradeNumbers& depends, const UpgradeNumbers& proved,
                                        unsigned components) {
    model::View view = view_of(depends, proved, components);
    view.processes[0].clean = true;
    model::Native logic;
    if (!model::violates_containment(logic, view, model::hardest_hypothesis(view)))
        return std::nullopt;
    return beyond(depends, proved, components);
}

std::optional<FoundFault> reception_fault(const std::vector<Exchange>& exchanges, bool twice,
                                          const UpgradeNumbers& depends, const UpgradeNumbers& proved,
                                          unsigned components) {
    model::View view = view_of(depends, proved, components);
    for (const Exchange& each : exchanges)
        add(each, view);
    view.duplicated = twice ? 1 : 0;
    model::Native logic;
    if (!model::violates_recoverability(logic, view, model::hardest_hypothesis(view)))
        return std::nullopt;
    for (const Exchange& each : exchanges) {
        if ((view.received_active & bit(each.sender, only_received)) != 0)
            return FoundFault{ReceptionFault::orphan, each.sender};
        if ((view.active_sent & ~view.surviving & bit(each.sender, only_sent)) != 0)
            return FoundFault{ReceptionFault::lost, each.sender};
    }
    if (twice)
        return FoundFault{ReceptionFault::twice, 0};
    return FoundFault{ReceptionFault::unvalidated, beyond(depends, proved, components).value_or(0)};
}

std::string OneOutcome::saw_endings(const std::string& endings) {
    const std::string& shorter = endings.size() < endings_.size() ? endings : endings_;
    const std::string& longer = endings.size() < endings_.size() ? endings_ : endings;
    if (!longer.starts_with(shorter))
        return "its incarnations ended '" + endings + "', those of another process '" + endings_ + "'";
    if (endings.size() > endings_.size())
        endings_ = endings;
    return "";
}

std::string OneOutcome::saw_decision(impl::Incarnation incarnation, const impl::SequenceVector& numbers) {
    const auto [known, first] = decided_.try_emplace(incarnation, numbers);
    if (first || known->second == numbers)
        return "";
    return "it decides incarnation " + std::to_string(incarnation) +
           " by other validated numbers than were decided before";
}

} // namespace mdcd::checker::cli::node
