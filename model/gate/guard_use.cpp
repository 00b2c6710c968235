// Puts what the reports of searches counted beside what scopes and rules leave room for.
// Knows no guard by name.
#include "model/gate/guard_use.hpp"

#include <algorithm>

#include "model/steps/coverage.hpp"

namespace mdcd::model {

std::vector<GuardUse> guards_of(const Scope& scope, const impl::Rules& rules, const checker::Report& report) {
    const auto names = scope.recovery == RecoveryMode::asynchronous ? all_coverage_points() : step_coverage_points();
    std::vector<GuardUse> guards;
    for (std::size_t point = 0; point < names.size(); ++point)
        guards.push_back({names[point], report.coverage[point] > 0      ? Use::passed
                                        : can_fire(point, scope, rules) ? Use::missed
                                                                        : Use::excluded});
    return guards;
}

std::vector<GuardUse> guards_of(const std::string& family, const FamilyCheck& check) {
    std::vector<GuardUse> guards;
    for (std::size_t point = 0; point < check.coverage_points.size(); ++point)
        guards.push_back({family + "/" + check.coverage_points[point],
                          check.report.coverage[point] > 0 ? Use::passed : Use::missed});
    return guards;
}

void add_guards(std::vector<GuardUse>& all, std::span<const GuardUse> more) {
    for (const GuardUse& each : more) {
        const auto known = std::ranges::find(all, each.guard, &GuardUse::guard);
        if (known == all.end())
            all.push_back(each);
        else
            known->use = std::min(known->use, each.use); // in the order of how much they say
    }
}

std::vector<std::string> guards_with(Use use, std::span<const GuardUse> guards) {
    std::vector<std::string> names;
    for (const GuardUse& each : guards)
        if (each.use == use)
            names.push_back(each.guard);
    return names;
}

std::string name_of(Use use) {
    return use == Use::passed ? "passed" : use == Use::missed ? "missed" : "excluded";
}

} // namespace mdcd::model
