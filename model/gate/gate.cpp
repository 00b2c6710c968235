// Shares the checks of a gate out to threads, and judges what they find.
// Knows no report; the order in which checks end changes nothing.
#include "model/gate/gate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <numeric>
#include <system_error>
#include <thread>

#include "model/check/check.hpp"
#include "model/gate/gate_cache.hpp"
#include "model/inputs/families.hpp"

namespace mdcd::model {

using checker::Verdict;
using traces::Value;

namespace {

using Clock = std::chrono::steady_clock;

bool is_interrupted(const GateOptions& options) {
    return options.interrupt != nullptr && options.interrupt->load();
}

void set_counts(Found& found, const checker::Report& report) {
    found.distinct_states = report.distinct_states;
    found.transitions = report.transitions;
    found.depth = report.depth;
    found.exhaustive = report.exhaustive;
    found.limit = report.limit;
}

// The properties with whose first violation a check ends.
std::vector<std::string> stop_at(const GateCheck& check, const GateOptions& options) {
    std::vector<std::string> names;
    for (const Expectation& expected : check.expected)
        if (options.stop_at_first && expected.verdict == Verdict::holds)
            names.push_back(expected.property);
    return names;
}

Found found_in_family(const GateCheck& check, const GateOptions& options, unsigned workers) {
    FamilyOptions family_options;
    family_options.search.workers = workers;
    family_options.search.limits = check.budget;
    family_options.search.interrupt = options.interrupt;
    family_options.search.stop_at = stop_at(check, options);
    FamilyCheck result = family_of(check.family->scope).explore(*check.family, family_options);
    Found found;
    set_counts(found, result.report);
    found.guards = guards_of(family_of(check.family->scope).name(), result);
    for (FamilyProperty& each : result.properties) {
        found.properties.push_back(
            {each.property.name, each.verdict, each.steps, std::move(each.reason), std::move(each.trace)});
        if (found.properties.back().reason == "interrupted")
            found.limit = "interrupted"; // while whole runs were looked at
    }
    return found;
}

Found found_by(const GateCheck& check, const GateOptions& options, unsigned workers) {
    CheckOptions check_options;
    check_options.search.workers = workers;
    check_options.search.limits = check.budget;
    check_options.symmetry = check.symmetry ? Symmetry::sound : Symmetry::none;
    check_options.search.interrupt = options.interrupt;
    check_options.search.stop_at = stop_at(check, options);
    if (!check_options.search.stop_at.empty()) { // what does not apply is judged all the same, and told to nobody
        const std::vector<std::string> told = wanted_properties(check.scope, check.rules.rules, check_options);
        std::erase_if(check_options.search.stop_at,
                      [&told](const std::string& name) { return std::ranges::find(told, name) == told.end(); });
    }
    check_options.tool_version = options.tool_version;
    check_options.z3_cache = options.z3_cache;
    check_options.z3_asker = options.z3_asker;
    Found found;
    const Clock::time_point start = Clock::now();
    try {
        if (check.family) {
            found = found_in_family(check, options, workers);
            found.seconds = std::chrono::duration<double>(Clock::now() - start).count();
            return found;
        }
        Check result = model::check(check.scope, check.rules, check_options);
        set_counts(found, result.report);
        found.guards = guards_of(check.scope, check.rules.rules, result.report);
        for (CheckedProperty& each : result.properties) {
            FoundProperty& property = found.properties.emplace_back();
            property.property = each.property.name;
            property.verdict = each.verdict;
            property.reason = each.reason;
            if (!each.trace)
                continue;
            property.steps = each.trace->steps.size();
            if (each.verdict != Verdict::reached)
                property.trace = std::move(each.trace);
        }
    } catch (const std::exception& error) { // the other checks go on; the exit code will say it
        found = Found{};
        found.failure = error.what();
    }
    found.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return found;
}

// Threads that take one check after the other.
class Team {
public:
    Team(const Gate& gate, const GateOptions& options, GateRun& run) : gate_(gate), options_(options), run_(run) {}

