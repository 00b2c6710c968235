// A text four times as long costs its reader at most five times as much, in branches and not in seconds, whatever it is
// made of: for each reader, texts that would cost more if anything in it were looked at again and again.
// Knows no document.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/smt/text_formula.hpp"
#include "tests/growth/steps.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/github.hpp"
#include "traces/json.hpp"
#include "traces/json_place.hpp"
#include "traces/markup.hpp"

using namespace mdcd;
using tests::steps_taken;

namespace {

using Text = std::function<std::string(std::size_t size)>;
using Read = std::function<void(const std::string&)>;

std::string repeated(const std::string& part, std::size_t size) {
    std::string text;
    while (text.size() < size)
        text += part;
    return text;
}

// "a0", "a1", .. each put into `before` .. `after`.
std::string numbered(const std::string& before, const std::string& after, std::size_t size) {
    std::string text;
    for (std::size_t number = 0; text.size() < size; ++number)
        text += before + "a" + std::to_string(number) + after;
    return text;
}

struct Case {
    std::string name;
    Text text;
};

void check_growth(const Read& read, const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        CAPTURE(each.name);
        const auto cost = [&](std::size_t size) {
            const std::string text = each.text(size);
            const std::uint64_t before = steps_taken();
            read(text);
            return steps_taken() - before;
        };
        (void)cost(100); // what is made once
        const std::uint64_t once = cost(10'000);
        const std::uint64_t four_times = cost(40'000);
        CHECK(once > 100); // branches are counted
        CHECK(four_times <= 5 * once);
    }
}

void read_json(const std::string& text) {
    try {
        const traces::Value value = traces::parse_json(text, "f");
        CHECK(!traces::to_json(value).empty());
    } catch (const traces::FileError&) {
    }
}

void read_formula(const std::string& text) {
    using namespace checker::smt;
    const Vocabulary vocabulary{.sorts = {{"Process", {"S1", "A1"}}},
                                .symbols = {{"dirty", {first_finite_sort}, boolean_sort}}};
    try {
        (void)TextFormula(text, vocabulary).steps();
    } catch (const FormulaError&) {
    }
}

} // namespace

TEST_CASE("JSON") {
    const auto duplicate = [](const std::string& part) {
        return [part](std::size_t size) {
            const std::string name = "\"" + repeated(part, size / 2) + "\"";
            return "{" + name + ": 1, " + name + ": 2}";
        };
    };
    check_growth(read_json,
                 {
                     {"a name of backslashes, twice", duplicate("\\\\")},
                     {"a name of quotes, twice", duplicate("\\\"")},
                     {"a name of letters, twice", duplicate("x")},
                     {"numbers", [](std::size_t n) { return "[" + repeated("1,", n) + "1]"; }},
                     {"a long number", [](std::size_t n) { return std::string(n, '1'); }},
                     {"a fraction at the end", [](std::size_t n) { return "[" + repeated("1,", n) + "1.5]"; }},
                     {"lines", [](std::size_t n) { return "[" + repeated("\n1,", n) + "x]"; }},
                     {"fields", [](std::size_t n) { return "{" + numbered("\"", "\": 1,", n) + "\"\": 1}"; }},
                     {"records", [](std::size_t n) { return "[" + repeated("{\"a\": {}},", n) + "1]"; }},
                     {"strings", [](std::size_t n) { return "[" + repeated("\"\\u00e9\",", n) + "\"\"]"; }},
                     {"a string without end", [](std::size_t n) { return "\"" + repeated("\\\"", n); }},
                     {"brackets", [](std::size_t n) { return std::string(n, '['); }},
                     {"no UTF-8", [](std::size_t n) { return "\"" + std::string(n, '\xff') + "\""; }},
                     {"blanks", [](std::size_t n) { return std::string(n, ' '); }},
                 });
}

TEST_CASE("places in JSON") {
    check_growth([](const std::string& text) { (void)traces::place_in_json(text, "$.z"); },
                 {
                     {"fields", [](std::size_t n) { return "{" + numbered("\"", "\": 1,", n) + "\"z\": 1}"; }},
                     {"a list before", [](std::size_t n) { return "{\"a\": [" + repeated("1,", n) + "1], \"z\": 1}"; }},
                     {"backslashes", [](std::size_t n) { return "{\"" + repeated("\\\\", n) + "\": 1, \"z\": 1}"; }},
                     {"quotes", [](std::size_t n) { return "{\"" + repeated("\\\"", n); }},
                     {"brackets", [](std::size_t n) { return "{\"a\": " + std::string(n, '['); }},
                 });
}

TEST_CASE("formulas") {
    check_growth(
        read_formula,
        {
            {"a comment", [](std::size_t n) { return "; " + std::string(n, 'x') + "\n(assert true)"; }},
            {"comments", [](std::size_t n) { return repeated("; x\n", n) + "(assert true)"; }},
            {"a word", [](std::size_t n) { return "(assert " + std::string(n, 'x') + ")"; }},
            {"a quoted word", [](std::size_t n) { return "(assert |" + std::string(n, 'x') + "|)"; }},
            {"a string", [](std::size_t n) { return "(assert \"" + repeated("\"\"", n) + "\")"; }},
            {"a number", [](std::size_t n) { return "(assert (= 1 1." + std::string(n, '1') + "))"; }},
            {"assertions", [](std::size_t n) { return repeated("(assert (dirty S1))", n); }},
            {"arguments", [](std::size_t n) { return "(assert (and " + repeated("(dirty A1) ", n) + "))"; }},
            {"functions", [](std::size_t n) { return numbered("(define-fun ", " () Bool true)", n) + "(assert a0)"; }},
            {"parameters",
             [](std::size_t n) {
                 return "(define-fun f (" + numbered("(", " Int)", n) + ") Bool (= a0 a1))(assert true)";
             }},
            {"what is bound",
             [](std::size_t n) { return "(assert (let (" + numbered("(", " 1)", n) + ") (= a0 a1)))"; }},
            {"variables", [](std::size_t n) { return "(assert (forall (" + numbered("(", " Int)", n) + ") true))"; }},
            {"brackets", [](std::size_t n) { return std::string(n, '('); }},
            {"blanks", [](std::size_t n) { return std::string(n, '\n') + "(assert true)"; }},
        });
}

TEST_CASE("what is escaped or broken into lines") {
    const std::vector<Case> texts{
        {"letters", [](std::size_t n) { return std::string(n, 'x'); }},
        {"blanks", [](std::size_t n) { return std::string(n, ' '); }},
        {"words", [](std::size_t n) { return repeated("ab cde ", n); }},
        {"marks", [](std::size_t n) { return repeated("\xE2\x80\xAE<&\"'|\\", n); }},
        {"no UTF-8", [](std::size_t n) { return std::string(n, '\xE2'); }},
        {"lines", [](std::size_t n) { return std::string(n, '\n'); }},
    };
    for (const Read& read : std::vector<Read>{[](const std::string& text) { (void)traces::printable(text); },
                                              [](const std::string& text) { (void)traces::printable_lines(text); },
                                              [](const std::string& text) { (void)traces::markup_escaped(text); },
                                              [](const std::string& text) { (void)traces::markdown_cell(text); },
                                              [](const std::string& text) { (void)traces::wrapped(text, 80); },
                                              [](const std::string& text) { (void)traces::shortened(text, 80); },
                                              [](const std::string& text) {
                                                  std::string quoted;
                                                  traces::append_quoted(quoted, text);
                                              }})
        check_growth(read, texts);
}
