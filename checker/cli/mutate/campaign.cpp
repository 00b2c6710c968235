// The check that saw a mutant the last time first, then small checks: most mutants are seen by a small scope. A check
// that does not run the function that a mutant changes cannot see it, and is left out. A check ends with the first
// violation.
// Knows no report for people.
#include "checker/cli/mutate/campaign.hpp"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <numeric>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "checker/cli/mutate/child_process.hpp"
#include "checker/cli/mutate/first_checks.hpp"
#include "checker/cli/mutate/mutated_copy.hpp"
#include "checker/cli/usage_error.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli::mutate {
namespace {

using traces::Value;

bool is_interrupted(const CampaignOptions& options) {
    return options.interrupt != nullptr && options.interrupt->load();
}

bool is_out_of_time(const CampaignOptions& options) {
    return options.until && std::chrono::steady_clock::now() >= *options.until;
}

std::string text_of(const Value& record, const char* field) {
    const Value* const value = record.find(field);
    return value == nullptr || value->text() == nullptr ? "" : *value->text();
}

const Value::List& list_of(const Value& record, const char* field) {
    static const Value::List nothing;
    const Value* const value = record.find(field);
    return value == nullptr || value->list() == nullptr ? nothing : *value->list();
}

std::optional<std::int64_t> steps_of(const Value& property) {
    const Value* const steps = property.find("steps");
    return steps == nullptr || steps->number() == nullptr ? std::nullopt : std::optional(*steps->number());
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

// The property that says most: one that is violated, by the shortest run; else the first that is not as expected.
void take_property(Outcome& outcome, const Value& property) {
    const std::string verdict = text_of(property, "verdict");
    const std::optional<std::int64_t> steps = verdict == "violated" ? steps_of(property) : std::nullopt;
    if (outcome.layer == Layer::property && (!steps || (outcome.steps && *outcome.steps <= *steps)))
        return;
    outcome.layer = Layer::property;
    outcome.property = text_of(property, "name");
    outcome.expected = text_of(property, "expected");
    outcome.found = verdict;
    outcome.steps = steps;
}

void judge_check(Outcome& outcome, const Value& check) {
    std::set<std::string> deviating;
    bool counted = false;
    bool open = false;
    for (const Value& each : list_of(check, "deviations")) {
        const std::string subject = text_of(each, "subject");
        const std::string status = text_of(each, "status");
        if (status == "error") {
            outcome.layer = Layer::stopped;
            outcome.found = text_of(each, "text");
            return;
        }
        if (status == "inconclusive")
            open = true;
        else if (subject == "distinct_states")
            counted = true;
        else
            deviating.insert(subject);
    }
    outcome.layer = counted ? Layer::count : open ? Layer::undecided : Layer::survived;
    for (const Value& property : list_of(check, "properties")) {
        if (!deviating.contains(text_of(property, "name")) || text_of(property, "verdict").empty())
            continue; // what does not apply under another value of a rule sees nothing
        if (text_of(property, "verdict") != "error") {
            take_property(outcome, property);
        } else if (outcome.layer != Layer::property) { // the search ended there: no claim says that something is wrong
            outcome.layer = Layer::stopped;
            outcome.found = text_of(property, "reason");
        }
    }
    if (outcome.layer == Layer::count && open)
        outcome.layer = Layer::undecided; // a count of a search that did not end says nothing
    if (outcome.layer == Layer::undecided)
        outcome.found = "a limit of the check was hit";
}

// What says more about a mutant comes first.
int rank(const Outcome& outcome) {
    switch (outcome.layer) {
    case Layer::property:
        return outcome.steps ? 0 : 1;
    case Layer::stopped:
        return 2;
    case Layer::undecided:
        return 3;
    case Layer::count:
        return 4;
    case Layer::survived:
        return 5;
    case Layer::not_run:
        break;
    }
    return 6;
}

bool says_more(const Outcome& one, const Outcome& other) {
    if (rank(one) != rank(other))
        return rank(one) < rank(other);
    return one.steps && other.steps && *one.steps < *other.steps;
}

ChildResult run_check(const CampaignOptions& options, const std::string& check, const Trial& trial,
                      const std::string& notes) {
    const std::string traces = options.scratch + "/traces";
    ChildCommand command{.words = {options.program, "gate", options.gate, "--check", check, "--format", "json",
                                   "--workers", "1", "--progress", "off", "--stop-at", "first", "--trace-dir",
                                   traces + "/" + trial.name},
                         .environment = trial.environment,
                         .seconds_max = options.check_seconds_max,
                         .until = options.until};
    command.words.insert(command.words.end(), trial.arguments.begin(), trial.arguments.end());
    if (!notes.empty())
        command.environment.emplace_back(functions_variable, notes);
    return run_child(command, options.interrupt);
}

std::vector<std::string> lines_of(const std::string& file) {
    std::error_code error;
    std::set<std::string> lines;
    if (std::filesystem::exists(file, error)) {
        std::istringstream in(traces::read_text_file(file));
        for (std::string line; std::getline(in, line);)
            lines.insert(line);
    }
    return {lines.begin(), lines.end()};
}

CheckRun run_unmutated(const CampaignOptions& options, const std::string& check) {
    const std::string notes = options.scratch + "/" + check + ".functions";
    std::error_code error;
    std::filesystem::remove(notes, error);
    const ChildResult result =
        run_check(options, check, {.name = "none", .fault = "", .reason = "", .function = ""}, notes);
    if (result.end == ChildResult::End::exited && result.code == 64)
        throw UsageError(first_line(result.err));
    if (result.end == ChildResult::End::exited && result.code == 65)
        throw traces::FileError(options.gate, "", first_line(result.err));
    if (result.end == ChildResult::End::interrupted)
        return {};
    if (result.end != ChildResult::End::exited || result.code != 0) {
        const Outcome outcome = outcome_of(result, check);
        throw UsageError("check " + check + " of gate " + options.gate + " is not as expected without a mutant (" +
                         (outcome.property.empty() ? outcome.found : outcome.property + ": " + outcome.found) +
                         "); make it pass first: mdcd gate " + options.gate);
    }
    return {.name = check, .functions = lines_of(notes)};
}

bool runs(const CheckRun& check, const Trial& trial) {
    return trial.function.empty() || std::ranges::find(check.functions, trial.function) != check.functions.end();
}

// The checks that may see it.
std::vector<std::size_t> order_of(const Trial& trial, const std::vector<CheckRun>& checks,
                                  const CampaignOptions& options, const FirstChecks& first_checks) {
    const std::optional<std::string> first = first_checks.find(trial.name);
    std::vector<std::size_t> order;
    for (const std::size_t check : trial.checks)
        if (runs(checks[check], trial))
            order.push_back(check);
    std::ranges::stable_sort(
        order, {}, [&](std::size_t check) { return std::pair(first != checks[check].name, options.sizes[check]); });
    return order;
}

// None if it was ended before.
std::optional<Outcome> try_one(const Trial& trial, const std::vector<CheckRun>& checks, const CampaignOptions& options,
                               FirstChecks& first_checks) {
    const std::vector<std::size_t> order = order_of(trial, checks, options, first_checks);
    Outcome best;
    double seconds = 0;
    std::size_t count = 0;
    for (const std::size_t check : order) {
        const ChildResult result = run_check(options, checks[check].name, trial, "");
        if (result.end == ChildResult::End::interrupted)
            return std::nullopt;
        const Outcome outcome = outcome_of(result, checks[check].name);
        if (says_more(outcome, best))
            best = outcome;
        seconds += result.seconds;
        ++count;
        if (is_caught(best) && !options.all_checks)
            break;
    }
    best.checks_run = count;
    best.seconds = seconds;
    if (is_caught(best))
        first_checks.keep(trial.name, best.check);
    return best;
}

// Of trials, in the order in which they are tried.
std::vector<std::size_t> what_matters_first(const std::vector<Trial>& trials) {
    std::vector<std::size_t> order(trials.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&trials](std::size_t index) {
        return trials[index].matters == Matters::yes ? 0 : trials[index].matters == Matters::not_said ? 1 : 2;
    });
    return order;
}

// Hands the numbers below `count` out to threads; the first exception is thrown again. `work` says what it has found.
void share_out(std::size_t count, const CampaignOptions& options, const std::function<std::string(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::size_t done = 0;
    std::exception_ptr failure;
    const auto serve = [&] {
        const auto goes_on = [&options] { return !is_interrupted(options) && !is_out_of_time(options); };
        for (std::size_t index = next++; index < count && goes_on(); index = next++) {
            std::string found;
            try {
                found = work(index);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!failure)
                    failure = std::current_exception();
                next = count;
            }
            const std::lock_guard lock(mutex);
            ++done;
            if (options.progress)
                options.progress(done, count, found);
        }
    };
    std::vector<std::jthread> threads;
    for (unsigned worker = 0; worker < std::max(options.workers, 1U); ++worker)
        threads.emplace_back(serve);
    threads.clear();
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace

Outcome outcome_of(const ChildResult& result, const std::string& check) {
    Outcome outcome{.layer = Layer::stopped, .check = check, .property = "", .expected = "", .found = "", .steps = {}};
    if (result.end == ChildResult::End::out_of_time) {
        outcome.layer = Layer::undecided;
        outcome.found = "no answer in time";
        return outcome;
    }
    if (result.end == ChildResult::End::killed_by_signal || result.out.empty()) {
        const std::string said = first_line(result.err);
        outcome.found = !said.empty()                                      ? said
                        : result.end == ChildResult::End::killed_by_signal ? "signal " + std::to_string(result.code)
                                                                           : "exit " + std::to_string(result.code);
        return outcome;
    }
    const Value report = traces::parse_json(result.out, "the report of check " + check);
    for (const Value& each : list_of(report, "checks"))
        judge_check(outcome, each);
    return outcome;
}

bool is_whole(const Campaign& campaign) {
    return std::ranges::none_of(campaign.checks, [](const CheckRun& check) { return check.name.empty(); }) &&
           std::ranges::all_of(campaign.outcomes, [](const auto& outcome) { return outcome.has_value(); });
}

Campaign run_campaign(const std::vector<Trial>& trials, const CampaignOptions& options) {
    Campaign campaign;
    campaign.checks.resize(options.checks.size());
    campaign.outcomes.resize(trials.size());
    share_out(options.checks.size(), options, [&](std::size_t index) {
        campaign.checks[index] = run_unmutated(options, options.checks[index]);
        return "check " + options.checks[index] + " without a mutant";
    });
    FirstChecks first_checks(options.scratch + "/first_checks");
    const std::vector<std::size_t> order = what_matters_first(trials);
    share_out(trials.size(), options, [&](std::size_t position) {
        const std::size_t index = order[position];
        std::optional<Outcome>& outcome = campaign.outcomes[index];
        outcome = try_one(trials[index], campaign.checks, options, first_checks);
        return trials[index].name + (outcome ? ": " + name_of(outcome->layer) : ": not tried to its end");
    });
    campaign.interrupted = is_interrupted(options);
    campaign.out_of_time = !is_whole(campaign) && is_out_of_time(options);
    return campaign;
}

Campaign not_begun(const std::vector<Trial>& trials, const CampaignOptions& options) {
    Campaign campaign;
    campaign.checks.resize(options.checks.size());
    campaign.outcomes.resize(trials.size());
    campaign.interrupted = is_interrupted(options);
    campaign.out_of_time = is_out_of_time(options);
    return campaign;
}

std::string name_of(Layer layer) {
    switch (layer) {
    case Layer::property:
        return "property";
    case Layer::stopped:
        return "stopped";
    case Layer::count:
        return "count only";
    case Layer::survived:
        return "survived";
    case Layer::not_run:
        return "never run";
    case Layer::undecided:
        return "undecided";
    }
    return "";
}

} // namespace mdcd::checker::cli::mutate
