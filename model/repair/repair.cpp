// Level by level: known runs first, then explorations, a few sets at a time; then what holds is checked in full.
// Prints nothing.
#include "model/repair/repair.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "checker/in_parallel.hpp"
#include "model/repair/repair_answers.hpp"
#include "model/repair/set_explorer.hpp"
#include "model/runs/known_run.hpp"
#include "model/runs/trace_writer.hpp"

namespace mdcd::model {

using checker::PropertyBits;
using checker::Verdict;

namespace {

// So many sets are explored before their runs are tried on the others. Part of the result (which run refutes which
// set), so that it must not depend on the number of workers.
constexpr std::size_t explored_together = 4;

constexpr PropertyBits bit(std::size_t property) {
    return PropertyBits{1} << property;
}

// Cheapest first.
std::tuple<double, double, double, std::size_t> rank(const ExaminedSet& set) {
    const Cost cost = total_cost(set);
    return {mean(cost.checkpoints, cost.messages), mean(cost.bytes_kept.sum, cost.states),
            mean(cost.events_undone.sum, cost.before_recovery), set.changes.size()};
}

class RepairSearch {
public:
    RepairSearch(const std::vector<Scope>& scopes, const NamedRules& from, const RepairOptions& options)
        : workers_(checker::threads_for(options.check.search.workers)), z3_(options.check.z3),
          progress_(options.progress), shard_(options.shard), answers_(options.answers_file),
          explorer_(scopes, from.rules, options, answers_), repair_{.scopes = scopes,
                                                                    .lattice = RuleLattice(from, options.only),
                                                                    .sets = {},
                                                                    .repairs = {}} {
        const std::size_t rules = repair_.lattice.rule_count();
        repair_.changes_max = options.changes_max == 0 ? rules : std::min(options.changes_max, rules);
        for (const std::string& file : options.known_answers)
            answers_.read(file);
        repair_.answers_known = answers_.read_count();
    }

    Repair run() {
        examine_start();
        if (repair_.repairs.empty())
            for (std::size_t size = 1; size <= repair_.changes_max && !repair_.interrupted; ++size)
                examine_level(size);
        std::ranges::stable_sort(repair_.repairs, {}, [&](std::size_t set) { return rank(repair_.sets[set]); });
        repair_.answers_failure = answers_.failure();
        return std::move(repair_);
    }

private:
    // A run that refutes a set.
    struct Known {
        std::size_t scope = 0;
        std::size_t set = 0;
        KnownRun run;
    };

    [[nodiscard]] NamedRules rules_of(std::size_t set) const {
        return repair_.lattice.rules(repair_.sets[set].changes);
    }

    void remember(std::size_t set, const Refutation& refutation) {
        const System system(explorer_.scope_at(refutation.scope), rules_of(set).rules);
        known_.push_back({.scope = refutation.scope, .set = set, .run = KnownRun(system, refutation.path)});
    }

    void show(std::size_t level, std::size_t examined, std::size_t sets) const {
        if (progress_)
            progress_({.level = level, .examined = examined, .sets = sets, .repairs = repair_.repairs.size()});
    }

    // The rules to start from. Every claim that fails gives a run to try on others, the shortest first.
    void examine_start() {
        repair_.sets.emplace_back();
        std::vector<Refutation> refutations;
        for (std::size_t scope = 0; scope < repair_.scopes.size() && !repair_.interrupted; ++scope)
            look_at_start(scope, refutations);
        std::ranges::stable_sort(refutations, {}, [](const Refutation& each) { return each.path.firings.size(); });
        for (const Refutation& refutation : refutations)
            if (refutation.error.empty())
                remember(0, refutation);
        ExaminedSet& start = repair_.sets.front();
        if (!refutations.empty()) {
            start.refutation = refutations.front();
            start.reason.clear();
            start.verdict = SetVerdict::refuted;
        } else if (start.reason.empty()) {
            start.costs.clear();
            start.distinct_states.clear();
            confirm(0); // nothing fails natively: Z3 has the last word
        }
    }

