// The graph of all states, without renamings: a loop up to renaming need not be one. Each message that can be delivered
// is an action of its own, by its content, so that none of them is forgotten for the others.
#include "checker/actors/whole_runs.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "checker/actors/fair_names.hpp"
#include "checker/actors/guarded.hpp"
#include "checker/engine/stop_watch.hpp"
#include "checker/lasso.hpp"
#include "checker/path.hpp"
#include "checker/state_graph.hpp"

namespace mdcd::checker::actors {
namespace {

// Numbers for actions, in the order in which they are met.
class ActionTable {
public:
    ActionNumber number_of(StepIndex step, std::string_view message) {
        const auto [place, is_new] =
            numbers_.try_emplace({step, std::string(message)}, static_cast<ActionNumber>(numbers_.size()));
        if (is_new)
            actions_.push_back(&place->first);
        return place->second;
    }
    [[nodiscard]] std::optional<ActionNumber> find(StepIndex step, std::string_view message) const {
        const auto found = numbers_.find({step, std::string(message)});
        return found == numbers_.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::size_t size() const { return actions_.size(); }
    [[nodiscard]] StepIndex step(ActionNumber action) const { return actions_[action]->first; }
    [[nodiscard]] const std::string& message(ActionNumber action) const { return actions_[action]->second; }

private:
    using Key = std::pair<StepIndex, std::string>;
    std::map<Key, ActionNumber> numbers_;
    std::vector<const Key*> actions_;
};

bool is_among(const CompiledSystem& model, StepIndex step, const std::string& message, const Actions& actions) {
    const Event& event = model.event(step);
    const SystemParts& parts = model.parts();
    const auto is = [](const std::optional<Id>& wanted, std::uint16_t actor) {
        return !wanted || wanted->index() == actor;
    };
    switch (actions.kind) {
    case Actions::Kind::delivery:
        return event.kind == EventKind::delivery && is(actions.from, event.peer) && is(actions.to, event.actor) &&
               is_called(to_text(parts.actors[event.actor]->picture_of_message(message, parts.names)), actions.named);
    case Actions::Kind::timeout:
        return event.kind == EventKind::timeout && is(actions.to, event.actor) &&
               is_called(to_text(parts.actors[event.actor]->picture_of_timer(event.timer, parts.names)), actions.named);
    case Actions::Kind::restart:
        return event.kind == EventKind::restart && is(actions.to, event.actor);
    case Actions::Kind::healing:
        return event.kind == EventKind::heal && ((is(actions.from, event.peer) && is(actions.to, event.actor)) ||
                                                 (is(actions.from, event.actor) && is(actions.to, event.peer)));
    }
    return false;
}

class WholeRunsCheck {
public:
    WholeRunsCheck(const CompiledSystem& model, const SearchOptions& options, double seconds_before)
        : model_(model), limits_(options.limits), interrupt_(options.interrupt) {
        if (limits_.seconds_max > 0)
            limits_.seconds_max = std::max(0.001, limits_.seconds_max - seconds_before);
    }

    WholeRuns run() {
        engine::StopWatch watch(limits_, interrupt_);
        const StateGraph graph = explore(actions_, false);
        found_.counts.states = graph.size();
        found_.counts.transitions = graph.transitions;
        make_rules(graph.limit.empty() && !graph.failure);
        for (unsigned claim = 0; claim < model_.whole_run_count(); ++claim)
            found_.verdicts.push_back(settle(graph, claim, watch));
        return std::move(found_);
    }

    bool is_against(unsigned claim, const Lasso& lasso) {
        return is_confirmed([&] {
            meet(lasso);
            make_rules(false);
            return is_counterexample(question_of(claim), lasso);
        });
    }

private:
    // Gives numbers to all that can happen in its loop: what cannot is owed nothing.
    void meet(const Lasso& lasso) {
        Path path = lasso.stem;
        path.firings.insert(path.firings.end(), lasso.loop.begin(), lasso.loop.end());
        const std::vector<GlobalState> states = states_along(model_, path);
        for (std::size_t at = lasso.stem.firings.size(); at < states.size(); ++at)
            for (const Enabled& each : enabled(model_, states[at])) {
                const Step& step = model_.steps()[each.firing.step];
                static_cast<void>(actions_.number_of(
                    each.firing.step, step.takes ? messages_to_take(model_.slots(), step, states[at])[each.firing.taken]
                                                 : std::string_view{}));
            }
    }

