// Breadth-first, level by level, each level in rounds: expand a stretch of states, insert what they lead
// to, note what is settled. This is the coordinator; its workers meet it at the end of each part of a round.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checker/decisions.hpp"
#include "checker/engine/bound_model.hpp"
#include "checker/engine/checkpoint.hpp"
#include "checker/engine/explore.hpp"
#include "checker/engine/growth_watch.hpp"
#include "checker/engine/held_memory.hpp"
#include "checker/engine/purity.hpp"
#include "checker/engine/sampling.hpp"
#include "checker/engine/state_space.hpp"
#include "checker/engine/stop_watch.hpp"
#include "checker/engine/tally.hpp"
#include "checker/engine/team.hpp"
#include "checker/engine/trail.hpp"
#include "checker/file_lock.hpp"
#include "checker/report.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::engine {

class Explorer {
public:
    Explorer(BoundModel& model, const SearchOptions& options, const FirstLook& first, StopWatch& watch);

    Report run();

private:
    using LastStep = std::pair<StepIndex, std::uint64_t>; // the last step and the coverage points it passed

    struct Saving { // of checkpoints
        FileLock lock;
        std::string identity; // of this search's
        std::string failure;
        double last = 0; // on watch_
        double bytes_per_second = 100e6;
    };
    struct Spent { // by what this search resumes
        double seconds = 0;
        std::uint64_t handler_calls = 0;
    };
    struct Told { // to the observer
        std::size_t decisions = 0;
        std::uint64_t distinct = 0; // states, with the last progress
        std::chrono::steady_clock::time_point progress = std::chrono::steady_clock::now();
    };

    void start();
    void search();
    void next_round();
    void expand(std::uint64_t begin, std::uint64_t end);
    bool insert(std::uint64_t first_parent);
    void judge_rest();
    void judge(std::uint64_t end, Work work, const OpenQuestions& open, const std::function<bool()>& after);
    void look_at_samples();
    void ask_again();
    void look_at_reads();
    void fail_at(std::uint64_t number, const std::string& reason);
    void settle();
    void settle(const Finding& finding);
    void want_more(std::uint64_t number, PropertyBits violated);
    void look_again(const Finding& finding, std::array<unsigned, property_count_max>& seen);
    void settle_again(const Finding& finding);
    void fail_everywhere(const std::string& reason, const Path& path);
    void fail_at_value(const MeasureFailure& failure);
    // `growth`: how much more than at its beginning was held during the last round.
    void check_limits(std::uint64_t growth = 0);
    void limit(const std::string& reason);
    void forget_if_large();
    void forget();
    void note_memory() { memory_.note(bytes_in_use()); }
    [[nodiscard]] AccountedBytes accounted() const;
    void resume();
    void take_up(const Standing& standing);
    void look_again_at_saved(const Standing& standing);
    void expect_same_beginning();
    void fire_again();
    [[nodiscard]] std::uint64_t complete_levels_end() const;
    [[nodiscard]] double saving_seconds() const;
    void save();
    void save_if_due();
    void show_progress();
    void tell_decided();
    void run_together(std::uint64_t work, const std::function<void(unsigned)>& job);
    [[nodiscard]] std::uint64_t bytes_in_use() const;
    [[nodiscard]] std::uint64_t round_length() const;
    [[nodiscard]] std::uint64_t memory_max() const { return options_.limits.memory_bytes_max; }
    [[nodiscard]] Trail trail() {
        return {model_, *states_, position_.initial_count,
                [this] { watch_.expect_time(StopWatch::rebuilding_seconds); }};
    }
    [[nodiscard]] Report report();

    BoundModel& model_;
    const SearchOptions& options_;
    const FirstLook& first_;
    StopWatch& watch_;
    Team team_;
    unsigned workers_; // as many as there are threads for
    HeldMemory memory_;
    std::unique_ptr<StateSpace> states_;
    Together together_ = [this](std::uint64_t work, const std::function<void(unsigned)>& job) {
        run_together(work, job);
    };
    Decisions decisions_;
    OpenQuestions open_;

    SearchPosition position_;
    std::uint64_t judged_ = 0;  // states before this one are judged
    bool judging_only_ = false; // nothing will be expanded any more
    ExpansionCounts counts_;
    std::vector<Finding> findings_;                                 // those that settled something
    std::array<std::set<LastStep>, property_count_max> last_steps_; // of the paths found, by property
    std::string limit_;
    bool failed_ = false;
    std::string failure_;
    std::atomic<bool> judging_cut_ = false; // some states are not judged, for want of time
    OrbitCheck orbits_{model_, [this](const GlobalState& state) { return states_->canonical(state); }};
    std::vector<JudgedState> samples_;
    bool started_ = false; // all initial states are in the store
    bool cut_ = false;     // the store has lost states to the limit

    Saving saving_;
    Spent before_;
    Told told_;
    GrowthWatch growth_{model_, *states_};
};

} // namespace mdcd::checker::engine