    // One scope, natively: what fails, what is reached, what it costs.
    void look_at_start(std::size_t scope, std::vector<Refutation>& refutations) {
        ExaminedSet& start = repair_.sets.front();
        const Check result = explorer_.check_in_full(scope, rules_of(0), Z3Use::off);
        start.costs.push_back(*result.cost);
        start.distinct_states.push_back(result.report.distinct_states);
        repair_.interrupted |= result.report.limit == "interrupted";
        if (!result.report.exhaustive)
            start.reason = repair_.scopes[scope].name + ": " + result.report.limit;
        const PropertyBits claims = explorer_.question(scope, rules_of(0).rules).claims;
        for (std::size_t property = 0; property < property_count; ++property) {
            const checker::PropertyVerdict& found = result.report.verdicts[property];
            if (found.verdict == Verdict::reached)
                reached_at_start_ |= bit(property);
            if ((claims & bit(property)) == 0 || !found.path)
                continue;
            refutations.push_back({.scope = scope,
                                   .property = static_cast<PropertyId>(property),
                                   .path = *found.path,
                                   .error = found.verdict == Verdict::error ? found.reason : std::string(),
                                   .found_with = {}});
        }
    }

    void examine_level(std::size_t size) {
        std::vector<std::size_t> pending; // positions in repair_.sets
        for (ChangeSet& set : repair_.lattice.level(size)) {
            const auto is_below = [&](std::size_t repair) { return is_subset(repair_.sets[repair].changes, set); };
            if (std::ranges::any_of(repair_.repairs, is_below)) {
                ++repair_.left_out;
                continue;
            }
            pending.push_back(repair_.sets.size());
            repair_.sets.emplace_back().changes = std::move(set);
            repair_.sets.back().reason = "not examined";
        }
        leave_to_others(pending);
        const std::size_t sets = pending.size();
        show(size, 0, sets);
        try_known_runs(pending, 0);
        while (!pending.empty() && !explorer_.interrupted()) {
            show(size, sets - pending.size(), sets);
            const auto end = pending.begin() + static_cast<std::ptrdiff_t>(std::min(explored_together, pending.size()));
            const std::size_t known = known_.size();
            explore({pending.begin(), end});
            pending.erase(pending.begin(), end);
            try_known_runs(pending, known);
        }
        repair_.interrupted = explorer_.interrupted();
    }

    // Takes out of `pending` what another part explores: sets are dealt out like cards.
    void leave_to_others(std::vector<std::size_t>& pending) {
        if (shard_.count == 1)
            return;
        std::vector<std::size_t> own;
        for (std::size_t i = 0; i < pending.size(); ++i) {
            if (i % shard_.count + 1 == shard_.index) {
                own.push_back(pending[i]);
                continue;
            }
            repair_.sets[pending[i]].reason = "another part's";
            ++repair_.left_to_others;
        }
        pending = std::move(own);
    }

    // Takes out of `pending` what the runs from number `first` on refute.
    void try_known_runs(std::vector<std::size_t>& pending, std::size_t first) {
        checker::in_parallel(pending.size(), workers_, [&](std::size_t i) {
            ExaminedSet& set = repair_.sets[pending[i]];
            const impl::Rules rules = rules_of(pending[i]).rules;
            for (std::size_t number = first; number < known_.size() && !explorer_.interrupted(); ++number) {
                const Known& known = known_[number];
                const RepairQuestion question = explorer_.question(known.scope, rules);
                if (question.claims == 0)
                    continue;
                const System system(explorer_.scope_at(known.scope), rules);
                const std::optional<checker::Path> path = known.run.on(system, question.claims);
                if (!path)
                    continue;
                set = {.changes = std::move(set.changes),
                       .verdict = SetVerdict::refuted,
                       .refutation = refuted_by(system, known.scope, *path, question.claims),
                       .reason = {},
                       .unreached = {},
                       .distinct_states = {},
                       .costs = {}};
                set.refutation->found_with = known.set;
                return;
            }
        });
        std::erase_if(pending, [&](std::size_t set) { return repair_.sets[set].refutation.has_value(); });
    }

    void explore(const std::vector<std::size_t>& sets) {
        std::vector<Explored> explored(sets.size());
        const unsigned together = std::min<unsigned>(workers_, static_cast<unsigned>(sets.size()));
        checker::in_parallel(sets.size(), together, [&](std::size_t i) {
            explored[i] = explorer_.explore(rules_of(sets[i]).rules, workers_ / together);
        });
        for (const Explored& each : explored)
            for (const auto& [key, answer] : each.to_answer)
                answers_.add(key, answer);
        for (std::size_t i = 0; i < sets.size(); ++i) {
            ExaminedSet& set = repair_.sets[sets[i]];
            if (explored[i].refutation) {
                set.refutation = explored[i].refutation;
                set.reason.clear();
                set.verdict = SetVerdict::refuted;
                if (set.refutation->error.empty())
                    remember(sets[i], *set.refutation);
            } else if (!explorer_.interrupted()) {
                set.reason = explored[i].open;
                if (set.reason.empty())
                    confirm(sets[i]);
            }
        }
    }

