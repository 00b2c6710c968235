// Bounds from the budgets; what a kind of finding is about from the claim that finds it (runs/conclusion.cpp).
// Generous where a bound is not worth its words.
#include "model/scenario/scenario_bounds.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/inputs/property_table.hpp"
#include "model/scenario/scenario_expectation.hpp"

namespace mdcd::model {
namespace {

constexpr std::uint64_t number_max = 255; // of a scope whose budgets are not bounded

std::array<std::uint8_t, 10> counts(const Budgets& budgets) {
    return {budgets.cluster_messages,      budgets.active_messages,          budgets.messages_to_cluster,
            budgets.low_acceptance_tests,  budgets.active_acceptance_tests,  budgets.cluster_outputs,
            budgets.low_internal_messages, budgets.shadow_internal_messages, budgets.detections,
            budgets.coverage_misses};
}

bool is_number(const std::string& word) {
    return !word.empty() && std::ranges::all_of(word, [](char each) { return each >= '0' && each <= '9'; });
}

struct FindingKind {
    const char* name;
    PropertyId property;
    enum class Subject : std::uint8_t { message, process, either } subject;
};

// Kinds that several claims find stand here with the one that always applies, or not at all.
constexpr std::array kinds_of_one_claim{
    FindingKind{"cascade", PropertyId::no_cascading_rollback, FindingKind::Subject::either},
    FindingKind{"duplicate", PropertyId::recoverability, FindingKind::Subject::message},
    FindingKind{"excess_rollback", PropertyId::minimal_rollback, FindingKind::Subject::process},
    FindingKind{"kept_in_vain", PropertyId::reclamation_completeness, FindingKind::Subject::process},
    FindingKind{"lost", PropertyId::recoverability, FindingKind::Subject::message},
    FindingKind{"orphan", PropertyId::recoverability, FindingKind::Subject::message},
    FindingKind{"reclaimed", PropertyId::reclamation_safety, FindingKind::Subject::either},
    FindingKind{"rolled_back_again", PropertyId::rolled_back_once, FindingKind::Subject::process},
    FindingKind{"same_number", PropertyId::unique_sn, FindingKind::Subject::either},
    FindingKind{"waiting", PropertyId::recovery_terminates, FindingKind::Subject::process},
};

const FindingKind* kind_of(const std::string& name) {
    const auto* const found =
        std::ranges::find_if(kinds_of_one_claim, [&](const FindingKind& each) { return each.name == name; });
    return found == kinds_of_one_claim.end() ? nullptr : found;
}

} // namespace

std::uint64_t largest_number(const Scope& scope) {
    const std::uint64_t most = std::ranges::max(counts(scope.budgets));
    return most == unbounded_budget ? number_max
                                    : std::min(number_max, std::max<std::uint64_t>(most * scope.components, 1));
}

std::uint64_t largest_count(const Scope& scope) {
    std::uint64_t sum = 0;
    for (const std::uint8_t each : counts(scope.budgets))
        sum += each == unbounded_budget ? number_max : each;
    return std::min(number_max, sum * (scope.components + std::uint64_t{scope.active_processes}));
}

void expect_numbers_up_to(std::uint64_t largest, const std::vector<std::string>& words) {
    for (const std::string& word : words)
        if (is_number(word) && (word.size() > 3 || std::stoull(word) > largest))
            throw ExpectationError("'" + word +
                                   "' can never be there in this scope, so this would check nothing: "
                                   "expected a number up to " +
                                   std::to_string(largest));
}

void expect_finding_applies(const std::string& kind, const Scope& scope, const impl::Rules& rules) {
    const FindingKind* const found = kind_of(kind);
    if (found != nullptr && found->property != PropertyId::recoverability && !applies(found->property, scope, rules))
        throw ExpectationError("'" + kind + "' is what " +
                               all_properties()[static_cast<std::size_t>(found->property)].name +
                               " finds, which does not apply to this scope under these rules: it would say nothing");
}

void expect_finding_subject(const std::string& kind, const std::string& subject, bool is_process) {
    const FindingKind* const found = kind_of(kind);
    if (found == nullptr || found->subject == FindingKind::Subject::either)
        return;
    const bool wants_process = found->subject == FindingKind::Subject::process;
    if (wants_process != is_process)
        throw ExpectationError("expected a " + std::string(wants_process ? "process" : "message") + " after '" + kind +
                               "', found " + (is_process ? "the process '" : "the message '") + subject + "'");
}

} // namespace mdcd::model
