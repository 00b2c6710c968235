// Symmetry over active processes: they run the same protocol and the workload treats them alike, so that renaming them
// turns runs into runs. No property names a particular process. Knows nothing of how a search uses it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "impl/limits.hpp"
#include "model/layout.hpp"

namespace mdcd::model {

// Where each active process goes: entry i is the new index of active process i.
using Permutation = std::array<std::uint8_t, impl::active_count_max>;

class ActiveSymmetry {
public:
    // `layout` must outlive it.
    ActiveSymmetry(const Layout& layout, std::uint8_t active_processes);

    [[nodiscard]] std::size_t count() const { return permutations_.size(); } // the identity is number 0
    [[nodiscard]] const Permutation& permutation(std::size_t number) const { return permutations_[number]; }
    [[nodiscard]] checker::SlotIndex renamed_slot(std::size_t permutation, checker::SlotIndex slot) const {
        return slots_[permutation][slot];
    }
    [[nodiscard]] std::string renamed_bytes(std::size_t permutation, checker::SlotIndex slot,
                                            std::string_view bytes) const;

private:
    const Layout& layout_;
    std::vector<Permutation> permutations_;
    std::vector<std::vector<checker::SlotIndex>> slots_; // by permutation and slot
};

} // namespace mdcd::model
