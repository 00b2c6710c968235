// Renaming of numbers against what it must not change: step and rename commute, on states that random walks reach under
// random rules; the search comes to the same verdicts and shortest lengths with it and without it, and to the same
// count as a search by hand. For a short test and a long one.
#pragma once

#include <algorithm>
#include <deque>
#include <initializer_list>
#include <set>

#include <doctest/doctest.h>

#include "checker/random.hpp"
#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "model/system.hpp"
#include "tests/differential/comparison.hpp"
#include "tests/support/renumbered_state.hpp"

namespace mdcd::tests {

using checker::GlobalState;

inline impl::Rules random_rules(checker::Random& random) {
    impl::Rules rules;
    for (const impl::RuleDescription& rule : impl::rule_table())
        rule.set(rules, static_cast<std::uint8_t>(random.below(rule.values.size())));
    return rules;
}

// Rules near those that hold, where much gets settled; every other time any rules at all.
inline impl::Rules some_rules(checker::Random& random, unsigned trial) {
    impl::Rules rules = random_rules(random);
    if (trial % 2 == 0)
        return rules;
    const auto presets = {"repaired", "published", "repaired_fewest_checkpoints"};
    impl::Rules near = model::preset(presets.begin()[trial / 2 % 3]).rules;
    for (unsigned change = 0; change < 2; ++change) {
        const auto table = impl::rule_table();
        const impl::RuleDescription& rule = table[random.below(table.size())];
        rule.set(near, rule.get(rules));
    }
    return near;
}

inline model::Scope busy_scope(std::uint8_t actives, model::ChannelModel channels, std::uint8_t unsettled) {
    model::Scope scope;
    scope.name = "busy";
    scope.active_processes = actives;
    scope.budgets.cluster_messages = 9;
    scope.budgets.active_messages = 4;
    scope.budgets.messages_to_cluster = 3;
    scope.budgets.low_acceptance_tests = 8;
    scope.budgets.active_acceptance_tests = 8;
    scope.channels = channels;
    scope.channel_capacity = 2;
    scope.unsettled = unsettled;
    return scope;
}

inline std::set<GlobalState> renumbered_successors(const model::System& system, const GlobalState& state,
                                                   const Spoil& spoil) {
    std::set<GlobalState> all;
    for (const checker::Enabled& each : checker::enabled(system, state))
        all.insert(renumbered(system, checker::apply(system, state, each.firing, each.outcome), spoil));
    return all;
}

inline std::vector<GlobalState> successors(const model::System& system, const GlobalState& state) {
    std::vector<GlobalState> all;
    for (const checker::Enabled& each : checker::enabled(system, state))
        all.push_back(checker::apply(system, state, each.firing, each.outcome));
    return all;
}

inline bool alike(const model::System& system, const GlobalState& one, const GlobalState& other, const Spoil& spoil,
                  unsigned depth);

// Every state of `some` has one in `others` that is like it.
inline bool covered(const model::System& system, const std::vector<GlobalState>& some,
                    const std::vector<GlobalState>& others, const Spoil& spoil, unsigned depth) {
    return std::ranges::all_of(some, [&](const GlobalState& one) {
        return std::ranges::any_of(others,
                                   [&](const GlobalState& other) { return alike(system, one, other, spoil, depth); });
    });
}

// Nothing in so many steps tells the two apart. A number that has no group of its own may join the one below or the one
// above, so that states may be alike and still be renamed to different ones.
inline bool alike(const model::System& system, const GlobalState& one, const GlobalState& other, const Spoil& spoil,
                  unsigned depth) {
    if (renumbered(system, one, spoil) == renumbered(system, other, spoil))
        return true;
    if (checker::judge(system, one) != checker::judge(system, other))
        return false;
    if (depth == 0)
        return true;
    const std::vector<GlobalState> after_one = successors(system, one);
    const std::vector<GlobalState> after_other = successors(system, other);
    return covered(system, after_one, after_other, spoil, depth - 1) &&
           covered(system, after_other, after_one, spoil, depth - 1);
}

struct Tally {
    unsigned states = 0;
    unsigned settled = 0;   // more than one message of the cluster is
    unsigned groups = 0;    // .. and numbers of settled messages are told apart
    unsigned active = 0;    // a message of an active process is settled
    unsigned moved = 0;     // step and rename lead to different states that may still be alike
    unsigned different = 0; // renaming and stepping do not commute, or a property sees it
};

// Walks that prefer to deliver, so that messages get settled.
inline void walk(const model::System& system, checker::Random& random, unsigned length, const Spoil& spoil,
                 Tally& tally) {
    GlobalState state = system.initial_states().front();
    for (unsigned step = 0; step < length; ++step) {
        const GlobalState renamed = renumbered(system, state, spoil);
        const model::Renumbering renumbering = renumbering_of(system, state, spoil);
        ++tally.states;
        tally.settled += renumbering.settled().cluster > 1;
        tally.groups += renumbering.groups() > 1;
        tally.active += renumbering.settled().active[0] > 0;
        bool same = renumbered(system, renamed, spoil) == renamed &&
                    checker::judge(system, renamed) == checker::judge(system, state);
        if (same && renumbered_successors(system, renamed, spoil) != renumbered_successors(system, state, spoil)) {
            ++tally.moved;
            const auto after_renamed = successors(system, renamed), after = successors(system, state);
            same = covered(system, after_renamed, after, spoil, spoil ? 1 : 3) &&
                   covered(system, after, after_renamed, spoil, spoil ? 1 : 3);
        }
        tally.different += !same;
        std::vector<checker::Enabled> all = checker::enabled(system, state);
        if (all.empty() || (!same && spoil))
            return;
        std::vector<checker::Enabled> calm;
        for (const checker::Enabled& each : all) {
            const model::StepKind kind = system.layout().step_places()[each.firing.step].kind;
            if (kind == model::StepKind::deliver || kind == model::StepKind::shadow_generate)
                calm.push_back(each);
        }
        const auto& choice = !calm.empty() && random.below(3) > 0 ? calm : all;
        const checker::Enabled& next = choice[random.below(choice.size())];
        state = checker::apply(system, state, next.firing, next.outcome);
    }
}

inline Tally walks(unsigned trials, const Spoil& spoil) {
    checker::Random random(2026, 11);
    Tally tally;
    for (unsigned trial = 0; trial < trials; ++trial) {
        const auto actives = static_cast<std::uint8_t>(1 + trial % 3);
        const auto channels = trial % 5 == 0 ? model::ChannelModel::unordered : model::ChannelModel::fifo;
        const model::System system(busy_scope(actives, channels, trial % 7 == 0 ? 3 : 6), some_rules(random, trial));
        CAPTURE(trial);
        const unsigned before = tally.different;
        for (unsigned repetition = 0; repetition < 3; ++repetition)
            walk(system, random, 60, spoil, tally);
        if (!spoil)
            REQUIRE(tally.different == before);
        else if (tally.different > 0)
            return tally;
    }
    return tally;
}

inline checker::Report run(const model::Scope& scope, const impl::Rules& rules, model::Reductions reductions,
                           unsigned workers) {
    checker::SearchOptions options = with_workers(workers);
    options.use_renamings = reductions.any();
    return checker::search(model::System(scope, rules, reductions), options);
}

inline checker::Report expect_same_verdicts(const model::Scope& scope, const impl::Rules& rules, unsigned workers) {
    const checker::Report whole = run(scope, rules, {.actives = false, .renumbering = false}, workers);
    const checker::Report renamed = run(scope, rules, {.actives = false, .renumbering = true}, workers);
    CHECK(whole.exhaustive);
    CHECK(renamed.exhaustive);
    CHECK(renamed.distinct_states <= whole.distinct_states);
    for (std::size_t property = 0; property < whole.verdicts.size(); ++property) {
        CAPTURE(whole.verdicts[property].property);
        CHECK(renamed.verdicts[property].verdict == whole.verdicts[property].verdict);
        REQUIRE(renamed.verdicts[property].path.has_value() == whole.verdicts[property].path.has_value());
        if (whole.verdicts[property].path) {
            CHECK(renamed.verdicts[property].path->firings.size() == whole.verdicts[property].path->firings.size());
            check_path(model::System(scope, rules), renamed.verdicts[property], property);
        }
    }
    return renamed;
}

inline std::uint64_t count_by_hand(const model::Scope& scope, const impl::Rules& rules) {
    const model::System system(scope, rules);
    std::set<GlobalState> seen{renumbered(system, system.initial_states().front())};
    std::deque<GlobalState> open(seen.begin(), seen.end());
    for (; !open.empty(); open.pop_front())
        for (const GlobalState& next : renumbered_successors(system, open.front(), {}))
            if (seen.insert(next).second)
                open.push_back(next);
    return seen.size();
}

inline model::Scope unbounded_scope(std::uint8_t unsettled) {
    model::Scope scope;
    scope.name = "unbounded";
    scope.budgets = {.cluster_messages = model::unbounded_budget,
                     .messages_to_cluster = model::unbounded_budget,
                     .low_acceptance_tests = model::unbounded_budget,
                     .active_acceptance_tests = model::unbounded_budget};
    scope.channel_capacity = 1;
    scope.unsettled = unsettled;
    return scope;
}

// Small scopes of all kinds; every tenth counted by hand as well.
inline void compare_renumbered_rules(unsigned trials) {
    checker::Random random(2026, 12);
    for (unsigned trial = 0; trial < trials; ++trial) {
        model::Scope scope = unbounded_scope(6);
        scope.name = "tiny";
        scope.budgets = {.cluster_messages = 3,
                         .messages_to_cluster = 1,
                         .low_acceptance_tests = static_cast<std::uint8_t>(trial % 2),
                         .active_acceptance_tests = 2};
        if (trial % 4 >= 2) {
            scope.active_processes = 2;
            scope.budgets = {.cluster_messages = 2, .active_messages = 1, .active_acceptance_tests = 2};
        }
        scope.channel_capacity = static_cast<std::uint8_t>(1 + trial % 3);
        scope.unsettled = static_cast<std::uint8_t>(trial % 5 == 0 ? 1 : 6);
        scope.channels = trial % 8 < 6 ? model::ChannelModel::fifo : model::ChannelModel::unordered;
        CAPTURE(trial);
        const impl::Rules rules = some_rules(random, trial);
        const checker::Report renamed = expect_same_verdicts(scope, rules, 1 + trial % 3);
        if (trial % 10 == 1)
            CHECK(count_by_hand(scope, rules) == renamed.distinct_states);
    }
}

inline void compare_shipped(std::initializer_list<const char*> scopes) {
    for (const char* const name : scopes)
        for (const char* const preset : {"published", "repaired"}) {
            CAPTURE(name);
            CAPTURE(preset);
            expect_same_verdicts(model::load_scope(name), model::preset(preset).rules, 2);
        }
}

// Whether the walks tell that something is wrong with a renaming that is found from less than there is.
inline bool is_found_out(const Spoil& spoil, unsigned count = 600) {
    return walks(count, spoil).different > 0;
}

} // namespace mdcd::tests
