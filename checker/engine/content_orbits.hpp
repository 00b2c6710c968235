// Renamings of states that are kept as bytes: the one of an orbit that stands for all is that of the smallest hash,
// then of the smallest content, as OrbitReducer has it. One for each worker. Knows of a renaming only what the model
// says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/engine/bound_model.hpp"

namespace mdcd::checker::engine {

class ContentOrbits {
public:
    // `renamings`: as in OffersFixedRenamings, of a model of one slot. Throws ModelError if one of them moves it.
    ContentOrbits(const BoundModel& model, std::vector<Renaming> renamings);

    // Valid until the next call. Throws ModelError.
    [[nodiscard]] std::string_view canonical(std::string_view bytes);

    [[nodiscard]] std::uint64_t bytes() const { return known_.size() * sizeof(Known) + held_; }

private:
    struct Known { // what stands for `bytes`; nothing does yet if both are empty
        std::string bytes;
        std::string canonical;
    };
    static constexpr std::size_t known_size = std::size_t{1} << 12; // a power of two

    [[nodiscard]] std::string work_out(std::string_view bytes) const;

    const BoundModel& model_;
    std::vector<Renaming> renamings_;
    std::vector<Known> known_;
    std::uint64_t held_ = 0; // by its strings
};

} // namespace mdcd::checker::engine
