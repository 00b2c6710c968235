// Writes SARIF 2.1.0 (OASIS Standard, 27 March 2020), sections named where a field is not obvious.
// Knows nothing of what is checked.
#include "traces/sarif.hpp"

#include <algorithm>

#include "traces/json.hpp"

namespace mdcd::traces {

namespace {

Value text_of(const std::string& text) {
    return Value::Record{{"text", text}};
}

Value rule_value(const SarifRule& rule) {
    return Value::Record{{"id", rule.id},
                         {"shortDescription", text_of(rule.short_text)},
                         {"fullDescription", text_of(rule.full_text)},
                         {"help", text_of(rule.help)}};
}

Value physical_location(const SarifResult& result) {
    return Value::Record{{"artifactLocation", Value::Record{{"uri", uri_of(result.file)}}},
                         {"region", Value::Record{{"startLine", static_cast<std::int64_t>(result.line)},
                                                  {"startColumn", static_cast<std::int64_t>(result.column)}}}};
}

// A run is told as one thread: its steps interleave processes, but they are in one order (3.36, 3.37).
Value code_flow(const SarifResult& result) {
    Value::List steps;
    for (const std::string& step : result.steps) {
        steps.emplace_back(Value::Record{
            {"location", Value::Record{{"physicalLocation", physical_location(result)}, {"message", text_of(step)}}}});
    }
    Value::List threads;
    threads.emplace_back(Value::Record{{"locations", std::move(steps)}});
    return Value::Record{{"threadFlows", std::move(threads)}};
}

Value result_value(const SarifResult& result, const std::vector<SarifRule>& rules) {
    const auto rule = std::ranges::find(rules, result.rule, &SarifRule::id);
    Value::List locations;
    locations.emplace_back(Value::Record{{"physicalLocation", physical_location(result)}});
    Value::Record record{{"ruleId", result.rule}};
    if (rule != rules.end()) {
        record.emplace_back("ruleIndex", static_cast<std::int64_t>(rule - rules.begin()));
    }
    record.emplace_back("level", result.level);
    record.emplace_back("message", text_of(result.message));
    record.emplace_back("locations", std::move(locations));
    record.emplace_back("partialFingerprints", Value::Record{{"primaryLocationLineHash", result.fingerprint}});
    if (!result.steps.empty()) {
        Value::List flows;
        flows.push_back(code_flow(result));
        record.emplace_back("codeFlows", std::move(flows));
    }
    return record;
}

} // namespace

std::string uri_of(const std::string& path) {
    static constexpr std::string_view plain = "-._~/"; // and letters and digits (RFC 3986, 2.3)
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri;
    for (const char each : path.starts_with("./") ? path.substr(2) : path) {
        const auto byte = static_cast<unsigned char>(each);
        const bool letter =
            (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
        if (letter || plain.find(each) != std::string_view::npos) {
            uri += each;
        } else if (each == '\\') {
            uri += '/';
        } else {
            (uri += '%') += digits[byte >> 4U];
            uri += digits[byte & 15U];
        }
    }
    return uri;
}

std::string write_sarif(const SarifRun& run) {
    Value::List rules;
    std::ranges::transform(run.rules, std::back_inserter(rules), rule_value);
    Value::List results;
    for (const SarifResult& result : run.results) {
        results.push_back(result_value(result, run.rules));
    }
    Value::Record invocation{{"executionSuccessful", run.completed}, {"exitCode", run.exit_code}}; // 3.20.14
    Value::List notifications;
    for (const SarifNotification& each : run.notifications) {
        notifications.emplace_back(Value::Record{{"level", each.level}, {"message", text_of(each.message)}});
    }
    if (!notifications.empty()) {
        invocation.emplace_back("toolExecutionNotifications", std::move(notifications)); // 3.20.21
    }
    Value::List invocations;
    invocations.emplace_back(std::move(invocation));
    const Value driver(Value::Record{{"name", "mdcd"}, {"version", run.tool_version}, {"rules", std::move(rules)}});
    Value::List runs;
    runs.emplace_back(Value::Record{
        {"tool", Value::Record{{"driver", driver}}},
        {"automationDetails", Value::Record{{"id", run.category + "/"}}}, // 3.17: all of it is the category
        {"columnKind", "unicodeCodePoints"},
        {"invocations", std::move(invocations)},
        {"results", std::move(results)},
    });
    return to_json(Value::Record{
        {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", std::move(runs)}});
}

} // namespace mdcd::traces
