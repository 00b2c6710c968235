// A run on one screen: never more lines than allowed, nothing left out in silence, and lanes that say who did what.
// Knows no terminal.
#include "tests/support/contains.hpp"
#include "traces/render_brief.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "tests/unit/traces/examples.hpp"
#include "traces/characters.hpp"

namespace mdcd::traces {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

using mdcd::tests::contains;

} // namespace

TEST_CASE("a short run is told in full, with a row of lanes for each step") {
    const Trace trace = examples::dropped_checkpoint();
    const std::string text = render_brief(trace);
    CHECK(text.starts_with("recoverability is violated in 8 steps:\n  A1 depends on cluster message 3"));
    CHECK(contains(text, "\n      L1  S1  A1  A2\n"));
    CHECK(contains(text, "\n   1  o---|-->|   |   L1 sends cluster message 1 to A1 (dirty)\n"));
    CHECK(contains(text, "\n   4  |...|..>C   |   "));
    CHECK(contains(text, "\nRecovery from here:\n"));
    CHECK(!contains(text, " more .."));
    CHECK(!contains(text, "\x1B"));
    CHECK(contains(render_brief(trace, {.color = true}), "\x1B[1m"));
}

TEST_CASE("a long run keeps within its lines, and counts the steps that it leaves out") {
    const Trace trace = examples::long_run();
    for (const std::size_t lines_max : {24U, 30U, 40U, 200U}) {
        CAPTURE(lines_max);
        const std::string text = render_brief(trace, {.width = 0, .lines_max = lines_max});
        const std::vector<std::string> lines = lines_of(text);
        CHECK(lines.size() <= lines_max);
        std::size_t rows = 0;
        for (const std::string& line : lines)
            rows += line.size() > 6 && line.substr(0, 6).find_first_not_of(" 0123456789") == std::string::npos &&
                            line[3] >= '0' && line[3] <= '9'
                        ? 1U
                        : 0U;
        const std::size_t left_out = trace.steps.size() - rows;
        CHECK(contains(text, ".. " + std::to_string(left_out) + " steps more ..") == (left_out > 0));
        CHECK(contains(text, trace.steps.back().action.text)); // how it went wrong
    }
}

TEST_CASE("lines break at words within the width, whatever the trace holds") {
    for (const Trace& trace : {examples::dropped_checkpoint(), examples::recovery_by_messages(), examples::smallest()})
        for (const std::string& line : lines_of(render_brief(trace, {.width = 80})))
            CHECK(character_count(line) <= 80);
    for (const char each : render_brief(examples::awkward()))
        CHECK((static_cast<unsigned char>(each) >= ' ' || each == '\n'));
}

TEST_CASE("what recovery undoes is not drawn as what it keeps") {
    Trace trace = examples::dropped_checkpoint();
    trace.recovery = {{.process = "A1", .text = "rolls back to the start", .checkpoint = 0, .after_step = 3}};
    const std::string text = render_brief(trace);
    CHECK(contains(text, "\n   3  o---|-->|   |   "));
    CHECK(contains(text, "\n   5  |...|..>x   |   "));
    CHECK(contains(text, "\n   6  |...|...:..>C   "));
}

} // namespace mdcd::traces
