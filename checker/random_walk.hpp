// Seeded random walks, for scopes too large to exhaust. They can find what is there, never show that
// nothing is: no property is ever said to hold. Walk number i of a seed is the same on every machine
// and with any number of workers.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "checker/decisions.hpp"
#include "checker/distinct_estimate.hpp"
#include "checker/model.hpp"
#include "checker/path.hpp"
#include "checker/random.hpp"
#include "checker/report.hpp"

namespace mdcd::checker {

struct WalkOptions {
    std::uint64_t seed = 1;
    std::uint64_t walks_max = 1000; // 0: as many as the time allows
    std::uint64_t steps_max = 1000; // of each walk, at least 1
    double seconds_max = 0;         // 0: none. Walks that have begun are finished
    unsigned workers = 1;           // 0: one for each core
    const std::atomic<bool>* interrupt = nullptr;
};

struct WalkReport {
    std::vector<PropertyVerdict> verdicts; // violated, reached, error, or `inconclusive` because "sampled"
    std::uint64_t walks = 0;               // walks 0 .. walks - 1 were made: walks_max = walks gives this report again
    std::uint64_t steps = 0;
    std::uint64_t dead_ends = 0;         // walks that ended because no step was enabled
    std::uint64_t distinct_states = 0;   // an estimate, to about 1 % (see distinct_estimate.hpp)
    std::vector<std::uint64_t> coverage; // firings that passed each coverage point
    std::string limit;                   // "seconds", "interrupted" or ""
    double seconds = 0;
};

// What one or several workers have seen; merging does not depend on the order.
struct WalkTally {
    struct Finding {
        std::uint64_t walk = 0;
        PropertyVerdict verdict;
    };
    std::vector<std::optional<Finding>> findings; // for each property the best one
    std::uint64_t steps = 0;
    std::uint64_t dead_ends = 0;
    DistinctEstimate distinct;
    std::vector<std::uint64_t> coverage;

    WalkTally(std::size_t properties, std::size_t coverage_points) : findings(properties), coverage(coverage_points) {}

