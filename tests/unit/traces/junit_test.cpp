// JUnit XML: well-formed whatever the texts are, with counts that fit and every failure told inside its element.
// The reader is the checker of markup that the drawings are tested with.
#include "traces/junit.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "markup_checker.hpp"

using namespace mdcd::traces;

namespace {

TestCase test(const std::string& name, TestOutcome outcome, const std::string& text) {
    TestCase each;
    each.name = name;
    each.class_name = "gate.check";
    each.outcome = outcome;
    each.type = "not_as_expected";
    each.text = text;
    return each;
}

TestSuite awkward() {
    TestSuite suite;
    suite.name = "a <b> & \"c\" 'd' ]]> \x01 \xFF";
    suite.seconds = 1.25;
    suite.properties = {{"scope", "tiny & more"}};
    suite.cases = {test("passes", TestOutcome::passed, ""),
                   test("fails", TestOutcome::failed, "expected <holds> & found\n  1  L1 sends \"x\"\n\n\x1B[31m"),
                   test("breaks", TestOutcome::error, "unknown"), test("waits", TestOutcome::skipped, "not run")};
    suite.cases[1].file = "a b.json";
    suite.cases[1].line = 7;
    return suite;
}

// The checker of markup knows no declaration.
examples::Markup read(const std::string& text) {
    const std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    REQUIRE(text.starts_with(declaration + "<testsuites "));
    return examples::read_markup(text.substr(declaration.size()));
}

std::vector<examples::MarkupElement> elements(const examples::Markup& markup, const std::string& name) {
    std::vector<examples::MarkupElement> found;
    std::ranges::copy_if(markup.elements, std::back_inserter(found),
                         [&name](const examples::MarkupElement& each) { return each.name == name; });
    return found;
}

} // namespace

TEST_CASE("the document is well-formed and its counts fit") {
    TestSuite other;
    other.name = "other";
    other.cases = {test("fails", TestOutcome::failed, "x")};
    const examples::Markup markup = read(write_junit("all", {awkward(), other}));
    REQUIRE(markup.violation == "");
    const auto roots = elements(markup, "testsuites");
    const auto suites = elements(markup, "testsuite");
    REQUIRE(roots.size() == 1);
    REQUIRE(suites.size() == 2);
    const auto counts = [](const examples::MarkupElement& each) {
        return each.attributes.at("tests") + " " + each.attributes.at("failures") + " " + each.attributes.at("errors") +
               " " + each.attributes.at("skipped") + " " + each.attributes.at("time");
    };
    CHECK(counts(roots[0]) == "5 2 1 1 1.250");
    CHECK(counts(suites[0]) == "4 1 1 1 1.250");
    CHECK(counts(suites[1]) == "1 1 0 0 0.000");
    CHECK(elements(markup, "testcase").size() == 5);
    CHECK(elements(markup, "failure").size() == 2);
    CHECK(elements(markup, "error").size() == 1);
    CHECK(elements(markup, "skipped").size() == 1);
    CHECK(elements(markup, "property").size() == 1);
}

TEST_CASE("a failure is told inside its element, line by line, and in short in its message") {
    const examples::Markup markup = read(write_junit("all", {awkward()}));
    const auto failures = elements(markup, "failure");
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].text == "expected &lt;holds&gt; &amp; found\n  1  L1 sends &quot;x&quot;\n\n [31m");
    CHECK(failures[0].attributes.at("message") == "expected &lt;holds&gt; &amp; found");
    CHECK(failures[0].attributes.at("type") == "not_as_expected");
    const auto tests = elements(markup, "testcase");
    CHECK(tests[1].attributes.at("file") == "a b.json");
    CHECK(tests[1].attributes.at("line") == "7");
    CHECK(tests[0].attributes.count("file") == 0);
}
