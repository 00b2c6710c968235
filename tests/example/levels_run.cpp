// A run in which recovery escalates, as a drawing, and the shortest runs that the wrong values of the rules of levels
// lead to, in words: what docs/levels.md shows. Knows nothing of how runs are found or drawn.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "model/levels/trace.hpp"
#include "traces/render_svg.hpp"

namespace {

using namespace mdcd::model::levels;

const char* const drawn_scope = "two_levels";
// A1 depends on both levels, and both have a fault.
const std::vector<Action> drawn{
    {What::goes_on, Who::L2, Who::nobody},    {What::goes_on, Who::L1, Who::nobody},
    {What::receives, Who::A1, Who::L2},       {What::receives, Who::A1, Who::L1},
    {What::fails_test, Who::A1, Who::nobody}, {What::goes_on, Who::S1, Who::nobody},
    {What::receives, Who::A1, Who::S1},       {What::fails_test, Who::A1, Who::nobody},
    {What::goes_on, Who::S2, Who::nobody},    {What::receives, Who::A1, Who::S2},
    {What::goes_on, Who::A1, Who::nobody},
};

// The path of a claim that is violated, or of a situation that is reached.
std::vector<Action> path_to(const Scope& scope, const actors::ActorSystem& system, const std::string& claim) {
    actors::CheckOptions options;
    options.search.stop_at = {claim};
    const actors::SystemReport report = actors::check(system, options);
    if (!report[claim].run)
        actors::refuse("levels_run: nothing leads to '" + claim + "'");
    return actions_of(scope, *report[claim].run);
}

void print(const Scope& scope, const std::vector<Action>& actions) {
    std::size_t number = 0;
    for (const std::string& line : lines_of(scope, actions))
        std::printf("%zu. %s\n", ++number, line.c_str());
}

struct Wrong {
    const char* rule;
    const char* value;
    const char* claim;
    Scope scope;
};

std::vector<Wrong> wrong_values() {
    const Scope two = scope_named("two_levels").scope;
    return {
        {"test_proves", "at_or_below", "level_containment", scope_of({"", "1d"}, {0, 1}, {"d"})},
        {"mark_keeps", "highest", "level_containment", two},
        {"level_checkpoint", "each_lower_mark", "level_containment", scope_of({"121"}, {0}, {"d", "d"})},
        {"level_checkpoint", "when_clean", "level_recoverability", two},
        {"version_guard", "none", "level_recoverability", scope_of({"b", "1"}, {0, 1}, {"d"})},
        {"replaced", "this_level", "escalation_ends", two},
        {"rolled_back", "this_level", "level_recoverability", two},
        {"rolled_back", "all_dirty", "selective", two},
        {"older_checkpoints", "dropped", "level_containment", two},
        {"level_replay", "validated_only", "level_recoverability", two},
        {"resent_mark", "as_now", "level_recoverability", scope_named("downward").scope},
        {"escalation", "one_up", "selective", two},
        {"escalation", "same_again", "escalation_ends", two},
        {"escalation", "to_the_top", "escalation_ends", two},
    };
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: levels_run FILE.svg\n", stderr);
        return 64;
    }
    const Scope scope = scope_named(drawn_scope).scope;
    std::printf("%s: recovery escalates\n", drawn_scope);
    print(scope, drawn);
    mdcd::traces::Trace trace = TraceWriter(scope).trace(drawn);
    trace.scope_name = drawn_scope;
    trace.rules_name = "levels";
    trace.property = "escalation";
    trace.claim = "Recovery at level 0 is not enough: a test fails again, and level 1 is recovered.";
    trace.verdict = "reached";
    std::ofstream out(std::filesystem::path(argv[1]), std::ios::binary);
    out << mdcd::traces::render_svg(trace, {.frame = false, .dark_too = true});
    out.close();
    for (const Wrong& wrong : wrong_values()) {
        const Scope changed = with_rule(wrong.scope, wrong.rule, wrong.value);
        std::printf("\n%s = %s: %s\n", wrong.rule, wrong.value, wrong.claim);
        print(changed, path_to(changed, claims_of<LevelHandlers>(changed), wrong.claim));
    }
    return out ? 0 : 1;
}
