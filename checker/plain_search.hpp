// The reference checker: a breadth-first search over whole states, with nothing clever in it. Every
// other search is judged against this one, so it stays short enough to be checked by reading.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/decisions.hpp"
#include "checker/model.hpp"
#include "checker/path.hpp"
#include "checker/report.hpp"

namespace mdcd::checker {

template <Model M> class PlainSearch {
public:
    PlainSearch(const M& model, const Limits& limits)
        : model_(model), limits_(limits), decisions_(model.properties(), KnowsFinalStates<M>) {
        report_.coverage.resize(std::span<const std::string>(model.coverage_points()).size());
    }

    Report run() {
        try {
            search();
            report_.exhaustive = report_.limit.empty();
        } catch (const ModelError& error) {
            decisions_.fail(error.what(), path_to(at_));
        }
        report_.verdicts = decisions_.finish(report_.exhaustive, report_.limit);
        report_.distinct_states = order_.size();
        report_.seconds = seconds();
        return report_;
    }

private:
    struct Link; // how a state was first reached
    using Entry = std::pair<const GlobalState, Link>;
    struct Link {
        const Entry* parent = nullptr;
        Firing firing;
        std::uint32_t initial = 0;
        std::uint64_t depth = 0;
    };
    struct Hash {
        std::size_t operator()(const GlobalState& state) const {
            std::size_t hash = 0;
            for (const std::string& bytes : state)
                hash = hash * 0x9e3779b97f4a7c15U + std::hash<std::string>{}(bytes);
            return hash;
        }
    };

    void search() {
        expect_well_formed(shape_of(model_));
        const std::vector<GlobalState> initial = initial_states(model_);
        expect_initial_states(model_.slots(), initial);
        for (std::size_t index = 0; index < initial.size(); ++index)
            reach(initial[index], {.parent = nullptr, .firing = {}, .initial = static_cast<std::uint32_t>(index)});
        for (std::size_t next = 0; next < order_.size() && report_.limit.empty(); ++next)
            expand(*order_[next]);
    }

    void reach(const GlobalState& state, const Link& link) {
        if (seen_.contains(state) || limit_reached())
            return;
        at_ = &*seen_.emplace(state, link).first;
        order_.push_back(at_);
        report_.depth = link.depth;
        for (const std::string& bytes : state)
            report_.store_bytes += sizeof(std::string) + bytes.size();
        report_.store_bytes += sizeof(Entry) + 3 * sizeof(void*);
        decisions_.look(judge(model_, state), [&] { return path_to(at_); });
    }

    void expand(const Entry& entry) {
        at_ = &entry;
        if (!is_inside(model_, entry.first)) {
            ++report_.outside;
            return;
        }
        const std::vector<Enabled> all = enabled(model_, entry.first);
        for (const Enabled& each : all) {
            if (out_of_time())
                return;
            at_ = &entry;
            const GlobalState successor = apply(model_, entry.first, each.firing, each.outcome);
            ++report_.transitions;
            for (std::size_t point = 0; point < report_.coverage.size(); ++point)
                report_.coverage[point] += each.outcome.fired >> point & 1;
            reach(successor, {.parent = &entry,
                              .firing = each.firing,
                              .initial = entry.second.initial,
                              .depth = entry.second.depth + 1});
        }
        report_.dead_ends += all.empty() ? 1 : 0;
        if constexpr (KnowsFinalStates<M>)
            if (all.empty() && !is_final(model_, entry.first))
                decisions_.look_at_deadlock([&] { return path_to(&entry); });
    }

    [[nodiscard]] Path path_to(const Entry* entry) const {
        Path path;
        path.initial = entry == nullptr ? 0 : entry->second.initial;
        for (; entry != nullptr && entry->second.parent != nullptr; entry = entry->second.parent)
            path.firings.push_back(entry->second.firing);
        std::ranges::reverse(path.firings);
        return path;
    }

    [[nodiscard]] bool limit_reached() {
        if (limits_.states_max > 0 && order_.size() >= limits_.states_max)
            report_.limit = "states";
        else if (limits_.memory_bytes_max > 0 && report_.store_bytes >= limits_.memory_bytes_max)
            report_.limit = "memory";
        return out_of_time();
    }

    [[nodiscard]] bool out_of_time() {
        if (report_.limit.empty() && limits_.seconds_max > 0 && seconds() >= limits_.seconds_max)
            report_.limit = "seconds";
        return !report_.limit.empty();
    }

    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

    const M& model_;
    Limits limits_;
    Decisions decisions_;
    Report report_;
    std::unordered_map<GlobalState, Link, Hash> seen_; // its entries never move
    std::vector<const Entry*> order_;                  // as reached: the queue of the search
    const Entry* at_ = nullptr;                        // the state that a handler or predicate is looking at
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Explores every reachable state, breadth-first and in the model's order: paths are shortest, and the
// same model always gives the same report. `handler_calls` is not counted (0): there is no memo.
// A limit is hit when one more distinct state would exceed it. A ModelError ends the search.
template <Model M> [[nodiscard]] Report plain_search(const M& model, const Limits& limits = {}) {
    return PlainSearch<M>(model, limits).run();
}

} // namespace mdcd::checker
