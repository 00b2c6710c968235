// Symmetry over processes: active processes run the same protocol, and so do the components of the cluster, each by its
// new and its old version; the workload treats them alike, so that renaming them turns runs into runs. No property
// names a particular one. Knows nothing of how a search uses it, nor of when it is unsound (reductions.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "impl/limits.hpp"
#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"
#include "model/state/layout.hpp"

namespace mdcd::model {

// Which processes may change names with each other.
enum class Symmetry : std::uint8_t {
    none,
    sound, // all that may in this scope under these rules
    actives,
    components,
};

// Where each goes: entry i is the new index of i.
using Permutation = std::array<std::uint8_t, impl::active_count_max>;
static_assert(impl::component_count_max <= impl::active_count_max);

struct ProcessRenaming {
    Permutation actives{};
    Permutation components{};
};

class ProcessSymmetry {
public:
    // Every permutation of what may be renamed, or none but the one that changes nothing. `layout` must outlive it.
    ProcessSymmetry(const Layout& layout, const Scope& scope, const impl::Rules& rules, bool actives, bool components);

    [[nodiscard]] std::size_t count() const { return renamings_.size(); } // the identity is number 0
    [[nodiscard]] const ProcessRenaming& renaming(std::size_t number) const { return renamings_[number]; }
    [[nodiscard]] checker::SlotIndex renamed_slot(std::size_t renaming, checker::SlotIndex slot) const {
        return slots_[renaming][slot];
    }
    [[nodiscard]] std::string renamed_bytes(std::size_t renaming, checker::SlotIndex slot,
                                            std::string_view bytes) const;

private:
    [[nodiscard]] checker::SlotIndex place_of(const ProcessRenaming& renaming, checker::SlotIndex slot) const;

    const Layout& layout_;
    bool numbers_by_component_; // the protocol's numbers have an entry for each component
    bool errors_by_component_;  // the numbers that say where errors begin have one
    std::vector<ProcessRenaming> renamings_;
    std::vector<std::vector<checker::SlotIndex>> slots_; // by renaming and slot
};

} // namespace mdcd::model
