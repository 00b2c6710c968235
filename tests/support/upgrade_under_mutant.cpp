// A program that is built against a copy of impl with mutants: explores small scopes of the life of an upgrade until a
// claim breaks, and says which, after how many steps. Without a mutant all scopes are as they should be.
// Knows no mutant: the copy chooses it when the program starts.
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "model/upgrade/upgrade_scopes.hpp"

namespace {

using namespace mdcd::model::upgrade;

inline constexpr std::size_t twins_max = 17; // upgrade_system.hpp; all are reached in some of the scopes

Scope with_room(mdcd::impl::Capacities capacities, Scope scope) {
    scope.capacities = capacities;
    return scope;
}

// Several thousand states each, the smallest first.
std::vector<NamedScope> small_scopes() {
    return {
        {"fails", "", scope_of({"1", ""}, {0}, {{first, {begin({0}), commit_it}}}, {first_again})},
        {"aborts", "", scope_of({"1", "0"}, {0}, {{first_again, {begin({0}), abort_it}}})},
        {"commit_fails", "", scope_of({"1d", ""}, {0}, {{second, {begin({0}), commit_it}}})},
        {"fails_and_commits", "",
         scope_of({"1", ""}, {0}, {{first, {begin({0})}}, {first_again, {commit_it}}}, {first_again})},
        {"between_actives", "", scope_named("between_actives").scope},
        {"two_begins", "",
         without_failing_tests(scope_of({"1", ""}, {0, 1}, {{second, {begin({0})}}, {first, {begin({0, 1})}}}))},
        {"outputs", "", scope_of({"1dd", ""}, {0}, {{second, {begin({0}), abort_it}}})},
        {"abort_begin", "",
         without_failing_tests(scope_of({"1d1", ""}, {0}, {{first, {begin({0}), abort_it, begin({0})}}}))},
        {"commit_begin", "",
         without_failing_tests(scope_of({"1d1", ""}, {0}, {{first, {begin({0}), commit_it, begin({0})}}}))},
        {"begin_again", "",
         without_failing_tests(scope_of({"1", "0"}, {0}, {{first, {begin({0}), abort_it, begin({0})}}}))},
        {"begin_elsewhere", "",
         without_failing_tests(scope_of({"", "0"}, {0}, {{first_again, {begin({0}), abort_it, begin({0})}}}))},
        {"fails_again", "", scope_of({"d", ""}, {0}, {{first, {begin({0}), begin({0}), commit_it}}})},
        {"abort_other", "", scope_named("abort_other").scope},
        {"race", "",
         scope_of({"1d", ""}, {0}, {{first, {begin({0}), commit_it}}, {second, {abort_it}}}, {first_again})},
        {"two_abort", "", scope_named("two_abort").scope},
        {"two_catch_up", "", scope_named("two_catch_up").scope},
        {"full_without_operator", "",
         with_room({.checkpoints = 1}, without_failing_tests(scope_of({"11d", ""}, {0}, {{first, {begin({0})}}})))},
        {"full_outputs", "",
         with_room({.log_entries = 1, .held = 1}, scope_of({"dd", ""}, {0}, {{first, {begin({0}), abort_it}}}))},
        {"full_old_version", "",
         with_room({.log_entries = 1}, scope_of({"1", "00"}, {0}, {{first, {begin({0}), commit_it}}}))},
        {"full_start", "", with_room({.held = 1}, scope_of({"", "", "0"}, {0}, {{second, {begin({0})}}}))},
        scope_named("left_begin"),
        scope_named("left_again"),
        scope_named("full_checkpoints"),
        scope_named("full_logs"),
        scope_named("full_endings"),
        scope_named("left_race"),
        scope_named("full_queue"),
    };
}

} // namespace

int main(int argc, char** argv) {
    std::string counts;
    std::set<std::string> twins;
    for (const NamedScope& named : small_scopes()) {
        mdcd::checker::actors::CheckOptions options;
        options.search.limits.states_max = 600'000;
        const mdcd::checker::actors::ActorSystem system = system_of(named.scope);
        for (const auto& claim : system.parts().claims)
            if (claim.kind == mdcd::checker::actors::ClaimKind::always)
                options.search.stop_at.push_back(claim.name);
        const auto report = mdcd::checker::actors::check(system, options);
        const std::string violated = claims_with(report, mdcd::checker::Verdict::violated);
        const std::string error = claims_with(report, mdcd::checker::Verdict::error);
        if (!violated.empty() || !error.empty()) {
            std::printf("%s: %s\n", named.name.c_str(), violated.empty() ? "an error of the system" : violated.c_str());
            return 10;
        }
        for (const auto& claim : report.claims)
            if (claim.verdict == mdcd::checker::Verdict::reached)
                twins.insert(claim.claim);
        counts += std::to_string(report.search.distinct_states) + " ";
    }
    if (twins.size() != twins_max) {
        std::printf("%zu twins are not reached\n", twins_max - twins.size());
        return 10;
    }
    const bool as_expected = argc < 2 || counts == argv[1];
    std::printf("%s: %s\n", as_expected ? "survived" : "count only", counts.c_str());
    return 0;
}
