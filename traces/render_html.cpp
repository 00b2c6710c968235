// A trace as one self-contained page. The data goes in as JSON that cannot end its element; the script puts it on the
// page as text only.
#include "traces/render_html.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "traces/changes.hpp"
#include "traces/json.hpp"
#include "traces/markup.hpp"
#include "traces/page_texts.hpp"
#include "traces/render_svg.hpp"
#include "traces/states.hpp"
#include "traces/verdict_sentence.hpp"

namespace mdcd::traces {

namespace {

Value::List texts(const std::vector<std::string>& lines) {
    Value::List list;
    for (const std::string& line : lines) {
        list.emplace_back(line);
    }
    return list;
}

// One entry for the start and one for each step. States go as text: a script's numbers have 53 bits.
Value page_data(const Trace& trace) {
    const std::vector<Value> states = states_of(trace);
    const auto state = [&](std::size_t i) { return i < states.size() ? Value(to_json(states[i])) : Value(); };
    const std::optional<std::size_t> loop = loop_begin(trace);
    Value::List entries;
    entries.emplace_back(Value::Record{{"action", "Start"},
                                       {"fired", Value::List{}},
                                       {"changes", Value::List{}},
                                       {"state", state(0)},
                                       {"digest", trace.initial_digest}});
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        const Step& step = trace.steps[i];
        const bool known = i + 1 < states.size();
        Value::List changes;
        for (const ChangeGroup& group :
             readable_changes(step, known ? &states[i] : nullptr, known ? &states[i + 1] : nullptr)) {
            for (const std::string& change : group.changes) {
                changes.emplace_back(group.place.empty() ? change : group.place + ": " + change);
            }
        }
        entries.emplace_back(Value::Record{{"action", step.action.text},
                                           {"fired", texts(step.action.fired)},
                                           {"changes", std::move(changes)},
                                           {"state", state(i + 1)},
                                           {"loop", loop == i           ? "begins"
                                                    : loop && *loop < i ? "goes on"
                                                                        : ""},
                                           {"digest", step.digest}});
    }
    return entries;
}

// JSON in which no "</script>" or "<!--" can occur.
std::string inside_script(const Value& value) {
    std::string out;
    for (const char letter : to_text(value)) {
        out += letter == '<' ? std::string("\\u003c") : std::string(1, letter);
    }
    return out;
}

std::string paragraph(const std::string& text) {
    return "<p>" + markup_escaped(text) + "</p>\n";
}

// What recovery would do from the last state, and what is wrong with it.
std::string conclusion(const Trace& trace) {
    std::string text;
    const auto add_list = [&text](const char* title, const char* look, const std::vector<std::string>& items) {
        if (items.empty()) {
            return;
        }
        text += std::string("<h2>") + title + "</h2>\n<ul" + look + ">\n";
        for (const std::string& item : items) {
            text += "<li>" + markup_escaped(item) + "</li>\n";
        }
        text += "</ul>\n";
    };
    std::vector<Finding> ordered = trace.findings; // where the loop is comes before what is wrong with it
    std::stable_partition(ordered.begin(), ordered.end(),
                          [](const Finding& finding) { return finding.kind == "loop"; });
    std::vector<std::string> findings;
    for (const Finding& finding : ordered) {
        findings.push_back(finding.text.empty() ? finding.kind : finding.text);
    }
    std::vector<std::string> recovery;
    for (const RecoveredProcess& each : trace.recovery) {
        recovery.push_back(each.process + " " + each.text);
    }
    add_list(trace.verdict == "violated" || trace.verdict == "error" ? "What is wrong" : "What was found",
             " class=\"alarm\"", findings);
    add_list("Recovery from the last state", "", recovery);
    return text;
}

std::string head_of(const Trace& trace) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
           "script-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           markup_escaped(is_of_a_system(trace)
                              ? verdict_sentence(trace)
                              : trace.property + " " + trace.verdict + " - " + trace.scope_name +
                                    (trace.rules == Value(Value::Record{}) ? "" : ", " + trace.rules_name)) +
           "</title>\n<style>" + std::string(viewer_style()) + std::string(trace_style()) + "</style>\n</head>\n";
}

} // namespace

std::string render_html(const Trace& trace) {
    constexpr double legend_width = 900;
    const std::string drawing = render_svg(trace, {.frame = false, .dark_too = true});
    return head_of(trace) + "<body>\n<header>\n<h1>" + markup_escaped(verdict_sentence(trace)) + "</h1>\n" +
           paragraph(claim_line(trace)) +
           paragraph((trace.rules == Value(Value::Record{}) // of any system: nothing but its name is known
                          ? "System: " + trace.scope_name
                          : source_line(trace)) +
                     (trace.hypothesis ? ". Fault hypothesis: " + trace.hypothesis->text : "")) +
           "</header>\n<main id=\"viewer\"></main>\n<div id=\"drawing\">\n" + drawing +
           "</div>\n<aside id=\"side\">\n<div id=\"detail\" aria-live=\"polite\"></div>\n"
           "<ol id=\"steps\" aria-label=\"Steps\"></ol>\n<div id=\"conclusion\">\n" +
           conclusion(trace) +
           "</div>\n</aside>\n<footer><details><summary>What the signs mean; keys: arrows, j and k step, Home and End "
           "jump, + - 0 f zoom, / finds, n and N go to the next match</summary>\n" +
           render_svg_legend(drawing, legend_width, true) +
           "</details></footer>\n<script id=\"data\" type=\"application/json\">" + inside_script(page_data(trace)) +
           "</script>\n<script>" + std::string(viewer_script()) + std::string(trace_script()) +
           "</script>\n</body>\n</html>\n";
}

} // namespace mdcd::traces
