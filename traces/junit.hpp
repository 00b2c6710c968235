// JUnit XML, the form in which CI systems read test results. There is no official schema; this is what is common to
// their readers. Some of them show only the text inside an element, so everything is said there.
// Knows nothing of what is tested.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace mdcd::traces {

enum class TestOutcome { passed, failed, error, skipped };

struct TestCase {
    std::string name;
    std::string class_name;
    double seconds = 0;
    std::string file; // where the test is defined, "" if nowhere
    std::size_t line = 0;
    TestOutcome outcome = TestOutcome::passed;
    std::string type; // of what went wrong: "violated", ..
    std::string text; // what went wrong, in lines
};

struct TestSuite {
    std::string name;
    double seconds = 0;
    std::vector<std::pair<std::string, std::string>> properties;
    std::vector<TestCase> cases;
};

// Same suites, same bytes.
[[nodiscard]] std::string write_junit(const std::string& name, const std::vector<TestSuite>& suites);

} // namespace mdcd::traces
