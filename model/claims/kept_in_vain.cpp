// Goes by what impl says of single checkpoints (impl::reclaimable) and by how far each contains the receiver log.
// Knows no slot.
#include "model/claims/kept_in_vain.hpp"

#include <algorithm>

namespace mdcd::model {

KeptInVain kept_in_vain(const Guarded& process, const impl::Rules& rules) {
    KeptInVain kept;
    std::size_t contained = process.input_log.size(); // inputs in the state of every checkpoint of use
    for (std::size_t position = 0; position < process.checkpoints.size(); ++position) {
        if (impl::reclaimable(process, position, process.valid_sn, rules))
            ++kept.checkpoints;
        else
            contained = std::min<std::size_t>(contained, process.checkpoints[position].log_length);
    }
    for (std::size_t position = 0; position < process.input_log.size(); ++position) {
        const bool in_vain = rules.receiver_log == impl::ReceiverLog::clean_only
                                 ? covers(process.valid_sn, process.input_log[position].index)
                                 : position < contained;
        if (in_vain)
            ++kept.inputs;
    }
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
