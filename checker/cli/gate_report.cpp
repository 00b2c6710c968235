// The report of a gate, for people and for programs.
// Knows nothing of how it was found out.
#include "checker/cli/gate_report.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>

#include "checker/cli/functions_run.hpp"
#include "checker/cli/text_table.hpp"
#include "model/check/check.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {

using model::CheckStatus;
using model::Deviation;
using model::Gate;
using model::GateCheck;
using model::GateResult;
using model::GateRun;
using model::Use;
using traces::Value;

namespace {

struct StatusWords {
    CheckStatus status;
    const char* table;
    const char* summary;
};
constexpr std::array status_words{
    StatusWords{CheckStatus::as_expected, "as expected", "as expected"},
    StatusWords{CheckStatus::not_as_expected, "NOT AS EXPECTED", "not as expected"},
    StatusWords{CheckStatus::inconclusive, "INCONCLUSIVE", "inconclusive"},
    StatusWords{CheckStatus::error, "ERROR", "with an error"},
    StatusWords{CheckStatus::not_run, "not run", "not run"},
};

const StatusWords& words_of(CheckStatus status) {
    return *std::ranges::find(status_words, status, &StatusWords::status);
}

std::string seconds_text(const GateResult& result) {
    if (result.status == CheckStatus::not_run)
        return "";
    if (result.cached)
        return "cached";
    return decimal(result.found.seconds, 1);
}

// "13 of 14"
std::string properties_text(const GateCheck& check, const GateResult& result) {
    if (result.status == CheckStatus::not_run || result.status == CheckStatus::error)
        return "";
    const auto good = std::ranges::count_if(check.expected, [&result](const model::Expectation& expected) {
        return is_as_expected(expected, result.found);
    });
    return std::to_string(good) + " of " + std::to_string(check.expected.size());
}

std::int64_t number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Value property_value(const model::Expectation& expected, const GateResult& result, const std::string& file) {
    Value::Record record{{"name", expected.property}, {"expected", text_of(expected)}};
    const auto& found = result.found.properties;
    const auto property = std::ranges::find(found, expected.property, &model::FoundProperty::property);
    if (property != found.end()) {
        record.emplace_back("verdict", checker::name_of(property->verdict));
        if (property->steps)
            record.emplace_back("steps", number(*property->steps));
        if (!property->reason.empty())
            record.emplace_back("reason", property->reason);
    }
    if (!file.empty())
        record.emplace_back("trace", file);
    return record;
}

// "guards of the implementation: 41 of 44 are passed", and which are not.
void print_guards(std::ostream& out, const GateRun& run) {
    const std::vector<model::GuardUse> guards = guards_of(run);
    if (guards.empty())
        return;
    out << "\nguards of the implementation: " << guards_with(Use::passed, guards).size() << " of " << guards.size()
        << " are passed by these checks\n";
    const auto print = [&](Use use, const char* what) {
        const std::vector<std::string> names = guards_with(use, guards);
        for (std::size_t position = 0; position < names.size(); ++position)
            out << (position == 0 ? what : ", ") << names[position];
        if (!names.empty())
            out << '\n';
    };
    print(Use::missed, "never passed, though scopes and rules leave room for it: ");
    print(Use::excluded, "for which neither scopes nor rules leave room: ");
}

Value guards_value(const GateRun& run) {
    Value::Record record;
    for (const Use use : {Use::passed, Use::missed, Use::excluded}) {
        Value::List names;
        for (const std::string& name : guards_with(use, guards_of(run)))
            names.emplace_back(name);
        record.emplace_back(name_of(use), std::move(names));
    }
    return record;
}

} // namespace

ExitCode exit_code_of(const GateRun& run) {
    const auto any = [&run](CheckStatus status) {
        return std::ranges::find(run.results, status, &GateResult::status) != run.results.end();
    };
    if (any(CheckStatus::not_run))
        return ExitCode::interrupted;
    if (any(CheckStatus::error))
        return ExitCode::internal_error;
    if (any(CheckStatus::not_as_expected))
        return ExitCode::violated;
    if (any(CheckStatus::inconclusive))
        return ExitCode::inconclusive;
    const bool misses = !guards_with(Use::missed, guards_of(run)).empty();
    return run.strict && misses ? ExitCode::not_reached : ExitCode::as_expected;
}

