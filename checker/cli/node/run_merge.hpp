// The logs of all processes of a run in one order that fits their causes: each message is received after it was sent.
// Each step is run again on the handlers as it comes; messages, outputs and logs are compared on the way. What is under
// way at one time is in memory, and nothing else. Knows no claim, no picture and no command line.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/cli/node/output_file.hpp"
#include "checker/cli/node/process_replay.hpp"

namespace mdcd::checker::cli::node {

// One step of a run, in the order of the merge. All of it is valid while somebody is told, and no longer.
struct MergedStep {
    std::size_t position; // of the process
    const ProcessReplay& log;
    const LogLine& line;
    const impl::runtime::StepRecord& record;
};

// Is told of each step after it has run and was found to be what the handlers do.
class RunObserver {
public:
    RunObserver() = default;
    virtual ~RunObserver() = default;
    RunObserver(const RunObserver&) = delete;
    RunObserver& operator=(const RunObserver&) = delete;
    virtual void saw(const MergedStep& step) = 0; // may throw what ends the merge
};

class RunMerge {
public:
    // `folder` holds a folder for each process, as `mdcd run` makes them. Throws traces::FileError.
    explicit RunMerge(const std::string& folder);

    // To the end of all logs. Throws Deviation, and traces::FileError if the logs are cut, have gaps, or do not belong
    // together. Observers are told in this order.
    void run(const std::vector<RunObserver*>& observers);

    [[nodiscard]] const DescribedSystem& system() const { return logs_.front()->system(); }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    // "DIR/A2/log.ndjson, line 18".
    [[nodiscard]] std::string log_place(std::size_t position, std::uint64_t line) const;
    [[nodiscard]] const ProcessReplay& log(std::size_t position) const { return *logs_[position]; }
    [[nodiscard]] std::uint64_t received() const { return received_; } // messages, each compared with the one sent
    // .. of them those that were taken before an older one of the same link (docs/adr/0062).
    [[nodiscard]] std::uint64_t went_past() const { return went_past_; }
    [[nodiscard]] std::uint64_t under_way() const { return under_way_; } // sent and not received, as far as it has come
    [[nodiscard]] std::uint64_t under_way_at_once() const { return most_; } // in any moment of this pass

private:
    struct Message {
        std::uint64_t number = 0;
        impl::runtime::StoredChange change;
        impl::runtime::Digest packet;
        std::uint64_t turn = 0; // of the step that sent it
    };
    using Queue = std::deque<Message>;

    [[nodiscard]] std::optional<std::size_t> choose() const;
    [[nodiscard]] std::uint64_t turn_of(std::size_t position, const LogLine& line) const;
    void step(std::size_t position, const std::vector<RunObserver*>& observers);
    void take(std::size_t position, const LogLine& line);
    void check_left_behind(std::size_t position, const LogLine& line, const Queue& waiting) const;
    [[noreturn]] void explain_stop() const;
    [[nodiscard]] std::size_t from(const LogLine& line) const;
    [[nodiscard]] Queue& queue(std::size_t from, std::size_t to) { return queues_[from * logs_.size() + to]; }
    [[nodiscard]] const Queue& queue(std::size_t from, std::size_t to) const {
        return queues_[from * logs_.size() + to];
    }

    std::vector<std::string> names_;
    std::vector<std::unique_ptr<ProcessReplay>> logs_;
    std::vector<OutputFile> outputs_; // of each
    std::vector<Queue> queues_;       // of each pair
    std::vector<std::size_t> full_;   // of each, how many of its queues can take no more
    std::uint64_t turn_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t went_past_ = 0;
    std::uint64_t under_way_ = 0;
    std::uint64_t most_ = 0;
};

} // namespace mdcd::checker::cli::node