    // A real answer is better than an error, and an earlier walk than a later one.
    void keep_better(std::size_t property, const Finding& finding);
    void merge(const WalkTally& other);
    void count_coverage(std::uint64_t fired);
};

// Equal on every machine for equal states.
[[nodiscard]] std::uint64_t hash_of(const GlobalState& state);

template <Model M> class RandomWalk {
public:
    // Throws std::invalid_argument when the options leave nothing to do, or no end to it.
    RandomWalk(const M& model, const WalkOptions& options)
        : model_(model), options_(options), none_decided_(model.properties(), KnowsFinalStates<M>) {
        try {
            expect_well_formed(shape_of(model));
            initial_ = initial_states(model);
            expect_initial_states(model.slots(), initial_);
        } catch (const ModelError& error) { // what every walk will say
            fault_ = error.what();
        }
        if (options.steps_max == 0)
            throw std::invalid_argument("a random walk wants at least one step");
        if (options.walks_max == 0 && options.seconds_max <= 0 && options.interrupt == nullptr)
            throw std::invalid_argument("random walks without end: give a number of walks or of seconds");
    }

    WalkReport run() {
        const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
        std::vector<std::future<WalkTally>> others;
        for (unsigned worker = 1; worker < (options_.workers == 0 ? cores : options_.workers); ++worker)
            try {
                others.push_back(std::async(std::launch::async, [this] { return work(); }));
            } catch (const std::system_error&) { // those that there are do the work
                break;
            }
        WalkTally tally = work();
        for (std::future<WalkTally>& other : others)
            tally.merge(other.get());

        WalkReport report;
        report.verdicts = none_decided_.finish(false, "sampled");
        for (std::size_t property = 0; property < tally.findings.size(); ++property)
            if (tally.findings[property])
                report.verdicts[property] = tally.findings[property]->verdict;
        report.walks = options_.walks_max == 0 ? claimed_.load() : std::min(claimed_.load(), options_.walks_max);
        if (options_.walks_max == 0 || report.walks < options_.walks_max)
            report.limit = interrupted() ? "interrupted" : "seconds";
        report.steps = tally.steps;
        report.dead_ends = tally.dead_ends;
        report.distinct_states = tally.distinct.count();
        report.coverage = std::move(tally.coverage);
        report.seconds = seconds();
        return report;
    }

    // The whole run that walk number `index` makes, to its end. A handler that fails ends it.
    [[nodiscard]] Path path_of(std::uint64_t index) const {
        WalkTally ignored = empty_tally();
        return walk(index, ignored);
    }

private:
    WalkTally work() {
        WalkTally tally = empty_tally();
        while (!interrupted() && !out_of_time()) {
            // A walk that is claimed is made, so that those made are always the first ones.
            const std::uint64_t index = claimed_++;
            if (options_.walks_max > 0 && index >= options_.walks_max)
                break;
            static_cast<void>(walk(index, tally));
        }
        return tally;
    }

    Path walk(std::uint64_t index, WalkTally& tally) const {
        Decisions decisions = none_decided_;
        Path path;
        try {
            stroll(Random(options_.seed, index), path, decisions, tally);
        } catch (const ModelError& error) {
            decisions.fail(error.what(), path);
        }
        const std::vector<PropertyVerdict> verdicts = decisions.finish(false, "");
        for (std::size_t property = 0; property < verdicts.size(); ++property)
            if (verdicts[property].verdict != Verdict::inconclusive)
                tally.keep_better(property, {.walk = index, .verdict = verdicts[property]});
        return path;
    }

    void stroll(Random random, Path& path, Decisions& decisions, WalkTally& tally) const {
        if (fault_)
            throw ModelError(*fault_);
        path.initial = static_cast<std::uint32_t>(random.below(initial_.size()));
        GlobalState state = initial_[path.initial];
        const auto path_so_far = [&] { return path; };
        const auto look = [&] {
            tally.distinct.add(hash_of(state));
            decisions.look(judge(model_, state), path_so_far);
        };
        look();
        bool idle = false; // the last step changed nothing
        while (path.firings.size() < options_.steps_max) {
            if (!is_inside(model_, state))
                return;
            std::vector<Enabled> all = enabled(model_, state);
            if (all.empty()) {
                ++tally.dead_ends;
                if constexpr (KnowsFinalStates<M>)
                    if (!is_final(model_, state))
                        decisions.look_at_deadlock(path_so_far);
                return;
            }
            if (idle)
                std::erase_if(
                    all, [&](const Enabled& each) { return apply(model_, state, each.firing, each.outcome) == state; });
            if (all.empty())
                return; // it could only stand still from here on
            const Enabled& chosen = all[random.below(all.size())];
            GlobalState next = apply(model_, state, chosen.firing, chosen.outcome);
            idle = next == state;
            state = std::move(next);
            path.firings.push_back(chosen.firing);
            ++tally.steps;
            tally.count_coverage(chosen.outcome.fired);
            look();
        }
    }

    WalkTally empty_tally() const {
        return {none_decided_.size(), std::span<const std::string>(model_.coverage_points()).size()};
    }
    bool interrupted() const { return options_.interrupt != nullptr && options_.interrupt->load(); }
    bool out_of_time() const { return options_.seconds_max > 0 && seconds() >= options_.seconds_max; }
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

    const M& model_;
    WalkOptions options_;
    Decisions none_decided_;
    std::vector<GlobalState> initial_;
    std::optional<std::string> fault_; // of the model's shape
    std::atomic<std::uint64_t> claimed_ = 0;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Every enabled firing of a state is as likely as any other, but a walk does not stand still twice in a row: many a
// finished run could go on forever with a step that changes nothing. For each property the path is that of the
// walk with the lowest number that settles it, to the first state where it does.
template <Model M> [[nodiscard]] WalkReport random_walks(const M& model, const WalkOptions& options) {
    return RandomWalk<M>(model, options).run();
}

// Rebuilds the run of walk number `index`: `options` as they were given to random_walks.
template <Model M>
[[nodiscard]] Path random_walk_path(const M& model, const WalkOptions& options, std::uint64_t index) {
    return RandomWalk<M>(model, options).path_of(index);
}

} // namespace mdcd::checker
