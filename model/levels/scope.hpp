// What a system with levels of trust consists of: components with their levels, scripts, rules; and which faults of the
// components are possible. Knows no state.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "checker/actors/failure.hpp"
#include "model/levels/history.hpp"

namespace mdcd::model::levels {

struct Scope {
    // To whom: '1', '2' an active process; 'a', 'b', 'c' a component; 'd' the device. Between components of one level
    // the new versions speak to new ones, and the old to old ones; everything else goes to both versions.
    std::vector<std::string> components;
    std::vector<impl::Level> levels; // of the components
    std::vector<std::string> actives;
    // Whether a version's own acceptance test sees what is wrong with versions of its level, itself included. A test
    // is as good as who wrote it; the paper's fault hypothesis takes each for perfect.
    bool tests_see_their_level = false;
    impl::Rules rules = impl::readings_under_levels();
    impl::LevelRules level_rules = {};
};

[[nodiscard]] inline bool is_to_component(char to) {
    return to >= 'a' && to <= 'c';
}
[[nodiscard]] inline std::size_t component_at(char to) {
    return static_cast<std::size_t>(to - 'a');
}
[[nodiscard]] inline std::size_t active_at(char to) {
    return static_cast<std::size_t>(to - '1');
}

// Whether the message at that place of a component's script leaves its level, and so carries a number of its own.
[[nodiscard]] inline bool leaves_level(const Scope& scope, std::size_t component, std::size_t place) {
    const char to = scope.components[component][place];
    return to != 'd' && (!is_to_component(to) || scope.levels[component_at(to)] != scope.levels[component]);
}

// How many messages before that place leave the level.
[[nodiscard]] inline impl::SequenceNumber numbered_before(const Scope& scope, std::size_t component,
                                                          std::size_t place) {
    impl::SequenceNumber count = 0;
    for (std::size_t each = 0; each < place; ++each)
        count += leaves_level(scope, component, each) ? 1U : 0U;
    return count;
}
[[nodiscard]] inline impl::SequenceNumber numbered(const Scope& scope, std::size_t component) {
    return numbered_before(scope, component, scope.components[component].size());
}

// A fault of each component, or none: its messages from that number on are erroneous. All faults that are still
// possible are a set of bits; number h stands for one choice for each component.
using Hypotheses = std::uint64_t;

[[nodiscard]] inline std::size_t hypothesis_count(const Scope& scope) {
    std::size_t count = 1;
    for (std::size_t component = 0; component < scope.components.size(); ++component)
        count *= numbered(scope, component) + 1;
    return count;
}
// From which number on that component's messages are erroneous; one more than there are: never.
[[nodiscard]] inline impl::SequenceNumber first_error(const Scope& scope, std::size_t hypothesis,
                                                      std::size_t component) {
    for (std::size_t each = 0; each < component; ++each)
        hypothesis /= numbered(scope, each) + 1;
    return static_cast<impl::SequenceNumber>(hypothesis % (numbered(scope, component) + 1)) + 1;
}
[[nodiscard]] inline bool is_erroneous(const Scope& scope, std::size_t hypothesis,
                                       const impl::SequenceVector& depends) {
    for (std::size_t component = 0; component < scope.components.size(); ++component)
        if (depends[component] >= first_error(scope, hypothesis, component))
            return true;
    return false;
}
// The highest level of a component with a fault, plus one; none has: 0.
[[nodiscard]] inline unsigned faulty_through(const Scope& scope, std::size_t hypothesis) {
    unsigned through = 0;
    for (std::size_t component = 0; component < scope.components.size(); ++component)
        if (first_error(scope, hypothesis, component) <= numbered(scope, component))
            through = std::max(through, scope.levels[component] + 1U);
    return through;
}

[[nodiscard]] inline impl::LevelConstants constants_of(const Scope& scope) {
    impl::LevelConstants constants;
    constants.members = {.components = static_cast<std::uint8_t>(scope.components.size()),
                         .actives = static_cast<std::uint8_t>(scope.actives.size())};
    constants.levels.components = constants.members.components;
    for (std::size_t component = 0; component < scope.components.size(); ++component)
        constants.levels.of_component[component] = scope.levels[component];
    constants.rules = scope.rules;
    constants.level_rules = scope.level_rules;
    return constants;
}

// Whether the component has a level above it, and somebody speaks to it.
[[nodiscard]] inline bool may_depend_above(const Scope& scope, std::size_t component) {
    const auto speaks_to_it = [&](const std::string& script) {
        return script.find(static_cast<char>('a' + component)) != std::string::npos;
    };
    return scope.levels[component] < constants_of(scope).levels.top() &&
           (std::any_of(scope.components.begin(), scope.components.end(), speaks_to_it) ||
            std::any_of(scope.actives.begin(), scope.actives.end(), speaks_to_it));
}

// Refuses what is no system, or not one that is modelled.
inline void expect_valid(const Scope& scope) {
    using checker::actors::refuse;
    const std::size_t components = scope.components.size();
    if (components == 0 || components > components_max || scope.actives.empty() || scope.actives.size() > actives_max)
        refuse("levels: one to three components, one or two active processes");
    if (scope.levels.size() != components)
        refuse("levels: a level for each component");
    for (const impl::Level level : scope.levels)
        if (level >= impl::level_count_max)
            refuse("levels: levels are 0, 1 and 2");
    const auto expect_script = [&](const std::string& script, char self) {
        if (script.size() > 8)
            refuse("levels: a script has at most eight places");
        for (const char to : script) {
            const bool known = to == 'd' || (is_to_component(to) && component_at(to) < components) ||
                               (to >= '1' && active_at(to) < scope.actives.size());
            if (!known || to == self)
                refuse("levels: script '" + script + "': '" + std::string(1, to) + "' is no other process");
        }
    };
    for (std::size_t component = 0; component < components; ++component) {
        expect_script(scope.components[component], static_cast<char>('a' + component));
        // What it outputs when it takes over would need a test of what it depends on above.
        if (scope.components[component].find('d') != std::string::npos && may_depend_above(scope, component))
            refuse("levels: a component with external messages hears nobody, or is of the highest level");
    }
    for (std::size_t active = 0; active < scope.actives.size(); ++active)
        expect_script(scope.actives[active], static_cast<char>('1' + active));
    if (hypothesis_count(scope) > 64)
        refuse("levels: more than 64 combinations of faults");
}

} // namespace mdcd::model::levels
