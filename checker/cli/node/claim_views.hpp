// A cut of a real run as the views that the predicates of the search read (model/claims/predicates.hpp). Numbers of any
// size become small ones that compare alike; messages that differ in nothing that is asked become one.
// Knows no process, no log and no handler.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/cli/node/ghost_history.hpp"

namespace mdcd::checker::cli::node {

using UpgradeNumbers = std::array<std::uint32_t, impl::component_count_max>; // of one upgrade, by component

// Of a process that calls itself clean: a component whose new version it depends on beyond what tests have proved.
[[nodiscard]] std::optional<std::uint8_t> uncontained(const UpgradeNumbers& depends, const UpgradeNumbers& proved,
                                                      unsigned components);

// What one sender and the receiver have in their histories.
struct Exchange {
    std::uint8_t sender = 0; // the component
    std::uint64_t sent = 0;  // to the receiver, by who serves the receiver now
    const NumberSet* received = nullptr;
    bool is_under_way = false; // something from any version of the sender
    bool may_lag = false;      // the sender may not have come as far as what was received: it catches up
};

enum class ReceptionFault : std::uint8_t { orphan, lost, twice, unvalidated };
struct FoundFault {
    ReceptionFault fault = ReceptionFault::orphan;
    std::uint8_t component = 0; // the sender; of `unvalidated`: of the new version; of `twice`: none
};

// Of one receiver that runs. `depends` and `proved` are of an upgrade that was recovered from.
[[nodiscard]] std::optional<FoundFault> reception_fault(const std::vector<Exchange>& exchanges, bool twice,
                                                        const UpgradeNumbers& depends, const UpgradeNumbers& proved,
                                                        unsigned components);

// All incarnations of a run end alike, for all processes, and by the same numbers. Says what is wrong, or "".
class OneOutcome {
public:
    // How each incarnation of one process ended, in order: "begun recovered".
    [[nodiscard]] std::string saw_endings(const std::string& endings);
    // What somebody has decided: the numbers that are validated.
    [[nodiscard]] std::string saw_decision(impl::Incarnation incarnation, const impl::SequenceVector& numbers);

private:
    std::string endings_; // the longest list that somebody has
    std::map<impl::Incarnation, impl::SequenceVector> decided_;
};

} // namespace mdcd::checker::cli::node
