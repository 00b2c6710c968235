// The global claims on consistent cuts that a run passed through, by the predicates that the search evaluates
// (model/claims). Each process runs once more with the ghost in its application; what that says of a state is judged on
// the least cut that has it (the state's causal past), what two processes say of each other on the cut that the merge
// has come to. Memory: one state of each process, what is under way, and a few numbers.
// Knows no command line.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/cli/node/claim_views.hpp"
#include "checker/cli/node/ghost_program.hpp"
#include "checker/cli/node/run_merge.hpp"

namespace mdcd::checker::cli::node {

// A claim does not hold on a cut: says which, where, and the cut.
class ClaimViolation : public Deviation {
public:
    using Deviation::Deviation;
};

// In which upgrades a process has been, as far as it knows.
struct UpgradeStanding {
    unsigned current = 0; // that has begun and has not ended; 0: none
    std::array<bool, upgrade_count_max + 1> recovered{};
    bool last_recovered = false; // of those that have ended
};
[[nodiscard]] UpgradeStanding standing_of(const impl::runtime::StateSummary& state, bool upgrades);

// Of a step that has run and is what the handlers do: what the claims need. It can outlive the merge's moment.
struct ClaimStep {
    struct SentAs {
        impl::ProcessId to;
        std::uint64_t number = 0;
        impl::ChangeKind kind = impl::ChangeKind::ordinary;
    };
    std::size_t position = 0; // of the process
    std::uint64_t line = 0;   // of its log
    impl::runtime::Input input;
    std::vector<SentAs> sent;
    std::size_t outputs = 0;
};
[[nodiscard]] ClaimStep claim_step(const MergedStep& step);

class RunClaims : public RunObserver {
public:
    explicit RunClaims(const RunMerge& merge); // must outlive it; only what of it never changes is asked for

    void saw(const MergedStep& step) override { judge(claim_step(step)); }
    void judge(const ClaimStep& step); // throws ClaimViolation
    void finish();                     // at the end of all logs; throws ClaimViolation

    [[nodiscard]] std::uint64_t cuts() const { return cuts_; } // on which something was judged

private:
    struct Process {
        GhostProgram program;
        impl::runtime::Contents contents{impl::runtime::Contents::Handles::count}; // nothing of it is told
        std::size_t contents_max = 0;
        std::unique_ptr<impl::runtime::ProcessCore> core;
        impl::runtime::StateSummary state;
        UpgradeStanding standing;
        std::optional<GhostHistory> history; // none: nobody is there
        NewNumbers proved{};                 // by tests in its causal past
        std::uint8_t component = 0;
        std::uint64_t line = 0; // of its log, that has run

        Process(const impl::runtime::Program& inner, const impl::runtime::SystemDescription& system)
            : program(inner, system) {}
    };
    struct Message {
        std::uint64_t number = 0;
        impl::runtime::Contents::Bytes packet;
        NewNumbers proved;
    };
    using Queue = std::deque<Message>;

    [[nodiscard]] impl::runtime::StepRecord repeat(const ClaimStep& step);
    void learn(const ClaimStep& step, const impl::runtime::StepRecord& record);
    void judge_alone(std::size_t position);
    void judge_containment(std::size_t position);
    void judge_outputs(std::size_t position, const impl::runtime::StepRecord& record);
    void judge_outcome(std::size_t position, const impl::runtime::StepRecord& record);
    void judge_reception(std::size_t receiver);
    [[noreturn]] void explain_reception(std::size_t receiver, const FoundFault& found, unsigned upgrade) const;

    [[nodiscard]] bool is_in_service(const Process& process) const;
    [[nodiscard]] std::optional<std::size_t> source_of(std::uint8_t component, std::size_t receiver) const;
    [[nodiscard]] bool is_settled(std::size_t sender, std::size_t receiver) const;
    [[nodiscard]] bool is_under_way(std::uint8_t component, std::size_t receiver) const;
    [[nodiscard]] std::vector<Exchange> exchanges_with(std::size_t receiver) const;
    [[nodiscard]] Queue& queue(std::size_t from, std::size_t to) { return queues_[from * processes_.size() + to]; }
    [[nodiscard]] const Queue& queue(std::size_t from, std::size_t to) const {
        return queues_[from * processes_.size() + to];
    }
    [[nodiscard]] std::string component_name(std::uint8_t component) const;
    [[noreturn]] void fail(std::size_t position, const std::string& claim, const std::string& what,
                           bool least_cut) const;

    const RunMerge& merge_;
    const impl::runtime::SystemDescription& system_;
    std::vector<std::unique_ptr<Process>> processes_;           // by position
    std::vector<Queue> queues_;                                 // of each pair
    std::array<NumberSet, impl::system_component_max> outputs_; // of each component, whichever version gave it
    OneOutcome outcome_;
    std::uint64_t cuts_ = 0;
};

} // namespace mdcd::checker::cli::node