    void work() {
        std::vector<std::size_t> order = open_checks();
        const std::size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
        const std::size_t workers = options_.workers == 0 ? cores : options_.workers;
        const std::size_t jobs = std::clamp<std::size_t>(order.size(), 1, workers);
        done_ = gate_.checks.size() - order.size();
        std::atomic<std::size_t> next{0};
        const auto take = [&] {
            for (std::size_t taken = next++; taken < order.size() && !is_interrupted(options_); taken = next++)
                run_one(order[taken], static_cast<unsigned>(workers / jobs));
        };
        std::vector<std::jthread> threads;
        for (std::size_t job = 1; job < jobs; ++job) {
            try {
                threads.emplace_back(take);
            } catch (const std::system_error&) { // those that there are do the work
                break;
            }
        }
        take();
    }

private:
    // Those the cache does not answer, the largest first, so that none of those is left for the end.
    std::vector<std::size_t> open_checks() {
        std::vector<std::size_t> open;
        for (std::size_t index = 0; index < gate_.checks.size(); ++index) {
            const GateCheck& check = gate_.checks[index];
            std::optional<Found> found;
            if (options_.cache != nullptr)
                found = options_.cache->find(check, run_.warnings);
            if (!found) {
                open.push_back(index);
                continue;
            }
            run_.results[index].found = std::move(*found);
            run_.results[index].cached = true;
            judge(check, run_.results[index]);
        }
        std::ranges::stable_sort(open, std::ranges::greater{},
                                 [this](std::size_t index) { return gate_.checks[index].distinct_states.value_or(0); });
        return open;
    }

    void run_one(std::size_t index, unsigned workers) {
        const GateCheck& check = gate_.checks[index];
        GateResult& result = run_.results[index];
        result.found = found_by(check, options_, workers);
        if (result.found.limit == "interrupted") {
            result.found = Found{}; // as good as not run
            return;
        }
        judge(check, result);
        const std::lock_guard lock(mutex_);
        if (options_.cache != nullptr && is_settled(result.found))
            options_.cache->keep(check, result.found, run_.warnings);
        if (options_.progress)
            options_.progress(++done_, gate_.checks.size());
    }

