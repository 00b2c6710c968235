// The claims on a thread of their own, some steps behind the merge: what a second core is good for. What is said is the
// same as without: a claim that fails comes before whatever the merge finds later.
// Knows no claim.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "checker/cli/node/run_claims.hpp"

namespace mdcd::checker::cli::node {

class ClaimsThread : public RunObserver {
public:
    explicit ClaimsThread(RunClaims& claims); // must outlive it
    ~ClaimsThread() override;

    void saw(const MergedStep& step) override; // throws what a claim has thrown on an earlier step

    // Waits until all steps that were seen are judged. Throws what a claim has thrown.
    void finish();

private:
    using Batch = std::vector<ClaimStep>;

    void hand_over();
    void work();

    RunClaims& claims_;
    Batch next_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Batch> waiting_;
    std::exception_ptr thrown_;
    bool over_ = false;
    std::thread thread_;
};

} // namespace mdcd::checker::cli::node
