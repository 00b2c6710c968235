// The threads that make answers: as many as the machine gives, at least one. The library's own pool waits for ever when
// it gets some of its threads and not all.
// Knows nothing of what is done.
#pragma once

#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

namespace mdcd::checker::cli::explore {

class WorkerThreads {
public:
    // Throws std::system_error if there is no thread at all.
    explicit WorkerThreads(std::size_t wanted) : work_(io_.get_executor()) {
        while (threads_.size() < wanted) {
            try {
                threads_.emplace_back([this] { io_.run(); });
            } catch (const std::system_error&) {
                if (threads_.empty())
                    throw;
                break;
            }
        }
    }
    ~WorkerThreads() {
        io_.stop();
        join();
    }
    WorkerThreads(const WorkerThreads&) = delete;
    WorkerThreads& operator=(const WorkerThreads&) = delete;

    // Where to post work to.
    [[nodiscard]] boost::asio::io_context::executor_type get_executor() { return io_.get_executor(); }

    // Waits until all that was posted is done; nothing may be posted after that.
    void join() {
        work_.reset();
        for (std::thread& each : threads_)
            each.join();
        threads_.clear();
    }

private:
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::vector<std::thread> threads_;
};

} // namespace mdcd::checker::cli::explore
