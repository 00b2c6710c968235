// What the properties of a state look at, for searches that leave out states. Most look at everything: what a recovery
// would make of a state depends on all processes and all that is under way. Those that do not are listed. Part of
// System.
#include <algorithm>
#include <array>

#include "model/system.hpp"

namespace mdcd::model {

namespace {

using Id = PropertyId;

// Of each process of high confidence by itself, whether a recovery has begun or not.
constexpr std::array of_a_process = {
    Id::dirty_with_dependence,  Id::dirty_iff_checkpoint, Id::checkpoint_kept,           Id::checkpoints_ascend,
    Id::two_checkpoints_kept,   Id::oldest_depends,       Id::log_completes_checkpoints, Id::logged_after_checkpoint,
    Id::told_all_keeps_nothing, Id::something_kept};
// .. of states before a recovery only.
constexpr std::array of_a_process_before = {Id::reclamation_completeness, Id::contaminated_then_cleaned,
                                            Id::output_of_validated_state};
// Of what each process keeps of recoveries, by itself.
constexpr std::array of_a_recovery = {Id::rolled_back_once, Id::recovered_by_rollback};

template <std::size_t Size> bool is_among(PropertyId id, const std::array<PropertyId, Size>& ids) {
    return std::ranges::find(ids, id) != ids.end();
}

} // namespace

void System::note_reads() {
    checker::PropertyReads everything;
    for (std::size_t slot = 0; slot < slots().size(); ++slot)
        everything.slots.push_back(static_cast<checker::SlotIndex>(slot));
    reads_.assign(properties_.size(), everything);
    const bool atomic = recovery_slots_.empty();
    for (std::size_t position = 0; position < property_count; ++position) {
        const auto id = static_cast<PropertyId>(position);
        if (id == Id::device_safety)
            reads_[position] = {.slots = {validated_}};
        else if (is_among(id, of_a_process) || (atomic && is_among(id, of_a_process_before)))
            reads_[position] = {.slots = high_, .each_by_itself = true};
        else if (!atomic && is_among(id, of_a_recovery))
            reads_[position] = {.slots = recovery_slots_, .each_by_itself = true};
    }
}

bool System::reads_everything(std::size_t property) const {
    return reads_.at(property).slots.size() == slots().size();
}

} // namespace mdcd::model
