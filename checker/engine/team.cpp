// Rounds are short: a waiting thread looks again for some tens of microseconds before it sleeps.
// Knows nothing of the work.
#include "checker/engine/team.hpp"

#include <exception>
#include <utility>

namespace mdcd::checker::engine {
namespace {

constexpr int looks_max = 2000;

void rest() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

// Returns once `value` is no longer `old`.
void wait_for_change(const std::atomic<std::uint32_t>& value, std::uint32_t old) {
    for (int looks = 0; looks < looks_max; ++looks) {
        if (value.load(std::memory_order_acquire) != old)
            return;
        rest();
    }
    while (value.load(std::memory_order_acquire) == old)
        value.wait(old, std::memory_order_acquire);
}

} // namespace

Team::Team(unsigned workers)
    : Team(workers, [](std::function<void()> work) { return std::jthread(std::move(work)); }) {}

Team::Team(unsigned workers, const Starter& starter) : size_(1), failures_(workers) {
    threads_.reserve(workers);
    try {
        for (; size_ < workers; ++size_)
            threads_.push_back(starter([this, worker = size_] { serve(worker); }));
    } catch (const std::exception&) { // std::system_error, std::bad_alloc: those that there are do the work
    }
}

Team::~Team() {
    job_ = nullptr;
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
}

void Team::run(const std::function<void(unsigned)>& job) {
    job_ = &job;
    busy_.store(size_ - 1, std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
    attempt(0);
    for (std::uint32_t busy = busy_.load(std::memory_order_acquire); busy != 0;
         busy = busy_.load(std::memory_order_acquire))
        wait_for_change(busy_, busy);
    std::exception_ptr first;
    for (std::exception_ptr& failure : failures_) {
        if (!first)
            first = failure;
        failure = nullptr;
    }
    if (first)
        std::rethrow_exception(first);
}

void Team::serve(unsigned worker) {
    for (std::uint32_t seen = 0;; ++seen) {
        wait_for_change(round_, seen);
        if (job_ == nullptr)
            return;
        attempt(worker);
        busy_.fetch_sub(1, std::memory_order_acq_rel);
        busy_.notify_one();
    }
}

void Team::attempt(unsigned worker) {
    try {
        (*job_)(worker);
    } catch (...) {
        failures_[worker] = std::current_exception();
    }
}

} // namespace mdcd::checker::engine
