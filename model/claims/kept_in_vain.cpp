// Goes by the numbers and histories of the states that are kept.
// Knows no slot and no rule.
#include "model/claims/kept_in_vain.hpp"

#include "model/state/numbers.hpp"

namespace mdcd::model {

KeptInVain kept_in_vain(const Guarded& process) {
    KeptInVain kept;
    MessageSet contained = ~MessageSet{0}; // in the history of every checkpoint of use
    for (std::size_t position = 0; position < process.checkpoints.size(); ++position) {
        const bool last = position + 1 == process.checkpoints.size();
        if (is_within(last ? process.low_sn : process.checkpoints[position + 1].low_sn, process.valid_sn))
            ++kept.checkpoints;
        else
            contained &= process.checkpoints[position].application.received;
    }
    for (const auto& entry : process.input_log)
        if ((as_set(entry.message.payload.id) & ~contained) == 0)
            ++kept.inputs;
    return kept;
}

std::string text_of(const KeptInVain& kept) {
    const auto count = [](unsigned number, const std::string& noun) {
        return number == 1 ? "one " + noun : std::to_string(number) + " " + noun + "s";
    };
    std::string text;
    if (kept.checkpoints > 0)
        text = count(kept.checkpoints, "checkpoint");
    if (kept.inputs > 0)
        text += (text.empty() ? "" : " and ") + count(kept.inputs, "logged input");
    return text;
}

} // namespace mdcd::model
