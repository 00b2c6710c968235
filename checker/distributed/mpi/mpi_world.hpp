// The ranks that mpirun has started, as a world. The one place that knows MPI.
// Knows no search.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checker/distributed/world.hpp"

namespace mdcd::checker::distributed::mpi {

class MpiWorld final : public World {
public:
    // Whether a launcher has started this process, alone or with others. A process that was not joins nobody, and pays
    // nothing.
    [[nodiscard]] static bool was_launched();

    // None unless this process was started together with others. Once in the life of a process. Once `interrupt` is
    // true, nobody is waited for longer than grace_seconds (long_grace_seconds): mpirun ends all processes when one is
    // lost.
    [[nodiscard]] static std::unique_ptr<MpiWorld> join(const std::atomic<bool>& interrupt);
    // Waits for all other ranks to do the same, unless this one has abandoned them.
    ~MpiWorld() override;

    [[nodiscard]] unsigned rank() const override { return rank_; }
    [[nodiscard]] unsigned size() const override { return size_; }
    [[nodiscard]] std::vector<std::string> exchange(const std::vector<std::string>& messages) override;
    [[nodiscard]] std::vector<std::string> gather(const std::string& bytes) override;
    void abandon(const std::string& reason) override;
    void expect_long_silence(bool expected) override { is_patient_ = expected; }

    // So many ranks, this one included, share this machine.
    [[nodiscard]] unsigned neighbours() const { return neighbours_; }

    // Ends all ranks.
    [[noreturn]] void end_all(int exit_code);

    struct Traffic { // of this rank
        std::uint64_t bytes_sent = 0;
        std::uint64_t meetings = 0;
        double seconds_waiting = 0;
    };
    [[nodiscard]] const Traffic& traffic() const { return traffic_; }

    static constexpr double grace_seconds = 0.2;
    static constexpr double long_grace_seconds = 60; // while a file is written, say

private:
    explicit MpiWorld(const std::atomic<bool>& interrupt);

    class Patience;
    void expect_nobody_gone();
    template <class MessageFor> std::vector<std::string> meet(MessageFor message_for);

    const std::atomic<bool>& interrupt_;
    unsigned rank_ = 0;
    unsigned size_ = 1;
    unsigned neighbours_ = 1;
    bool abandoned_ = false;
    bool is_patient_ = false;
    struct Gone { // a rank that has abandoned the others
        unsigned rank = 0;
        std::uint64_t meetings = 0; // it came to
        std::string reason;
    };
    std::vector<Gone> gone_;
    std::string farewell_; // what may still be under way to the others
    Traffic traffic_;
};

} // namespace mdcd::checker::distributed::mpi
