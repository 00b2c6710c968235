// Reads and writes the run of a page, field by field; recognises files by what is in them.
// Runs nothing but the replay of an opened trace.
#include "checker/cli/explore/page_run.hpp"

#include <array>

#include "checker/version.hpp"
#include "model/runs/trace_writer.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli::explore {

using traces::Reader;
using traces::Value;

namespace {

const std::string origin = "request"; // the "file" that messages name

PageRun run_of(const traces::Trace& trace, const std::string& file) {
    PageRun run;
    run.scope = model::scope_from(trace.scope, file);
    run.rules = {trace.rules_name, "", model::all_rules_from(trace.rules, file, "$.rules")};
    for (const traces::Step& step : trace.steps)
        run.steps.push_back(step.action.text);
    if (run.steps.size() > step_count_max)
        throw traces::FileError(file, "$.steps", "more than " + std::to_string(step_count_max) + " steps");
    run.at = run.steps.size();
    run.property = trace.property;
    return run;
}

// What a replay says of the trace; nothing if it is the same to the last digit.
void note_differences(const traces::Trace& trace, const std::string& file, std::vector<std::string>& notes) {
    if (trace.tool_version != version)
        notes.push_back("the trace was written by version " + trace.tool_version + ", this is " + version);
    if (const auto difference = model::replay(trace, file))
        notes.push_back("the replay differs" +
                        (difference->step > 0 ? " in step " + std::to_string(difference->step) : "") + ": " +
                        difference->text);
}

} // namespace

PageRun page_run_from(const Reader& reader) {
    static const std::array<std::string, 6> known{"scope", "rules_name", "rules", "steps", "at", "property"};
    reader.only_fields(known);
    PageRun run;
    run.scope = model::scope_from(reader.field("scope").value(), origin);
    run.rules.name = reader.field("rules_name").text();
    run.rules.rules = model::all_rules_from(reader.field("rules").value(), origin, reader.field("rules").path());
    const std::vector<Reader> steps = reader.field("steps").items();
    if (steps.size() > step_count_max)
        reader.field("steps").fail("more than " + std::to_string(step_count_max) + " steps");
    for (const Reader& step : steps)
        run.steps.push_back(step.text());
    run.at = static_cast<std::size_t>(reader.field("at").integer(0, static_cast<std::int64_t>(steps.size())));
    if (reader.has("property"))
        run.property = reader.field("property").one_of(model::property_names(run.scope));
    return run;
}

Value to_value(const PageRun& run) {
    Value::List steps;
    for (const std::string& step : run.steps)
        steps.emplace_back(step);
    Value::Record record{{"scope", model::to_value(run.scope)},
                         {"rules_name", run.rules.name},
                         {"rules", model::to_value(run.rules.rules)},
                         {"steps", std::move(steps)},
                         {"at", static_cast<std::int64_t>(run.at)}};
    if (!run.property.empty())
        record.emplace_back("property", run.property);
    return record;
}

PageRun opened(const std::string& text, const std::string& file, const PageRun& around,
               std::vector<std::string>& notes) {
    const Value value = traces::parse_json(text, file);
    if (value.find("steps") != nullptr || value.find("format") != nullptr) {
        const traces::Trace trace = traces::read_trace(text, file);
        PageRun run = run_of(trace, file);
        note_differences(trace, file, notes);
        return run;
    }
    PageRun run = around;
    run.steps.clear();
    run.at = 0;
    run.property.clear();
    if (value.find("budgets") != nullptr || value.find("active_processes") != nullptr) {
        run.scope = model::scope_from(value, file);
        return run;
    }
    if (value.find("rules") != nullptr) {
        run.rules = model::rules_from(value, file);
        return run;
    }
    throw traces::FileError(file, "$", "expected a trace (with \"steps\"), a scope (with \"budgets\") or rules");
}

} // namespace mdcd::checker::cli::explore
