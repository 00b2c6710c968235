// One row for each verdict.
// A verdict that is none of the known ones is told as it is.
#include "traces/verdict_sentence.hpp"

#include <array>
#include <utility>

namespace mdcd::traces {

namespace {

// What `mdcd validate` says of a run.
std::string sentence_of_system(const Trace& trace) {
    if (trace.verdict == "holds") {
        return trace.property + ": every step is what the handlers do, and every claim holds";
    }
    const bool is_claim = !trace.findings.empty() && trace.findings.front().kind == failed_claim;
    return trace.property + (is_claim ? ": a claim does not hold" : ": not every step is what the handlers do");
}

} // namespace

bool is_of_a_system(const Trace& trace) {
    return trace.scope.find("application") != nullptr && trace.scope.find("processes") != nullptr;
}

std::string claim_line(const Trace& trace) {
    return (is_of_a_system(trace) ? "The run: " : "The claim: ") + trace.claim;
}

std::string source_line(const Trace& trace) {
    return (is_of_a_system(trace) ? "System " : "Scope ") + trace.scope_name + ", rules " + trace.rules_name;
}

std::string verdict_sentence(const Trace& trace) {
    if (is_of_a_system(trace) && (trace.verdict == "holds" || trace.verdict == "violated")) {
        return sentence_of_system(trace);
    }
    static constexpr std::array sentences = {
        std::pair{"violated", " is violated"},
        std::pair{"reached", " is reached"},
        std::pair{"holds", " holds in the last state"},
        std::pair{"not_reached", " is not reached in the last state"},
        std::pair{"error", " could not be judged: the run ends in an error"},
    };
    for (const auto& [verdict, sentence] : sentences) {
        if (trace.verdict == verdict) {
            return trace.property + sentence;
        }
    }
    return trace.property + ": " + trace.verdict;
}

} // namespace mdcd::traces
