// Explores a system, and puts its report into the words of families. Every run that is told was executed once more.
// Knows no family and no rule.
#include "model/families/explored_system.hpp"

#include <algorithm>
#include <cctype>
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

// The families' words for what the system calls it.
traces::Trace trace_of_family(const actors::SystemReport& report, const Property& property, const std::string& claim,
                              const FamilyScope& scope, const std::string& rules_name,
                              const std::vector<RuleValue>& rules) {
    traces::Trace trace = actors::trace_of(report, claim, scope.name);
    Value::Record values;
    for (const RuleValue& each : rules)
        values.emplace_back(each.rule, each.value);
    trace.rules_name = rules_name;
    trace.scope = Value::Record{{"name", scope.name}, {"description", scope.description}};
    trace.rules = std::move(values);
    trace.property = property.name;
    trace.claim = property.rationale;
    return trace;
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

FamilyCheck explored(const actors::ActorSystem& system, const std::vector<std::string>& out_of_reach,
                     const FamilyScope& scope, const std::string& rules_name, const std::vector<RuleValue>& rules,
                     const FamilyOptions& options) {
    actors::CheckOptions check_options;
    check_options.search = options.search;
    if (options.stop_at_first)
        for (const actors::Claim& each : system.parts().claims)
            if (kind_of(each.kind) == PropertyKind::always)
                check_options.search.stop_at.push_back(each.name);
    const actors::SystemReport report = actors::check(system, check_options);
    FamilyCheck check;
    check.report = report.search;
    check.coverage_points = report.coverage_points;
    if (report.whole_runs)
        check.notes = report.whole_runs->notes;
    bool is_error_told = false; // all that is open fails at the same place
    for (const actors::ClaimVerdict& each : report.claims) {
        if (std::ranges::find(out_of_reach, each.claim) != out_of_reach.end())
            continue;
        FamilyProperty& property = check.properties.emplace_back();
        property.property = property_of(each.claim, each.kind, each.rationale);
        property.verdict = each.verdict;
        property.reason = each.reason;
        if (each.path)
            property.steps = each.path->firings.size();
        const bool is_wrong = each.verdict == Verdict::violated || each.verdict == Verdict::error;
        const bool is_wanted = std::ranges::find(options.witnesses, property.property.name) != options.witnesses.end();
        if (!each.run || (!is_wrong && !is_wanted) || (each.verdict == Verdict::error && is_error_told))
            continue;
        is_error_told = is_error_told || each.verdict == Verdict::error;
        property.trace = trace_of_family(report, property.property, each.claim, scope, rules_name, rules);
        property.run = actors::to_text(*each.run);
        property.is_endless = each.run->loop_begin.has_value();
        if (is_wrong)
            property.ending = actors::ending_of(each);
    }
    return check;
}

} // namespace mdcd::model