    [[nodiscard]] LassoQuestion question_of(unsigned claim) const {
        const bool from_start = model_.whole_run(claim).kind == ClaimKind::eventually;
        return {.pending = claim,
                .from = from_start ? LassoQuestion::Since::start : LassoQuestion::Since::bit,
                .since = claim + static_cast<unsigned>(model_.whole_run_count()),
                .rules = rules_};
    }

    // `everywhere`: also of states in which nothing is waited for the actions are wanted.
    StateGraph explore(ActionTable& actions, bool everywhere) const {
        const auto waiting = [this, everywhere](std::span<const SlotView* const> summaries) {
            return everywhere ? PropertyBits{1} : model_.waiting(summaries);
        };
        const auto action_of = [&actions](StepIndex step, std::string_view message) {
            return actions.number_of(step, message);
        };
        const std::size_t bits = everywhere ? 1 : 2 * model_.whole_run_count();
        Limits limits = limits_;
        if (limits.seconds_max > 0) // another look has what time is left
            limits.seconds_max = std::max(0.001, limits.seconds_max - watch_.seconds());
        return GraphExplorer<CompiledSystem, decltype(waiting), decltype(action_of)>(model_, limits, bits, waiting,
                                                                                     interrupt_, action_of)
            .run();
    }

    // For the sake of a name that nothing had so far: seldom, so that it may take as long as the search.
    [[nodiscard]] std::optional<std::vector<MetMessage>> all_messages() const {
        ActionTable actions;
        const StateGraph graph = explore(actions, true);
        if (!graph.limit.empty() || graph.failure)
            return {};
        std::vector<MetMessage> all;
        for (ActionNumber action = 0; action < actions.size(); ++action) {
            const Event& event = model_.event(actions.step(action));
            if (event.kind == EventKind::delivery)
                all.push_back({.from = event.peer,
                               .to = event.actor,
                               .text = to_text(model_.parts().actors[event.actor]->picture_of_message(
                                   actions.message(action), model_.parts().names))});
        }
        return all;
    }

    // `is_whole`: all states were looked at.
    void make_rules(bool is_whole) {
        for (const FairnessClaim& fair : model_.parts().fairness) {
            std::vector<ActionNumber> all;
            for (ActionNumber action = 0; action < actions_.size(); ++action)
                if (is_among(model_, actions_.step(action), actions_.message(action), fair.actions))
                    all.push_back(action);
            if (all.empty() && !fair.actions.named.empty() && is_whole) {
                const UnmetName unmet = look_for_name(model_, fair.actions, [this] { return all_messages(); });
                if (unmet.exists)
                    found_.counts.notes.push_back(unmet.sentence);
                else
                    warning_ += (warning_.empty() ? "" : "; ") + unmet.sentence;
            }
            if (fair.actions.together)
                rules_.push_back({.kind = fair.kind, .actions = std::move(all)});
            else
                for (const ActionNumber action : all)
                    rules_.push_back({.kind = fair.kind, .actions = {action}});
        }
    }

    WholeRunVerdict settle(const StateGraph& graph, unsigned claim, engine::StopWatch& watch) {
        const auto count = static_cast<unsigned>(model_.whole_run_count());
        const LassoQuestion question = question_of(claim);
        WholeRunVerdict verdict;
        std::optional<Lasso> lasso;
        std::string limit = graph.limit;
        try { // what there is of a graph that was cut off is looked at, for a moment
            lasso = find_lasso(graph, question, [&] { watch.expect_time(engine::StopWatch::rebuilding_seconds); });
        } catch (const engine::OutOfTime&) {
            limit = watch.reason();
        }
        if (lasso && is_confirmed([&] { return is_counterexample(question, *lasso); })) {
            verdict.verdict = Verdict::violated;
            verdict.warning = warning_;
            verdict.path = lasso->stem;
            verdict.path->firings.insert(verdict.path->firings.end(), lasso->loop.begin(), lasso->loop.end());
            if (!lasso->loop.empty())
                verdict.loop_begin = lasso->stem.firings.size();
        } else if (graph.failure || lasso) {
            verdict.verdict = Verdict::error;
            verdict.reason =
                graph.failure
                    ? graph.failure->in_words([&](unsigned bit) { return model_.whole_run(bit % count).name; })
                    : std::string(unconfirmed_lasso);
            if (graph.failure && graph.failure->state != StateGraph::nowhere)
                verdict.path = graph.path_to(graph.failure->state);
        } else if (!limit.empty()) {
            verdict.reason = limit;
        } else if (!graph.outside.empty()) {
            verdict.reason = "boundary: runs that leave it are not followed";
        } else if (!warning_.empty()) { // what was meant is not what was decided
            verdict.verdict = Verdict::error;
            verdict.reason = warning_;
        } else {
            verdict.verdict = Verdict::holds;
        }
        return verdict;
    }

