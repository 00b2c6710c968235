// Writes JUnit XML. Every text passes through markup_escaped.
// Knows nothing of what is tested.
#include "traces/junit.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "traces/markup.hpp"

namespace mdcd::traces {

namespace {

std::string attribute(std::string_view name, const std::string& value) {
    return " " + std::string(name) + "=\"" + markup_escaped(value) + "\"";
}

std::string seconds_text(double seconds) {
    char text[64];
    std::snprintf(text, sizeof text, "%.3f", seconds);
    return text;
}

// Line breaks are kept: only here they are none of an attribute.
std::string escaped_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out += markup_escaped(text.substr(0, end)) + (end < text.size() ? "\n" : "");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

struct Counts {
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
    void add(const TestSuite& suite) {
        const auto count = [&suite](TestOutcome outcome) {
            return static_cast<std::size_t>(std::ranges::count(suite.cases, outcome, &TestCase::outcome));
        };
        tests += suite.cases.size();
        failures += count(TestOutcome::failed);
        errors += count(TestOutcome::error);
        skipped += count(TestOutcome::skipped);
    }
    [[nodiscard]] std::string attributes() const {
        return attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
               attribute("errors", std::to_string(errors)) + attribute("skipped", std::to_string(skipped));
    }
};

void append_case(std::string& out, const TestCase& each) {
    out += "    <testcase" + attribute("name", each.name) + attribute("classname", each.class_name) +
           attribute("time", seconds_text(each.seconds));
    if (!each.file.empty()) {
        out += attribute("file", each.file) + attribute("line", std::to_string(each.line));
    }
    if (each.outcome == TestOutcome::passed) {
        out += "/>\n";
        return;
    }
    const std::string element = each.outcome == TestOutcome::failed  ? "failure"
                                : each.outcome == TestOutcome::error ? "error"
                                                                     : "skipped";
    const std::string first_line = each.text.substr(0, each.text.find('\n'));
    out += ">\n      <" + element + attribute("message", first_line);
    out += each.outcome == TestOutcome::skipped ? "" : attribute("type", each.type);
    out += ">" + escaped_lines(each.text) + "</" + element + ">\n    </testcase>\n";
}

void append_suite(std::string& out, const TestSuite& suite) {
    Counts counts;
    counts.add(suite);
    out += "  <testsuite" + attribute("name", suite.name) + counts.attributes() +
           attribute("time", seconds_text(suite.seconds)) + ">\n";
    if (!suite.properties.empty()) {
        out += "    <properties>\n";
        for (const auto& [name, value] : suite.properties) {
            out += "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
        }
        out += "    </properties>\n";
    }
    for (const TestCase& each : suite.cases) {
        append_case(out, each);
    }
    out += "  </testsuite>\n";
}

} // namespace

std::string write_junit(const std::string& name, const std::vector<TestSuite>& suites) {
    Counts counts;
    double seconds = 0;
    for (const TestSuite& suite : suites) {
        counts.add(suite);
        seconds += suite.seconds;
    }
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", name) +
                      counts.attributes() + attribute("time", seconds_text(seconds)) + ">\n";
    for (const TestSuite& suite : suites) {
        append_suite(out, suite);
    }
    return out + "</testsuites>\n";
}

} // namespace mdcd::traces
