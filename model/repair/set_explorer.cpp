// Looks at one scope after the other.
// Writes no answer: that is for whoever calls, in an order of its own.
#include "model/repair/set_explorer.hpp"

#include <algorithm>

#include "checker/invariant.hpp"
#include "checker/search.hpp"
#include "model/check/every_claim.hpp"
#include "model/check/number_watch.hpp"
#include "model/inputs/request_error.hpp"
#include "model/reductions/reductions.hpp"

namespace mdcd::model {

using checker::PropertyBits;
using checker::PropertyKind;
using checker::Verdict;

namespace {

constexpr PropertyBits bit_of(std::size_t property) {
    return PropertyBits{1} << property;
}

// Those that are asked for, all if none is named, as far as they apply.
RepairQuestion question_of(const Scope& scope, const impl::Rules& rules, const CheckOptions& options) {
    const std::vector<std::string>& asked = options.properties.empty() ? scope.properties : options.properties;
    RepairQuestion question;
    const auto properties = all_properties();
    const std::vector<std::string> names = property_names(scope); // a user's invariants after the model's own
    for (std::size_t property = 0; property < names.size(); ++property) {
        const std::string& name = names[property];
        if (!applies(property_at(property), scope, rules) ||
            (!asked.empty() && std::ranges::find(asked, name) == asked.end()))
            continue;
        question.names.push_back(name);
        if (property < property_count && properties[property].kind == PropertyKind::always)
            question.claims |= bit_of(property);
    }
    return question;
}

// The first of the claims that is false.
PropertyId first_violated(PropertyBits bits, PropertyBits claims) {
    for (std::size_t property = 0; property < property_count; ++property)
        if ((claims & ~bits & bit_of(property)) != 0)
            return static_cast<PropertyId>(property);
    checker::broken("a run that refutes nothing", __FILE__, __LINE__);
}

struct WatchNumbers {
    NumberWatch& numbers;
    void observe(unsigned, std::span<const SlotSummary* const> summaries, checker::PropertyBits) const {
        numbers.observe(summaries);
    }
};

} // namespace

std::optional<Refutation> refuted_by(const System& system, std::size_t scope, const checker::Path& path,
                                     PropertyBits claims) {
    const PropertyBits bits = checker::judge(system, checker::states_along(system, path).back());
    if ((bits & claims) == claims)
        return std::nullopt;
    return Refutation{
        .scope = scope, .property = first_violated(bits, claims), .path = path, .error = {}, .found_with = {}};
}

SetExplorer::SetExplorer(const std::vector<Scope>& scopes, const impl::Rules& from, const RepairOptions& options,
                         const RepairAnswers& answers)
    : options_(options), answers_(answers), scopes_(scopes) {
    for (const Scope& scope : scopes) {
        (void)wanted_properties(scope, from, options.check); // refuses what is none, and what says nothing of the start
        if (question_of(scope, from, options.check).claims == 0)
            throw RequestError("scope " + scope.name,
                               "none of the properties asked for is a claim that could be repaired");
    }
}

RepairQuestion SetExplorer::question(std::size_t scope, const impl::Rules& rules) const {
    return question_of(scopes_.at(scope), rules, options_.check);
}

bool SetExplorer::interrupted() const {
    const auto* flag = options_.check.search.interrupt;
    return flag != nullptr && flag->load();
}

std::string SetExplorer::key(std::size_t scope, const impl::Rules& rules) const {
    std::vector<std::string> texts{"repair answer 1", options_.build, traces::to_text(to_value(scopes_[scope])),
                                   traces::to_text(to_value(rules))};
    const bool renumbering = options_.check.renumbering.value_or(is_unbounded(scopes_[scope]));
    const CostSizes sizes = options_.check.cost.value_or(CostSizes{});
    for (const unsigned number : {static_cast<unsigned>(options_.check.z3), sizes.state_bytes, sizes.payload_bytes,
                                  static_cast<unsigned>(options_.check.symmetry), unsigned{renumbering}})
        texts.push_back(std::to_string(number));
    const std::vector<std::string> names = question(scope, rules).names;
    texts.insert(texts.end(), names.begin(), names.end());
    return answer_key(texts);
}

Check SetExplorer::check_in_full(std::size_t scope, const NamedRules& rules, Z3Use z3) const {
    CheckOptions options = options_.check;
    options.cost = options.cost.value_or(CostSizes{});
    options.z3 = z3;
    if (!options.properties.empty())
        options.properties = question(scope, rules.rules).names;
    return check(scopes_[scope], rules, options);
}

// An answer from a file is believed only after it was executed.
std::optional<Refutation> SetExplorer::rerun(const System& system, std::size_t scope, const RepairAnswer& known) const {
    try {
        return refuted_by(system, scope, known.path, question(scope, system.rules()).claims);
    } catch (const checker::PathError&) {
        return std::nullopt;
    }
}

Explored SetExplorer::explore(const impl::Rules& rules, unsigned workers) const {
    Explored explored;
    checker::SearchOptions options = options_.check.search;
    options.workers = workers;
    options.stop_when_decided = true;
    options.progress = {};
    for (std::size_t scope = 0; scope < scopes_.size() && !interrupted(); ++scope) {
        const PropertyBits claims = question(scope, rules).claims;
        if (claims == 0) {
            explored.open = scopes_[scope].name + ": none of the claims asked for applies under these rules";
            continue;
        }
        const Reductions reductions =
            reductions_for(scopes_[scope], rules, options_.check.symmetry, options_.check.renumbering);
        options.use_renamings = reductions.any();
        const System system(scopes_[scope], rules, reductions);
        std::string name = key(scope, rules);
        if (const RepairAnswer* known = answers_.find(name)) {
            if (known->holds || known->holds_natively)
                continue;
            explored.refutation = rerun(system, scope, *known);
            if (explored.refutation)
                return explored;
        }
        NumberWatch numbers(system);
        checker::Report report = checker::search(EveryClaim(system, claims), options, WatchNumbers{numbers});
        if (numbers.ran_out())
            note_numbers_ran_out(report);
        const checker::PropertyVerdict& verdict = report.verdicts.front();
        if (verdict.verdict == Verdict::violated) {
            explored.refutation = refuted_by(system, scope, *verdict.path, claims);
            explored.to_answer.emplace_back(std::move(name),
                                            RepairAnswer{.cost = {}, .unreached = {}, .path = *verdict.path});
            return explored;
        }
        if (verdict.verdict == Verdict::error) {
            explored.refutation = Refutation{.scope = scope,
                                             .property = first_violated(0, claims),
                                             .path = verdict.path.value_or(checker::Path{}),
                                             .error = verdict.reason,
                                             .found_with = {}};
            return explored;
        }
        if (verdict.verdict == Verdict::holds)
            explored.to_answer.emplace_back(
                std::move(name), RepairAnswer{.holds_natively = true, .cost = {}, .unreached = {}, .path = {}});
        if (verdict.verdict == Verdict::inconclusive)
            explored.open = scopes_[scope].name + ": " + verdict.reason;
    }
    return explored;
}

} // namespace mdcd::model
