// What `mdcd prove` prints of the proof for any number of components. Decides nothing.
// Knows nothing of how it was proved.
#pragma once

#include <iosfwd>

#include "checker/cli/exit_code.hpp"
#include "checker/cli/prove_rows.hpp"
#include "model/proof/cluster_proof.hpp"
#include "model/proof/cluster_tie.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli {

struct ProofOfComponents {
    model::proof::cluster::Proof proof;
    model::proof::cluster::TieReport tie;
    RunsToFailures runs = {};
};

[[nodiscard]] ExitCode exit_code_of(const ProofOfComponents& result);

void print_text(std::ostream& out, const ProofOfComponents& result, bool quiet);
[[nodiscard]] traces::Value to_value(const ProofOfComponents& result);

} // namespace mdcd::checker::cli
