// Reclaims once more by all that the process knows, and counts what goes.
// Knows no slot.
#include "model/kept_in_vain.hpp"

namespace mdcd::model {

KeptInVain kept_in_vain(const Guarded& process, const impl::Rules& rules) {
    Guarded reclaimed = process;
    impl::Notes notes;
    impl::reclaim(reclaimed, process.valid_sn, rules, notes);
    return {.checkpoints = static_cast<std::uint8_t>(process.checkpoints.size() - reclaimed.checkpoints.size()),
            .inputs = static_cast<std::uint8_t>(process.input_log.size() - reclaimed.input_log.size())};
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