    // With nothing but path.hpp: is it a run of the model in which what must come does not, does it close, and is it
    // fair?
    [[nodiscard]] bool is_counterexample(const LassoQuestion& question, const Lasso& lasso) const {
        const std::vector<GlobalState> stem = states_along(model_, lasso.stem);
        const auto bits_of = [&](const GlobalState& state) {
            return ask(model_, state, [this](auto summaries) { return model_.waiting(summaries); });
        };
        bool waits = false;
        for (const GlobalState& state : stem) {
            const PropertyBits bits = bits_of(state);
            const bool begins = question.from == LassoQuestion::Since::start ? &state == &stem.front()
                                                                             : (bits >> question.since & 1) != 0;
            waits = (waits || begins) && (bits >> question.pending & 1) != 0;
        }
        std::vector<Tally> tallies(rules_.size());
        GlobalState state = stem.back();
        note_enabled(state, tallies);
        for (const Firing& firing : lasso.loop) {
            const Enabled next = find_enabled(model_, state, firing);
            note_taken(state, firing, tallies);
            state = apply(model_, state, next.firing, next.outcome);
            note_enabled(state, tallies);
            waits = waits && (bits_of(state) >> question.pending & 1) != 0;
        }
        if (lasso.loop.empty())
            return waits && enabled(model_, state).empty();
        return waits && state == stem.back() &&
               std::ranges::all_of(tallies, [](const Tally& tally) { return tally.taken || !tally.owed; });
    }

    struct Tally { // of a rule, along the loop
        bool enabled_always = true;
        bool owed = false;
        bool taken = false;
    };

    [[nodiscard]] std::optional<ActionNumber> action(const GlobalState& state, const Firing& firing) const {
        const Step& step = model_.steps()[firing.step];
        const std::string_view message =
            step.takes ? messages_to_take(model_.slots(), step, state)[firing.taken] : std::string_view{};
        return actions_.find(firing.step, message);
    }

    void note_enabled(const GlobalState& state, std::vector<Tally>& tallies) const {
        std::vector<bool> is_enabled(rules_.size());
        for (const Enabled& each : enabled(model_, state))
            if (const std::optional<ActionNumber> found = action(state, each.firing))
                for (std::size_t rule = 0; rule < rules_.size(); ++rule)
                    if (std::ranges::find(rules_[rule].actions, *found) != rules_[rule].actions.end())
                        is_enabled[rule] = true;
        for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
            Tally& tally = tallies[rule];
            tally.enabled_always = tally.enabled_always && is_enabled[rule];
            tally.owed = rules_[rule].kind == Fairness::strong ? tally.owed || is_enabled[rule] : tally.enabled_always;
        }
    }

    void note_taken(const GlobalState& state, const Firing& firing, std::vector<Tally>& tallies) const {
        if (const std::optional<ActionNumber> found = action(state, firing))
            for (std::size_t rule = 0; rule < rules_.size(); ++rule)
                if (std::ranges::find(rules_[rule].actions, *found) != rules_[rule].actions.end())
                    tallies[rule].taken = true;
    }

    const CompiledSystem& model_;
    Limits limits_;
    const std::atomic<bool>* interrupt_;
    engine::StopWatch watch_{Limits{}, nullptr}; // since it began
    ActionTable actions_;
    std::vector<FairnessRule> rules_;
    std::string warning_; // of names that exist nowhere
    WholeRuns found_;
};

} // namespace

WholeRuns look_at_whole_runs(const CompiledSystem& model, const SearchOptions& options, double seconds_before) {
    return WholeRunsCheck(model, options, seconds_before).run();
}

bool is_against(const CompiledSystem& model, unsigned whole_run, const Lasso& run) {
    return WholeRunsCheck(model, {}, 0).is_against(whole_run, run);
}

} // namespace mdcd::checker::actors