    const Gate& gate_;
    const GateOptions& options_;
    GateRun& run_;
    std::mutex mutex_;
    std::size_t done_ = 0;
};

const FoundProperty* property_of(const Found& found, const std::string& name) {
    const auto property = std::ranges::find(found.properties, name, &FoundProperty::property);
    return property == found.properties.end() ? nullptr : &*property;
}

Deviation deviation_of(const GateCheck& check, const Expectation& expected, const FoundProperty* found) {
    Deviation deviation{.subject = expected.property,
                        .text = "expected " + text_of(expected) + ", ",
                        .status = CheckStatus::not_as_expected,
                        .path = check.path + ".expect." + expected.property};
    if (found == nullptr) {
        deviation.text += "but the check did not report it";
        return deviation;
    }
    deviation.text += "found " + text_of({found->property, found->verdict, found->steps});
    deviation.text += found->reason.empty() ? "" : " (" + found->reason + ")";
    if (found->verdict == Verdict::inconclusive)
        deviation.status = CheckStatus::inconclusive;
    return deviation;
}

// Each property that is not as expected; those that are merely open after an unfinished search go to `open` instead.
std::vector<Deviation> deviations_of(const GateCheck& check, const Found& found, std::string& open) {
    std::vector<Deviation> deviations;
    for (const Expectation& expected : check.expected) {
        const FoundProperty* property = property_of(found, expected.property);
        if (is_as_expected(expected, found))
            continue;
        if (!found.exhaustive && property != nullptr && property->verdict == Verdict::inconclusive)
            open += (open.empty() ? "; it left open: " : ", ") + expected.property;
        else
            deviations.push_back(deviation_of(check, expected, property));
    }
    return deviations;
}

// The worse of the two: an error hides nothing, and an open question no broken expectation.
CheckStatus worse(CheckStatus one, CheckStatus other) {
    for (const CheckStatus each : {CheckStatus::error, CheckStatus::not_as_expected, CheckStatus::inconclusive})
        if (one == each || other == each)
            return each;
    return CheckStatus::as_expected;
}

} // namespace

bool is_as_expected(const Expectation& expected, const Found& found) {
    const FoundProperty* property = property_of(found, expected.property);
    return property != nullptr && property->verdict == expected.verdict &&
           (!expected.steps || expected.steps == property->steps);
}

void judge(const GateCheck& check, GateResult& result) {
    const Found& found = result.found;
    result.deviations.clear();
    const auto add = [&](std::string subject, std::string text, CheckStatus status, const std::string& field) {
        result.deviations.push_back({std::move(subject), std::move(text), status, check.path + field});
    };
    if (!found.failure.empty()) {
        add("internal_error", found.failure, CheckStatus::error, "");
    } else {
        std::string open;
        result.deviations = deviations_of(check, found, open);
        const std::string allowed = std::to_string(std::llround(check.budget.seconds_max));
        if (!found.exhaustive)
            add("budget",
                "the search did not finish" + (found.limit.empty() ? "" : ", bounded by " + found.limit) + open,
                CheckStatus::inconclusive, ".budget");
        else if (check.budget.seconds_max > 0 && found.seconds > check.budget.seconds_max)
            add("budget", "took longer than the " + allowed + " seconds it may take", CheckStatus::inconclusive,
                ".budget.max_seconds");
        if (found.exhaustive && check.distinct_states && *check.distinct_states != found.distinct_states)
            add("distinct_states",
                "expected exactly " + std::to_string(*check.distinct_states) + " distinct states, found " +
                    std::to_string(found.distinct_states),
                CheckStatus::not_as_expected, ".distinct_states");
    }
    result.status = CheckStatus::as_expected;
    for (const Deviation& each : result.deviations)
        result.status = worse(result.status, each.status);
}

bool is_settled(const Found& found) {
    return found.failure.empty() && found.exhaustive &&
           std::ranges::none_of(found.properties, [](const FoundProperty& each) {
               return each.verdict == Verdict::inconclusive || each.verdict == Verdict::error;
           });
}

std::vector<GuardUse> guards_of(const GateRun& run) {
    std::vector<GuardUse> all;
    for (const GateResult& result : run.results)
        add_guards(all, result.found.guards);
    return all;
}

GateRun run_gate(const Gate& gate, const GateOptions& options) {
    GateRun run;
    run.results.resize(gate.checks.size());
    Team(gate, options, run).work();
    return run;
}

namespace {

Value pinned_check(const Value& check, const Found& found) {
    Value::Record expect;
    for (const FoundProperty& each : found.properties)
        expect.emplace_back(each.property, text_of({each.property, each.verdict,
                                                    each.verdict == Verdict::violated ? each.steps : std::nullopt}));
    Value::Record record;
    for (const auto& field : *check.record())
        if (field.first != "expect" && field.first != "distinct_states")
            record.push_back(field);
    record.emplace_back("distinct_states", static_cast<std::int64_t>(found.distinct_states));
    record.emplace_back("expect", std::move(expect));
    return record;
}

} // namespace

Value pinned(const Gate& gate, const GateRun& run) {
    Value::List checks;
    const Value::List& before = *gate.value.find("checks")->list();
    for (std::size_t index = 0; index < before.size(); ++index) {
        const Found& found = run.results[index].found;
        checks.push_back(is_settled(found) ? pinned_check(before[index], found) : before[index]);
    }
    Value::Record record;
    for (const auto& [name, value] : *gate.value.record())
        record.emplace_back(name, name == "checks" ? Value(checks) : value);
    return record;
}

std::string name_of(CheckStatus status) {
    switch (status) {
    case CheckStatus::as_expected:
        return "as_expected";
    case CheckStatus::not_as_expected:
        return "not_as_expected";
    case CheckStatus::inconclusive:
        return "inconclusive";
    case CheckStatus::error:
        return "error";
    case CheckStatus::not_run:
        return "not_run";
    }
    return "";
}

} // namespace mdcd::model