GateTraceFiles add_traces(PendingFiles& pending, const Gate& gate, const GateRun& run, const std::string& directory) {
    GateTraceFiles files;
    for (std::size_t index = 0; index < gate.checks.size(); ++index) {
        std::vector<std::string>& of_check = files.emplace_back();
        for (const model::FoundProperty& each : run.results[index].found.properties) {
            of_check.emplace_back();
            if (!each.trace)
                continue;
            const std::filesystem::path path =
                std::filesystem::path(directory) / (gate.checks[index].name + "." + each.property + ".json");
            of_check.back() = pending.add(path.string(), traces::write_trace(*each.trace));
        }
    }
    return files;
}

std::string trace_file_of(const GateResult& result, const Deviation& deviation, const std::vector<std::string>& files) {
    for (std::size_t position = 0; position < files.size(); ++position)
        if (result.found.properties[position].property == deviation.subject)
            return files[position];
    return "";
}

std::string summary_of(const GateRun& run) {
    std::string text = std::to_string(run.results.size()) + (run.results.size() == 1 ? " check:" : " checks:");
    const auto cached = std::ranges::count(run.results, true, &GateResult::cached);
    bool first = true;
    for (const StatusWords& words : status_words) {
        const auto count = std::ranges::count(run.results, words.status, &GateResult::status);
        if (count > 0) {
            text += (first ? " " : ", ") + std::to_string(count) + " " + words.summary;
            first = false;
        }
    }
    return text + (cached > 0 ? "; " + std::to_string(cached) + " from the cache" : "");
}

void print_text(std::ostream& out, const Gate& gate, const GateRun& run, const GateTraceFiles& files, bool color) {
    out << "gate " << gate.name << " (" << gate.file << ")\n";
    TextTable table({"check", "result", "properties", "states", "seconds"});
    for (std::size_t index = 0; index < gate.checks.size(); ++index) {
        const GateResult& result = run.results[index];
        const Cell::Tone tone = result.status == CheckStatus::as_expected ? Cell::Tone::good : Cell::Tone::bad;
        const std::uint64_t states = result.found.distinct_states;
        table.add({{gate.checks[index].name},
                   {words_of(result.status).table, tone},
                   {properties_text(gate.checks[index], result)},
                   {states == 0 ? "" : grouped(states)},
                   {seconds_text(result)}});
    }
    table.print_text(out, color);
    for (std::size_t index = 0; index < gate.checks.size(); ++index) {
        const GateResult& result = run.results[index];
        for (const Deviation& each : result.deviations) {
            const traces::TextPlace place = gate.place(each.path);
            const std::string file = trace_file_of(result, each, files[index]);
            out << '\n'
                << gate.file << ':' << place.line << ':' << place.column << ": " << gate.checks[index].name << ": "
                << each.subject << ": " << each.text << (file.empty() ? "" : "\n    its run: " + file) << '\n';
        }
    }
    print_guards(out, run);
    print_functions(out, functions_run());
    out << '\n' << summary_of(run) << "\nverdict: ";
    for (const ExitCodeMeaning& each : exit_code_meanings)
        if (each.code == exit_code_of(run))
            out << each.meaning;
    out << '\n';
}

void print_json(std::ostream& out, const Gate& gate, const GateRun& run, const GateTraceFiles& files) {
    Value::List checks;
    for (std::size_t index = 0; index < gate.checks.size(); ++index) {
        const GateCheck& check = gate.checks[index];
        const GateResult& result = run.results[index];
        Value::List properties;
        for (std::size_t position = 0; position < check.expected.size(); ++position)
            properties.push_back(property_value(check.expected[position], result,
                                                position < files[index].size() ? files[index][position] : ""));
        Value::List deviations;
        for (const Deviation& each : result.deviations)
            deviations.emplace_back(Value::Record{{"subject", each.subject},
                                                  {"text", each.text},
                                                  {"status", name_of(each.status)},
                                                  {"line", number(gate.place(each.path).line)}});
        Value::Record record{{"name", check.name},
                             {"status", name_of(result.status)},
                             {"cached", result.cached},
                             {"scope", check.scope.name},
                             {"rules", check.rules.name},
                             {"exhaustive", result.found.exhaustive},
                             {"distinct_states", number(result.found.distinct_states)}};
        if (check.distinct_states)
            record.emplace_back("expected_distinct_states", number(*check.distinct_states));
        record.emplace_back("properties", std::move(properties));
        record.emplace_back("deviations", std::move(deviations));
        checks.emplace_back(std::move(record));
    }
    out << traces::to_json(Value::Record{{"gate", gate.name},
                                         {"file", gate.file},
                                         {"checks", std::move(checks)},
                                         {"guards", guards_value(run)},
                                         {"exit_code", static_cast<int>(exit_code_of(run))}});
}

} // namespace mdcd::checker::cli
