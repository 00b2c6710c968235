// What the merge of the logs has found, in numbers for each process.
// Knows no command line.
#include "checker/cli/node/validation.hpp"

#include <exception>

#include "checker/cli/node/claims_thread.hpp"
#include "checker/cli/node/run_claims.hpp"
#include "traces/verdict_sentence.hpp"

namespace mdcd::checker::cli::node {

namespace {

Validation numbers_of(const RunMerge& merge, const RunClaims& claims) {
    Validation result;
    result.cuts = claims.cuts();
    result.system = merge.system().name;
    for (std::size_t position = 0; position < merge.names().size(); ++position) {
        const ProcessReplay& log = merge.log(position);
        result.processes.push_back({merge.names()[position], log.core().steps(), log.restarts(), log.core().outputs(),
                                    log.recoveries(), log.core().summary().endings});
    }
    result.received = merge.received();
    result.went_past = merge.went_past();
    result.under_way = merge.under_way();
    result.under_way_at_once = merge.under_way_at_once();
    return result;
}

} // namespace

Validation validate_logs(const std::string& folder) {
    RunMerge merge(folder);
    RunClaims claims(merge);
    ClaimsThread thread(claims);
    std::exception_ptr found;
    try {
        merge.run({&thread});
    } catch (...) {
        found = std::current_exception();
    }
    thread.finish(); // a claim that fails on an earlier step comes before what the merge has found
    if (found)
        std::rethrow_exception(found);
    claims.finish();
    return numbers_of(merge, claims);
}

JudgedRun judged_run(const std::string& folder, const DrawingWindow& window) {
    RunMerge merge(folder);
    RunDrawing drawing(merge, window);
    RunClaims claims(merge);
    JudgedRun judged;
    const char* kind = "";
    try {
        merge.run({&drawing, &claims}); // in step: the trace ends where a claim fails
        claims.finish();
    } catch (const ClaimViolation& violation) {
        judged.wrong = violation.what();
        kind = traces::failed_claim;
    } catch (const Deviation& deviation) {
        judged.wrong = deviation.what();
        kind = "deviation";
    }
    judged.validation = numbers_of(merge, claims);
    judged.trace = drawing.trace(kind, judged.wrong);
    judged.event_names = drawing.names();
    judged.has_event = drawing.found();
    return judged;
}

} // namespace mdcd::checker::cli::node
