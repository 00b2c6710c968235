// A program that is built against a copy of impl with mutants: explores small scopes of a system with levels of trust
// until a claim breaks, and says which, after how many steps. Without a mutant all is as it should be.
// Knows no mutant: the copy chooses it when the program starts.
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "model/levels/scopes.hpp"

namespace {

using namespace mdcd::model::levels;

// Several hundred to several thousand states each, the smallest first.
std::vector<Scope> small_scopes() {
    return {
        scope_of({"", "1d1"}, {0, 1}, {"d"}),     scope_named("two_levels").scope,
        scope_of({"b", "1"}, {0, 1}, {"d"}),      scope_of({"1", ""}, {0, 1}, {"b"}),
        scope_of({"b1", ""}, {0, 1}, {"b"}),      scope_named("up_through_active").scope,
        scope_named("down_through_active").scope, scope_of({"1b", "1"}, {0, 0}, {"d"}),
        scope_of({"121"}, {0}, {"d", "d"}),       scope_named("downward").scope,
    };
}

std::string counts;
std::set<std::string> reached; // twins

// Whether a claim breaks, and then which.
bool breaks(const Scope& scope) {
    actors::CheckOptions options;
    options.search.limits.states_max = 100'000;
    const actors::ActorSystem system = system_of(scope);
    for (const auto& claim : system.parts().claims)
        if (claim.kind == actors::ClaimKind::always)
            options.search.stop_at.push_back(claim.name);
    const auto report = actors::check(system, options);
    const std::string violated = claims_with(report, mdcd::checker::Verdict::violated);
    const std::string error = claims_with(report, mdcd::checker::Verdict::error);
    counts += std::to_string(report.search.distinct_states) + " ";
    for (const auto& claim : report.claims)
        if (claim.verdict == mdcd::checker::Verdict::reached)
            reached.insert(claim.claim);
    if (violated.empty() && error.empty())
        return false;
    std::printf("%s\n", violated.empty() ? "an error of the system" : violated.c_str());
    return true;
}

} // namespace

int main() {
    for (const Scope& scope : small_scopes())
        if (breaks(scope))
            return 10;
    for (const auto& twin : twins())
        if (!reached.contains(twin.name)) {
            std::printf("not reached: %s\n", twin.name.c_str());
            return 10;
        }
    std::printf("survived: %s\n", counts.c_str());
    return 0;
}
