// A world whose ranks are threads of this process: a distributed search without a way of transport. What goes from one
// to another is counted. Knows no search.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "checker/distributed/world.hpp"

namespace mdcd::tests {

class ThreadWorlds {
public:
    explicit ThreadWorlds(unsigned size) : size_(size), boxes_(size, std::vector<std::string>(size)) {}

    // Calls job(world) for each rank, each on a thread of its own. Throws what the lowest rank has thrown that was not
    // told by another that it is lost.
    void run(const std::function<void(checker::distributed::World&)>& job) {
        std::vector<std::exception_ptr> failures(size_);
        std::vector<std::jthread> threads;
        for (unsigned rank = 0; rank < size_; ++rank)
            threads.emplace_back([&, rank] {
                Rank world(*this, rank);
                try {
                    job(world);
                } catch (...) {
                    failures[rank] = std::current_exception();
                    world.abandon("it has ended");
                }
            });
        threads.clear();
        for (const bool any : {false, true})
            for (const std::exception_ptr& failure : failures)
                if (failure != nullptr && (any || !is_loss(failure)))
                    std::rethrow_exception(failure);
    }

    [[nodiscard]] std::uint64_t bytes_sent() const { return bytes_; }
    [[nodiscard]] std::uint64_t meetings() const { return meetings_; }

private:
    class Rank final : public checker::distributed::World {
    public:
        Rank(ThreadWorlds& all, unsigned rank) : all_(all), rank_(rank) {}
        [[nodiscard]] unsigned rank() const override { return rank_; }
        [[nodiscard]] unsigned size() const override { return all_.size_; }
        [[nodiscard]] std::vector<std::string> exchange(const std::vector<std::string>& messages) override {
            return all_.exchange(rank_, messages);
        }
        [[nodiscard]] std::vector<std::string> gather(const std::string& bytes) override {
            std::vector<std::string> all = all_.exchange(rank_, std::vector<std::string>(all_.size_, bytes));
            all[rank_] = bytes;
            return all;
        }
        void abandon(const std::string&) override {
            const std::lock_guard lock(all_.lock_);
            all_.is_lost_ = true;
            all_.changed_.notify_all();
        }

    private:
        ThreadWorlds& all_;
        unsigned rank_;
    };

    static bool is_loss(const std::exception_ptr& failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const checker::distributed::LostRank& lost) {
            return lost.what() == std::string("another rank is gone");
        } catch (...) {
            return false;
        }
    }

    std::vector<std::string> exchange(unsigned rank, const std::vector<std::string>& messages) {
        for (unsigned to = 0; to < size_; ++to)
            if (to != rank)
                boxes_[to][rank] = messages[to];
        meet(rank, messages);
        std::vector<std::string> received = boxes_[rank];
        received[rank].clear();
        meet(rank, {});
        return received;
    }

    void meet(unsigned rank, const std::vector<std::string>& sent) {
        std::unique_lock lock(lock_);
        for (unsigned to = 0; to < sent.size(); ++to)
            bytes_ += to == rank ? 0 : sent[to].size();
        meetings_ += sent.empty() || rank != 0 ? 0 : 1;
        const std::uint64_t now = round_;
        if (++arrived_ == size_) {
            arrived_ = 0;
            ++round_;
            changed_.notify_all();
        }
        changed_.wait(lock, [&] { return round_ != now || is_lost_; });
        if (round_ == now)
            throw checker::distributed::LostRank("another rank is gone");
    }

    unsigned size_;
    std::vector<std::vector<std::string>> boxes_; // by receiver, then by sender
    std::mutex lock_;
    std::condition_variable changed_;
    unsigned arrived_ = 0;
    std::uint64_t round_ = 0;
    bool is_lost_ = false;
    std::uint64_t bytes_ = 0;
    std::uint64_t meetings_ = 0;
};

} // namespace mdcd::tests
