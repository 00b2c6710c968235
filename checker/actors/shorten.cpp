// Leaves out what a run can do without, then has the engine look for a shorter one.
// Knows nothing of how firings are left out.
#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>

#include "checker/actors/check_one.hpp"
#include "checker/actors/judged_end.hpp"
#include "checker/actors/narration.hpp"
#include "checker/actors/runs.hpp"
#include "checker/actors/told_run.hpp"
#include "checker/actors/written_run.hpp"
#include "checker/channel.hpp"
#include "checker/minimize.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::actors {
namespace {

// What a message is, without the numbers in it: they shift when something earlier is left out.
std::string kind_of(const CompiledSystem& model, std::string_view message) {
    const SystemParts& parts = model.parts();
    const std::string text = to_text(parts.actors.front()->picture_of_message(message, parts.names));
    std::size_t end = 0;
    while (end < text.size() && (std::isalpha(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
        ++end;
    return text.substr(0, end);
}

std::string content_key(const CompiledSystem& model, const GlobalState& state, const Enabled& enabled) {
    const Step& step = model.steps()[enabled.firing.step];
    std::string key = step.name;
    if (step.takes)
        key += ": " + kind_of(model, messages_to_take(model.slots(), step, state)[enabled.firing.taken]);
    return key + " (way " + std::to_string(enabled.firing.outcome) + ")";
}

bool settles_it(const CompiledSystem& model, const Claim& claim, const std::vector<GlobalState>& states,
                const Path& path) {
    if (claim.kind >= ClaimKind::eventually)
        return !loops_against(model, claim, states, path).empty();
    const auto properties = model.properties();
    const auto property = std::ranges::find(properties, claim.name, &Property::name) - properties.begin();
    return settles(model, states.back(), static_cast<std::size_t>(property)); // that of dead ends is the one after all
}

// Of a run of `from`, the one on a model of its own.
FollowedRun taken_again(const SystemParts& parts, const CompiledSystem& from, const Path& path) {
    FollowedRun run(parts, path.initial);
    run.take_all(from, path);
    return run;
}

Minimized without_needless_steps(FollowedRun& run, const Claim& claim, const std::string& property) {
    for (;;) {
        const CompiledSystem& model = run.model();
        const auto goal = [&](const std::vector<GlobalState>& states, const std::vector<Firing>& taken) {
            return settles_it(model, claim, states, {.initial = run.path().initial, .firings = taken});
        };
        const auto key = [&](const GlobalState& state, const Enabled& enabled) {
            return content_key(model, state, enabled);
        };
        try {
            Minimized minimized = without_needless_firings(model, run.path(), goal, key);
            if (!run.grow())
                return minimized;
        } catch (const std::invalid_argument&) {
            throw RunError("this run does not settle " + property, std::nullopt);
        } catch (const ModelError&) {
            if (!run.grow())
                throw;
        }
    }
}

ShortenedRun told(const FollowedRun& run, const Claim& claim, const traces::Trace& trace) {
    const JudgedEnd end = judged_end(run, claim);
    ShortenedRun shortened;
    shortened.trace = trace;
    shortened.trace.steps.clear();
    shortened.trace.recovery.clear();
    shortened.trace.hypothesis.reset();
    shortened.trace.verdict = name_of(end.verdict);
    write_run(run, shortened.trace);
    shortened.trace.findings =
        findings_of(claim, end.verdict, end.loops.empty() ? std::nullopt : end.loops.front(), end.reason);
    return shortened;
}

} // namespace

ShortenedRun shorten(const ActorSystem& system, const std::string& claim, const traces::Trace& trace,
                     const ShortenOptions& options) {
    const SystemParts& parts = system.parts();
    const Claim& meant = claim_called(parts, claim);
    FollowedRun run = told_run(parts, trace);
    if (const std::size_t taken = run.path().firings.size(); taken < trace.steps.size())
        throw RunError(why_not_taken(run, trace.steps[taken].action.text), taken);
    const Minimized minimized = without_needless_steps(run, meant, trace.property);
    ShortenedRun shortened = told(taken_again(parts, run.model(), minimized.path), meant, trace);
    if (options.search_states_max > 0) {
        CheckOptions search;
        search.search.workers = options.workers;
        search.search.limits.states_max = options.search_states_max;
        search.search.stop_when_decided = true;
        const SystemReport report = check_one(parts, claim, search);
        const ClaimVerdict& found = report[claim];
        const bool is_settled = found.verdict == Verdict::violated || found.verdict == Verdict::reached;
        shortened.shortest = is_settled && meant.kind < ClaimKind::eventually;
        if (is_settled && found.path->firings.size() < shortened.trace.steps.size()) {
            const bool is_shortest = shortened.shortest;
            shortened = told(taken_again(parts, *report.model->model, *found.path), meant, trace);
            shortened.shortest = is_shortest;
        }
    }
    shortened.replays = minimized.replays;
    return shortened;
}

} // namespace mdcd::checker::actors
