// What came of looking for a run to a step that a proof fails at: whether it really happens.
// Knows no search.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mdcd::model::proof {

// In one place.
struct Looked {
    std::string scope; // .. or "60 random runs of three processes"
    std::uint64_t states = 0;
    bool all = false; // there are no others
};

struct Occurrence {
    bool reached = false;
    std::vector<Looked> looked;   // the last one is where it was reached, if it was
    std::vector<std::string> run; // a short one there, a sentence for each step
};

// By "action: lemma", or the claim.
using Occurrences = std::map<std::string, Occurrence>;

// "reached in relay: .." or "not reached within ..".
[[nodiscard]] std::vector<std::string> describe(const Occurrence& occurrence);

} // namespace mdcd::model::proof
