// The report of a check as JSON. All but effort (calls, bytes) is the same in every run.
// Knows nothing of how it was found out.
#include <ostream>

#include "checker/cli/check_report.hpp"
#include "model/inputs/library.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {

using model::Check;
using model::CheckedProperty;

void print_json(std::ostream& out, const Check& check, const Expectations& expectations, const TraceFiles& files,
                bool strict) {
    using traces::Value;
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    Value::List properties;
    for (std::size_t position = 0; position < check.properties.size(); ++position) {
        const CheckedProperty& each = check.properties[position];
        Value::Record record{{"name", each.property.name},
                             {"verdict", checker::name_of(each.verdict)},
                             {"expected", checker::name_of(expected_verdict(each, expectations))}};
        if (each.trace)
            record.emplace_back("steps", number(each.trace->steps.size()));
        if (!each.reason.empty())
            record.emplace_back("reason", each.reason);
        if (!files[position].empty())
            record.emplace_back("trace", files[position]);
        Value::List others;
        for (std::size_t more = 0; more < each.more_traces.size(); ++more)
            others.emplace_back(Value::Record{{"steps", number(each.more_traces[more].steps.size())},
                                              {"trace", numbered(files[position], more + 2)}});
        if (!others.empty())
            record.emplace_back("more_traces", std::move(others));
        if (each.z3)
            record.emplace_back("z3", Value::Record{{"views", number(each.z3->views)},
                                                    {"queries", number(each.z3->queries)},
                                                    {"hits_equal", number(each.z3->cache_hits)},
                                                    {"hits_saved", number(each.z3->saved_hits)},
                                                    {"unknowns", number(each.z3->unknowns)},
                                                    {"violated_views", number(each.z3->violated_views)}});
        properties.emplace_back(std::move(record));
    }
    Value::Record coverage;
    for (std::size_t point = 0; point < check.coverage_points.size(); ++point)
        coverage.emplace_back(check.coverage_points[point], number(check.report.coverage[point]));
    out << traces::to_json(Value::Record{{"scope", model::to_value(check.scope)},
                                         {"rules_name", check.rules.name},
                                         {"rules", model::to_value(check.rules.rules)},
                                         {"extent", extent(check.report)},
                                         {"up_to_symmetry", check.reductions.actives},
                                         {"up_to_symmetry_of_components", check.reductions.components},
                                         {"renamings_of_processes", number(check.process_renamings)},
                                         {"up_to_renaming_of_numbers", check.reductions.renumbering},
                                         {"distinct_states", number(check.report.distinct_states)},
                                         {"transitions", number(check.report.transitions)},
                                         {"depth", number(check.report.depth)},
                                         {"handler_calls", number(check.report.handler_calls)},
                                         {"store_bytes", number(check.report.store_bytes)},
                                         {"memory_bytes", number(check.report.memory_bytes)},
                                         {"z3_open_questions", number(check.unanswered.size())},
                                         {"properties", std::move(properties)},
                                         {"coverage", std::move(coverage)},
                                         {"exit_code", static_cast<int>(exit_code_of(check, expectations, strict))}});
}

} // namespace mdcd::checker::cli
