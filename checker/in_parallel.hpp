// Independent jobs by number, on a few threads. Results go where the job puts them; the order in which jobs run is
// nobody's business. Knows nothing of what a job does.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace mdcd::checker {

// `workers` as in SearchOptions, resolved.
[[nodiscard]] inline unsigned threads_for(unsigned workers) {
    return workers == 0 ? std::max(1U, std::thread::hardware_concurrency()) : workers;
}

// Calls job(0) .. job(count - 1), each once, at most `threads` at a time. If jobs throw, the others are not begun, and
// what the first of them by number threw is passed on.
template <class Job> void in_parallel(std::size_t count, unsigned threads, Job job) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::size_t first_failed = count;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                job(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (i < first_failed) {
                    first_failed = i;
                    failure = std::current_exception();
                }
                next = count;
            }
        }
    };
    {
        std::vector<std::jthread> team;
        for (std::size_t other = 1; other < std::min<std::size_t>(threads, count); ++other)
            try {
                team.emplace_back(work);
            } catch (const std::system_error&) { // those that there are do the work
                break;
            }
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace mdcd::checker
