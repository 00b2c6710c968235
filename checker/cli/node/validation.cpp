// What the merge of the logs has found, in numbers for each process.
// Knows no command line.
#include "checker/cli/node/validation.hpp"

#include "checker/cli/node/run_claims.hpp"

namespace mdcd::checker::cli::node {

Validation validate_logs(const std::string& folder) {
    RunMerge merge(folder);
    RunClaims claims(merge);
    merge.run({&claims});
    claims.finish();
    Validation result;
    result.cuts = claims.cuts();
    result.system = merge.system().name;
    for (std::size_t position = 0; position < merge.names().size(); ++position) {
        const ProcessReplay& log = merge.log(position);
        result.processes.push_back({merge.names()[position], log.core().steps(), log.restarts(), log.core().outputs(),
                                    log.recoveries(), log.core().summary().endings});
    }
    result.received = merge.received();
    result.under_way = merge.under_way();
    result.under_way_at_once = merge.under_way_at_once();
    return result;
}

} // namespace mdcd::checker::cli::node
