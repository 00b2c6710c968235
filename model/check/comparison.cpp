// Checks each combination and compares verdicts.
// Knows no property by name.
#include "model/check/comparison.hpp"

#include "checker/invariant.hpp"

namespace mdcd::model {

using checker::Verdict;

namespace {

std::size_t steps_of(const CheckedProperty& property) {
    return property.trace ? property.trace->steps.size() : 0;
}

} // namespace

std::string name_of(Effect effect) {
    switch (effect) {
    case Effect::none:
        return "none";
    case Effect::bought:
        return "bought";
    case Effect::broke:
        return "broke";
    case Effect::sooner:
        return "sooner";
    case Effect::later:
        return "later";
    case Effect::open:
        return "open";
    }
    return "";
}

bool passes(Verdict verdict) {
    return verdict == Verdict::holds || verdict == Verdict::reached;
}

Effect effect_of(Verdict first, std::uint64_t first_steps, Verdict other, std::uint64_t other_steps) {
    if (first == Verdict::inconclusive || other == Verdict::inconclusive)
        return Effect::open;
    if (passes(first) != passes(other))
        return passes(other) ? Effect::bought : Effect::broke;
    if (first_steps == other_steps)
        return Effect::none;
    return other_steps < first_steps ? Effect::sooner : Effect::later;
}

Effect effect_of(const CheckedProperty& first, const CheckedProperty& other) {
    return effect_of(first.verdict, steps_of(first), other.verdict, steps_of(other));
}

Comparison compare(const std::vector<Scope>& scopes, const std::vector<NamedRules>& rules, const CheckOptions& options,
                   const CheckRunner& run) {
    CheckOptions with_cost = options;
    if (!with_cost.cost)
        with_cost.cost = CostSizes{};
    Comparison comparison{.scopes = scopes, .rules = rules, .checks = {}};
    for (const Scope& scope : scopes) {
        std::vector<Check>& row = comparison.checks.emplace_back();
        for (const NamedRules& each : rules) {
            row.push_back(run(scope, each, with_cost));
            if (row.back().report.limit == "interrupted")
                return comparison;
        }
    }
    return comparison;
}

} // namespace mdcd::model
