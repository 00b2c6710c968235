// One row for each verdict.
// A verdict that is none of the known ones is told as it is.
#include "traces/verdict_sentence.hpp"

#include <array>
#include <utility>

namespace mdcd::traces {

std::string verdict_sentence(const Trace& trace) {
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
