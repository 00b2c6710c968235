// What has become of each process in a recovery that really happened, in sentences.
// Decides no verdict.
#pragma once

#include <span>
#include <vector>

#include "checker/model.hpp"
#include "model/state/layout.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

// The state must be of an asynchronous scope.
[[nodiscard]] std::vector<traces::RecoveredProcess> describe_recovery(const Layout& layout, std::size_t entries,
                                                                      const checker::GlobalState& state);

// What is out of order, rolled back again, or waiting for ever, in that state.
// `steps`: the run, if it is known which messages came.
[[nodiscard]] std::vector<traces::Finding> out_of_order(const Layout& layout, const checker::GlobalState& state,
                                                        std::span<const traces::Step> steps = {});
[[nodiscard]] std::vector<traces::Finding> rolled_back_again(const Layout& layout, const checker::GlobalState& state);
[[nodiscard]] std::vector<traces::Finding> waiting(const Layout& layout, std::size_t entries,
                                                   const checker::GlobalState& state);

} // namespace mdcd::model