    // What is known of a set on a scope under which all claims hold natively; nothing if something stayed open.
    std::optional<RepairAnswer> full_answer(std::size_t scope, std::size_t set) {
        const std::string name = explorer_.key(scope, rules_of(set).rules);
        if (const RepairAnswer* known = answers_.find(name); known != nullptr && known->holds)
            return *known;
        const Check result = explorer_.check_in_full(scope, rules_of(set), z3_);
        RepairAnswer answer{.holds = true,
                            .distinct_states = result.report.distinct_states,
                            .cost = *result.cost,
                            .unreached = {},
                            .path = {}};
        for (const CheckedProperty& property : result.properties) {
            if (property.verdict == Verdict::inconclusive) {
                repair_.sets[set].reason = repair_.scopes[scope].name + ": " + property.reason;
                return std::nullopt;
            }
            if (property.verdict == Verdict::not_reached)
                answer.unreached.push_back(property.property.name);
        }
        answers_.add(name, answer);
        return answer;
    }

    // All claims hold natively: now with Z3, twins and cost.
    void confirm(std::size_t set) {
        ExaminedSet& examined = repair_.sets[set];
        PropertyBits reached = 0;
        for (std::size_t scope = 0; scope < repair_.scopes.size(); ++scope) {
            const std::optional<RepairAnswer> answer = full_answer(scope, set);
            if (!answer)
                return;
            for (std::size_t property = 0; property < property_count; ++property)
                if (std::ranges::find(answer->unreached, all_properties()[property].name) == answer->unreached.end())
                    reached |= bit(property);
            examined.costs.push_back(answer->cost);
            examined.distinct_states.push_back(answer->distinct_states);
        }
        for (std::size_t property = 0; property < property_count; ++property)
            if ((reached_at_start_ & ~reached & bit(property)) != 0)
                examined.unreached.push_back(all_properties()[property].name);
        examined.verdict = examined.unreached.empty() ? SetVerdict::repairs : SetVerdict::vacuous;
        if (examined.verdict == SetVerdict::repairs)
            repair_.repairs.push_back(set);
    }

    unsigned workers_;
    Z3Use z3_;
    std::function<void(const RepairProgress&)> progress_;
    Shard shard_;
    RepairAnswers answers_;
    SetExplorer explorer_;
    std::vector<Known> known_; // in the order in which they were found
    PropertyBits reached_at_start_ = 0;
    Repair repair_;
};

} // namespace

std::string name_of(SetVerdict verdict) {
    switch (verdict) {
    case SetVerdict::repairs:
        return "repairs";
    case SetVerdict::refuted:
        return "refuted";
    case SetVerdict::vacuous:
        return "vacuous";
    case SetVerdict::inconclusive:
        return "inconclusive";
    }
    return "";
}

Repair repair(const std::vector<Scope>& scopes, const NamedRules& from, const RepairOptions& options) {
    return RepairSearch(scopes, from, options).run();
}

traces::Trace refuting_trace(const Repair& repair, const ExaminedSet& set, const std::string& tool_version) {
    const Refutation& refutation = set.refutation.value();
    const NamedRules rules = repair.lattice.rules(set.changes);
    const System system(repair.scopes[refutation.scope], rules.rules);
    return make_trace(system, refutation.path, refutation.property,
                      refutation.error.empty() ? Verdict::violated : Verdict::error,
                      {.tool_version = tool_version, .rules_name = rules.name});
}

Cost total_cost(const ExaminedSet& set) {
    Cost sum{.complete = true,
             .checkpoints_kept = {},
             .entries_kept = {},
             .bytes_kept = {},
             .events_undone = {},
             .rolled_back = {},
             .replayed = {}};
    for (const Cost& cost : set.costs)
        sum = together(sum, cost);
    return sum;
}

} // namespace mdcd::model
