// Explores a system, and puts its report into the words of families. Every run that is told was executed once more.
// Knows no family and no rule.
#include "model/families/explored_system.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <stdexcept>
#include <utility>

#include "checker/actors/check.hpp"
#include "checker/actors/ending.hpp"
#include "checker/actors/trace.hpp"

namespace mdcd::model {

namespace actors = checker::actors;
using checker::Property;
using checker::PropertyKind;
using checker::Verdict;
using traces::Value;

namespace {

PropertyKind kind_of(actors::ClaimKind kind) {
    switch (kind) {
    case actors::ClaimKind::reachable:
        return PropertyKind::reachable;
    case actors::ClaimKind::eventually:
    case actors::ClaimKind::leads_to:
        return PropertyKind::eventually;
    case actors::ClaimKind::always:
    case actors::ClaimKind::no_deadlock:
        break;
    }
    return PropertyKind::always;
}

Property property_of(const std::string& claim, actors::ClaimKind kind, const std::string& rationale) {
    return {property_name(claim), kind_of(kind), rationale.empty() ? "It happens: " + claim + "." : rationale};
}

class Observers final : public actors::StateObserver {
public:
    std::vector<actors::StateObserver*> all;

    void begin() override {
        for (actors::StateObserver* const each : all)
            each->begin();
    }
    void see(unsigned worker, const actors::SystemState& state) override {
        for (actors::StateObserver* const each : all)
            each->see(worker, state);
    }
};

// An unknown leaves the claim open. The search has met each state that Z3 was asked about.
void apply_z3(FamilyProperty& property, const FamilyZ3& asked) {
    property.z3 = asked;
    if (asked.violated > 0 && property.verdict != Verdict::violated)
        throw std::logic_error("Z3 says that " + property.property.name + " fails, the search that it does not");
    if (asked.unknowns > 0 && property.verdict == Verdict::holds) {
        property.verdict = Verdict::inconclusive;
        property.reason = asked.unknown_reason == "interrupted"
                              ? asked.unknown_reason
                              : "Z3 gave no answer to " + std::to_string(asked.unknowns) +
                                    (asked.unknowns == 1 ? " question: " : " questions: ") + asked.unknown_reason;
    }
}

} // namespace

std::string property_name(const std::string& claim) {
    std::string name;
    for (const char each : claim) {
        const bool is_letter = std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_';
        if (is_letter)
            name += each;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    return name;
}

std::vector<Property> properties_of(const actors::ActorSystem& system, const std::vector<std::string>& out_of_reach) {
    std::vector<Property> properties;
    for (const actors::Claim& each : system.parts().claims)
        if (std::ranges::find(out_of_reach, each.name) == out_of_reach.end())
            properties.push_back(property_of(each.name, each.kind, each.rationale));
    return properties;
}

void tell_as_family(traces::Trace& trace, const Property& property, const ExploredSystem& what) {
    Value::Record values;
    for (const RuleValue& each : what.rules)
        values.emplace_back(each.rule, each.value);
    trace.scope_name = what.scope.name;
    trace.rules_name = what.rules_name;
    trace.scope = Value::Record{{"name", what.scope.name}, {"description", what.scope.description}};
    trace.rules = std::move(values);
    trace.property = property.name;
    trace.claim = property.rationale;
}

const actors::Claim* claim_of(const ExploredSystem& what, const std::string& property) {
    for (const actors::Claim& each : what.system.parts().claims)
        if (property_name(each.name) == property &&
            std::ranges::find(what.out_of_reach, each.name) == what.out_of_reach.end())
            return &each;
    return nullptr;
}

FamilyCheck explored(const ExploredSystem& what, const FamilyOptions& options) {
    const actors::ActorSystem& system = what.system;
    actors::CheckOptions check_options;
    check_options.search = options.search;
    if (options.stop_at_first)
        for (const actors::Claim& each : system.parts().claims)
            if (kind_of(each.kind) == PropertyKind::always)
                check_options.search.stop_at.push_back(each.name);
    Observers observers;
    std::optional<MeasuredStates> measuring;
    if (options.measure && what.measured.look)
        observers.all.push_back(&measuring.emplace(what.measured));
    std::optional<AskedStates> asking;
    if (options.z3.ask && !what.questions.claims.empty())
        observers.all.push_back(&asking.emplace(what.questions));
    if (!observers.all.empty())
        check_options.observer = &observers;
    const actors::SystemReport report = actors::check(system, check_options);
    FamilyCheck check;
    check.report = report.search;
    check.coverage_points = report.coverage_points;
    if (measuring)
        check.measures = measuring->measures();
    if (report.whole_runs)
        check.notes = report.whole_runs->notes;
    std::vector<FamilyZ3> asked;
    if (asking)
        asked = asking->ask(options, std::max(options.search.limits.seconds_max - report.search.seconds, 0.0));
    bool is_error_told = false; // all that is open fails at the same place
    for (const actors::ClaimVerdict& each : report.claims) {
        if (std::ranges::find(what.out_of_reach, each.claim) != what.out_of_reach.end())
            continue;
        FamilyProperty& property = check.properties.emplace_back();
        property.property = property_of(each.claim, each.kind, each.rationale);
        property.verdict = each.verdict;
        property.reason = each.reason;
        const auto claim = std::ranges::find(what.questions.claims, each.claim) - what.questions.claims.begin();
        if (static_cast<std::size_t>(claim) < asked.size())
            apply_z3(property, asked[static_cast<std::size_t>(claim)]);
        if (each.path)
            property.steps = each.path->firings.size();
        const bool is_wrong = each.verdict == Verdict::violated || each.verdict == Verdict::error;
        const bool is_wanted = std::ranges::find(options.witnesses, property.property.name) != options.witnesses.end();
        if (!each.run || (!is_wrong && !is_wanted) || (each.verdict == Verdict::error && is_error_told))
            continue;
        is_error_told = is_error_told || each.verdict == Verdict::error;
        property.trace = actors::trace_of(report, each.claim);
        tell_as_family(*property.trace, property.property, what);
        if (property.z3 && property.verdict == Verdict::violated)
            actors::show_end(report, each.claim, [&](const actors::SystemState& state) {
                property.trace->hypothesis = asking->why(static_cast<std::size_t>(claim), state, options);
            });
        property.run = actors::to_text(*each.run);
        property.is_endless = each.run->loop_begin.has_value();
        if (is_wrong)
            property.ending = actors::ending_of(each);
    }
    return check;
}

} // namespace mdcd::model
