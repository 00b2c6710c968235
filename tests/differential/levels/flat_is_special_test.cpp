// With one level a system with levels of trust is the protocol of the paper: the same states, the same steps, the same
// verdicts after as many steps, under random scripts and random readings.
#include "tests/differential/levels/one_level.hpp"

using namespace mdcd::tests::levels;
using mdcd::model::levels::Scope;

namespace {

std::string text_of(const Scope& scope) {
    std::string text;
    for (const std::string& script : scope.components)
        text += script + " ";
    text += "/ ";
    for (const std::string& script : scope.actives)
        text += script + " ";
    for (const mdcd::impl::RuleDescription& rule : mdcd::impl::rule_table())
        text += std::string(rule.name) + "=" + std::string(rule.values[rule.get(scope.rules)]) + " ";
    return text;
}

} // namespace

TEST_CASE("flat_is_special: one level is the protocol of the paper, in 300 random systems") {
    std::mt19937 random(20);
    std::size_t states = 0;
    std::size_t broken = 0;
    std::set<std::string> claims;
    for (int system = 0; system < 300; ++system) {
        const Scope scope = random_scope(random);
        CAPTURE(text_of(scope));
        const Walked walked = walk_both(scope, 150);
        states += walked.states;
        broken += walked.broken.empty() ? 0 : 1;
        for (const auto& [claim, depth] : walked.broken)
            claims.insert(claim);
    }
    MESSAGE(states, " states, ", broken, " systems in which a claim is broken");
    std::string names;
    for (const std::string& claim : claims)
        names += claim + " ";
    CHECK(names == "device_safety escalation_ends level_containment level_recoverability selective ");
    CHECK(states == 42059);
    CHECK(broken == 146);
}
