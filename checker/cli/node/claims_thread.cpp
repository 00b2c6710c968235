// Steps go over in batches, of which few may wait, so that memory stays what it is.
// Knows no claim.
#include "checker/cli/node/claims_thread.hpp"

#include <utility>

namespace mdcd::checker::cli::node {
namespace {

constexpr std::size_t batch_steps = 256;
constexpr std::size_t waiting_max = 8; // batches

} // namespace

ClaimsThread::ClaimsThread(RunClaims& claims) : claims_(claims), thread_([this] { work(); }) {}

ClaimsThread::~ClaimsThread() {
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
        waiting_.clear();
    }
    changed_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

void ClaimsThread::saw(const MergedStep& step) {
    next_.push_back(claim_step(step));
    if (next_.size() == batch_steps)
        hand_over();
}

void ClaimsThread::hand_over() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.size() < waiting_max || thrown_; });
    if (thrown_)
        std::rethrow_exception(thrown_);
    waiting_.push_back(std::exchange(next_, {}));
    next_.reserve(batch_steps);
    lock.unlock();
    changed_.notify_all();
}

void ClaimsThread::finish() {
    hand_over();
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    thread_.join();
    if (thrown_)
        std::rethrow_exception(thrown_);
}

void ClaimsThread::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return over_ || !waiting_.empty(); });
        if (waiting_.empty())
            return;
        const Batch batch = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        changed_.notify_all();
        try {
            for (const ClaimStep& each : batch)
                claims_.judge(each);
            lock.lock();
        } catch (...) {
            lock.lock();
            thrown_ = std::current_exception();
            changed_.notify_all();
            return;
        }
    }
}

} // namespace mdcd::checker::cli::node
