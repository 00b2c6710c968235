// The system takes and judges runs; here are the words of families, and what Z3 says of a run's end.
// Knows no family and no rule.
#include "model/families/family_runs.hpp"

#include <algorithm>
#include <utility>

#include "checker/actors/explore.hpp"
#include "checker/actors/runs.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {

using checker::RunDifference;
using checker::actors::Claim;

namespace {

constexpr std::size_t shown_states_max = 1000; // some kilobytes each

checker::Property property_called(const ExploredSystem& what, const std::string& name) {
    for (const checker::Property& each : properties_of(what.system, what.out_of_reach))
        if (each.name == name)
            return each;
    throw traces::FileError(what.scope.name, "",
                            "there is no property '" + traces::cut(traces::printable(name), 60) + "'");
}

// A choice of what nobody knows under which the claim fails at the end of the run; none if Z3 knows none.
std::optional<traces::Hypothesis> hypothesis_at_end(const ExploredSystem& what, const Claim& claim,
                                                    const traces::Trace& trace) {
    const auto asked = std::ranges::find(what.questions.claims, claim.name);
    std::optional<traces::Hypothesis> found;
    if (asked != what.questions.claims.end())
        checker::actors::show_end(what.system, trace, [&](const checker::actors::SystemState& state) {
            found = AskedStates(what.questions)
                        .why(static_cast<std::size_t>(asked - what.questions.claims.begin()), state, {});
        });
    return found;
}

class Walk final : public FamilyWalk {
public:
    explicit Walk(ExploredSystem what) : what_(std::move(what)), run_(what_.system) {}

    [[nodiscard]] std::vector<std::string> possible() const override { return run_.possible(); }
    void take(std::size_t which) override { run_.take(which); }
    [[nodiscard]] traces::Trace trace(const std::string& property) const override {
        const checker::Property told = property_called(what_, property);
        traces::Trace trace = run_.trace(claim_of(what_, property)->name);
        tell_as_family(trace, told, what_);
        return trace;
    }

private:
    ExploredSystem what_;
    checker::actors::HandRun run_;
};

} // namespace

std::optional<RunDifference> replayed(const ExploredSystem& what, const traces::Trace& trace) {
    const Claim* const claim = claim_of(what, trace.property);
    if (claim == nullptr)
        return RunDifference{0, "there is no property '" + trace.property + "'"};
    if (trace.scope_name != what.scope.name)
        return RunDifference{0, "the name of the scope differs"};
    if (auto difference = checker::actors::repeat(what.system, claim->name, trace))
        return difference;
    const auto at_end = [&](const std::string& text) { return RunDifference{trace.steps.size(), text}; };
    if (trace.claim != property_called(what, trace.property).rationale)
        return at_end("the claim of " + trace.property + " is told differently");
    if (!trace.hypothesis)
        return std::nullopt;
    if (trace.verdict != "violated")
        return at_end("there is a fault hypothesis, and this verdict does not depend on one");
    const std::optional<traces::Hypothesis> found = hypothesis_at_end(what, *claim, trace);
    if (!found || found->assignment != trace.hypothesis->assignment || found->found_by != trace.hypothesis->found_by)
        return at_end(found ? "the fault hypothesis is another one" : "there is a fault hypothesis, and Z3 knows none");
    return std::nullopt;
}

ShortenedFamilyRun shortened(const ExploredSystem& what, const traces::Trace& trace, const std::string& file,
                             std::uint64_t search_states_max, unsigned workers) {
    const Claim* const claim = claim_of(what, trace.property);
    if (claim == nullptr)
        throw traces::FileError(file, "$.property", "there is no property '" + trace.property + "'");
    try {
        checker::actors::ShortenedRun run = checker::actors::shorten(
            what.system, claim->name, trace, {.search_states_max = search_states_max, .workers = workers});
        if (trace.hypothesis)
            run.trace.hypothesis = hypothesis_at_end(what, *claim, run.trace);
        return {.trace = std::move(run.trace), .replays = run.replays, .shortest = run.shortest};
    } catch (const checker::actors::RunError& error) {
        throw traces::FileError(file,
                                error.step() ? "$.steps[" + std::to_string(*error.step()) + "].action.text" : "$.steps",
                                error.what());
    }
}

std::unique_ptr<FamilyWalk> walked(ExploredSystem what) {
    return std::make_unique<Walk>(std::move(what));
}

std::string walking_page(const ExploredSystem& what, const std::vector<std::string>& along) {
    return checker::actors::explore(what.system, what.scope.name + ", " + what.rules_name,
                                    {.states_max = shown_states_max, .along = along});
}

} // namespace mdcd::model
