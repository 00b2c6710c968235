// Renaming of processes against what it must not change: step and rename commute, on states that random walks reach;
// the search comes to the same verdicts and shortest lengths with it and without it, and to the same count as a search
// by hand. For a short test and a long one.
#pragma once

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include <doctest/doctest.h>

#include "checker/random.hpp"
#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "model/reductions/reductions.hpp"
#include "model/system.hpp"
#include "tests/differential/comparison.hpp"

namespace mdcd::tests {

using checker::GlobalState;

inline impl::Rules any_rules(checker::Random& random) {
    impl::Rules rules;
    for (const impl::RuleDescription& rule : impl::rule_table())
        rule.set(rules, static_cast<std::uint8_t>(random.below(rule.values.size())));
    return rules;
}

// Rules under which the components of this scope are alike.
inline impl::Rules rules_for_components(checker::Random& random, const model::Scope& scope) {
    impl::Rules rules = any_rules(random);
    while (model::why_components_differ(scope, rules) != nullptr)
        rules = any_rules(random);
    return rules;
}

inline GlobalState renamed(const model::System& system, std::uint64_t renaming, const GlobalState& state) {
    GlobalState result(state.size());
    for (std::size_t slot = 0; slot < state.size(); ++slot) {
        const auto index = static_cast<checker::SlotIndex>(slot);
        result[system.renamed_slot(renaming, index)] = system.renamed_bytes(renaming, index, state[slot]);
    }
    return result;
}

// With what fired on the way, which names nobody.
using Successors = std::vector<std::pair<std::uint64_t, GlobalState>>;

inline Successors successors_of(const model::System& system, const GlobalState& state) {
    Successors all;
    for (const checker::Enabled& each : checker::enabled(system, state))
        all.emplace_back(each.outcome.fired, checker::apply(system, state, each.firing, each.outcome));
    return all;
}

inline Successors sorted(Successors successors) {
    std::ranges::sort(successors);
    return successors;
}

struct Walked {
    unsigned states = 0;    // and renamings
    unsigned moved = 0;     // the renaming changes the state
    unsigned different = 0; // a step or a property sees which process is which
};

inline void walk(const model::System& system, checker::Random& random, unsigned length, Walked& walked) {
    GlobalState state = system.initial_states().front();
    for (unsigned step = 0; step < length; ++step) {
        const Successors after = successors_of(system, state);
        for (const std::uint64_t renaming : system.renamings()) {
            const GlobalState other = renamed(system, renaming, state);
            Successors after_renamed = after;
            for (auto& [fired, next] : after_renamed)
                next = renamed(system, renaming, next);
            ++walked.states;
            walked.moved += other != state;
            walked.different += checker::judge(system, other) != checker::judge(system, state) ||
                                sorted(successors_of(system, other)) != sorted(after_renamed);
        }
        if (after.empty())
            return;
        state = after[random.below(after.size())].second;
    }
}

// A cluster of several components, all kinds of scopes in turn.
inline model::Scope clustered_scope(unsigned trial) {
    model::Scope scope;
    scope.name = "clustered";
    scope.components = trial % 5 == 4 ? 3 : 2;
    scope.active_processes = static_cast<std::uint8_t>(1 + trial % 2);
    scope.channels = trial % 7 == 0 ? model::ChannelModel::unordered : model::ChannelModel::fifo;
    scope.faults = trial % 3 == 0 ? model::FaultModel::cluster : model::FaultModel::independent;
    scope.order = trial % 3 == 2 ? model::OrderAssumption::component : model::OrderAssumption::cluster;
    scope.budgets = {.cluster_messages = 2,
                     .active_messages = 1,
                     .messages_to_cluster = 2,
                     .low_acceptance_tests = static_cast<std::uint8_t>(trial % 4 < 2 ? 2 : 0),
                     .active_acceptance_tests = 2,
                     .cluster_outputs = static_cast<std::uint8_t>(trial % 4 < 2 ? 0 : 2),
                     .low_internal_messages = 2,
                     .shadow_internal_messages = 2};
    if (trial % 8 < 4) {
        scope.recovery = model::RecoveryMode::asynchronous;
        scope.budgets.detections = 1;
    } else {
        scope.budgets.coverage_misses = static_cast<std::uint8_t>(trial % 2);
    }
    return scope;
}

inline constexpr model::Reductions all_processes{.actives = true, .components = true, .renumbering = false};

inline checker::Report search_with(const model::System& system, bool renamings, unsigned workers) {
    checker::SearchOptions options = with_workers(workers);
    options.use_renamings = renamings;
    return checker::search(system, options);
}

// Returns the reduced one.
inline checker::Report expect_same_verdicts(const model::System& system, unsigned workers) {
    const checker::Report whole = search_with(system, false, workers);
    const checker::Report reduced = search_with(system, true, workers);
    CHECK(whole.exhaustive);
    CHECK(reduced.exhaustive);
    CHECK(reduced.depth == whole.depth);
    const std::size_t names = system.process_renamings();
    CHECK(reduced.distinct_states * names >= whole.distinct_states);
    CHECK((names == 1 ? reduced.distinct_states == whole.distinct_states
                      : reduced.distinct_states < whole.distinct_states));
    for (std::size_t property = 0; property < whole.verdicts.size(); ++property) {
        CAPTURE(whole.verdicts[property].property);
        CHECK(reduced.verdicts[property].verdict == whole.verdicts[property].verdict);
        REQUIRE(reduced.verdicts[property].path.has_value() == whole.verdicts[property].path.has_value());
        if (whole.verdicts[property].path) {
            CHECK(reduced.verdicts[property].path->firings.size() == whole.verdicts[property].path->firings.size());
            check_path(system, reduced.verdicts[property], property);
        }
    }
    return reduced;
}

// Every state, with no reduction; then how many there are if those that a renaming turns into each other count once.
struct CountByHand {
    std::size_t states = 0;
    std::size_t orbits = 0;
    std::size_t fixed = 0; // pairs of a state and a renaming that does not change it
};

inline CountByHand count_by_hand(const model::System& system) {
    std::set<GlobalState> seen{system.initial_states().front()};
    std::deque<GlobalState> open(seen.begin(), seen.end());
    std::set<GlobalState> smallest;
    CountByHand count;
    for (; !open.empty(); open.pop_front()) {
        const GlobalState& state = open.front();
        GlobalState least = state;
        for (const std::uint64_t renaming : system.renamings()) {
            const GlobalState other = renamed(system, renaming, state);
            count.fixed += other == state;
            least = std::min(least, other);
        }
        smallest.insert(least);
        for (const checker::Enabled& each : checker::enabled(system, state))
            if (const auto [next, is_new] = seen.insert(checker::apply(system, state, each.firing, each.outcome));
                is_new)
                open.push_back(*next);
    }
    count.states = seen.size();
    count.orbits = smallest.size();
    return count;
}

} // namespace mdcd::tests
