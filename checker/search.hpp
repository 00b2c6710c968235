// The search that everything else stands on: explores every reachable state of a model, breadth-first,
// and settles its properties. Knows models only through the concept in model.hpp.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/decisions.hpp"
#include "checker/model.hpp"
#include "checker/path.hpp"
#include "checker/report.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker {

// Called once for each distinct state, with one summary for each slot and what the predicates said.
// Several workers call it at the same time; each has its own number, from 0.
template <class O, class M>
concept Observer = Model<M> && requires(O& observer, unsigned worker,
                                        std::span<const typename M::Summary* const> summaries, PropertyBits bits) {
    observer.observe(worker, summaries, bits);
};

struct NoObserver {
    template <class Summaries> void observe(unsigned, Summaries, PropertyBits) {}
};

template <Model M, class O> class Search {
public:
    Search(const M& model, const SearchOptions& options, O& observer)
        : model_(model), options_(options), observer_(observer), decisions_(model.properties(), KnowsFinalStates<M>) {
        report_.coverage.resize(std::span<const std::string>(model.coverage_points()).size());
    }

    Report run() {
        try {
            explore();
            report_.exhaustive = report_.limit.empty() && next_ == order_.size();
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

    void explore() {
        const std::vector<GlobalState> initial = model_.initial_states();
        if (initial.empty())
            throw ModelError("the model has no initial state");
        for (std::size_t index = 0; index < initial.size(); ++index)
            reach(initial[index], {.parent = nullptr, .firing = {}, .initial = static_cast<std::uint32_t>(index)});
        for (; next_ < order_.size() && !limit_reached(); ++next_) {
            if (options_.stop_when_decided && decisions_.all_settled())
                return;
            expand(*order_[next_]);
        }
    }

    void reach(const GlobalState& state, const Link& link) {
        if (!report_.limit.empty() || seen_.contains(state))
            return;
        if (options_.limits.states_max > 0 && order_.size() >= options_.limits.states_max) {
            report_.limit = "states";
            return;
        }
        at_ = &*seen_.emplace(state, link).first;
        order_.push_back(at_);
        report_.depth = link.depth;
        for (const std::string& bytes : state)
            report_.store_bytes += sizeof(std::string) + bytes.size();
        report_.store_bytes += sizeof(Entry) + 3 * sizeof(void*);
        ask(model_, state, [&](auto summaries) {
            const PropertyBits bits = model_.judge(summaries);
            observer_.observe(0, summaries, bits);
            decisions_.look(bits, [&] { return path_to(at_); });
        });
    }

    void expand(const Entry& entry) {
        at_ = &entry;
        const std::vector<Enabled> all = enabled(model_, entry.first);
        for (const Enabled& each : all) {
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
        const Limits& limits = options_.limits;
        if (options_.interrupt != nullptr && options_.interrupt->load())
            report_.limit = "interrupted";
        else if (limits.memory_bytes_max > 0 && report_.store_bytes >= limits.memory_bytes_max)
            report_.limit = "memory";
        else if (limits.seconds_max > 0 && seconds() >= limits.seconds_max)
            report_.limit = "seconds";
        return !report_.limit.empty();
    }

    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

    const M& model_;
    const SearchOptions& options_;
    O& observer_;
    Decisions decisions_;
    Report report_;
    std::unordered_map<GlobalState, Link, Hash> seen_; // its entries never move
    std::vector<const Entry*> order_;                  // as reached: the queue of the search
    std::size_t next_ = 0;
    const Entry* at_ = nullptr; // the state that a handler or predicate is looking at
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Explores `model` and settles each of its properties; a model that knows its final states gets one more,
// `deadlock_freedom`, as the last. Counts, verdicts, coverage and paths do not depend on the number of
// workers; paths are shortest. A limit that is hit makes what is still open `inconclusive`; a ModelError
// makes it `error`.
template <Model M, class O = NoObserver>
    requires Observer<std::remove_reference_t<O>, M>
[[nodiscard]] Report search(const M& model, const SearchOptions& options = {}, O&& observer = {}) {
    return Search<M, std::remove_reference_t<O>>(model, options, observer).run();
}

} // namespace mdcd::checker
