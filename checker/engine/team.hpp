// A fixed number of threads that do one job after another, together. Where the system refuses threads, fewer.
// Knows nothing of the work.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace mdcd::checker::engine {

class Team {
public:
    // Starts a thread that runs `work`; throws std::system_error if there is none to be had.
    using Starter = std::function<std::jthread(std::function<void()> work)>;

    // The caller's thread is worker 0; others are started for the rest. At least one worker, at most `workers`.
    explicit Team(unsigned workers);
    Team(unsigned workers, const Starter& starter);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    [[nodiscard]] unsigned size() const { return size_; }

    // Calls job(worker) once for each worker, and returns when all are done. What a job throws is thrown here;
    // the lowest worker's if there are several.
    void run(const std::function<void(unsigned)>& job);

private:
    void serve(unsigned worker);
    void attempt(unsigned worker);

    unsigned size_;
    const std::function<void(unsigned)>* job_ = nullptr; // null: go home
    std::vector<std::exception_ptr> failures_;
    alignas(64) std::atomic<std::uint32_t> round_ = 0;
    alignas(64) std::atomic<std::uint32_t> busy_ = 0;
    std::vector<std::jthread> threads_;
};

} // namespace mdcd::checker::engine
