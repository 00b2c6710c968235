// What a global state says of the claims that need no recovery, and of the shadows' counters. Part of System.
// Knows no rule but how numbers compare and who counts together.
#include <bit>

#include "model/claims/lemmas.hpp"
#include "model/system.hpp"

namespace mdcd::model {

// Before a recovery: what its new version has output. Afterwards the old versions output themselves, and nobody counts.
unsigned System::outputs_before(const Recovery& recovery, std::size_t position) const {
    if (recovery.stage != RecoveryStage::none || position >= scope_.components)
        return 0;
    const std::uint8_t source = cluster_message(scope_, static_cast<std::uint8_t>(position), 1).source;
    const MessageSet own = first_messages(source, bits_of(source).count);
    return static_cast<unsigned>(std::popcount(recovery.view.output & own));
}

Lemmas System::lemmas(std::span<const SlotSummary* const> summaries, const Recovery& recovery) const {
    Lemmas lemmas;
    lemmas.validated = recovery.view.validated;
    lemmas.compare = compare_;
    for (const Channel& channel : channels_)
        model::note_channel(lemmas, *summaries[channel.slot]);
    for (const checker::SlotIndex slot : low_)
        lemmas.known = join(lemmas.known, summaries[slot]->valid);
    for (std::size_t position = 0; position < high_.size(); ++position)
        model::note_process(lemmas, *summaries[high_[position]], outputs_before(recovery, position));
    return lemmas;
}

// A shadow's counters are those of its history. One that all shadows share also counts what the others generate: there
// only the external messages are compared.
void System::note_counters(std::span<const SlotSummary* const> summaries, Recovery& recovery) const {
    recovery.counters_restored = true;
    if (simple_cluster_) {
        recovery.counters_restored = recovery.recovered[0]->shadow_sn == recovery.recovered[0]->generated;
        return;
    }
    std::array<unsigned, impl::component_count_max> internal{};
    std::array<unsigned, impl::component_count_max> external{};
    for (const checker::SlotIndex slot : scripts_)
        for (const ResolvedMessage& message : summaries[slot]->script)
            if (message.id.number <= recovery.recovered[component_of(message.id)]->generated)
                ++(message.external ? external : internal)[component_of(message.id)];
    for (std::size_t component = 0; component < scope_.components; ++component) {
        const RecoveredProcess& shadow = *recovery.recovered[component];
        recovery.counters_restored &=
            (one_shadow_sn_ || shadow.shadow_sn == internal[component]) && shadow.external_sn == external[component];
    }
}

} // namespace mdcd::model
