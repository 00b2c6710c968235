// The answer in words.
// Knows no search.
#include "model/proof/occurrence.hpp"

namespace mdcd::model::proof {

std::vector<std::string> describe(const Occurrence& occurrence) {
    if (occurrence.looked.empty())
        return {"nobody looked whether it is reached"};
    if (occurrence.reached) {
        std::vector<std::string> lines{"reached in " + occurrence.looked.back().scope + ": here is the run"};
        for (std::size_t step = 0; step < occurrence.run.size(); ++step)
            lines.push_back(std::to_string(step + 1) + ". " + occurrence.run[step]);
        return lines;
    }
    std::string line = "not reached within";
    for (std::size_t place = 0; place < occurrence.looked.size(); ++place) {
        const Looked& each = occurrence.looked[place];
        line += (place == 0 ? " " : ", ") + std::string(each.all ? "all " : "the first ") +
                std::to_string(each.states) + " states of " + each.scope;
    }
    return {line};
}

} // namespace mdcd::model::proof
