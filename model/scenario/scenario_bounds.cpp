// Bounds from the budgets; what a kind of finding is about from the claim that finds it (runs/conclusion.cpp).
// Generous where a bound is not worth its words.
#include "model/scenario/scenario_bounds.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>
#include <string_view>

#include "model/inputs/property_table.hpp"
#include "model/scenario/scenario_expectation.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {
namespace {

constexpr std::uint64_t number_max = 255; // of a scope whose budgets are not bounded

std::array<std::uint8_t, 10> counts(const Budgets& budgets) {
    return {budgets.cluster_messages,      budgets.active_messages,          budgets.messages_to_cluster,
            budgets.low_acceptance_tests,  budgets.active_acceptance_tests,  budgets.cluster_outputs,
            budgets.low_internal_messages, budgets.shadow_internal_messages, budgets.detections,
            budgets.coverage_misses};
}

std::vector<std::string> split(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
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

void expect_numbers_up_to(std::uint64_t largest, const std::vector<std::string>& words,
                          const std::vector<std::string>& processes) {
    for (const std::string& word : words) {
        if (word.empty() || std::ranges::find(processes, word) != processes.end())
            continue;
        const std::string first = word.substr(0, word.find('.'));
        const bool after_process = word.size() > 1 && std::string_view("ALS").find(word[0]) != std::string_view::npos &&
                                   is_number(first.substr(1));
        if (after_process && std::ranges::find(processes, first) == processes.end())
            throw ExpectationError("'" + word + "' can never be there: there is no process " + first);
        std::string rest = after_process ? word.substr(first.size()) : word;
        for (char& each : rest)
            each = each >= '0' && each <= '9' ? each : ' ';
        std::istringstream numbers(rest);
        for (std::string number; numbers >> number;)
            if (number.size() > 3 || (number.size() > 1 && number.front() == '0') || std::stoull(number) > largest)
                throw ExpectationError("'" + word +
                                       "' can never be there in this scope, so this would check nothing: expected "
                                       "numbers up to " +
                                       std::to_string(largest) + ", without a zero before them");
    }
}

void expect_words_of(TextKind kind, const std::vector<std::string>& words, const std::vector<std::string>& processes) {
    static const std::vector<std::string> known[] = {
        // runs/run_writer.cpp
        split("sends logs receives generates passes fails outputs and tells the counter a message for nothing its "
              "suppresses it cluster external device to from an acceptance test broadcasts without announcement reply "
              "decision passed_AT number low_number"),
        // runs/conclusion.cpp, runs/recovery_text.cpp
        split("stops is clean and stays where it has nothing to roll back rolls checkpoint taken at the start after "
              "step replays what already re-sends suppresses generates up cluster message stopped coordinates recovery "
              "waits for replies halted decision of runs nobody heard no in incarnation which began with as validated "
              "number a rollback external messages its re-sent")};
    const std::vector<std::string>& those = known[static_cast<std::size_t>(kind)];
    for (const std::string& written : words) {
        const std::string word = written.substr(0, written.find_last_not_of(",;:") + 1);
        const bool has_digit = std::ranges::any_of(word, [](char each) { return each >= '0' && each <= '9'; });
        if (has_digit || std::ranges::find(processes, word) != processes.end())
            continue;
        if (std::ranges::none_of(those, [&](const std::string& each) { return each.starts_with(word); }))
            throw ExpectationError("'" + written + "' can never be there, so this would check nothing" +
                                   traces::did_you_mean(word, those));
    }
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
