// The text form: the reviewed files, and what must hold whatever the trace.
// Knows no terminal: colours are escape sequences here.
#include "traces/render_text.hpp"

#include <doctest/doctest.h>
#include <sstream>

#include "examples.hpp"
#include "golden.hpp"
#include "tests/support/contains.hpp"
#include "traces/characters.hpp"

using namespace mdcd::traces;

namespace {

using mdcd::tests::contains;

std::string without_escapes(std::string text) {
    for (std::size_t at = text.find('\x1B'); at != std::string::npos; at = text.find('\x1B')) {
        text.erase(at, text.find('m', at) - at + 1);
    }
    return text;
}

} // namespace

TEST_CASE("the text forms are the reviewed ones") {
    CHECK(examples::golden_difference("dropped_checkpoint.txt", render_text(examples::dropped_checkpoint())) == "");
    CHECK(examples::golden_difference("long_run.txt", render_text(examples::long_run())) == "");
    CHECK(examples::golden_difference("awkward.txt", render_text(examples::awkward(), {false, 72})) == "");
    CHECK(examples::golden_difference("smallest.txt", render_text(examples::smallest())) == "");
}

TEST_CASE("no line is longer than asked for") {
    for (const std::size_t width : {60U, 80U, 100U}) {
        for (const Trace& trace : {examples::dropped_checkpoint(), examples::long_run(), examples::awkward()}) {
            std::istringstream lines(render_text(trace, {false, width}));
            for (std::string line; std::getline(lines, line);) {
                CAPTURE(line);
                CHECK(character_count(line) <= width);
            }
        }
    }
}

TEST_CASE("width 0 breaks no line") {
    const std::string text = render_text(examples::dropped_checkpoint(), {false, 0});
    CHECK(contains(text, "\n  The claim: " + examples::dropped_checkpoint().claim + "\n"));
}

TEST_CASE("colour adds escape sequences and nothing else") {
    for (const Trace& trace : {examples::dropped_checkpoint(), examples::awkward()}) {
        const std::string plain = render_text(trace);
        const std::string colored = render_text(trace, {.color = true});
        CHECK(plain.find('\x1B') == std::string::npos);
        CHECK(colored != plain);
        CHECK(without_escapes(colored) == plain);
    }
}

TEST_CASE("what the action tells already is left out, what came and went in a list is told") {
    const std::string text = render_text(examples::dropped_checkpoint());
    CHECK(!contains(text, "channels"));
    CHECK(contains(text, "A1: low_sn 0 -> 1; dirty false -> true; checkpoints + {index 1, low_sn 0}\n"));
    CHECK(contains(text, "A1: dirty true -> false; checkpoints - {index 1, low_sn 0}\n"));
}

TEST_CASE("without states the changes are shown place by place") {
    Trace trace = examples::dropped_checkpoint();
    trace.initial_state.reset();
    const std::string text = render_text(trace);
    CHECK(contains(text, "checkpoints[0] none -> {index 1, low_sn 0}"));
    CHECK(contains(text, "checkpoints[0] gone (was {index 1, low_sn 0})"));
}

TEST_CASE("each finding tells the way of its message") {
    CHECK(contains(render_text(examples::dropped_checkpoint()),
                   "message 3 (c3): sent by L1 in step 3, received by A1 in step 5\n"));
    Trace trace = examples::dropped_checkpoint();
    trace.findings = {{"lost", "S1", "A2.at1", "S1 never learns of the test."}};
    CHECK(
        contains(render_text(trace), "message passed_AT(2) (A2.at1): sent by A2 in step 7, still on its way to S1\n"));
}
