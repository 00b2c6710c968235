// A trace as one self-contained page. The data goes in as JSON that cannot end its element; the script puts it on the
// page as text only.
#include "traces/render_html.hpp"

#include "traces/changes.hpp"
#include "traces/html_page.hpp"
#include "traces/json.hpp"
#include "traces/markup.hpp"
#include "traces/render_svg.hpp"
#include "traces/states.hpp"

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

} // namespace

std::string render_html(const Trace& trace) {
    std::string conclusion;
    for (const Finding& finding : trace.findings) {
        conclusion += "<p>" + markup_escaped(finding.text) + "</p>\n";
    }
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
           "script-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           markup_escaped(trace.property + " " + trace.verdict + " - " + trace.scope_name + ", " + trace.rules_name) +
           "</title>\n</head>\n<body>\n<div id=\"diagram\">\n" + render_svg(trace, {.dark_too = true}) +
           "</div>\n<style>" + html_style +
           "</style>\n<div id=\"side\">\n<div id=\"detail\"></div>\n<div id=\"conclusion\">\n" + conclusion +
           "</div>\n<div class=\"hint\" style=\"padding: 0 1rem\">Arrow keys, Home and End move from step to "
           "step.</div>\n"
           "<ol id=\"steps\"></ol>\n</div>\n<script id=\"data\" type=\"application/json\">" +
           inside_script(page_data(trace)) + "</script>\n<script>" + html_script + "</script>\n</body>\n</html>\n";
}

} // namespace mdcd::traces
