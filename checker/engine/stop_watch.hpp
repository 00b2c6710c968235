// Whether it is time to stop: somebody asked for it, or the seconds are over. Workers look now and then.
// Knows nothing of what is timed.
#pragma once

#include <atomic>
#include <chrono>

#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

class StopWatch {
public:
    explicit StopWatch(const SearchOptions& options)
        : interrupt_(options.interrupt), seconds_max_(options.limits.seconds_max) {}

    // Since it was made.
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

    // Once true, stays true.
    [[nodiscard]] bool time_to_stop() {
        if (reason_.load(std::memory_order_relaxed) != nullptr)
            return true;
        if (interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed))
            reason_ = "interrupted";
        else if (seconds_max_ > 0 && seconds() >= seconds_max_)
            reason_ = "seconds";
        return reason_.load(std::memory_order_relaxed) != nullptr;
    }

    // As in Report::limit. Null: not yet.
    [[nodiscard]] const char* reason() const { return reason_; }

private:
    const std::atomic<bool>* interrupt_;
    double seconds_max_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::atomic<const char*> reason_ = nullptr;
};

} // namespace mdcd::checker::engine
