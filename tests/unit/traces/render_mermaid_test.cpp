// The Mermaid form: the reviewed files, and a grammar of the lines that are written.
// The grammar is a part of the language that is known to be drawn, not all of it.
#include "traces/render_mermaid.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <regex.h>
#include <sstream>

#include "examples.hpp"
#include "golden.hpp"

using namespace mdcd::traces;

namespace {

bool matches(const std::string& line, const char* pattern) {
    regex_t compiled;
    REQUIRE(regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) == 0);
    const bool found = regexec(&compiled, line.c_str(), 0, nullptr, 0) == 0;
    regfree(&compiled);
    return found;
}

// Participants first, then arrows and notes between declared participants only; a text holds no character that the
// language reads as its own, unless it belongs to an entity code.
std::string grammar_violation(const std::string& diagram) {
    std::istringstream lines(diagram);
    std::string line;
    if (!std::getline(lines, line) || line != "sequenceDiagram") {
        return "first line: " + line;
    }
    int participants = 0;
    bool in_body = false;
    while (std::getline(lines, line)) {
        const std::string text = "([^;#<>&%{}\"]|#[0-9]+;|<br/>)+$";
        if (!in_body && line.starts_with("    participant p" + std::to_string(participants) + " as ") &&
            matches(line, ("^    participant p[0-9]+ as " + text).c_str())) {
            ++participants;
            continue;
        }
        in_body = true;
        const std::string arrow = "^    p[0-9]+-?(->>|-x|-\\))p[0-9]+: ";
        const std::string note = "^    Note over p[0-9]+(,p[0-9]+)?: ";
        if (!matches(line, (arrow + text).c_str()) && !matches(line, (note + text).c_str())) {
            return "neither arrow nor note: " + line;
        }
        if (matches(line, "(^|[^[:alnum:]_])[eE][nN][dD]([^[:alnum:]_]|$)")) {
            return "bare end: " + line;
        }
        for (std::size_t at = line.find('p'); at < line.find(": "); at = line.find('p', at + 1)) {
            if (std::isdigit(static_cast<unsigned char>(line[at + 1])) != 0 &&
                std::stoi(line.substr(at + 1)) >= participants) {
                return "undeclared participant: " + line;
            }
        }
    }
    return participants > 0 ? "" : "no participant";
}

std::size_t count_in(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

} // namespace

TEST_CASE("the Mermaid forms are the reviewed ones") {
    CHECK(examples::golden_difference("dropped_checkpoint.mmd", render_mermaid(examples::dropped_checkpoint())) == "");
    CHECK(examples::golden_difference("awkward.mmd", render_mermaid(examples::awkward())) == "");
}

TEST_CASE("every line is one that Mermaid understands") {
    for (const Trace& trace :
         {examples::dropped_checkpoint(), examples::long_run(), examples::awkward(), examples::smallest()}) {
        CHECK(grammar_violation(render_mermaid(trace)) == "");
    }
    CHECK(grammar_violation("sequenceDiagram\n    participant p0 as a\n    p0->>p1: x\n") != "");
    CHECK(grammar_violation("sequenceDiagram\n    participant p0 as a\n    Note over p0: the end\n") != "");
}

TEST_CASE("every delivery is an arrow, and what is under way at the end comes last") {
    const std::string known = render_mermaid(examples::dropped_checkpoint());
    CHECK(count_in(known, "->>") == 5); // four deliveries and one output
    CHECK(count_in(known, "-)") == 1);
    CHECK(known.find("p3-)p1: passed_AT(2) (still in the channel)") > known.find("p3->>p2: 8. passed_AT(2)"));
    CHECK(count_in(known, "(dirty)") == 3);
    CHECK(count_in(render_mermaid(examples::long_run()), "-x") == 1); // the lost one
}
