// Whether it is time to stop: somebody asked for it, or the seconds are over. Workers look now and then; whatever may
// take long looks as well, and has a little time to come to an end.
// Knows nothing of what is timed.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>

#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

// It was time to stop, and what was under way is not finished.
class OutOfTime : public std::exception {
public:
    [[nodiscard]] const char* what() const noexcept override { return "out of time"; }
};

class StopWatch {
public:
    // What goes on after it was time to stop has so long: judging what was found; rebuilding a run.
    static constexpr double judging_seconds = 0.03;
    static constexpr double rebuilding_seconds = 0.08;

    explicit StopWatch(const SearchOptions& options) : StopWatch(options.limits, options.interrupt) {}
    StopWatch(const Limits& limits, const std::atomic<bool>* interrupt)
        : interrupt_(interrupt), seconds_max_(limits.seconds_max) {}

    // Since it was made.
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

    // Stop so much earlier: what has to be done after that takes as long. At most half of the time there is.
    void reserve(double seconds) { reserved_ = std::min(seconds, seconds_max_ / 2); }
    // Whether what takes so long would end in time.
    [[nodiscard]] bool has_time_for(double seconds) const {
        return seconds_max_ <= 0 || this->seconds() + seconds < seconds_max_ - reserved_;
    }

    // Once true, stays true.
    [[nodiscard]] bool time_to_stop() {
        if (reason_.load(std::memory_order_relaxed) != nullptr)
            return true;
        if (interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed))
            stop("interrupted");
        else if (seconds_max_ > 0 && seconds() >= seconds_max_ - reserved_.load(std::memory_order_relaxed))
            stop("seconds");
        return reason_.load(std::memory_order_relaxed) != nullptr;
    }

    // Whether it was time to stop so many seconds ago.
    [[nodiscard]] bool is_overdue(double by) { return time_to_stop() && seconds() - stopped_at_ >= by; }
    // Throws OutOfTime.
    void expect_time(double after) {
        if (is_overdue(after))
            throw OutOfTime();
    }

    // As in Report::limit. Null: not yet.
    [[nodiscard]] const char* reason() const { return reason_; }

private:
    void stop(const char* reason) {
        double never = -1;
        stopped_at_.compare_exchange_strong(never, seconds());
        reason_ = reason;
    }

    const std::atomic<bool>* interrupt_;
    double seconds_max_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::atomic<double> reserved_ = 0;
    std::atomic<double> stopped_at_ = -1;
    std::atomic<const char*> reason_ = nullptr;
};

} // namespace mdcd::checker::engine
