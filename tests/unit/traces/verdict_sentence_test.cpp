// The sentence for each verdict that a trace can have.
// Knows no renderer.
#include "traces/verdict_sentence.hpp"

#include <doctest/doctest.h>

#include <set>

#include "traces/trace_file.hpp"

using namespace mdcd::traces;

TEST_CASE("every verdict has a sentence of its own") {
    Trace trace;
    trace.property = "p";
    std::set<std::string> sentences;
    for (const std::string& verdict : trace_verdicts()) {
        trace.verdict = verdict;
        const std::string sentence = verdict_sentence(trace);
        CHECK(sentence.starts_with("p "));
        sentences.insert(sentence);
    }
    CHECK(sentences.size() == trace_verdicts().size());
    trace.verdict = "holds";
    CHECK(verdict_sentence(trace) == "p holds in the last state");
    trace.verdict = "unheard_of";
    CHECK(verdict_sentence(trace) == "p: unheard_of");
}
