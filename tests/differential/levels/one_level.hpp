// A system with one level beside the protocol of the paper, state for state: what a state is once the marks are taken
// away, random scopes, and the walk through all pairs of states. Knows no verdict.
#pragma once

#include <doctest/doctest.h>

#include <deque>
#include <random>
#include <set>
#include <string>

#include "model/families/fixed_vector_fields.hpp"
#include "model/levels/claims.hpp"
#include "model/levels/handlers.hpp"
#include "tests/differential/levels/flat_handlers.hpp"

namespace mdcd::tests::levels {

using namespace model::levels;
using LevelState = World<LevelHandlers>;
using FlatState = World<FlatHandlers>;
using App = impl::Levelled<Ghost>;

inline impl::Message<Ghost> flat(const impl::Message<App>& message) {
    return {message.kind,        message.sender,          message.dirty,      message.low_sn,
            message.external_sn, message.payload.content, message.incarnation};
}
inline impl::Checkpoint<Ghost> flat(const impl::Checkpoint<App>& from) {
    return {from.index,       from.low_sn,     from.propagating, from.shadow_sn,
            from.external_sn, from.log_length, from.application};
}
inline impl::Guarded<Ghost> flat(const impl::Guarded<App>& from) {
    impl::Guarded<Ghost> guarded;
    guarded.dirty = from.dirty;
    guarded.propagating = from.propagating;
    guarded.low_sn = from.low_sn;
    guarded.valid_sn = from.valid_sn;
    for (const auto& checkpoint : from.checkpoints)
        guarded.checkpoints.push_back(flat(checkpoint), "checkpoints");
    for (const auto& entry : from.input_log)
        guarded.input_log.push_back({entry.index, flat(entry.message)}, "a log");
    guarded.application = from.application;
    return guarded;
}
inline impl::OutputLog<Ghost> flat(const impl::OutputLog<App>& from) {
    impl::OutputLog<Ghost> log;
    for (const auto& entry : from)
        log.push_back({entry.index, entry.number, entry.receiver, entry.payload.content}, "a log");
    return log;
}

// What the paper's protocol would have in its place. A mark must say what the dirty bit says, and a new version of the
// lowest level keeps nothing to go back to.
inline FlatState flat(const LevelState& from) {
    FlatState world;
    for (const auto& version : from.versions) {
        const impl::Guarded<App>& guarded = version.process.guarded;
        CHECK(guarded.checkpoints.empty());
        CHECK(guarded.input_log.empty());
        CHECK_FALSE(guarded.dirty);
        CHECK(version.mark == impl::above_all);
        world.versions.push_back(
            {version.stopped,
             {version.process.id, guarded.low_sn, guarded.valid_sn, version.external_sn, guarded.application}});
    }
    for (const auto& shadow : from.shadows) {
        const auto& process = shadow.process;
        CHECK((shadow.mark == impl::above_all) == !process.guarded.dirty);
        world.shadows.push_back({shadow.in_service,
                                 shadow.suppress_through,
                                 shadow.suppress_external_through,
                                 {process.id, process.shadow_sn, process.external_sn, process.valid_external,
                                  flat(process.guarded), flat(process.output_log), flat(process.external_log)}});
    }
    for (const auto& active : from.actives) {
        CHECK((active.mark == impl::above_all) == !active.process.guarded.dirty);
        world.actives.push_back({{active.process.id, flat(active.process.guarded)}});
    }
    for (const auto& [channel, messages] : from.channels)
        for (const auto& message : messages)
            world.channels[channel].push_back(flat(message));
    world.truth = from.truth;
    return world;
}

// Any value of every rule that acts with these components, or the published or repaired ones with one rule changed.
inline impl::Rules random_rules(std::mt19937& random, std::size_t components) {
    impl::Rules rules = random() % 2 == 0 ? impl::readings_under_levels() : impl::Rules{};
    const auto table = impl::rule_table();
    const auto change = [&](const impl::RuleDescription& rule) {
        rule.set(rules, static_cast<std::uint8_t>(random() % rule.values.size()));
    };
    if (random() % 3 == 0)
        for (const impl::RuleDescription& rule : table)
            change(rule);
    else if (random() % 2 == 0)
        change(table[random() % table.size()]);
    if (components > 1 || rules.low_sn == impl::LowSn::shared_broadcast) {
        rules.low_sn = components > 1 ? impl::LowSn::vector : impl::LowSn::shared_atomic;
        rules.shadow_sn = impl::ShadowSn::per_component; // told by nobody in this frame
    }
    return rules;
}

inline std::string random_script(std::mt19937& random, const std::string& letters, std::size_t length_max) {
    std::string script;
    for (std::size_t left = 1 + random() % length_max; left > 0; --left)
        script += letters[random() % letters.size()];
    return script;
}

inline Scope random_scope(std::mt19937& random) {
    Scope scope;
    const std::size_t components = 1 + random() % 2;
    const std::size_t actives = 1 + random() % 2;
    const std::string to_active = actives == 1 ? "1" : "12";
    for (std::size_t component = 0; component < components; ++component) {
        const std::string other = components == 1 ? "" : std::string(1, component == 0 ? 'b' : 'a');
        scope.components.push_back(random_script(random, to_active + to_active + "d" + other, 3));
        scope.levels.push_back(0);
    }
    for (std::size_t active = 0; active < actives; ++active) {
        const std::string other = actives == 1 ? "" : std::string(1, active == 0 ? '2' : '1');
        scope.actives.push_back(random_script(random, "dd" + std::string(components == 1 ? "a" : "ab") + other, 2));
    }
    // The paper believes the tests of new versions, and takes them for perfect.
    scope.tests_see_their_level = true;
    scope.level_rules.test_proves = impl::TestProves::at_or_below;
    scope.rules = random_rules(random, components);
    return scope;
}

// Which claims are broken first, and after how many steps: "level_recoverability 3".
using Broken = std::map<std::string, std::size_t>;
template <class Handlers>
void judge(const Steps<Handlers>& steps, const World<Handlers>& world, std::size_t depth, Broken& broken) {
    for (const NamedClaim<Handlers>& claim : always_claims<Handlers>())
        if (!broken.contains(claim.name) && !claim.holds({steps, world}))
            broken.emplace(claim.name, depth);
}

struct Walked {
    std::size_t states = 0;
    std::size_t transitions = 0;
    Broken broken;
};

// Breadth first through both at once, step by step, to the end or to so many states.
inline Walked walk_both(const Scope& scope, std::size_t states_max) {
    const Steps<LevelHandlers> with_levels(scope);
    const Steps<FlatHandlers> without(scope);
    struct Pair {
        LevelState one;
        FlatState other;
        std::size_t depth = 0;
    };
    std::deque<Pair> waiting{{with_levels.start(), without.start(), 0}};
    std::set<std::string> seen{checker::actors::encode(waiting.front().one)};
    std::set<std::string> seen_flat{checker::actors::encode(waiting.front().other)};
    Walked walked;
    Broken broken_flat;
    while (!waiting.empty()) {
        const Pair pair = std::move(waiting.front());
        waiting.pop_front();
        ++walked.states;
        judge(with_levels, pair.one, pair.depth, walked.broken);
        judge(without, pair.other, pair.depth, broken_flat);
        REQUIRE(walked.broken == broken_flat);
        const std::vector<Action> actions = with_levels.enabled(pair.one);
        REQUIRE(actions == without.enabled(pair.other));
        for (const Action& action : actions) {
            Pair next{pair.one, pair.other, pair.depth + 1};
            with_levels.step(next.one, action);
            without.step(next.other, action);
            ++walked.transitions;
            REQUIRE(checker::actors::encode(flat(next.one)) == checker::actors::encode(next.other));
            const bool is_new = seen.insert(checker::actors::encode(next.one)).second;
            REQUIRE(is_new == seen_flat.insert(checker::actors::encode(next.other)).second);
            if (is_new && walked.states + waiting.size() < states_max)
                waiting.push_back(std::move(next));
        }
    }
    return walked;
}

} // namespace mdcd::tests::levels
