// One case for each kind of claim.
// Knows no document.
#include "checker/actors/judged_end.hpp"

#include <algorithm>

#include "checker/actors/whole_runs.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::actors {
namespace {

unsigned whole_run_number(const CompiledSystem& model, const Claim& claim) {
    unsigned number = 0;
    while (model.whole_run(number).name != claim.name)
        ++number;
    return number;
}

bool is_true(const FollowedRun& run, const Claim& claim) {
    const std::span<const Property> properties = run.model().properties();
    const auto property = std::ranges::find(properties, claim.name, &Property::name) - properties.begin();
    return (judge(run.model(), run.states().back()) >> static_cast<unsigned>(property) & 1) != 0;
}

} // namespace

std::vector<std::optional<std::size_t>> loops_against(const CompiledSystem& model, const Claim& claim,
                                                      const std::vector<GlobalState>& states, const Path& path) {
    const unsigned number = whole_run_number(model, claim);
    std::vector<std::optional<std::size_t>> loops;
    for (std::size_t begin = 0; begin < states.size(); ++begin) {
        if (states[begin] != states.back())
            continue;
        const auto cut = path.firings.begin() + static_cast<std::ptrdiff_t>(begin);
        const Lasso lasso{.stem = {.initial = path.initial, .firings = {path.firings.begin(), cut}},
                          .loop = {cut, path.firings.end()}};
        if (is_against(model, number, lasso))
            loops.push_back(lasso.loop.empty() ? std::nullopt : std::optional(begin));
    }
    return loops;
}

JudgedEnd judged_end(const FollowedRun& run, const Claim& claim) {
    try {
        switch (claim.kind) {
        case ClaimKind::always:
            return {.verdict = is_true(run, claim) ? Verdict::holds : Verdict::violated, .reason = {}, .loops = {}};
        case ClaimKind::reachable:
            return {
                .verdict = is_true(run, claim) ? Verdict::reached : Verdict::not_reached, .reason = {}, .loops = {}};
        case ClaimKind::no_deadlock: {
            if (!run.failure().empty())
                return {.verdict = Verdict::error, .reason = run.failure(), .loops = {}};
            const bool is_stuck = run.is_dead_end() && !is_final(run.model(), run.states().back());
            return {.verdict = is_stuck ? Verdict::violated : Verdict::holds, .reason = {}, .loops = {}};
        }
        case ClaimKind::eventually:
        case ClaimKind::leads_to:
            break;
        }
        std::vector<std::optional<std::size_t>> loops = loops_against(run.model(), claim, run.states(), run.path());
        return {.verdict = loops.empty() ? Verdict::holds : Verdict::violated, .reason = {}, .loops = std::move(loops)};
    } catch (const ModelError& error) {
        return {.verdict = Verdict::error, .reason = error.what(), .loops = {}};
    }
}

} // namespace mdcd::checker::actors
